import type { z } from "zod";
import { explain, Problem } from "../../web/index.ts";
import type { AuthzenLimits } from "../limits.ts";
import type { Proofs } from "../proof/proofs.ts";
import { type DecisionAnswer, evaluationSchema, type evaluationsSchema } from "../schemas.ts";
import type { Asking, AuthzenOptions } from "../types.ts";
import { answerOf, answerOfProblem, unavailable } from "./answerOf.ts";
import { type Evaluation, evaluate } from "./evaluate.ts";
import { isFailed, type Verdict } from "./verdict.ts";

type Evaluations = z.output<typeof evaluationsSchema>;

/** What is needed for each evaluation. */
interface Means {
  readonly asking: Asking;
  readonly proofs: Proofs;
  readonly options: Pick<AuthzenOptions, "decisionPoint" | "log" | "onError">;
  readonly limits: AuthzenLimits;
}

/** One evaluation's verdict, or why it could not be asked. */
type Outcome = Verdict | Problem;

/** Each evaluation with what stands above it: a key that it has counts as a whole, and one that it lacks comes from there. */
function withDefaults({ subject, action, resource, context }: Evaluations, item: unknown): Evaluation | Problem {
  const isObject = typeof item === "object" && item !== null && !Array.isArray(item);
  const merged: unknown = isObject ? { subject, action, resource, context, ...item } : item;
  const result = evaluationSchema.safeParse(merged, { reportInput: false });
  return result.success ? result.data : new Problem(400, "invalid_request", explain(result.error, "the evaluation"));
}

async function outcomeOf(evaluation: Evaluation | Problem, { asking, proofs, options }: Means): Promise<Outcome> {
  if (evaluation instanceof Problem) return evaluation;
  try {
    return await evaluate(evaluation, asking, proofs, options);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function toAnswer(outcome: Outcome, asking: Asking): DecisionAnswer {
  return outcome instanceof Problem ? answerOfProblem(outcome) : answerOf(outcome, asking);
}

/**
 * Several evaluations, by the semantics that the request names.
 *
 * @returns The answers in order; fewer than evaluations where the semantics ended them.
 * @throws Problem of 400 when there are too many, and of 503 when none of them could be answered.
 */
export async function evaluateAll(request: Evaluations, means: Means): Promise<readonly DecisionAnswer[]> {
  const { evaluations = [], options } = request;
  const { limits, asking } = means;
  if (evaluations.length > limits.evaluations) {
    const detail = `There are ${evaluations.length} evaluations, and ${limits.evaluations} are taken at once.`;
    throw new Problem(400, "too_many_evaluations", detail);
  }
  const items = evaluations.map((item) => withDefaults(request, item));
  const semantic = options?.evaluations_semantic ?? "execute_all";
  const outcomes =
    semantic === "execute_all"
      ? await all(items, means)
      : await until(items, semantic === "permit_on_first_permit", means);
  const failed = outcomes.filter((outcome): outcome is Verdict => !(outcome instanceof Problem) && isFailed(outcome));
  const [first] = failed;
  if (first !== undefined && failed.length === outcomes.length) throw unavailable(first);
  return outcomes.map((outcome) => toAnswer(outcome, asking));
}

async function all(items: readonly (Evaluation | Problem)[], means: Means): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const { concurrency } = means.limits;
  for (let at = 0; at < items.length; at += concurrency) {
    outcomes.push(...(await Promise.all(items.slice(at, at + concurrency).map((item) => outcomeOf(item, means)))));
  }
  return outcomes;
}

/** One after the other, until one is answered so. What could not be answered is a no. */
async function until(items: readonly (Evaluation | Problem)[], last: boolean, means: Means): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const item of items) {
    const outcome = await outcomeOf(item, means);
    outcomes.push(outcome);
    if (toAnswer(outcome, means.asking).decision === last) break;
  }
  return outcomes;
}
