// Answers that no policy made.
import { FactsUnavailableError } from "../facts/index.ts";
import type { Decision, Failure } from "../types/decision.ts";
import type { AccessQuestion } from "../types/question.ts";
import type { CompiledTenant } from "./compileTenant.ts";
import type { Finding } from "./decideByPolicies.ts";
import { NoPoliciesError, PolicyEngineError } from "./errors.ts";

/** A question by a grant that was revoked: no policy is asked. */
export function revoked({ subject }: AccessQuestion, { hash: policyHash }: CompiledTenant, expiresAt: number): Finding {
  return {
    subject: subject.id,
    flipsAt: undefined,
    outcome: "refused",
    policies: ["tenure.grant"],
    unmet: [],
    reason: "A grant by which this request is made was revoked.",
    obligations: [{ type: "step_up", proof: "owner" }],
    restsOn: [],
    factsHash: "",
    policyHash,
    blocks: [],
    expiresAt,
  };
}

/** A failure has no moment that could be believed where the clock is what failed: it may not be remembered in any case. */
export function failed({ subject }: AccessQuestion, id: string, failure: Failure): Decision {
  const decidedAt = Math.floor(Date.now() / 1_000);
  return {
    ...{ id, subject: subject.id, decidedAt, expiresAt: decidedAt, flipsAt: undefined, failure },
    outcome: "failed",
    policies: [],
    unmet: [],
    reason: "This cannot be decided now. Ask again later.",
    obligations: [],
    restsOn: [],
    factsHash: "",
    policyHash: "",
    blocks: [],
  };
}

/** Which part an error is of. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FactsUnavailableError) return { part: error.part, message: error.message };
  const isPolicy = error instanceof PolicyEngineError || error instanceof NoPoliciesError;
  return { part: isPolicy ? "policy" : "facts", message: messageOf(error) };
}

/** What an error says, in a log's line. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 1_000);
}
