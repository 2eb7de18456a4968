import type { BlockReference, Profile, Reader, Status, TenureEvent, Vouch, WatchedEvent } from "@tenure/sdk";
import type { Address } from "viem";
import type { BlockMoment } from "./chain.ts";

/** How new what is known is. */
export interface Freshness {
  /** The newest block that answers are of. */
  readonly block: BlockMoment;
  /** Seconds since then: of the block's time, or on a chain that mines on demand since its node answered last. */
  readonly age: number;
  /** Whether that is new enough to decide by. */
  readonly isFresh: boolean;
}

/** Which identities, from where on. */
export interface ListQuestion {
  /** The number after which they come, in rising order. */
  readonly after?: number | undefined;
  readonly limit: number;
  readonly status?: Exclude<Status, "unknown"> | undefined;
  /** Points staked for it, at least. */
  readonly minSupport?: number | undefined;
  /** Who vouches for it: the vouch counts now. */
  readonly vouchedBy?: number | undefined;
  readonly block: BlockReference;
}

/** Which vouches and warnings of an identity, from where on. */
export interface VouchesQuestion {
  /** `received`: on it, by the numbers of whoever staked; `given`: by it, by the numbers of whom they are about. */
  readonly direction: "received" | "given";
  readonly id: number;
  /** The other one's number, after which they come in rising order. */
  readonly after?: number | undefined;
  readonly limit: number;
  readonly block: BlockReference;
}

/** Where an event is in its chain. */
export interface EventPlace {
  readonly blockNumber: bigint;
  readonly logIndex: number;
}

/** Which of the past events of an identity, from where on; the oldest first, none of those that a reorg took back. */
export interface HistoryQuestion {
  readonly id: number;
  readonly after?: EventPlace | undefined;
  readonly limit: number;
  readonly block: BlockReference;
}

/** How trust that begins at some identities regards another one. */
export interface TrustAnswer {
  /** Above -1 and below 1; 0 where unknown. */
  readonly score: number;
  readonly verdict: "unknown" | "supported" | "contested" | "distrusted";
  /** Its share of all trust. */
  readonly flow: number;
  /** Trust that flows for it over vouches, against it over warnings, and that it has as an anchor. */
  readonly support: number;
  readonly opposition: number;
  readonly anchored: number;
}

/** An event as it was told: it happened, or a reorg took it back. */
export interface FeedEntry {
  /** What to ask with to go on after it. Opaque. */
  readonly cursor: string;
  readonly event: WatchedEvent;
}

/** Thrown when nobody knows what came after a cursor: it is of another feed, or older than what is kept. */
export class CursorGoneError extends Error {
  override readonly name = "CursorGoneError";
  constructor() {
    super("What came after this cursor is not known here any more. Read the identities anew, and follow from now on.");
  }
}

/** Everything that happens to a registry, in the one order in which it was told, removals by reorgs among it. */
export interface EventFeed {
  /** The cursor of the newest entry: what comes after it is new. */
  readonly end: () => Promise<string>;
  /**
   * The entries after a cursor, the oldest first; those that are kept, where there is no cursor.
   *
   * @throws CursorGoneError where that is not known.
   */
  readonly after: (cursor: string | undefined, limit: number) => Promise<readonly FeedEntry[]>;
  /** Has a function called whenever there may be more. Returns what ends that. */
  readonly onMore: (listener: () => void) => () => void;
}

/** All that programs may ask about the identities of one registry. What is thrown means that it cannot be said now. */
export interface Directory {
  readonly chainId: number;
  /** The registry of identities. */
  readonly registry: Address;
  readonly reader: Reader;
  readonly freshness: () => Promise<Freshness>;
  /** At most `limit`; fewer only where there are no more. */
  readonly list: (question: ListQuestion) => Promise<readonly Profile[]>;
  /** At most `limit`; fewer only where there are no more. */
  readonly vouches: (question: VouchesQuestion) => Promise<readonly Vouch[]>;
  /** At most `limit`; fewer only where there are no more. */
  readonly history: (question: HistoryQuestion) => Promise<readonly TenureEvent[]>;
  readonly feed: EventFeed;
  /** Trust from some anchors; where left out, nobody can ask for it. */
  readonly trust?:
    | ((question: {
        readonly id: number;
        readonly anchors: readonly number[];
        readonly block: BlockReference;
      }) => Promise<TrustAnswer>)
    | undefined;
}
