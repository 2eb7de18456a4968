import type { Hash } from "./merkle/hash.ts";

/** Which lines a store has. */
export interface Extent {
  /** Place of the oldest line that is kept; older ones were removed. */
  readonly first: number;
  /** How many lines were ever written, which is the place of the next. */
  readonly size: number;
}

/** Where the next line goes. */
export interface LogHead {
  /** Its place. */
  readonly size: number;
  /** Hash of the line before it; 32 zero bytes for the first. */
  readonly previous: Hash;
  /** How many lines may follow at once, at least one. */
  readonly room: number;
}

/**
 * Reads a log's lines as they are stored, believed or not. Lines lie in segments of `2 ** segmentHeight`: whole ones are
 * subtrees of the log's tree, so that their root alone stands for them once they are removed.
 */
export interface LogReader {
  readonly segmentHeight: number;
  readonly extent: () => Promise<Extent>;
  /** The lines from `from` up to before `to`, in the order in which they are stored, without their ends. */
  readonly lines: (from: number, to?: number) => AsyncIterable<Uint8Array>;
  /** The place of the decision of that id; `undefined` where no line that is kept is of it. */
  readonly placeOf: (id: string) => Promise<number | undefined>;
  /** Hashes of the lines of a segment that is kept, one behind the other. */
  readonly leaves: (segment: number) => Promise<Uint8Array>;
  /** Root of a whole segment, kept or removed. */
  readonly segmentRoot: (segment: number) => Promise<Hash>;
  readonly close: () => Promise<void>;
}

/** Keeps a log's lines. */
export interface LogStore extends LogReader {
  /**
   * Writes the lines that `make` makes behind the head, and resolves once they are durable. Where it throws, none of them
   * counts: the next call writes in their place.
   */
  readonly append: (make: (head: LogHead) => readonly Uint8Array[]) => Promise<void>;
  /** Removes the whole segments whose lines are all before this place. Returns the place of the oldest line that is kept. */
  readonly removeBefore: (place: number) => Promise<number>;
}
