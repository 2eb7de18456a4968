import { freshOf } from "./fresh.ts";
import type { IdIndex } from "./ids.ts";
import type { MutedReason, TrustParameters, VoucherStatus } from "./types.ts";

/** Bits of an edge. */
export const AGAINST = 1;
export const REKEYED = 2;

/** What an identity is, in the order of the numbers that stand for it. */
export const statuses: readonly VoucherStatus[] = ["active", "suspended", "retired"];

/** Edges in the order of their subjects, and of their vouchers for one subject. */
export type PackedEdges = {
  /** Where the edges of a subject begin; one entry more than there are subjects. */
  start: Uint32Array;
  from: Uint32Array;
  stake: Float64Array;
  since: Float64Array;
  flags: Uint8Array;
  /** The share of the voucher's trust that flows here: above zero for a vouch, below for a warning. */
  phi: Float64Array;
};

/** Where the edges of a voucher are among those. */
export type OutIndex = {
  start: Uint32Array;
  edge: Uint32Array;
  to: Uint32Array;
};

/** An edge that came after the graph was built. */
export type LaterEdge = {
  from: number;
  to: number;
  stake: number;
  since: number;
  flags: number;
  phi: number;
};

/** One edge, wherever it is kept. */
export type EdgeView = {
  /** Place of the voucher. */
  from: number;
  stake: number;
  since: number;
  flags: number;
  phi: number;
};

/**
 * Who vouches for whom and who warns about whom at one moment, with what share of each voucher's trust. Made by
 * `buildTrustGraph`, changed by `apply`; to be read through `score`, `explain` and `listEdges`, not through its fields.
 */
export class TrustGraph {
  /** The numbers of the model. */
  readonly parameters: TrustParameters;
  /** The moment at which the age of each edge was taken (unix seconds). */
  readonly now: number;
  /** How many identities it holds. */
  size: number;
  /** How many vouches and warnings it holds. */
  edgeCount: number;
  /** How often it was changed. */
  version = 0;

  /** @internal */ ids: Float64Array;
  /** @internal */ standing: Float64Array;
  /** @internal */ status: Uint8Array;
  /** @internal */ staked: Float64Array;
  /** @internal */ readonly index: IdIndex;
  /** @internal */ readonly packed: PackedEdges;
  /** @internal */ readonly packedSize: number;
  /** @internal */ readonly laterPlaces = new Map<number, number>();
  /** @internal */ readonly laterIn = new Map<number, LaterEdge[]>();
  /** @internal */ readonly laterOut = new Map<number, LaterEdge[]>();
  #out: OutIndex | undefined;

  /** @internal */
  constructor(
    parameters: TrustParameters,
    now: number,
    identities: { ids: Float64Array; standing: Float64Array; status: Uint8Array; index: IdIndex },
    packed: PackedEdges,
  ) {
    this.parameters = parameters;
    this.now = now;
    this.size = identities.ids.length;
    this.ids = identities.ids;
    this.standing = identities.standing;
    this.status = identities.status;
    this.index = identities.index;
    this.packed = packed;
    this.packedSize = this.size;
    this.edgeCount = packed.from.length;
    this.staked = new Float64Array(this.size);
    this.#weigh();
  }

  /** @internal The place of an identity; -1 where the graph does not hold it. */
  placeOf(id: number): number {
    const place = this.index.get(id);
    return place === -1 ? (this.laterPlaces.get(id) ?? -1) : place;
  }

  /** @internal What an identity divides its trust by: all that it has, or all that it staked where that is more. */
  budgetOf(place: number): number {
    return Math.max(this.standing[place] as number, this.staked[place] as number);
  }

  /** @internal Why what a voucher staked does not count. */
  mutedBy(from: number, flags: number): MutedReason | undefined {
    const { parameters } = this;
    const isSilent = (counts: TrustParameters["suspended"]) =>
      counts === "none" || (counts === "warnings" && (flags & AGAINST) === 0);
    const status = this.status[from];
    if (status === 1 && isSilent(parameters.suspended)) return "suspended";
    if (status === 2 && isSilent(parameters.retired)) return "retired";
    return (flags & REKEYED) !== 0 && isSilent(parameters.rekeyed) ? "rekeyed" : undefined;
  }

  /** @internal The share of a voucher's trust that flows over an edge, below zero for a warning. */
  shareOf({ from, stake, since, flags }: Omit<EdgeView, "phi">): number {
    return this.#share(from, stake, since, flags);
  }

  /** @internal Edges by voucher; made when it is first needed. */
  get out(): OutIndex {
    this.#out ??= indexOut(this.packed, this.packedSize);
    return this.#out;
  }

  /** @internal A packed edge. */
  packedAt(edge: number): EdgeView {
    const { from, stake, since, flags, phi } = this.packed;
    return {
      from: from[edge] as number,
      stake: stake[edge] as number,
      since: since[edge] as number,
      flags: flags[edge] as number,
      phi: phi[edge] as number,
    };
  }

  /** @internal The edges of a subject, in the order of their vouchers' numbers. */
  edgesTo(place: number): EdgeView[] {
    const edges: EdgeView[] = [];
    if (place < this.packedSize) {
      const { start, stake } = this.packed;
      for (let edge = start[place] as number; edge < (start[place + 1] as number); edge++) {
        if ((stake[edge] as number) > 0) edges.push(this.packedAt(edge));
      }
    }
    const later = this.laterIn.get(place);
    if (later === undefined) return edges;
    edges.push(...later);
    return edges.sort((a, b) => (this.ids[a.from] as number) - (this.ids[b.from] as number));
  }

  #weigh(): void {
    const { from, stake, since, flags, phi } = this.packed;
    for (let edge = 0; edge < from.length; edge++) {
      const voucher = from[edge] as number;
      this.staked[voucher] = (this.staked[voucher] as number) + (stake[edge] as number);
    }
    for (let edge = 0; edge < from.length; edge++) {
      phi[edge] = this.#share(
        from[edge] as number,
        stake[edge] as number,
        since[edge] as number,
        flags[edge] as number,
      );
    }
  }

  #share(from: number, stake: number, since: number, flags: number): number {
    const mayBeMuted = (this.status[from] as number) | (flags & REKEYED);
    if (mayBeMuted !== 0 && this.mutedBy(from, flags) !== undefined) return 0;
    const share = (stake / this.budgetOf(from)) * freshOf(since, this.now, this.parameters);
    return (flags & AGAINST) === 0 ? share : -share;
  }
}

function indexOut({ start: inStart, from }: PackedEdges, size: number): OutIndex {
  const start = new Uint32Array(size + 1);
  for (let edge = 0; edge < from.length; edge++) {
    const next = (from[edge] as number) + 1;
    start[next] = (start[next] as number) + 1;
  }
  for (let place = 0; place < size; place++) {
    start[place + 1] = (start[place + 1] as number) + (start[place] as number);
  }
  const edges = new Uint32Array(from.length);
  const to = new Uint32Array(from.length);
  const next = start.slice();
  for (let subject = 0; subject < size; subject++) {
    for (let edge = inStart[subject] as number; edge < (inStart[subject + 1] as number); edge++) {
      const voucher = from[edge] as number;
      const slot = next[voucher] as number;
      next[voucher] = slot + 1;
      edges[slot] = edge;
      to[slot] = subject;
    }
  }
  return { start, edge: edges, to };
}
