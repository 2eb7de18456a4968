import type { AccessQuestion, Proof } from "../../src/types/question.ts";

/** A proof by an account that signed this one request. */
export function proofOf(principal: string, more: Partial<Proof> = {}): Proof {
  return {
    scheme: "erc8128",
    binding: "request-bound",
    replayable: false,
    principal,
    signer: principal,
    signerKind: "account",
    grants: [],
    permissions: undefined,
    ...more,
  };
}

/** A question about an agent and a document. */
export function questionOf(id: string, more: Partial<AccessQuestion> = {}): AccessQuestion {
  return {
    tenant: "shop",
    subject: { type: "agent", id },
    action: { name: "read" },
    resource: { type: "document", id: "1" },
    context: {},
    proof: proofOf(id),
    askedBy: "gateway",
    ...more,
  };
}
