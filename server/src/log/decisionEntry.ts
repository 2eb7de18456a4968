import { hashOf, NotCanonicalError } from "../canonical/index.ts";
import type { Decision } from "../types/decision.ts";
import type { AccessQuestion } from "../types/question.ts";
import type { DecisionEntry } from "./entry.ts";

/** What the log says of a decision. */
export function decisionEntry(question: AccessQuestion, decision: Decision): DecisionEntry {
  const { subject, action, resource, proof, context } = question;
  const said = { subject: subject.properties, action: action.properties, resource: resource.properties, context };
  return {
    kind: "decision",
    id: decision.id,
    outcome: decision.outcome,
    tenant: question.tenant,
    subject: { type: subject.type, id: subject.id },
    action: action.name,
    resource: { type: resource.type, id: resource.id },
    askedBy: question.askedBy,
    correlationId: question.correlationId,
    proof: {
      scheme: proof.scheme,
      binding: proof.binding,
      replayable: proof.replayable,
      principal: proof.principal,
      signer: proof.signer,
      signerKind: proof.signerKind,
      permissions: proof.permissions,
      grants: proof.grants.map(({ digest, handle, issuer, delegate, validAfter, validUntil }) => ({
        digest,
        handle,
        issuer,
        delegate,
        validAfter,
        validUntil,
      })),
    },
    contextHash: contextHash(said),
    factsHash: decision.factsHash,
    policyHash: decision.policyHash,
    blocks: decision.blocks.map((block) => ({
      chainId: block.chainId,
      number: block.number.toString(),
      hash: block.hash,
      timestamp: block.timestamp,
    })),
    policies: decision.policies,
    unmet: decision.unmet,
    reason: decision.reason,
    obligations: decision.obligations,
    decidedAt: decision.decidedAt,
    expiresAt: decision.expiresAt,
    failure: decision.failure,
  };
}

/** What has no spelling in JSON was decided about all the same, and has to be in the log: it has no hash then. */
function contextHash(said: unknown): string {
  try {
    return hashOf(said);
  } catch (error) {
    if (error instanceof NotCanonicalError) return "";
    throw error;
  }
}
