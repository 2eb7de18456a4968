import { EdgeState, packEdge } from "../../../test/utils/vouchEdge.ts";
import { find } from "./lookups.ts";
import { currentPeriod } from "./periods.ts";
import { refuse } from "./refusal.ts";
import { type Edge, Stance, type State } from "./state.ts";

/** What a view says of an edge; the contract's enum. */
export const VouchState = {
  None: 0n,
  Active: 1n,
  Lapsed: 2n,
  Ended: 3n,
  Revoked: 4n,
  Disowned: 5n,
  Burned: 6n,
} as const;

export function edgeOf(state: State, voucherId: bigint, subjectId: bigint): Edge | undefined {
  return state.edges.find((edge) => edge.voucherId === voucherId && edge.subjectId === subjectId);
}

export function requireEdge(state: State, voucherId: bigint, subjectId: bigint): Edge {
  return edgeOf(state, voucherId, subjectId) ?? refuse("VouchNotFound", voucherId, subjectId);
}

/** `subjectKeyEpoch` is the one to judge by: the subject's, where it matters whether the vouch is for its present key. */
export function stateOf(state: State, edge: Edge, subjectKeyEpoch: bigint): bigint {
  if (edge.fate === "revoked") return VouchState.Revoked;
  if (edge.fate === "disowned") return VouchState.Disowned;
  if (edge.stake === 0n) return VouchState.Burned;
  if (edge.endPeriod < currentPeriod(state)) return VouchState.Ended;
  if (edge.stance === Stance.For && edge.subjectKeyEpoch !== subjectKeyEpoch) return VouchState.Lapsed;
  return VouchState.Active;
}

/** Newest first. */
export function vouchersOf(state: State, subjectId: bigint): bigint[] {
  const edges = state.edges.filter((edge) => edge.subjectId === subjectId);
  return edges.map(({ voucherId }) => voucherId).reverse();
}

/** Newest first. */
export function vouchesBy(state: State, voucherId: bigint): bigint[] {
  const edges = state.edges.filter((edge) => edge.voucherId === voucherId);
  return edges.map(({ subjectId }) => subjectId).reverse();
}

function following(list: bigint[], id: bigint): bigint {
  return list[list.indexOf(id) + 1] ?? 0n;
}

const FATES = { live: EdgeState.Live, revoked: EdgeState.Revoked, disowned: EdgeState.Disowned };

/** The edge as events carry it. */
export function wordOf(state: State, edge: Edge): bigint {
  const { voucherId, subjectId, fate, refused, ...fields } = edge;
  return packEdge({
    ...fields,
    refused: refused ? 1n : 0n,
    state: FATES[fate],
    nextVoucher: following(vouchersOf(state, subjectId), voucherId),
    nextSubject: following(vouchesBy(state, voucherId), subjectId),
  });
}

/** What counts for, or against, a subject in a period if nothing more happens. */
export function sumOf(state: State, subjectId: bigint, stance: bigint, period: bigint): bigint {
  const keyEpoch = find(state, subjectId)?.keyEpoch;
  return state.edges
    .filter((edge) => edge.subjectId === subjectId && edge.stance === stance)
    .filter((edge) => edge.fate === "live" && edge.endPeriod >= period)
    .filter((edge) => stance === Stance.Against || edge.subjectKeyEpoch === keyEpoch)
    .reduce((sum, { stake }) => sum + stake, 0n);
}
