import type { Hash, TransactionReceipt } from "viem";
import { waitForTransactionReceipt } from "viem/actions";
import { TransactionRefusedError } from "../errors/arguments.ts";
import type { CommonErrorType } from "../errors/common.ts";
import { failureOf } from "../errors/fault.ts";
import { UnknownOutcomeError } from "../errors/outcome.ts";
import { explained } from "../rpc/explain.ts";
import { redact } from "../rpc/redact.ts";
import type { AnyClient } from "../types/client.ts";
import type { WaitParameters } from "../types/parameters.ts";
import { openLifeline } from "./lifeline.ts";

/** Parameters of `waitForReceipt`. */
export type WaitForReceiptParameters = WaitParameters & {
  /** The transaction. */
  hash: Hash;
};

/** Result of `waitForReceipt`: that of the transaction, or of one that its sender put in its place. */
export type WaitForReceiptReturnType = TransactionReceipt;

/** What `waitForReceipt` throws. */
export type WaitForReceiptErrorType = CommonErrorType | TransactionRefusedError | UnknownOutcomeError;

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
  const line = openLifeline(client);
  const alone = new AbortController();
  // viem does not notice that nobody answers.
  const silence = line.silence.then(() => undefined);
  try {
    for (;;) {
      try {
        const left = Math.max(1, end - Date.now());
        const waiting = { hash, confirmations, pollingInterval, timeout: left, signal: alone.signal };
        const receipt = await Promise.race([waitForTransactionReceipt(line.client, waiting), silence]);
        if (receipt === undefined) throw new UnknownOutcomeError({ hash });
        if (receipt.status === "reverted") throw new TransactionRefusedError({ hash: receipt.transactionHash });
        return receipt;
      } catch (error) {
        if (error instanceof TransactionRefusedError || error instanceof UnknownOutcomeError) throw error;
        if (!mayEnd(error)) throw await explained(client, error);
        redact(error);
        if (Date.now() >= end) throw new UnknownOutcomeError({ hash }, { cause: error as Error });
        await new Promise((resolve) => setTimeout(resolve, Math.min(pollingInterval, 1_000)));
      }
    }
  } finally {
    alone.abort();
    line.release();
  }
}

/**
 * Whether the wait failed for the node, and not for the transaction: viem gave up waiting, or a node that lags behind did
 * not find what another one told of. Told by name: there may be two copies of viem.
 */
function mayEnd(error: unknown): boolean {
  const name = error instanceof Error ? error.name : "";
  if (name === "WaitForTransactionReceiptTimeoutError" || /^(Block|Transaction\w*)NotFoundError$/.test(name))
    return true;
  const failure = failureOf(error);
  return failure !== undefined && failure.fault !== "other";
}
