import type { Address } from "viem";
import { waitForTransactionReceipt } from "viem/actions";
import { TransactionRefusedError } from "../errors/arguments.ts";
import { explain } from "../rpc/explain.ts";
import type { AnyClient } from "../types/client.ts";
import type { WaitParameters, WriteParameters } from "../types/parameters.ts";
import type { SyncAction, WriteAction } from "../types/write.ts";

/** The twin of a write that waits. */
export function defineSync<parameters extends object, event extends object, call extends { address: Address }>(
  write: WriteAction<parameters, event, call>,
): SyncAction<parameters, event> {
  async function sync(client: AnyClient, parameters: parameters & WriteParameters & WaitParameters) {
    const { confirmations, pollingInterval, timeout } = parameters as WaitParameters;
    const hash = await write(client, parameters);
    const receipt = await explain(
      client,
      waitForTransactionReceipt(client, {
        hash,
        ...(confirmations === undefined ? {} : { confirmations }),
        ...(pollingInterval === undefined ? {} : { pollingInterval }),
        ...(timeout === undefined ? {} : { timeout }),
      }),
    );
    if (receipt.status === "reverted") throw new TransactionRefusedError({ hash: receipt.transactionHash });
    const { address } = write.call(client, parameters);
    return {
      ...write.extractEvent(receipt.logs, { address, match: numbersOf(parameters) as Partial<event> }),
      receipt,
    };
  }
  return sync;
}

/**
 * A transaction of a smart account may hold the same action for other identities: these fields tell them apart, where the
 * event has them.
 */
function numbersOf(parameters: object): object {
  const fields = ["id", "voucherId", "subjectId"];
  const named = Object.entries({ ...("signed" in parameters && (parameters.signed as object)), ...parameters });
  return Object.fromEntries(named.filter(([field]) => fields.includes(field)));
}
