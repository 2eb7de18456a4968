import { hashOf } from "../canonical/index.ts";
import type { FactGroup, FactsGatherer, GatheredFacts } from "../facts/index.ts";
import { parseSubject } from "../facts/index.ts";
import type { Decision, Outcome, UnmetFact } from "../types/decision.ts";
import type { AccessQuestion } from "../types/question.ts";
import type { CompiledTenant } from "./compileTenant.ts";
import { UnfitValueError, UnknownEntityError } from "./convertValue.ts";
import { firstFlip } from "./drift.ts";
import type { PolicyEngine, Verdict } from "./engine.ts";
import { type Explanation, explain } from "./explain.ts";
import { factsByPath } from "./factPaths.ts";
import { obligationsOf } from "./obligationsOf.ts";
import type { ActionPolicies } from "./policyIndex.ts";
import { proofRefusal } from "./proofRefusal.ts";
import { requestOf, type Scope, scopeOf, shortened } from "./requestOf.ts";
import { sentenceOf } from "./sentences.ts";

/** A decision before it has an id and a moment. */
export type Finding = Omit<Decision, "id" | "decidedAt">;

/** What findings are made with. */
export interface DecidingParts {
  readonly engine: PolicyEngine;
  readonly facts: FactsGatherer;
  /** Seconds for which a decision may be remembered, at most. */
  readonly lifetime: number;
}

/** SHA-256 of no facts: of a tenant whose policies are not about agents. */
const NO_FACTS = hashOf({});

/** Groups that are gathered in any case. */
const always: readonly FactGroup[] = ["identity", "stakes", "proof", "grant", "index"];

/**
 * Decides a question by a tenant's policies, of facts that are gathered now.
 *
 * @throws {FactsUnavailableError | PolicyEngineError} Something cannot be said: no answer about the subject.
 */
export async function decideByPolicies(
  question: AccessQuestion,
  tenant: CompiledTenant,
  { engine, facts, lifetime }: DecidingParts,
): Promise<Finding> {
  const now = facts.clock.now();
  const scope = scopeOf(question, tenant);
  const expiresAt = now + lifetime;
  if (typeof scope === "string") return blank(question, tenant, "refused", scope, expiresAt);
  const policies = tenant.policiesFor(scope.action);
  const needs = new Set([...always, ...policies.groups]);
  const gathered = scope.isAboutFacts ? await facts.getFacts(question, needs) : undefined;
  const known: Partial<Finding> =
    gathered === undefined ? {} : { subject: gathered.principal, factsHash: gathered.hash, blocks: gathered.blocks };
  const ends = Math.min(expiresAt, now + (gathered ? facts.lifetimeOf(needs) : lifetime));
  const refused = gathered && proofRefusal(question, gathered, now);
  if (refused !== undefined) {
    const obligations = [{ type: "step_up", proof: "owner" }] as const;
    return { ...blank(question, tenant, "refused", refused.reason, now), ...known, ...refused, obligations };
  }
  try {
    const request = requestOf(question, scope, { tenant, policies, gathered });
    const verdict = engine.evaluate(tenant, policies, request);
    const restsOn = pathsThatMatter(policies, verdict);
    const flipsAt = gathered && timeLimit(policies, restsOn, gathered, question, now);
    const told = {
      ...blank(question, tenant, "refused", "", Math.min(ends, flipsAt ?? ends)),
      ...{ ...known, flipsAt, policies: verdict.policies, restsOn },
    };
    if (verdict.isAllowed)
      return { ...told, outcome: "allowed", reason: `Permitted by ${verdict.policies.join(", ")}.` };
    const explanation = explain(policies, request, verdict);
    const unmet = explanation.unmet;
    const outcome = outcomeOf(unmet, scope, gathered);
    const obligations = gathered === undefined ? [] : obligationsOf(unmet, gathered, anchorsOf(facts, gathered));
    return { ...told, outcome, unmet, obligations, reason: reasonOf(outcome, question, verdict, explanation) };
  } catch (error) {
    if (!(error instanceof UnfitValueError)) throw error;
    return {
      ...blank(question, tenant, error instanceof UnknownEntityError ? "unknown" : "refused", error.message, ends),
      ...known,
    };
  }
}

function blank(
  { subject }: AccessQuestion,
  tenant: CompiledTenant,
  outcome: Outcome,
  reason: string,
  expiresAt: number,
): Finding {
  return {
    ...{ subject: subject.id, outcome, reason, expiresAt, flipsAt: undefined },
    ...{ policies: [], unmet: [], obligations: [], restsOn: [], blocks: [] },
    ...{ factsHash: NO_FACTS, policyHash: tenant.hash },
  };
}

/** The facts of which those policies speak that can change the answer. */
function pathsThatMatter({ policies, paths }: ActionPolicies, { isAllowed, policies: determining }: Verdict): string[] {
  const isDetermining = new Set(determining);
  const matter = policies.filter(
    ({ id, json: { effect } }) =>
      isDetermining.has(id) || (isAllowed ? effect === "forbid" : isDetermining.size === 0 && effect === "permit"),
  );
  return [...new Set(matter.flatMap(({ id }) => paths.get(id) ?? []))].sort();
}

/** The first second at which the answer could be another though nothing happens; undefined where there is none. */
function timeLimit(
  { drifts }: ActionPolicies,
  restsOn: readonly string[],
  gathered: GatheredFacts,
  { proof }: AccessQuestion,
  now: number,
): number | undefined {
  const isPeriodic = restsOn.some((path) => factsByPath.get(path)?.periodic === true);
  const { periodEnd, clockOffset } = gathered;
  const period = isPeriodic && periodEnd !== undefined ? periodEnd + clockOffset : Number.POSITIVE_INFINITY;
  const grants = proof.grants.map(({ validUntil }) => validUntil);
  const flip = firstFlip(
    drifts.filter(({ fact }) => restsOn.includes(fact)),
    gathered,
    now,
  );
  const first = Math.min(period, flip, ...grants);
  return Number.isFinite(first) ? Math.max(now, first) : undefined;
}

function outcomeOf(unmet: readonly UnmetFact[], { isAboutFacts }: Scope, gathered: GatheredFacts | undefined): Outcome {
  if (!isAboutFacts || gathered === undefined) return "refused";
  if (!gathered.facts.identity.known) return "unknown";
  return unmet.length > 0 && unmet.every(({ actual }) => actual === "unknown") ? "unknown" : "refused";
}

function reasonOf(
  outcome: Outcome,
  { subject, action }: AccessQuestion,
  { policies }: Verdict,
  { unmet, closest, isWhole }: Explanation,
): string {
  const by = policies.length > 0 ? `Forbidden by ${policies.join(", ")}` : nobodyPermits(closest, action.name);
  const facts = unmet.map(sentenceOf).join("; ");
  const more = isWhole || unmet.length === 0 ? "" : "; and more that the policy demands";
  const why = facts === "" ? "." : `: ${facts}${more}.`;
  return `${outcome === "unknown" ? unknownWords(subject.id, unmet) : ""}${by}${why}`;
}

function nobodyPermits(closest: string | undefined, action: string): string {
  if (closest === undefined) return `No policy permits "${shortened(action)}" here`;
  return `No policy permits this; ${closest} comes closest`;
}

function unknownWords(id: string, unmet: readonly UnmetFact[]): string {
  const name = parseSubject(id);
  if (unmet.length > 0 && unmet.every(({ fact, actual }) => actual === "unknown" && !fact.startsWith("identity."))) {
    return "Too little is known. ";
  }
  const why = name.kind === "unknown" ? `: ${name.why}` : "";
  return `Nobody is known here as "${shortened(id)}"${why}. `;
}

function anchorsOf(facts: FactsGatherer, { facts: { identity } }: GatheredFacts): readonly string[] {
  return facts.anchorsOf(identity.chain, identity.registry);
}
