import { formatHex, isTenureError, type WriteAction, waitForReceipt } from "@tenure/sdk";
import type { Address, Hex } from "viem";
import { ofRun } from "../surroundings.ts";
import { waiting } from "../view/progress.ts";
import type { WriteClient } from "./connect.ts";

/** The transaction of a write, as `--json` shows it. */
export type Sent = { hash: Hex; blockNumber: number; gasUsed: number };

/** A transaction that was handed over, and whether it was seen in a block. */
export type HandedOver = { hash: Hex; isMined: boolean };

const handedOver = ofRun(() => ({ last: undefined as HandedOver | undefined }));

/** What was sent, unless it did nothing: whoever interrupts, and whoever is told of an error after it, is told of it too. */
export function transactionSent(): HandedOver | undefined {
  return handedOver().last;
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
  handedOver().last = { hash, isMined: false };
  const receipt = await waiting(`Waiting for transaction ${formatHex(hash)}`, mined(client, hash));
  handedOver().last = { hash: receipt.transactionHash, isMined: true };
  const transaction = {
    hash: receipt.transactionHash,
    blockNumber: Number(receipt.blockNumber),
    gasUsed: Number(receipt.gasUsed),
  };
  const { address } = write.call(client, parameters);
  return { ...write.extractEvent(receipt.logs, { address }), transaction };
}

async function mined(client: WriteClient, hash: Hex): ReturnType<typeof waitForReceipt> {
  try {
    return await waitForReceipt(client, { hash });
  } catch (error) {
    // It did nothing, and never will.
    if (isTenureError(error) && error.name === "TransactionRefusedError") handedOver().last = undefined;
    throw error;
  }
}
