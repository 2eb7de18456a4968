import type { Hash, TransactionReceipt } from "viem";
import { getBlockNumber, waitForTransactionReceipt } from "viem/actions";
import { TransactionRefusedError } from "../errors/arguments.ts";
import type { CommonErrorType } from "../errors/common.ts";
import { faultOf } from "../errors/fault.ts";
import { UnknownOutcomeError } from "../errors/outcome.ts";
import { explained } from "../rpc/explain.ts";
import { redact } from "../rpc/redact.ts";
import type { AnyClient } from "../types/client.ts";
import type { WaitParameters } from "../types/parameters.ts";

/** Parameters of `waitForReceipt`. */
export type WaitForReceiptParameters = WaitParameters & {
  /** The transaction. */
  hash: Hash;
};

/** Result of `waitForReceipt`: that of the transaction, or of one that its sender put in its place. */
export type WaitForReceiptReturnType = TransactionReceipt;

/** What `waitForReceipt` throws. */
export type WaitForReceiptErrorType = CommonErrorType | TransactionRefusedError | UnknownOutcomeError;

/** How long viem's wait goes on by itself (milliseconds): it does not notice that nobody answers. */
const STRETCH = 10_000;

/** For how long nobody may answer (milliseconds). */
const PATIENCE = 15_000;

/**
 * Waits until a transaction is in a block and did what it should. Where the node is away for longer than a moment, or the
 * time is up, what came of it is unknown: that is an error of its own, with the hash.
 *
 * @param client - Client.
 * @param parameters - {@link WaitForReceiptParameters}
 * @returns The receipt.
 * @throws {TransactionRefusedError} It was mined, and did nothing.
 * @throws {UnknownOutcomeError} Nobody says what came of it.
 *
 * @example
 * const hash = await pulse(client, { id: 7 });
 * const { blockNumber } = await waitForReceipt(client, { hash });
 */
export async function waitForReceipt(
  client: AnyClient,
  { hash, confirmations = 1, pollingInterval = client.pollingInterval, timeout = 180_000 }: WaitForReceiptParameters,
): Promise<WaitForReceiptReturnType> {
  const end = Date.now() + timeout;
  let lastAnswer = Date.now();
  for (;;) {
    const left = end - Date.now();
    try {
      const stretch = Math.max(1, Math.min(STRETCH, left));
      const receipt = await waitForTransactionReceipt(client, {
        hash,
        confirmations,
        pollingInterval,
        timeout: stretch,
      });
      if (receipt.status === "reverted") throw new TransactionRefusedError({ hash: receipt.transactionHash });
      return receipt;
    } catch (error) {
      const isAnswer = error instanceof TransactionRefusedError;
      if (isAnswer || !(isPatience(error) || isAway(error))) throw await explained(client, error);
      redact(error);
      if (await answers(client)) lastAnswer = Date.now();
      if (Date.now() >= end || Date.now() - lastAnswer >= PATIENCE) {
        throw new UnknownOutcomeError({ hash }, { cause: error as Error });
      }
    }
  }
}

async function answers(client: AnyClient): Promise<boolean> {
  return getBlockNumber(client, { cacheTime: 0 }).then(
    () => true,
    () => false,
  );
}

/** viem gave up waiting. Told by name: there may be two copies of it. */
function isPatience(error: unknown): boolean {
  return error instanceof Error && error.name === "WaitForTransactionReceiptTimeoutError";
}

function isAway(error: unknown): boolean {
  return !["other", "large"].includes(faultOf(error));
}
