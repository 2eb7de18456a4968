import { randomUUID } from "node:crypto";
import type { Decision } from "../../src/types/decision.ts";
import type { AccessQuestion } from "../../src/types/question.ts";
import { proofOf, questionOf } from "./questions.ts";

/** A question as an enforcement point asks it: about an identity, by its account. */
export function question(more: Partial<AccessQuestion> = {}): AccessQuestion {
  return questionOf("eip155:31337:0x5fbdb2315678afecb367f032d93f642f64180aa3/7", {
    tenant: "default",
    resource: { type: "document", id: "report" },
    proof: proofOf("eip155:31337:0x70997970c51812dc3a010c7d01b50e0d17dc79c8"),
    ...more,
  });
}

/** A decision as the decision point makes it. */
export function decision(more: Partial<Decision> = {}): Decision {
  return {
    id: randomUUID(),
    subject: "eip155:31337:0x00000000000000000000000000000000000000aa",
    outcome: "allowed",
    policies: ["read"],
    unmet: [],
    reason: "Policy read permits it.",
    obligations: [],
    expiresAt: 1_700_000_060,
    flipsAt: undefined,
    restsOn: ["identity.status"],
    factsHash: "a".repeat(64),
    policyHash: "b".repeat(64),
    blocks: [{ chainId: 31337, number: 12n, hash: `0x${"c".repeat(64)}`, timestamp: 1_700_000_000 }],
    decidedAt: 1_700_000_000,
    ...more,
  };
}
