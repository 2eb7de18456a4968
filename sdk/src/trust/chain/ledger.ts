import type { EventPosition, TenureEvent } from "../../types/event.ts";
import type { Edge } from "../../types/vouch.ts";

/** An ordered pair, and what the registry held of it, the newest last. */
export type LedgerEntry = {
  voucherId: number;
  subjectId: number;
  versions: Version[];
};

type Version = { edge: Edge; blockHash: string | undefined; logIndex: number | undefined };

/** An event that carries an edge. */
export type EdgeEvent = Extract<TenureEvent, { edge: Edge }>;

/** What is needed of it here. */
export type EdgeRecord = Pick<EdgeEvent, "voucherId" | "subjectId" | "edge"> &
  Partial<Pick<EventPosition, "blockHash" | "logIndex">>;

/**
 * Every edge that the events told of, as the newest event of its pair says. Earlier ones are kept only where a reorg may
 * take the newest back.
 */
export class Ledger {
  readonly #entries = new Map<string, LedgerEntry>();
  readonly #of = new Map<number, Set<LedgerEntry>>();

  get size(): number {
    return this.#entries.size;
  }

  /** Every pair with an edge, in the order in which they came. */
  entries(): IterableIterator<LedgerEntry> {
    return this.#entries.values();
  }

  /** Every pair of which an identity is one. */
  of(id: number): Iterable<LedgerEntry> {
    return this.#of.get(id) ?? [];
  }

  get(voucherId: number, subjectId: number): LedgerEntry | undefined {
    return this.#entries.get(keyOf({ voucherId, subjectId }));
  }

  /** Notes what an event says, and keeps nothing earlier: for blocks that no reorg takes back while they are followed. */
  overwrite(event: EdgeRecord): void {
    this.#entry(event).versions = [versionOf(event)];
  }

  /** Notes what an event says. */
  record(event: EdgeRecord): void {
    this.#entry(event).versions.push(versionOf(event));
  }

  /** Forgets what an event said that a reorg took back: the newest of its pair. */
  takeBack({ blockHash, logIndex, ...pair }: EdgeRecord): void {
    const entry = this.#entry(pair);
    const isMeant = (version: Version) => version.blockHash === blockHash && version.logIndex === logIndex;
    const at = entry.versions.findIndex(isMeant);
    if (at !== -1) entry.versions.splice(at);
  }

  #entry({ voucherId, subjectId }: Pick<EdgeRecord, "voucherId" | "subjectId">): LedgerEntry {
    const key = keyOf({ voucherId, subjectId });
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const entry: LedgerEntry = { voucherId, subjectId, versions: [] };
    this.#entries.set(key, entry);
    for (const id of [voucherId, subjectId]) {
      const list = this.#of.get(id) ?? new Set();
      this.#of.set(id, list.add(entry));
    }
    return entry;
  }
}

/** A pair as a key. */
export function keyOf({ voucherId, subjectId }: Pick<EdgeRecord, "voucherId" | "subjectId">): string {
  return `${voucherId}>${subjectId}`;
}

function versionOf({ edge, blockHash, logIndex }: EdgeRecord): Version {
  return { edge, blockHash, logIndex };
}
