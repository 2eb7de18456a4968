import type { BlockReference, Profile, Reader, Status, TenureEvent, Vouch, WatchedEvent } from "@tenure/sdk";
import type { Address } from "viem";
import type { BlockMoment } from "./chain.ts";

/** How new what is known is. */
export interface Freshness {
  /** The newest block that answers are of. */
  readonly block: BlockMoment;
  /** Seconds since its time. Of a chain that makes blocks on demand it may be old, and nothing newer there. */
  readonly age: number;
  /** Seconds since it was last known that nothing is newer. */
  readonly lag: number;
  /** Whether that is new enough to decide by. */
  readonly isFresh: boolean;
}

/** Thrown when a list cannot be gone on with: its cursor is of another list, or of a block that is known no more. */
export class InvalidCursorError extends Error {
  override readonly name = "InvalidCursorError";
}

/** Which part of a list. */
export interface PageQuestion {
  /** `next` of the page before; opaque. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A part of a list. All pages of a list are of one block, that of the first, or each is of its own newest one. */
export interface DirectoryPage<Entry> {
  /** At most as many as were asked for. There may be fewer, or none, and more to come. */
  readonly items: readonly Entry[];
  /** Where to go on; `undefined` at the end. */
  readonly next: string | undefined;
  readonly block: BlockMoment;
}

/** All that is known of an identity without asking its node: whether its owner delegates is in no log. */
export type ListedProfile = Omit<Profile, "isDelegated"> & Partial<Pick<Profile, "isDelegated">>;

/** Which identities, in rising order of their numbers. */
export interface ListQuestion extends PageQuestion {
  /** The number after which a list begins; of no matter where there is a cursor. */
  readonly after?: number | undefined;
  readonly status?: Exclude<Status, "unknown"> | undefined;
  /** Points staked for it, at least. */
  readonly minSupport?: number | undefined;
  /** Who vouches for it: the vouch counts now. */
  readonly vouchedBy?: number | undefined;
}

/** Which vouches and warnings of an identity: those on it, or those by it. */
export interface VouchesQuestion extends PageQuestion {
  readonly direction: "received" | "given";
  readonly id: number;
}

/** Which of the past events of an identity; the oldest first, none of those that a reorg took back. */
export interface HistoryQuestion extends PageQuestion {
  readonly id: number;
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
  /** @throws InvalidCursorError where the list cannot be gone on with. */
  readonly list: (question: ListQuestion) => Promise<DirectoryPage<ListedProfile>>;
  /** @throws InvalidCursorError where the list cannot be gone on with. */
  readonly vouches: (question: VouchesQuestion) => Promise<DirectoryPage<Vouch>>;
  /** @throws InvalidCursorError where the list cannot be gone on with. */
  readonly history: (question: HistoryQuestion) => Promise<DirectoryPage<TenureEvent>>;
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
