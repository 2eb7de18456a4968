import type { AccessQuestion } from "../types/question.ts";

/**
 * What a decision depends on beside the policies and the blocks: questions with the same key have the same answer. Of a proof that is its
 * class, and not the signature itself. Questions that are equal but written in another order have different keys, which costs an
 * evaluation and changes no answer.
 *
 * @param listens - Whether what the enforcement point says beside the question can matter.
 */
export function questionKey(
  { tenant, subject, action, resource, context, proof }: AccessQuestion,
  listens: boolean,
): string {
  return JSON.stringify([
    tenant,
    subject.type,
    subject.id,
    subject.properties,
    action.name,
    action.properties,
    resource.type,
    resource.id,
    resource.properties,
    listens ? context : undefined,
    proof.scheme,
    proof.binding,
    proof.replayable,
    proof.principal,
    proof.signer,
    proof.signerKind,
    proof.permissions,
    proof.grants.map(({ digest, handle, validAfter, validUntil }) => [digest, handle, validAfter, validUntil]),
  ]);
}
