import type {
  Abi,
  Account,
  Address,
  Chain,
  Client,
  ContractFunctionArgs,
  ContractFunctionName,
  ContractFunctionReturnType,
  Hex,
  TransactionReceipt,
  Transport,
} from "viem";
import type { AnyClient } from "./client.ts";
import type { AddressParameters, WaitParameters, WriteParameters } from "./parameters.ts";

/** A call of a contract, for `simulateContract`, `multicall`, `sendCalls` and `sendTransaction`. */
export type ContractCall<abi extends Abi, functionName extends ContractFunctionName<abi, "nonpayable">> = {
  /** The contract. */
  address: Address;
  /** Its ABI. */
  abi: abi;
  /** The function. */
  functionName: functionName;
  /** Its arguments. */
  args: ContractFunctionArgs<abi, "nonpayable", functionName>;
  /** The contract, as `sendTransaction` calls it. */
  to: Address;
  /** The call, encoded. */
  data: Hex;
};

/** What `.simulate` returns. */
export type SimulateReturnType<call extends object> = {
  /** What the function would return. */
  result: call extends { abi: infer abi extends Abi; functionName: infer functionName extends string }
    ? ContractFunctionReturnType<abi, "nonpayable", functionName & ContractFunctionName<abi, "nonpayable">>
    : unknown;
  /** The request, for `writeContract`. */
  request: Omit<call, "to" | "data"> & {
    /** Who sends. */
    account: Account;
    /** The chain that the client has to be on; null where it is not checked. */
    chain: Chain | null;
  };
};

/** A log, as far as an event is read from it. */
export type EventLog = Pick<TransactionReceipt["logs"][number], "address" | "topics" | "data">;

/**
 * An action that sends a transaction. Called, it simulates first, so that a refusal costs nothing and is explained, then
 * sends and returns the hash at once.
 */
export type WriteAction<
  parameters extends object,
  event extends object,
  call extends object = ContractCall<Abi, string>,
> = {
  <chain extends Chain | undefined, account extends Account | undefined>(
    client: Client<Transport, chain, account>,
    parameters: parameters & WriteParameters<account>,
  ): Promise<Hex>;
  /** The call, for batching and for wallets. Makes no request. */
  call(client: AnyClient, parameters: parameters & AddressParameters): call;
  /** Tries the call without sending it: what it would return, and the request for `writeContract`. */
  simulate<chain extends Chain | undefined, account extends Account | undefined>(
    client: Client<Transport, chain, account>,
    parameters: parameters & WriteParameters<account>,
  ): Promise<SimulateReturnType<call>>;
  /** How much gas it would take. */
  estimateGas<chain extends Chain | undefined, account extends Account | undefined>(
    client: Client<Transport, chain, account>,
    parameters: parameters & WriteParameters<account>,
  ): Promise<bigint>;
  /**
   * Finds and decodes the event of the registry at `address`, whatever else is in the logs: the first, or the first whose
   * fields are those of `match`.
   */
  extractEvent(logs: readonly EventLog[], options: { address: Address; match?: Partial<event> | undefined }): event;
};

/** What an action that waits returns: the registry's event, decoded, and the receipt. */
export type SyncReturnType<event extends object> = event & {
  /** The receipt of the transaction. */
  receipt: TransactionReceipt;
};

/** An action that sends a transaction as its twin does, waits for it, and returns the registry's event. */
export type SyncAction<parameters extends object, event extends object> = <
  chain extends Chain | undefined,
  account extends Account | undefined,
>(
  client: Client<Transport, chain, account>,
  parameters: parameters & WriteParameters<account> & WaitParameters,
) => Promise<SyncReturnType<event>>;
