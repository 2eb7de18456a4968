import type { Decision, DecisionLog, DecisionPoint } from "../types/decision.ts";

/** A decision point that tells no decision which is not in the log: where it cannot be written, the outcome is `failed`. */
export function loggedDecisionPoint(point: DecisionPoint, log: DecisionLog): DecisionPoint {
  return {
    decide: async (question) => {
      const decision = await point.decide(question);
      try {
        await log.append(question, decision);
        return decision;
      } catch (error) {
        return unlogged(decision, error);
      }
    },
  };
}

function unlogged(decision: Decision, error: unknown): Decision {
  return {
    ...decision,
    outcome: "failed",
    policies: [],
    unmet: [],
    reason: "The decision could not be written to the log. Ask again later.",
    obligations: [],
    expiresAt: decision.decidedAt,
    restsOn: [],
    failure: { part: "log", message: error instanceof Error ? error.message : String(error) },
  };
}
