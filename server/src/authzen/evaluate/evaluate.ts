import type { z } from "zod";
import type { Decision, DecisionPoint, Outcome } from "../../types/decision.ts";
import type { AccessQuestion, Proof } from "../../types/question.ts";
import { Problem } from "../../web/index.ts";
import { assertedProof } from "../proof/caller.ts";
import type { ProofRefusal, Proofs } from "../proof/proofs.ts";
import type { evaluationSchema } from "../schemas.ts";
import type { Asking, AuthzenOptions } from "../types.ts";
import { isAllowed, settle, type Verdict } from "./verdict.ts";

/** One evaluation, as it was asked for. */
export type Evaluation = z.output<typeof evaluationSchema>;

/** What is said of an agent's proof is for this server alone: policies and logs get the proof that came of it. */
export function contextOf({ subject, context = {} }: Evaluation, { settings }: Asking): Record<string, unknown> {
  if (!(settings.agentTypes ?? ["agent"]).includes(subject.type)) return context;
  const { caller: _, request: __, ...rest } = context;
  return rest;
}

/** The question that an evaluation is, with what was proved. */
export function questionOf(evaluation: Evaluation, proof: Proof, asking: Asking): AccessQuestion {
  const { subject, action, resource } = evaluation;
  const { tenant, point, requestId: correlationId } = asking;
  return {
    tenant,
    subject,
    action,
    resource,
    proof,
    correlationId,
    context: contextOf(evaluation, asking),
    askedBy: point.id,
  };
}

const OUTCOMES: ReadonlySet<unknown> = new Set<Outcome>(["allowed", "refused", "unknown", "failed"]);

/** Asks the decision point, which does not throw. If it does all the same, that is no answer. */
export async function decide(
  { decide: ask }: DecisionPoint,
  question: AccessQuestion,
  { now }: Asking,
): Promise<Decision> {
  try {
    const decision = await ask(question);
    if (OUTCOMES.has(decision.outcome)) return decision;
    throw new Error("The decision point answered what is no decision.");
  } catch (error) {
    const message = error instanceof Error ? error.message : "The decision point threw what is no error.";
    const reason = "Whether this is allowed cannot be said now.";
    const { id: subject } = question.subject;
    return settle({ subject, outcome: "failed", reason, now, failure: { part: "policy", message } });
  }
}

/**
 * One evaluation: what is proved, then the decision, and only for a yes the use of the proof.
 *
 * @throws Problem of 400 when what the context says of the proof cannot be read.
 */
export async function evaluate(
  evaluation: Evaluation,
  asking: Asking,
  proofs: Proofs,
  options: Pick<AuthzenOptions, "decisionPoint" | "log" | "onError">,
): Promise<Verdict> {
  try {
    const established = await proofs.establish(evaluation.subject, evaluation.context ?? {});
    if (!("proof" in established)) {
      const question = questionOf(evaluation, assertedProof(evaluation.subject.id), asking);
      return await refused(established, question, asking, options);
    }
    const question = questionOf(evaluation, established.proof, asking);
    const decision = await decide(options.decisionPoint, question, asking);
    if (!isAllowed({ decision })) return { decision };
    const refusal = await established.use();
    return refusal === undefined ? { decision } : await refused(refusal, question, asking, options);
  } catch (error) {
    if (error instanceof Problem) throw error;
    const reason = "Whether this is allowed cannot be said now.";
    const message = error instanceof Error ? error.message : String(error);
    const settled = { subject: evaluation.subject.id, outcome: "failed", reason, now: asking.now } as const;
    return { decision: settle({ ...settled, failure: { part: "facts", message } }) };
  }
}

/** A refusal that the decision point did not make. It is in the log before it is told. */
async function refused(
  refusal: ProofRefusal,
  question: AccessQuestion,
  { now }: Asking,
  { log }: Pick<AuthzenOptions, "log">,
): Promise<Verdict> {
  const outcome = refusal.status === 503 ? "failed" : "refused";
  const failure = outcome === "failed" ? ({ part: "node", message: refusal.message } as const) : undefined;
  const decision = settle({ subject: question.subject.id, outcome, reason: refusal.message, now, failure });
  await log?.append(question, decision);
  return { decision, refusal };
}
