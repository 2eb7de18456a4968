import type { Requirement } from "../utils/vouchMocks.ts";

import { ORIGIN, PERIOD, Status, time, VouchState, type World } from "../utils/vouchWorld.ts";
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
  /** Active identities that vouch for it. */
  vouchers: bigint[];
}

export async function factsOf({ identities, vouches }: World, id: bigint): Promise<Facts> {
  const now = BigInt(await time.latest());
  const { status, firstSeen, lastSeen, tenure, keyEpoch } = await identities.identityOf(id);
  const facts = { id, status, age: now - firstSeen, tenure, silence: now - lastSeen, support: 0n, opposition: 0n };
  const vouchers: bigint[] = [];
  for (const edge of (await vouches.vouchersOf(id, 0, 100)).page) {
    const wasEnded = edge.state === VouchState.Revoked || edge.state === VouchState.Disowned;
    if (wasEnded || edge.stake === 0n || edge.endPeriod < (now - ORIGIN) / PERIOD) continue;
    if (edge.stance !== FOR) facts.opposition += edge.stake;
    else if (edge.subjectKeyEpoch === keyEpoch) {
      facts.support += edge.stake;
      if ((await identities.identityOf(edge.voucherId)).status === Status.Active) vouchers.push(edge.voucherId);
    }
  }
  return { ...facts, vouchers };
}

/** The reasons why an identity, whose youngest key that matters has this age, does not meet a requirement. */
export function judge(facts: Facts, keyAge: bigint, r: Requirement): bigint {
  if (facts.status === Status.None) return Reason.Unknown;
  if (facts.status === Status.Retired) return Reason.Retired;
  const anchors = new Set(r.anchors.filter((id) => facts.vouchers.includes(id)));
  const missed: [boolean, bigint][] = [
    [facts.status === Status.Suspended, Reason.Suspended],
    [facts.age < r.minAge, Reason.Age],
    [facts.tenure < r.minTenure, Reason.Tenure],
    [keyAge < r.minKeyAge, Reason.KeyAge],
    [r.maxSilence > 0n && facts.silence > r.maxSilence, Reason.Silence],
    [facts.support < r.minSupport, Reason.Support],
    [facts.opposition > r.maxOpposition, Reason.Opposition],
    [BigInt(anchors.size) < r.minAnchors, Reason.Anchors],
  ];
  return missed.reduce((sum, [isMissed, reason]) => (isMissed ? sum | reason : sum), 0n);
}
