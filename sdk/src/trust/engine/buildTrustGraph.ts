import {
  DuplicateEdgeError,
  DuplicateIdentityError,
  InvalidEdgeError,
  InvalidIdentityError,
  SelfEdgeError,
  UnknownEndpointError,
} from "./errors.ts";
import { AGAINST, type PackedEdges, REKEYED, statuses, TrustGraph } from "./graph.ts";
import { distinctIds, indexIds } from "./ids.ts";
import { momentOf, parametersOf } from "./parameters.ts";
import type { TrustEdge, TrustEdgeColumns, TrustIdentity, TrustIdentityColumns, TrustParameters } from "./types.ts";

/** Parameters of `buildTrustGraph`; those of the model are as they were measured where left out. */
export type BuildTrustGraphParameters = Partial<TrustParameters> & {
  /** Every vouch and warning that counts now, one for an ordered pair, in any order. */
  edges: Iterable<TrustEdge> | TrustEdgeColumns;
  /**
   * Every identity with its standing. Where left out, the identities are those that the edges name, and each has staked
   * all that it has.
   */
  identities?: Iterable<TrustIdentity> | TrustIdentityColumns | undefined;
  /** The moment at which the age of each edge is taken (unix seconds). */
  now: number;
};

/**
 * Builds the graph over which trust flows. The same identities and edges make the same graph to the last bit, in
 * whatever order they are given.
 *
 * @param parameters - {@link BuildTrustGraphParameters}
 * @returns The graph.
 *
 * @example
 * const graph = buildTrustGraph({
 *   edges: [{ voucherId: 1, subjectId: 2, stake: 30, since: 1_767_225_600 }],
 *   identities: [{ id: 1, standing: 100 }, { id: 2, standing: 10 }],
 *   now: 1_782_777_600,
 * });
 */
export function buildTrustGraph(parameters: BuildTrustGraphParameters): TrustGraph {
  const model = parametersOf(parameters);
  const now = momentOf(parameters.now, "now");
  const edges = "voucherIds" in parameters.edges ? checkedColumns(parameters.edges) : columnsOf(parameters.edges);
  const given = identitiesOf(parameters.identities);
  const ids = given?.ids ?? distinctIds([edges.voucherIds, edges.subjectIds]);
  const index = indexIds(ids);
  const standing = given?.standing ?? new Float64Array(ids.length);
  const status = given?.status ?? new Uint8Array(ids.length);
  const packed = pack(edges, ids, index);
  return new TrustGraph(model, now, { ids, standing, status, index }, packed);
}

/** What is wrong with one edge, if anything. */
export function checkEdge(index: number, { voucherId, subjectId, stake, since, stance }: TrustEdge): void {
  const fail = (field: string, value: unknown, demanded: string) =>
    new InvalidEdgeError({ index, field, value, demanded });
  if (!isId(voucherId)) throw fail("voucherId", voucherId, "a whole number from 1");
  if (!isId(subjectId)) throw fail("subjectId", subjectId, "a whole number from 1");
  if (!(stake > 0 && stake < Number.POSITIVE_INFINITY)) throw fail("stake", stake, "a number above 0");
  if (!(since >= 0 && since < Number.POSITIVE_INFINITY)) throw fail("since", since, "a number of unix seconds");
  if (stance !== undefined && stance !== "for" && stance !== "against") {
    throw fail("stance", stance, '"for" or "against"');
  }
  if (voucherId === subjectId) throw new SelfEdgeError({ index, id: voucherId });
}

/** What is wrong with one identity, if anything. */
export function checkIdentity(index: number, { id, standing, status }: TrustIdentity): void {
  const fail = (field: string, value: unknown, demanded: string) =>
    new InvalidIdentityError({ index, field, value, demanded });
  if (!isId(id)) throw fail("id", id, "a whole number from 1");
  if (!(standing >= 0 && standing < Number.POSITIVE_INFINITY)) throw fail("standing", standing, "a number from 0");
  if (status !== undefined && !statuses.includes(status)) {
    throw fail("status", status, '"active", "suspended" or "retired"');
  }
}

function isId(id: unknown): boolean {
  return Number.isSafeInteger(id) && (id as number) >= 1;
}

type Columns = Omit<TrustEdgeColumns, "against"> & { flags: ArrayLike<number> };

function columnsOf(edges: Iterable<TrustEdge>): Columns {
  const columns = { voucherIds: [], subjectIds: [], stakes: [], since: [], flags: [] } as Record<
    keyof Columns,
    number[]
  >;
  let index = 0;
  for (const edge of edges) {
    checkEdge(index, edge);
    columns.voucherIds.push(edge.voucherId);
    columns.subjectIds.push(edge.subjectId);
    columns.stakes.push(edge.stake);
    columns.since.push(edge.since);
    columns.flags.push(flagsOf(edge));
    index++;
  }
  return columns;
}

/** The bits of an edge. */
export function flagsOf({ stance, voucherRekeyed }: TrustEdge): number {
  return (stance === "against" ? AGAINST : 0) | (voucherRekeyed ? REKEYED : 0);
}

function checkedColumns({ voucherIds, subjectIds, stakes, since, against }: TrustEdgeColumns): Columns {
  const { length } = voucherIds;
  const others = { subjectIds, stakes, since, ...(against && { against }) };
  for (const [field, column] of Object.entries(others)) {
    if (column.length !== length) {
      throw new InvalidEdgeError({
        index: Math.min(column.length, length),
        field,
        value: undefined,
        demanded: "as long",
      });
    }
  }
  const flags = new Uint8Array(length);
  const edge: TrustEdge = { voucherId: 0, subjectId: 0, stake: 0, since: 0 };
  for (let index = 0; index < length; index++) {
    edge.voucherId = voucherIds[index] as number;
    edge.subjectId = subjectIds[index] as number;
    edge.stake = stakes[index] as number;
    edge.since = since[index] as number;
    checkEdge(index, edge);
    const bit = against?.[index] ?? 0;
    if (bit !== 0 && bit !== 1) {
      throw new InvalidEdgeError({ index, field: "against", value: bit, demanded: "0 for a vouch or 1 for a warning" });
    }
    flags[index] = bit;
  }
  return { voucherIds, subjectIds, stakes, since, flags };
}

type PackedIdentities = { ids: Float64Array; standing: Float64Array; status: Uint8Array };

function identitiesOf(identities: BuildTrustGraphParameters["identities"]): PackedIdentities | undefined {
  if (identities === undefined) return undefined;
  const { ids: idList, standings, marks } = "ids" in identities ? checkedIdentities(identities) : rowsOf(identities);
  const ids = distinctIds([idList]);
  const { get } = indexIds(ids);
  const standing = new Float64Array(ids.length);
  const status = new Uint8Array(ids.length);
  const isGiven = new Uint8Array(ids.length);
  for (let i = 0; i < idList.length; i++) {
    const place = get(idList[i] as number);
    if (isGiven[place] === 1) throw new DuplicateIdentityError({ id: idList[i] as number });
    isGiven[place] = 1;
    standing[place] = standings[i] as number;
    status[place] = marks[i] as number;
  }
  return { ids, standing, status };
}

type IdentityColumns = TrustIdentityColumns & { marks: ArrayLike<number> };

function rowsOf(identities: Iterable<TrustIdentity>): IdentityColumns {
  const columns = { ids: [] as number[], standings: [] as number[], marks: [] as number[] };
  let index = 0;
  for (const identity of identities) {
    checkIdentity(index++, identity);
    columns.ids.push(identity.id);
    columns.standings.push(identity.standing);
    columns.marks.push(statuses.indexOf(identity.status ?? "active"));
  }
  return columns;
}

function checkedIdentities({ ids, standings }: TrustIdentityColumns): IdentityColumns {
  const identity = { id: 0, standing: 0 };
  // The longer one, so that what one of them lacks is found.
  for (let index = 0; index < Math.max(ids.length, standings.length); index++) {
    identity.id = ids[index] as number;
    identity.standing = standings[index] as number;
    checkIdentity(index, identity);
  }
  return { ids, standings, marks: new Uint8Array(ids.length) };
}

/** Sorts the edges by subject and then by voucher: twice by counting, which keeps the order of the first. */
function pack(edges: Columns, ids: Float64Array, { get }: { get: (id: number) => number }): PackedEdges {
  const count = edges.voucherIds.length;
  const [vouchers, subjects] = [new Uint32Array(count), new Uint32Array(count)];
  for (let i = 0; i < count; i++) {
    const [voucherId, subjectId] = [edges.voucherIds[i] as number, edges.subjectIds[i] as number];
    const [voucher, subject] = [get(voucherId), get(subjectId)];
    if (voucher === -1) throw new UnknownEndpointError({ id: voucherId, voucherId, subjectId });
    if (subject === -1) throw new UnknownEndpointError({ id: subjectId, voucherId, subjectId });
    vouchers[i] = voucher;
    subjects[i] = subject;
  }
  const byVoucher = new Uint32Array(count);
  const next = startsOf(vouchers, ids.length);
  for (let i = 0; i < count; i++) byVoucher[take(next, vouchers[i] as number)] = i;

  const start = startsOf(subjects, ids.length);
  const places = start.slice();
  const from = new Uint32Array(count);
  const stake = new Float64Array(count);
  const since = new Float64Array(count);
  const flags = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const source = byVoucher[i] as number;
    const edge = take(places, subjects[source] as number);
    from[edge] = vouchers[source] as number;
    stake[edge] = edges.stakes[source] as number;
    since[edge] = edges.since[source] as number;
    flags[edge] = edges.flags[source] as number;
  }
  for (let subject = 0; subject < ids.length; subject++) {
    for (let edge = (start[subject] as number) + 1; edge < (start[subject + 1] as number); edge++) {
      if (from[edge] !== from[edge - 1]) continue;
      const voucherId = ids[from[edge] as number] as number;
      throw new DuplicateEdgeError({ voucherId, subjectId: ids[subject] as number });
    }
  }
  return { start, from, stake, since, flags, phi: new Float64Array(count) };
}

/** Where the entries of each key begin. */
function startsOf(keys: Uint32Array, size: number): Uint32Array {
  const start = new Uint32Array(size + 1);
  for (let i = 0; i < keys.length; i++) take(start, (keys[i] as number) + 1);
  for (let key = 0; key < size; key++) start[key + 1] = (start[key + 1] as number) + (start[key] as number);
  return start;
}

/** The number at a place, which is one more from now on. */
function take(numbers: Uint32Array, place: number): number {
  const number = numbers[place] as number;
  numbers[place] = number + 1;
  return number;
}
