import { ZeroAddress } from "ethers";
import { requireConsent, type Signature, useNonce } from "./consent.ts";
import { edgeOf, sumOf, wordOf } from "./edges.ts";
import { find } from "./lookups.ts";
import { requireActiveParty, requireParty, requirePartyOwner } from "./parties.ts";
import { currentPeriod, endAfter } from "./periods.ts";
import { refuse } from "./refusal.ts";
import { requireFree } from "./standing.ts";
import { type Agent, type Edge, emit, KeyRole, Stance, type State } from "./state.ts";

export interface Offer {
  voucherId: bigint;
  subjectId: bigint;
  stake: bigint;
  periods: bigint;
  arbiterId: bigint;
  topic: string;
  evidence: string;
}

const CAPACITY = 2n ** 27n - 2n;

/** A vouch needs an active subject. One cannot hide from a warning by being suspended. */
export function requireSubject(state: State, stance: bigint, id: bigint): Agent {
  return stance === Stance.Against ? requireParty(state, id) : requireActiveParty(state, id);
}

export function requireRoom(state: State, subjectId: bigint, stance: bigint, stake: bigint): void {
  const room = CAPACITY - sumOf(state, subjectId, stance, currentPeriod(state));
  if (stake > room) refuse("RingFull", subjectId, room, stake);
}

type Naming = Pick<Offer, "arbiterId" | "voucherId" | "subjectId">;

export function requireArbiter(state: State, { arbiterId, voucherId, subjectId }: Naming): void {
  if (arbiterId === 0n) return;
  if (arbiterId === voucherId || arbiterId === subjectId) refuse("InvalidArbiter", arbiterId);
  if (!requireActiveParty(state, arbiterId).arbitrates) refuse("NotArbiter", arbiterId);
}

/** While a stake is locked, it may get another stance, and nothing of what its voucher answers for may shrink. */
function requireNoLess(state: State, edge: Edge, stance: bigint, offer: Offer, releasePeriod: bigint): void {
  const { voucherId, subjectId, arbiterId, stake } = offer;
  if (edge.refused && stance === Stance.For) refuse("VouchRefused", voucherId, subjectId, edge.releasePeriod);
  const isOn = edge.fate === "live" && edge.endPeriod >= currentPeriod(state);
  if (isOn && edge.stance === stance) refuse("VouchExists", voucherId, subjectId, edge.releasePeriod);
  if (edge.stake === 0n) return; // all of it was burned
  if (edge.arbiterId !== 0n && edge.arbiterId !== arbiterId) refuse("ArbiterChanges", edge.arbiterId, arbiterId);
  if (stake < edge.stake) refuse("StakeShrinks", edge.stake, stake);
  if (releasePeriod < edge.releasePeriod) refuse("ReleaseShortens", edge.releasePeriod, releasePeriod);
}

export function stakeFor(state: State, actor: string, stance: bigint, offer: Offer): void {
  const { voucherId, subjectId, arbiterId, stake, periods, topic, evidence } = offer;
  if (voucherId === subjectId) refuse("SelfVouch", voucherId);
  const voucher = requireActiveParty(state, voucherId);
  requirePartyOwner(voucher, actor);
  const subject = requireSubject(state, stance, subjectId);
  if (stake === 0n) refuse("ZeroStake", voucherId, subjectId);
  const endPeriod = endAfter(state, periods);
  const former = edgeOf(state, voucherId, subjectId);
  const locked = former !== undefined && former.releasePeriod >= currentPeriod(state) ? former : undefined;
  if (locked !== undefined) requireNoLess(state, locked, stance, offer, endPeriod + 1n);
  const isLiable = locked !== undefined && locked.stake > 0n;
  if (!isLiable || locked.arbiterId !== arbiterId) requireArbiter(state, offer);
  requireFree(state, voucherId, stake - (locked?.stake ?? 0n));
  const refused = locked?.refused ?? false;
  if (locked !== undefined) locked.stake = 0n; // makes room for itself
  requireRoom(state, subjectId, stance, stake);
  const made: Edge = {
    voucherId,
    subjectId,
    arbiterId,
    stance,
    fate: "live",
    refused,
    stake,
    since: state.now,
    endPeriod,
    releasePeriod: endPeriod + 1n,
    subjectKeyEpoch: subject.keyEpoch,
    voucherKeyEpoch: voucher.keyEpoch,
  };
  if (former === undefined) state.edges.push(made);
  else Object.assign(former, made);
  const name = stance === Stance.For ? "Vouched" : "Warned";
  emit(state, "vouches", name, voucherId, subjectId, wordOf(state, made), topic, evidence);
}

/**
 * A signed vouch names the subject's present owner; a warning any key that the subject has or had. Both name the arbiter's
 * owner, and the date of the edge that the pair has, so that nothing which was given since is undone.
 */
export function stakeBySignature(
  state: State,
  stance: bigint,
  offer: Offer,
  named: string,
  nonce: bigint,
  deadline: bigint,
  signature: Signature,
): void {
  const key = state.keys.get(named);
  const isSubjects = (key?.id ?? 0n) === offer.subjectId && key?.role !== KeyRole.Wallet;
  if (stance === Stance.Against && !isSubjects) refuse("NotSubjectKey", offer.subjectId, named);
  const { owner, keyEpoch } = requireParty(state, offer.voucherId);
  useNonce(state, "vouches", owner, nonce);
  const arbiterOwner = find(state, offer.arbiterId)?.owner ?? ZeroAddress;
  const since = edgeOf(state, offer.voucherId, offer.subjectId)?.since ?? 0n;
  const message = { ...offer, keyEpoch, arbiterOwner, since, nonce, deadline };
  const subjectOwner = find(state, offer.subjectId)?.owner ?? ZeroAddress;
  const content =
    stance === Stance.For
      ? { primaryType: "Vouch", message: { ...message, subjectOwner } }
      : { primaryType: "Warn", message: { ...message, subjectKey: named } };
  requireConsent(state, owner, deadline, signature, { registry: "vouches", ...content });
  stakeFor(state, owner, stance, offer);
}
