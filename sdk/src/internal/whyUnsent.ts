import type { Abi, Account, Address } from "viem";
import { parseAccount } from "viem/accounts";
import { estimateContractGas, getBalance, getGasPrice } from "viem/actions";
import { isTenureError } from "../errors/base.ts";
import { InsufficientEtherError } from "../errors/network.ts";
import { wrongChain } from "./explain.ts";
import type { AnyClient } from "./types.ts";

/** What a transaction takes that does nothing. */
const LEAST_GAS = 21_000n;

type Request = {
  address: Address;
  abi: Abi;
  functionName: string;
  args: readonly unknown[];
  account: Account | Address;
  gas?: bigint;
  maxFeePerGas?: bigint;
};

/**
 * Why a node refused a transaction that would do what it should. Nodes say so in words of their own, each in others, so
 * the chain is asked: whether it is the right one, and whether the account can pay.
 */
export async function whyUnsent(client: AnyClient, request: Request, error: unknown): Promise<Error | undefined> {
  if (isTenureError(error) || !(error instanceof Error)) return undefined;
  try {
    const wrong = await wrongChain(client, error);
    if (wrong !== undefined) return wrong;
    const { address: account } = parseAccount(request.account);
    const balance = await getBalance(client, { address: account });
    const { abi, address, functionName, args } = request;
    const call = { abi, address, functionName, args, account };
    const gas = request.gas ?? (await estimateContractGas(client, call).catch(() => LEAST_GAS));
    const needed = gas * (request.maxFeePerGas ?? (await getGasPrice(client)));
    return balance < needed ? new InsufficientEtherError({ account, balance, needed }, { cause: error }) : undefined;
  } catch {
    // Where the chain does not answer, the node's own words are all there is.
    return undefined;
  }
}
