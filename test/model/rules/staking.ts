import { requireConsent, type Signature, useNonce } from "./consent.ts";
import { edgeOf, sumOf, wordOf } from "./edges.ts";
import { find } from "./lookups.ts";
import { requireActiveParty, requireParty, requirePartyOwner } from "./parties.ts";
import { currentPeriod, endAfter } from "./periods.ts";
import { refuse } from "./refusal.ts";
import { requireFree } from "./standing.ts";
import { type Agent, type Edge, emit, Stance, type State } from "./state.ts";

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

function requireArbiter(state: State, { arbiterId, voucherId, subjectId }: Offer): void {
  if (arbiterId === 0n) return;
  if (arbiterId === voucherId || arbiterId === subjectId) refuse("InvalidArbiter", arbiterId);
  requireActiveParty(state, arbiterId);
}

export function stakeFor(state: State, actor: string, stance: bigint, offer: Offer): void {
  const { voucherId, subjectId, arbiterId, stake, periods, topic, evidence } = offer;
  if (voucherId === subjectId) refuse("SelfVouch", voucherId);
  const voucher = requireActiveParty(state, voucherId);
  requirePartyOwner(voucher, actor);
  const subject = requireSubject(state, stance, subjectId);
  if (stake === 0n) refuse("ZeroStake", voucherId, subjectId);
  requireArbiter(state, offer);
  const endPeriod = endAfter(state, periods);
  requireFree(state, voucherId, stake);
  const former = edgeOf(state, voucherId, subjectId);
  if (former !== undefined && former.releasePeriod >= currentPeriod(state)) {
    refuse("VouchExists", voucherId, subjectId, former.releasePeriod);
  }
  requireRoom(state, subjectId, stance, stake);
  const made: Edge = {
    voucherId,
    subjectId,
    arbiterId,
    stance,
    fate: "live",
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

/** A signed vouch names the subject's key too; a warning is about the identity. */
export function stakeBySignature(
  state: State,
  stance: bigint,
  offer: Offer,
  deadline: bigint,
  signature: Signature,
): void {
  const { owner, keyEpoch } = requireParty(state, offer.voucherId);
  const nonce = useNonce(state, "vouches", owner);
  const message = { ...offer, keyEpoch, nonce, deadline };
  const subjectKeyEpoch = find(state, offer.subjectId)?.keyEpoch ?? 0n;
  const content =
    stance === Stance.For
      ? { primaryType: "Vouch", message: { ...message, subjectKeyEpoch } }
      : { primaryType: "Warn", message };
  requireConsent(state, owner, deadline, signature, { registry: "vouches", ...content });
  stakeFor(state, owner, stance, offer);
}
