import type { Decision } from "../../types/decision.ts";
import { Problem } from "../../web/index.ts";
import type { DecisionAnswer } from "../schemas.ts";
import type { Asking } from "../types.ts";
import { isAllowed, isFailed, type Verdict } from "./verdict.ts";

/** Seconds after which whoever got no answer may ask again. */
const RETRY = "1";

/** That a question could not be answered: for the whole request, where nothing of it could. */
export function unavailable({ decision }: Verdict): Problem {
  const part = decision?.failure?.part ?? "policy";
  const detail = `Whether this is allowed cannot be said now (${part}). It is no yes. Ask again later.`;
  return new Problem(503, "decision_unavailable", detail, { "retry-after": RETRY });
}

/** One evaluation that is not answered, among others that are: a no, with the reason. */
export function answerOfProblem({ status, message, reason }: Problem): DecisionAnswer {
  return { decision: false, context: { error: { status, message, code: reason } } };
}

/** A verdict as the standard has it, with what else there is to say where the tenant's answers are not bare. */
export function answerOf(verdict: Verdict, { settings, now }: Asking): DecisionAnswer {
  if (isFailed(verdict)) return answerOfProblem(unavailable(verdict));
  const decision = isAllowed(verdict);
  if (settings.responses === "bare" || verdict.decision === undefined) return { decision };
  const { refusal } = verdict;
  const error =
    refusal === undefined
      ? {}
      : { error: { status: refusal.status, message: refusal.message, code: refusal.code, headers: refusal.headers } };
  return { decision, context: { ...contextOf(verdict.decision, decision, now), ...error } };
}

function contextOf(decision: Decision, isAllowed: boolean, now: number): NonNullable<DecisionAnswer["context"]> {
  const { id, subject, outcome, policies, unmet, reason, obligations, expiresAt, restsOn, blocks } = decision;
  return {
    id,
    subject,
    outcome,
    policies: [...policies],
    unmet: unmet.map((fact) => ({ ...fact })),
    reason_user: { [isAllowed ? "200" : "403"]: reason },
    obligations: obligations.map((obligation) =>
      obligation.type === "approve" ? { ...obligation, anchors: [...obligation.anchors] } : { ...obligation },
    ),
    ttl: Math.max(0, expiresAt - now),
    ...(decision.flipsAt === undefined ? {} : { flips_at: decision.flipsAt }),
    rests_on: [...restsOn],
    facts_hash: decision.factsHash,
    policy_hash: decision.policyHash,
    blocks: blocks.map(({ chainId, number, hash, timestamp }) => ({
      ...{ chain_id: chainId, number: Number(number), hash, timestamp },
    })),
    decided_at: decision.decidedAt,
  };
}
