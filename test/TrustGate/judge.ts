import type { Requirement } from "../utils/vouchMocks.ts";

import { ORIGIN, OwnerKind, PERIOD, Status, time, VouchState, type World } from "../utils/vouchWorld.ts";
import { Reason } from "./reasons.ts";

const FOR = 1n;

/** What there is to know of an identity, summed up edge by edge; the gate asks the rings and the packed record. */
export interface Facts {
  id: bigint;
  status: bigint;
  age: bigint;
  tenure: bigint;
  silence: bigint;
  support: bigint;
  opposition: bigint;
  /** Active identities that vouch for it, and how much they stake. */
  vouchers: Map<bigint, bigint>;
  /** Active identities that warn about it, and how much they stake. */
  warners: Map<bigint, bigint>;
  isKeyOwned: boolean;
}

export async function factsOf({ identities, vouches }: World, id: bigint): Promise<Facts> {
  const now = BigInt(await time.latest());
  const { status, firstSeen, lastSeen, tenure, keyEpoch, ownerKind } = await identities.identityOf(id);
  const facts = { id, status, age: now - firstSeen, tenure, silence: now - lastSeen, support: 0n, opposition: 0n };
  const [vouchers, warners] = [new Map<bigint, bigint>(), new Map<bigint, bigint>()];
  for (const edge of (await vouches.vouchersOf(id, 0, 100)).page) {
    const wasEnded = edge.state === VouchState.Revoked || edge.state === VouchState.Disowned;
    if (wasEnded || edge.stake === 0n || edge.endPeriod < (now - ORIGIN) / PERIOD) continue;
    const isActive = (await identities.identityOf(edge.voucherId)).status === Status.Active;
    if (edge.stance !== FOR) {
      facts.opposition += edge.stake;
      if (isActive) warners.set(edge.voucherId, edge.stake);
    } else if (edge.subjectKeyEpoch === keyEpoch) {
      facts.support += edge.stake;
      if (isActive) vouchers.set(edge.voucherId, edge.stake);
    }
  }
  return { ...facts, vouchers, warners, isKeyOwned: ownerKind === OwnerKind.Key };
}

/** The reasons why an identity, whose youngest key that matters has this age, does not meet a requirement. */
export function judge(facts: Facts, keyAge: bigint, r: Requirement): bigint {
  if (facts.status === Status.None) return Reason.Unknown;
  if (facts.status === Status.Retired) return Reason.Retired;
  const anchorsOf = (stakes: Map<bigint, bigint>) =>
    [...new Set(r.anchors)].filter((id) => stakes.has(id) && (stakes.get(id) ?? 0n) >= r.minAnchorStake).length;
  const missed: [boolean, bigint][] = [
    [facts.status === Status.Suspended, Reason.Suspended],
    [facts.age < r.minAge, Reason.Age],
    [facts.tenure < r.minTenure, Reason.Tenure],
    [keyAge < r.minKeyAge, Reason.KeyAge],
    [r.maxSilence > 0n && facts.silence > r.maxSilence, Reason.Silence],
    [facts.support < r.minSupport, Reason.Support],
    [r.oppositionLimit > 0n && facts.opposition >= r.oppositionLimit, Reason.Opposition],
    [anchorsOf(facts.vouchers) < r.minAnchors, Reason.Anchors],
    [r.anchorWarningLimit > 0n && anchorsOf(facts.warners) >= r.anchorWarningLimit, Reason.AnchorWarnings],
    [r.keyOwned && !facts.isKeyOwned, Reason.UnprovenOwner],
  ];
  return missed.reduce((sum, [isMissed, reason]) => (isMissed ? sum | reason : sum), 0n);
}
