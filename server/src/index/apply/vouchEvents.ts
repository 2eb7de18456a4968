// What the events of the registry of vouches say that it stored: contracts/VouchRegistry.sol.
import { decodeEdge, type Edge, type EventContent, type EventPosition, periodAt } from "@tenure/sdk";
import { encodeEdge } from "../words/edge.ts";
import * as rings from "../words/rings.ts";
import { type Clock, ContradictionError, type State } from "./cells.ts";
import { known } from "./identityEvents.ts";

type EdgeEvent = Extract<EventContent, { voucherId: number }> & EventPosition;

const { subjectRing, voucherRing, added, advanced } = rings;

/** Applies what happened to a pair: its word is in the event, and the rings follow from the word before. */
export function edgeChanged(state: State, event: EdgeEvent, clock: Clock): void {
  const { voucherId, subjectId, edge } = event;
  const before = state.get("edge", voucherId, subjectId);
  const former = before && decodeEdge(before.word);
  const current = BigInt(periodAt(event.timestamp, clock));
  const isMade = event.eventName === "Vouched" || event.eventName === "Warned";
  if (former === undefined && !isMade) {
    throw new ContradictionError(`An event tells of what ${voucherId} vouched for ${subjectId}, which was nothing.`);
  }
  const made = before?.made ?? Number(event.blockNumber) * 1_000_000 + event.logIndex;
  state.set("edge", [voucherId, subjectId], { word: encodeEdge(edge), made });
  const both = { state, voucherId, subjectId, current };
  if (event.eventName === "Burned") {
    burned(both, former as Edge, BigInt(event.amount));
    return;
  }
  const isLocked = former !== undefined && current <= BigInt(former.releasePeriod);
  commit(both, isLocked ? former : undefined, edge, former === undefined);
  if (isLocked && counts(former, current)) discount(both, former, BigInt(former.stake));
  if (isMade || event.eventName === "Renewed") book(both, edge, former === undefined, isMade);
}

interface Pair {
  readonly state: State;
  readonly voucherId: number;
  readonly subjectId: number;
  readonly current: bigint;
}

/** What the voucher has locked: the edge's stake in the place of what it locked before. */
function commit(
  { state, voucherId, subjectId, current }: Pair,
  former: Edge | undefined,
  edge: Edge,
  isNew: boolean,
): void {
  const own = known(state, voucherId);
  let ring = advanced(own.commitments, current, voucherRing);
  if (isNew) ring = rings.withHead(ring, subjectId);
  if (former !== undefined) ring = added(ring, BigInt(former.releasePeriod), -BigInt(former.stake), voucherRing);
  ring = added(ring, BigInt(edge.releasePeriod), BigInt(edge.stake), voucherRing);
  state.set("identity", [voucherId], { ...own, commitments: ring });
}

function burned(pair: Pair, former: Edge, points: bigint): void {
  const { state, voucherId, current } = pair;
  const own = known(state, voucherId);
  const ring = added(
    advanced(own.commitments, current, voucherRing),
    BigInt(former.releasePeriod),
    -points,
    voucherRing,
  );
  state.set("identity", [voucherId], { ...own, commitments: rings.withBurn(ring, points) });
  if (counts(former, current)) discount(pair, former, points);
}

/** Whether the stake of an edge is in its subject's ring, if that was not emptied for a later key. */
function counts({ state, endPeriod }: Edge, current: bigint): boolean {
  return state === "live" && BigInt(endPeriod) >= current;
}

/** Takes points out of the subject's ring, unless they have left it because it was emptied for a later key. */
function discount({ state, subjectId, current }: Pair, edge: Edge, points: bigint): void {
  const own = known(state, subjectId);
  const side = edge.stance === "for" ? "support" : "opposition";
  if (side === "support" && rings.keyEpochIn(own.support) !== BigInt(edge.subjectKeyEpoch)) return;
  const ring = added(advanced(own[side], current, subjectRing), BigInt(edge.endPeriod), -points, subjectRing);
  state.set("identity", [subjectId], { ...own, [side]: ring });
}

/** Counts an edge for or against its subject. */
function book({ state, voucherId, subjectId, current }: Pair, edge: Edge, isNew: boolean, isMade: boolean): void {
  const own = known(state, subjectId);
  const [end, stake] = [BigInt(edge.endPeriod), BigInt(edge.stake)];
  let { support, opposition } = own;
  if (isNew) support = rings.withHead(support, voucherId);
  if (edge.stance === "for") {
    support = rings.givenTo(advanced(support, current, subjectRing), BigInt(edge.subjectKeyEpoch));
    support = added(support, end, stake, subjectRing);
  } else {
    if (isMade) support = rings.withWarning(support);
    opposition = added(advanced(opposition, current, subjectRing), end, stake, subjectRing);
  }
  state.set("identity", [subjectId], { ...own, support, opposition });
}
