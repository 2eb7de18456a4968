import { type GatheredFacts, parseSubject } from "../facts/index.ts";
import type { UnmetFact } from "../types/decision.ts";
import type { AccessQuestion } from "../types/question.ts";

/** Why a proof is good for nothing here, whatever the policies say. */
export interface ProofRefusal {
  readonly policies: readonly string[];
  readonly reason: string;
  readonly unmet: readonly UnmetFact[];
}

/**
 * What no policy can permit: a request by somebody who does not speak for the subject, and one by a grant that has ended. `asserted`
 * proofs are for policies to judge: nobody claims to have checked those.
 *
 * @param now - Unix seconds.
 */
export function proofRefusal(
  { subject, proof }: AccessQuestion,
  { facts: { identity, grant } }: GatheredFacts,
  now: number,
): ProofRefusal | undefined {
  if (proof.scheme === "asserted") return undefined;
  if (proof.grants.some(({ validUntil }) => validUntil <= now)) {
    return {
      policies: ["tenure.grant"],
      reason: "A grant by which this request is made has ended.",
      unmet: [{ fact: "grant.timeLeft", comparison: "atLeast", actual: grant.timeLeft, demanded: 1 }],
    };
  }
  const [named, signed] = [parseSubject(subject.id), parseSubject(proof.principal)];
  const isSame = signed.kind === "account" && named.kind === "account" && signed.address === named.address;
  if (named.kind === "account" && !(isSame && signed.chainId === named.chainId)) {
    return refusedKey("Whoever signed is not the account that the question is about.", "none");
  }
  if (!identity.known || identity.role === "owner" || identity.role === "wallet") return undefined;
  const what = identity.role === "former" ? "a former key of" : "no key of";
  return refusedKey(`Whoever signed is ${what} the identity ${identity.id}: it does not speak for it.`, identity.role);
}

function refusedKey(reason: string, role: string): ProofRefusal {
  return {
    policies: ["tenure.key"],
    reason,
    unmet: [{ fact: "identity.role", comparison: "is", actual: role, demanded: "owner" }],
  };
}
