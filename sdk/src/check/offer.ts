import { zeroHash } from "viem";
import { SelfVouchError } from "../errors/vouch.ts";
import type { Offer } from "../types/offer.ts";
import { bytes32Of, idOf, optionalIdOf, periodsOf, pointsOf, textOf } from "./arguments.ts";

/** `Offer` of the contracts. */
export function offerStruct({ topic = zeroHash, evidence = "", ...offer }: Offer) {
  const voucherId = idOf(offer.voucherId, "voucherId");
  const subjectId = idOf(offer.subjectId, "subjectId");
  if (voucherId === subjectId) throw new SelfVouchError({ id: offer.voucherId });
  return {
    voucherId,
    subjectId,
    stake: pointsOf(offer.stake, "stake"),
    periods: periodsOf(offer.periods),
    arbiterId: optionalIdOf(offer.arbiterId, "arbiterId"),
    topic: bytes32Of(topic, "topic"),
    evidence: textOf(evidence, "evidence"),
  };
}

/** Whether it names its own voucher or subject as arbiter, which no registry takes. */
export function isOwnArbiter<offer extends Offer>(offer: offer): offer is offer & { arbiterId: number } {
  return offer.arbiterId !== undefined && [offer.voucherId, offer.subjectId].includes(offer.arbiterId);
}

/** The arguments of `vouch` and `warn`. */
export function offerArgs(parameters: Offer) {
  const { voucherId, subjectId, stake, periods, arbiterId, topic, evidence } = offerStruct(parameters);
  return [voucherId, subjectId, stake, periods, arbiterId, topic, evidence] as const;
}
