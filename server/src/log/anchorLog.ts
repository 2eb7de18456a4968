import { pulseSync } from "@tenure/sdk";
import type { Account, Chain, Client, Transport } from "viem";
import { decodeLine } from "./decodeLine.ts";
import type { AnchorEntry } from "./entry.ts";
import type { OpenDecisionLog } from "./openDecisionLog.ts";
import type { LogReader } from "./store.ts";

/** How a log is anchored. */
export interface AnchorParameters {
  /** A wallet client of the chain, with an account that acts for the identity and pays the gas. */
  readonly client: Client<Transport, Chain, Account>;
  /** The platform's own identity. It should use checkpoints for nothing else. */
  readonly id: number;
  readonly log: OpenDecisionLog;
  /** Seconds from one anchor to the next. */
  readonly everySeconds: number;
  /** Told of each anchor. */
  readonly onAnchor?: ((anchor: AnchorEntry) => void) | undefined;
  /** Told of each that failed; the next is made when it is due. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** A log that is being anchored. */
export interface Anchoring {
  /** Anchors it now; `undefined` where nothing was decided since the last time. */
  readonly anchor: () => Promise<AnchorEntry | undefined>;
  /** Stops, after what is under way. */
  readonly stop: () => Promise<void>;
}

/** Lines at the end of the log among which the newest anchor is looked for. */
const RECENT = 10_000;

/**
 * Puts the root of the log on the chain on a schedule, as the checkpoint with which the platform's identity checks in. Only
 * those 32 bytes go there: they depend on the salt of every line, and tell nothing of what is in them. That it was done is
 * a line of the log in turn.
 */
export async function anchorLog(parameters: AnchorParameters): Promise<Anchoring> {
  const { client, id, log, everySeconds, onAnchor, onError } = parameters;
  const newest = await newestAnchor(log.reader);
  let anchoredSize = newest?.size ?? -1;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();

  const anchorNow = async (): Promise<AnchorEntry | undefined> => {
    const { size, root } = await log.checkpoint();
    // The line that says so is no reason for another.
    if (size === 0 || size <= anchoredSize + 1) return undefined;
    const { receipt } = await pulseSync(client, { id, checkpoint: root });
    anchoredSize = size;
    const transaction = receipt.transactionHash;
    const entry: AnchorEntry = { kind: "anchor", size, root, chainId: client.chain.id, identity: id, transaction };
    await log.note(entry);
    onAnchor?.(entry);
    return entry;
  };
  const anchor = () => {
    const turn = running.then(anchorNow);
    running = turn.catch(() => {});
    return turn;
  };
  const schedule = (seconds: number) => {
    if (isStopped) return;
    timer = setTimeout(() => {
      running = anchor()
        .catch((error: unknown) => onError?.(error))
        .finally(() => schedule(everySeconds));
    }, seconds * 1000);
  };
  const sinceNewest = newest === undefined ? everySeconds : (Date.now() - newest.at) / 1000;
  // A clock that was wrong then, or is now, makes it due within one period at most.
  schedule(Math.min(Math.max(everySeconds - sinceNewest, 0), everySeconds));
  return {
    anchor,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

async function newestAnchor(reader: LogReader): Promise<{ size: number; at: number } | undefined> {
  const { size } = await reader.extent();
  let newest: { size: number; at: number } | undefined;
  for await (const raw of reader.lines(Math.max(0, size - RECENT))) {
    const line = decodeLine(raw);
    if (line?.kind === "anchor") newest = line;
  }
  return newest;
}
