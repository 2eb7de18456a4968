// What is looked at of an answer before anybody acts on it: that a decision is one.
import type { DecisionAnswer, DecisionsAnswer } from "../authzen/index.ts";
import { UnexpectedAnswerError } from "./errors.ts";

/** An object, with a list of some name where one is named. */
export function requireObject(value: unknown, url: string, list?: string): object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UnexpectedAnswerError(url, "it is no object");
  }
  if (list !== undefined && !Array.isArray((value as Record<string, unknown>)[list])) {
    throw new UnexpectedAnswerError(url, `it has no \`${list}\``);
  }
  return value;
}

/** A decision, which is `true` or `false` and nothing else. */
export function requireDecision(value: unknown, url: string): DecisionAnswer {
  const answer = requireObject(value, url) as Partial<DecisionAnswer>;
  const { decision, context } = answer;
  if (typeof decision !== "boolean") throw new UnexpectedAnswerError(url, "it has no `decision`");
  if (context !== undefined) requireObject(context, url);
  return { ...answer, decision };
}

export function requireDecisions(value: unknown, url: string): DecisionsAnswer {
  const { evaluations } = requireObject(value, url, "evaluations") as { evaluations: unknown[] };
  return { evaluations: evaluations.map((one) => requireDecision(one, url)) };
}
