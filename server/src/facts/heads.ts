import type { BlockMoment } from "../types/chain.ts";
import type { WatchedClock } from "./clock.ts";
import { FactsUnavailableError } from "./errors.ts";
import type { FactsChain } from "./ports.ts";

/** The newest block of a chain, as it was seen here. */
export interface SeenBlock extends BlockMoment {
  /** Seconds: how old it was when it was first seen here. */
  readonly lag: number;
  /** Seconds to add to a time of this chain to have it on this machine's clock. */
  readonly clockOffset: number;
}

/** Seconds that a block's time may be ahead of this machine's clock: nodes allow each other some. */
const AHEAD_LIMIT = 15;

/** Knows the newest block of a chain, and refuses one that is too old to answer by. */
export interface Head {
  /** @throws {FactsUnavailableError} The reader does not answer, or its newest block is too old, or of the future. */
  readonly newest: () => Promise<SeenBlock>;
  /** The same, where it is known without asking; undefined where somebody has to be asked. */
  readonly known: () => SeenBlock | undefined;
  /** There is another block: the next question asks for it. */
  readonly changed: () => void;
}

/** @param lifetime - Milliseconds for which a head is taken to be the newest, unless `changed` is told before. */
export function createHead(chain: FactsChain, clock: WatchedClock, lifetime: number): Head {
  let last: { readonly block: SeenBlock; readonly askedAt: number } | undefined;
  let asking: Promise<SeenBlock> | undefined;
  let version = 0;

  function known(): SeenBlock | undefined {
    if (last === undefined || clock.monotonic() - last.askedAt >= lifetime) return undefined;
    requireFresh(chain, last.block, clock.now());
    return last.block;
  }

  async function ask(): Promise<SeenBlock> {
    const askedAt = clock.monotonic();
    const asked = version;
    const { number, hash, timestamp } = await chain.reader.head().catch((error: unknown) => {
      throw new FactsUnavailableError(
        "node",
        `The newest block of chain ${chain.chainId} could not be read: ${said(error)}`,
        {
          cause: error,
        },
      );
    });
    const now = clock.now();
    const clockOffset = chain.freshBy === "answer" ? now - timestamp : 0;
    const isSame = last?.block.hash === hash;
    const lag = isSame ? (last?.block.lag ?? 0) : Math.max(0, chain.freshBy === "answer" ? 0 : now - timestamp);
    const block = isSame && last ? last.block : { chainId: chain.chainId, number, hash, timestamp, lag, clockOffset };
    // Whoever was told of another block meanwhile asks again.
    if (asked === version) last = { block, askedAt };
    requireFresh(chain, block, now);
    return block;
  }

  return {
    known,
    newest: async () => {
      const block = known();
      if (block !== undefined) return block;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    changed: () => {
      version += 1;
      if (last !== undefined) last = { block: last.block, askedAt: Number.NEGATIVE_INFINITY };
      asking = undefined;
    },
  };
}

function requireFresh({ chainId, maxLag, freshBy, heardAt }: FactsChain, block: SeenBlock, now: number): void {
  const heard = heardAt === undefined ? undefined : (heardAt() ?? 0);
  if (heard !== undefined && now - heard > maxLag) {
    throw new FactsUnavailableError(
      "index",
      `Chain ${chainId} was heard of ${now - heard} seconds ago, and ${maxLag} seconds are allowed. Look at its node, and whether the index runs.`,
    );
  }
  if (freshBy === "answer") return;
  if (block.timestamp > now + AHEAD_LIMIT) {
    throw new FactsUnavailableError(
      "clock",
      `Block ${block.number} of chain ${chainId} is of second ${block.timestamp}, and this machine's clock says ${now}. Set the clock.`,
    );
  }
  if (now - block.timestamp > maxLag) {
    throw new FactsUnavailableError(
      "index",
      `The newest block of chain ${chainId}, ${block.number}, is ${now - block.timestamp} seconds old, and ${maxLag} are allowed. ` +
        "Look at its node, and whether the index is behind.",
    );
  }
}

/** What an error says, in a line. */
export function said(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split("\n")[0] ?? "").slice(0, 300);
}
