import { checkEdge, checkIdentity, flagsOf } from "./buildTrustGraph.ts";
import { DuplicateEdgeError, DuplicateIdentityError, EdgeNotFoundError, UnknownEndpointError } from "./errors.ts";
import { type LaterEdge, statuses, type TrustGraph } from "./graph.ts";
import { grown } from "./grown.ts";
import { push, Shifts } from "./push.ts";
import { checkTolerance } from "./solve.ts";
import type { Trust } from "./trust.ts";
import type { TrustEdge, TrustIdentity } from "./types.ts";

/** Parameters of `apply`. */
export type ApplyParameters = {
  /** Edges that are new, or that replace the one of their pair. */
  edges?: readonly TrustEdge[] | undefined;
  /** Edges that count no more. */
  removed?: readonly Pick<TrustEdge, "voucherId" | "subjectId">[] | undefined;
  /** Identities that are new, or whose standing or status is another. */
  identities?: readonly TrustIdentity[] | undefined;
  /** What to keep current; all other trust over this graph is stale from now on. */
  trusts?: readonly Trust[] | undefined;
  /**
   * The most by which all trust together may be wrong afterwards; a tenth of kappa where left out. What really is left is
   * `trust.bound`.
   */
  tolerance?: number | undefined;
};

/** Finer than this, rounding outweighs what is asked. */
const FINEST = 1e-12;

/**
 * Changes a graph, and only that part of the trust over it that the change reaches: what flows more or less is pushed
 * on until what is left is below the tolerance. Nothing is changed where anything is wrong with the change.
 *
 * @param graph - The graph.
 * @param change - {@link ApplyParameters}
 *
 * @example
 * apply(graph, {
 *   edges: [{ voucherId: 2, subjectId: 3, stake: 5, since: now }],
 *   removed: [{ voucherId: 1, subjectId: 2 }],
 *   trusts: [trust],
 * });
 */
export function apply(graph: TrustGraph, change: ApplyParameters): void {
  const { edges = [], removed = [], identities = [], trusts = [] } = change;
  const tolerance = change.tolerance ?? Math.max(graph.parameters.kappa / 10, FINEST);
  checkTolerance(tolerance, FINEST);
  for (const trust of trusts) trust.requireOver(graph);
  check(graph, edges, removed, identities);

  const touched = new Set<number>();
  for (const identity of identities) touched.add(putIdentity(graph, identity));
  for (const { voucherId, subjectId } of removed) {
    const from = graph.placeOf(voucherId);
    const found = find(graph, from, graph.placeOf(subjectId));
    if (found === undefined) continue;
    if (typeof found === "number") graph.packed.stake[found] = 0;
    else found.stake = 0;
    graph.edgeCount--;
    touched.add(from);
  }
  for (const edge of edges) touched.add(putEdge(graph, edge));
  const shifts = new Shifts();
  for (const place of [...touched].sort((a, b) => a - b)) reweigh(graph, place, shifts);
  graph.version++;
  for (const trust of trusts) {
    trust.version = graph.version;
    push(trust, shifts, tolerance);
  }
}

function check(
  graph: TrustGraph,
  edges: readonly TrustEdge[],
  removed: readonly Pick<TrustEdge, "voucherId" | "subjectId">[],
  identities: readonly TrustIdentity[],
): void {
  const given = new Set<number>();
  identities.forEach((identity, index) => {
    checkIdentity(index, identity);
    if (given.has(identity.id)) throw new DuplicateIdentityError({ id: identity.id });
    given.add(identity.id);
  });
  const pairs = new Set<string>();
  const once = ({ voucherId, subjectId }: Pick<TrustEdge, "voucherId" | "subjectId">) => {
    const pair = `${voucherId}>${subjectId}`;
    if (pairs.has(pair)) throw new DuplicateEdgeError({ voucherId, subjectId });
    pairs.add(pair);
  };
  edges.forEach((edge, index) => {
    checkEdge(index, edge);
    once(edge);
    const { voucherId, subjectId } = edge;
    for (const id of [voucherId, subjectId]) {
      const isKnown = graph.placeOf(id) !== -1 || given.has(id);
      if (!isKnown) throw new UnknownEndpointError({ id, voucherId, subjectId });
    }
  });
  for (const pair of removed) {
    once(pair);
    const [from, to] = [graph.placeOf(pair.voucherId), graph.placeOf(pair.subjectId)];
    if (from === -1 || to === -1 || !isLive(graph, find(graph, from, to))) throw new EdgeNotFoundError(pair);
  }
}

function isLive(graph: TrustGraph, found: number | LaterEdge | undefined): boolean {
  if (found === undefined) return false;
  return (typeof found === "number" ? (graph.packed.stake[found] as number) : found.stake) > 0;
}

/** Where the edge of a pair is kept: its place among the packed ones, or itself. A packed one may be dead. */
function find(graph: TrustGraph, from: number, to: number): number | LaterEdge | undefined {
  if (from < graph.packedSize && to < graph.packedSize) {
    const { start, from: vouchers } = graph.packed;
    let low = start[to] as number;
    let high = start[to + 1] as number;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((vouchers[middle] as number) < from) low = middle + 1;
      else high = middle;
    }
    if (low < (start[to + 1] as number) && vouchers[low] === from) return low;
  }
  return graph.laterOut.get(from)?.find((edge) => edge.to === to);
}

function putIdentity(graph: TrustGraph, { id, standing, status = "active" }: TrustIdentity): number {
  let place = graph.placeOf(id);
  if (place === -1) {
    place = graph.size++;
    graph.laterPlaces.set(id, place);
    graph.ids = grown(graph.ids, graph.size);
    graph.standing = grown(graph.standing, graph.size);
    graph.staked = grown(graph.staked, graph.size);
    graph.status = grown(graph.status, graph.size);
    graph.ids[place] = id;
  }
  graph.standing[place] = standing;
  graph.status[place] = statuses.indexOf(status);
  return place;
}

function putEdge(graph: TrustGraph, edge: TrustEdge): number {
  const [from, to] = [graph.placeOf(edge.voucherId), graph.placeOf(edge.subjectId)];
  const { stake, since } = edge;
  const flags = flagsOf(edge);
  const found = find(graph, from, to);
  if (!isLive(graph, found)) graph.edgeCount++;
  if (typeof found === "number") {
    graph.packed.stake[found] = stake;
    graph.packed.since[found] = since;
    graph.packed.flags[found] = flags;
  } else if (found !== undefined) {
    Object.assign(found, { stake, since, flags });
  } else {
    const later: LaterEdge = { from, to, stake, since, flags, phi: 0 };
    append(graph.laterOut, from, later);
    append(graph.laterIn, to, later);
  }
  return from;
}

function append(lists: Map<number, LaterEdge[]>, place: number, edge: LaterEdge): void {
  const list = lists.get(place);
  if (list === undefined) lists.set(place, [edge]);
  else list.push(edge);
}

/** Divides a voucher's trust anew over what it staked, and notes where more or less flows than before. */
function reweigh(graph: TrustGraph, place: number, shifts: Shifts): void {
  const { packed } = graph;
  const later = graph.laterOut.get(place) ?? [];
  const isPacked = place < graph.packedSize;
  const first = isPacked ? (graph.out.start[place] as number) : 0;
  const end = isPacked ? (graph.out.start[place + 1] as number) : 0;
  let staked = 0;
  for (let i = first; i < end; i++) staked += packed.stake[graph.out.edge[i] as number] as number;
  for (const { stake } of later) staked += stake;
  graph.staked[place] = staked;
  for (let i = first; i < end; i++) {
    const edge = graph.out.edge[i] as number;
    const view = graph.packedAt(edge);
    const phi = view.stake === 0 ? 0 : graph.shareOf(view);
    shifts.note(place, graph.out.to[i] as number, view.phi, phi);
    packed.phi[edge] = phi;
  }
  for (const edge of later) {
    const phi = edge.stake === 0 ? 0 : graph.shareOf(edge);
    shifts.note(place, edge.to, edge.phi, phi);
    edge.phi = phi;
  }
  if (later.every(({ stake }) => stake > 0)) return;
  replace(graph.laterOut, place);
  for (const { to, stake } of later) if (stake === 0) replace(graph.laterIn, to);
}

/** Drops the dead of a list. */
function replace(lists: Map<number, LaterEdge[]>, place: number): void {
  const live = (lists.get(place) ?? []).filter(({ stake }) => stake > 0);
  if (live.length === 0) lists.delete(place);
  else lists.set(place, live);
}
