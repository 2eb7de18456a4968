import { type Abi, type AbiFunction, type GetAbiItemParameters, getAbiItem } from "viem";
import type { AnyClient } from "../types/client.ts";
import type { WaitParameters, WriteParameters } from "../types/parameters.ts";
import type { ContractCall, SyncAction, WriteAction } from "../types/write.ts";
import { waitForReceipt } from "./waitForReceipt.ts";

type Called = ContractCall<Abi, string>;

/** The twin of a write that waits. */
export function defineSync<parameters extends object, event extends object, call extends Called>(
  write: WriteAction<parameters, event, call>,
): SyncAction<parameters, event> {
  async function sync(client: AnyClient, parameters: parameters & WriteParameters & WaitParameters) {
    // Before anything is sent: what cannot be read must not fail when it is mined.
    const called = write.call(client, parameters);
    const hash = await write(client, parameters);
    const { confirmations, pollingInterval, timeout } = parameters as WaitParameters;
    const receipt = await waitForReceipt(client, {
      hash,
      ...(confirmations === undefined ? {} : { confirmations }),
      ...(pollingInterval === undefined ? {} : { pollingInterval }),
      ...(timeout === undefined ? {} : { timeout }),
    });
    return {
      ...write.extractEvent(receipt.logs, { address: called.address, match: numbersOf(called) as Partial<event> }),
      receipt,
    };
  }
  return sync;
}

/**
 * A transaction of a smart account may hold the same action for other identities: these numbers tell them apart, where the
 * event has them. They come from the call, and not from a stranger's object: what that has beyond says nothing of the event.
 */
function numbersOf({ abi, functionName, args }: Called): object {
  const { inputs } = getAbiItem({ abi, args, name: functionName } as GetAbiItemParameters) as AbiFunction;
  const named = Object.fromEntries(inputs.map(({ name = "" }, index) => [name, args[index]]));
  const { agentId, id = agentId, voucherId, subjectId } = { ...named, ...(named.offer as object | undefined) };
  const numbers = Object.entries({ id, voucherId, subjectId }).filter(([, value]) => typeof value === "bigint");
  return Object.fromEntries(numbers.map(([field, value]) => [field, Number(value)]));
}
