import {
  type Abi,
  type Address,
  type ContractEventName,
  type ContractFunctionArgs,
  type ContractFunctionName,
  decodeEventLog,
  type EncodeFunctionDataParameters,
  encodeFunctionData,
  type GetEventArgs,
  getAddress,
  isAddressEqual,
} from "viem";
import { parseAccount } from "viem/accounts";
import { estimateContractGas, simulateContract } from "viem/actions";
import { getRegistryAddress } from "../deployments/resolve.ts";
import { AccountRequiredError, EventNotFoundError } from "../errors/arguments.ts";
import { ContractError } from "../errors/base.ts";
import { explain } from "../rpc/explain.ts";
import { answers, requireCode } from "../rpc/requireCode.ts";
import type { AnyClient } from "../types/client.ts";
import type { AddressParameters, WriteParameters } from "../types/parameters.ts";
import type { CalledContract } from "../types/registry.ts";
import type { ContractCall, EventLog, SimulateReturnType, WriteAction } from "../types/write.ts";
import { broadcast } from "./broadcast.ts";
import { whyUnsent } from "./whyUnsent.ts";

/** What differs from one write to the next. */
type Definition<
  abi extends Abi,
  functionName extends ContractFunctionName<abi, "nonpayable">,
  parameters extends object,
  event extends object,
> = {
  registry: CalledContract | ((parameters: parameters) => CalledContract);
  abi: abi;
  functionName: functionName;
  /** Checks the parameters and makes the arguments of them. */
  args: (parameters: parameters) => ContractFunctionArgs<abi, "nonpayable", functionName>;
  /** The events that may come of it, and their decoders, which answer undefined for an event that is about something else. */
  events: { readonly [name in ContractEventName<abi>]?: (args: EventArgs<abi, name>) => event | undefined };
  /** Refuses what the contract would take, and would come to nothing. Asks the chain, where a `call` does not. */
  check?: (client: AnyClient, parameters: parameters & AddressParameters, sender: Address) => Promise<void>;
  /** Gas beyond the estimate, where the same call takes more a second later than a node finds now. */
  spareGas?: bigint;
  /**
   * The refusal of what comes in the second of the latest block, at whose time nodes try a call. It will be mined in a later
   * block, so that they are asked again, about the block that comes.
   */
  laterThan?: abstract new (
    ...args: never
  ) => Error;
};

type Decoders<event> = { readonly [eventName: string]: ((args: never) => event | undefined) | undefined };

/** What an event carries. */
type EventArgs<abi extends Abi, name extends ContractEventName<abi>> = GetEventArgs<
  abi,
  name,
  { EnableUnion: false; IndexedOnly: false; Required: true }
>;

/** Written by hand, the forms of one write would be sixty lines, the same for each. */
export function defineWrite<
  const abi extends Abi,
  functionName extends ContractFunctionName<abi, "nonpayable">,
  parameters extends object,
  event extends object,
>(
  definition: Definition<abi, functionName, parameters, event>,
): WriteAction<parameters, event, ContractCall<abi, functionName>> {
  const { registry, abi, functionName, events } = definition;

  function call(client: AnyClient, parameters: parameters & AddressParameters): ContractCall<abi, functionName> {
    const args = definition.args(parameters);
    const name = typeof registry === "function" ? registry(parameters) : registry;
    const address = getRegistryAddress(client, name, parameters.addresses);
    const data = encodeFunctionData({ abi, functionName, args } as unknown as EncodeFunctionDataParameters);
    return { address, abi, functionName, args, to: address, data };
  }

  /** The call with what the caller said about sending it, and nothing else of what it passed. */
  function request(client: AnyClient, parameters: parameters & WriteParameters) {
    const { address, args } = call(client, parameters);
    const { account, gas, maxFeePerGas, maxPriorityFeePerGas, nonce } = parameters as WriteParameters;
    const sender = account ?? client.account;
    if (sender === undefined) throw new AccountRequiredError();
    const overrides = { gas, maxFeePerGas, maxPriorityFeePerGas, nonce };
    const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
    return {
      ...given,
      address,
      abi: abi as Abi,
      functionName: functionName as string,
      args: args as readonly unknown[],
      account: sender,
      // viem asks for null where a client has no chain to check against.
      chain: client.chain ?? null,
    };
  }

  type Sent = ReturnType<typeof request>;

  /** What is tried is what is sent: `sent` is made of the parameters once, whatever they answer a second time. */
  async function simulate(client: AnyClient, parameters: parameters & WriteParameters, sent: Sent) {
    const { chain, ...simulation } = sent;
    await definition.check?.(client, parameters, getAddress(parseAccount(simulation.account).address));
    const { result, request: simulated } = await inTime(client, async (block) => {
      const [tried] = await Promise.all([
        simulateContract(client, { ...simulation, ...block }),
        answers(simulation) ? undefined : requireCode(client, simulation),
      ]);
      return tried;
    });
    const { blockTag: _, ...written } = simulated as typeof simulated & { blockTag?: "pending" };
    const outcome: unknown = { result, request: { ...written, chain } };
    return outcome as SimulateReturnType<ContractCall<abi, functionName>>;
  }

  async function send(client: AnyClient, parameters: parameters & WriteParameters) {
    const sent = request(client, parameters);
    await simulate(client, parameters, sent);
    const isEstimated = (definition.spareGas ?? definition.laterThan) !== undefined && !("gas" in sent);
    try {
      const gas = isEstimated ? { gas: await estimateGas(client, sent) } : {};
      return await explain(client, broadcast(client, { ...sent, ...gas }));
    } catch (error) {
      const { address, args } = sent;
      const call = { address, abi: sent.abi, functionName: sent.functionName, args };
      const estimate = (account: Address) => estimateContractGas(client, { ...call, account });
      throw (await whyUnsent(client, sent, error, estimate)) ?? error;
    }
  }

  async function estimateGas(client: AnyClient, sent: Sent): Promise<bigint> {
    const { chain: _, ...estimation } = sent;
    const estimate = await inTime(client, async (block) => {
      const found = Promise.all([
        estimateContractGas(client, { ...estimation, ...block }),
        requireCode(client, estimation),
      ]);
      return (await found)[0];
    });
    return estimate + (definition.spareGas ?? 0n);
  }

  /** Asks about the latest block, and about the one that comes where it is too early for that alone. */
  async function inTime<answer>(
    client: AnyClient,
    ask: (block: { blockTag?: "pending" }) => Promise<answer>,
  ): Promise<answer> {
    try {
      return await explain(client, ask({}));
    } catch (error) {
      if (definition.laterThan === undefined || !(error instanceof definition.laterThan)) throw error;
      try {
        return await explain(client, ask({ blockTag: "pending" }));
      } catch (later) {
        // Not every node knows the block that comes.
        throw later instanceof ContractError ? later : error;
      }
    }
  }

  function extractEvent(
    logs: readonly EventLog[],
    { address, match = {} }: { address: Address; match?: Partial<event> | undefined },
  ): event {
    const wanted = Object.entries(match) as [keyof event, unknown][];
    for (const log of logs) {
      if (!isAddressEqual(log.address, address)) continue;
      const decoded = tryDecode(abi, log);
      const decode = decoded && (events as Decoders<event>)[decoded.eventName];
      const event = decode?.(decoded?.args as never);
      if (event && wanted.every(([field, value]) => !(field in event) || event[field] === value)) return event;
    }
    throw new EventNotFoundError({ event: Object.keys(events).join(" or "), address });
  }

  return Object.assign(send, {
    call,
    simulate: async (client: AnyClient, parameters: parameters & WriteParameters) =>
      simulate(client, parameters, request(client, parameters)),
    estimateGas: async (client: AnyClient, parameters: parameters & WriteParameters) =>
      estimateGas(client, request(client, parameters)),
    extractEvent,
  });
}

/** Undefined for an event that the ABI lacks. */
function tryDecode(abi: Abi, { topics, data }: EventLog): { eventName: string; args: unknown } | undefined {
  try {
    const { eventName, args } = decodeEventLog({ abi, topics, data });
    return { eventName: eventName ?? "", args };
  } catch {
    return undefined;
  }
}
