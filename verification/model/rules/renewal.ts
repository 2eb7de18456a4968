import { edgeOf, requireEdge, stateOf, wordOf } from "./edges.ts";
import { requireActiveParty, requirePartyOwner } from "./parties.ts";
import { currentPeriod, endAfter } from "./periods.ts";
import { refuse } from "./refusal.ts";
import { requireArbiter, requireRoom, requireSubject } from "./staking.ts";
import { requireFree } from "./standing.ts";
import { type Edge, emit, Stance, type State } from "./state.ts";

/** The date of a point, on average; of a part of a second the whole, so that nothing looks older than it is. */
function meanDate({ since, stake }: Edge, now: bigint, added: bigint): bigint {
  const sum = since * stake + now * added;
  const points = stake + added;
  return sum % points === 0n ? sum / points : sum / points + 1n;
}

export function renew(
  state: State,
  caller: string,
  voucherId: bigint,
  subjectId: bigint,
  addedStake: bigint,
  periods: bigint,
): void {
  const voucher = requireActiveParty(state, voucherId);
  requirePartyOwner(voucher, caller);
  const stance = edgeOf(state, voucherId, subjectId)?.stance ?? Stance.None;
  const subject = requireSubject(state, stance, subjectId);
  const newEnd = endAfter(state, periods);
  const edge = requireEdge(state, voucherId, subjectId);
  if (edge.fate !== "live") refuse("VouchNotLive", voucherId, subjectId, stateOf(state, edge, subject.keyEpoch));
  if (edge.releasePeriod < currentPeriod(state)) refuse("VouchReleased", voucherId, subjectId, edge.releasePeriod);
  if (newEnd < edge.endPeriod) refuse("RenewalShortens", edge.endPeriod, newEnd);
  if (edge.stake === 0n) requireArbiter(state, edge); // what comes anew, nothing being locked
  requireFree(state, voucherId, addedStake);
  const renewed: Edge = {
    ...edge,
    stake: edge.stake + addedStake,
    since: addedStake === 0n ? edge.since : meanDate(edge, state.now, addedStake),
    endPeriod: newEnd,
    releasePeriod: newEnd + 1n,
    subjectKeyEpoch: subject.keyEpoch,
    voucherKeyEpoch: voucher.keyEpoch,
  };
  if (renewed.stake === 0n) refuse("ZeroStake", voucherId, subjectId);
  if (wordOf(state, renewed) === wordOf(state, edge)) refuse("NothingToRenew", voucherId, subjectId);
  const formerStake = edge.stake;
  edge.stake = 0n; // makes room for itself
  requireRoom(state, subjectId, stance, formerStake + addedStake);
  Object.assign(edge, renewed);
  emit(state, "vouches", "Renewed", voucherId, subjectId, wordOf(state, edge));
}
