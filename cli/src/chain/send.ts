import { formatHex, TransactionRefusedError, type WriteAction } from "@tenure/sdk";
import type { Address, Hex } from "viem";
import { waitForTransactionReceipt } from "viem/actions";
import { waiting } from "../view/progress.ts";
import type { WriteClient } from "./connect.ts";

/** The transaction of a write, as `--json` shows it. */
export type Sent = { hash: Hex; blockNumber: number; gasUsed: number };

let unconfirmed: Hex | undefined;

/** The transaction that was sent and not yet seen in a block: whoever interrupts is told. */
export function unconfirmedTransaction(): Hex | undefined {
  return unconfirmed;
}

/** Sends a write, waits for it, and answers what the registry says came of it. */
export async function send<parameters extends object, event extends object, call extends { address: Address }>(
  client: WriteClient,
  write: WriteAction<parameters, event, call>,
  parameters: parameters,
): Promise<event & { transaction: Sent }> {
  return follow(client, write, parameters, write(client, parameters as Parameters<typeof write>[1]));
}

/** Waits for a write that is being sent, and answers what the registry says came of it. */
export async function follow<parameters extends object, event extends object, call extends { address: Address }>(
  client: WriteClient,
  write: WriteAction<parameters, event, call>,
  parameters: parameters,
  sending: Promise<Hex>,
): Promise<event & { transaction: Sent }> {
  const hash = await waiting("Sending", sending);
  unconfirmed = hash;
  const receipt = await waiting(
    `Waiting for transaction ${formatHex(hash)}`,
    waitForTransactionReceipt(client, { hash, timeout: 180_000 }),
  );
  unconfirmed = undefined;
  if (receipt.status === "reverted") throw new TransactionRefusedError({ hash: receipt.transactionHash });
  const transaction = {
    hash: receipt.transactionHash,
    blockNumber: Number(receipt.blockNumber),
    gasUsed: Number(receipt.gasUsed),
  };
  const { address } = write.call(client, parameters);
  return { ...write.extractEvent(receipt.logs, { address }), transaction };
}
