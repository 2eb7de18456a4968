import type { AccessQuestion } from "../types/question.ts";
import { FactsUnavailableError } from "./errors.ts";
import { type SeenBlock, said } from "./heads.ts";
import type { BehaviourSource, CorporateSource, IdentityName, RiskSource, TrustSource } from "./ports.ts";
import type { FactGroup, Facts } from "./types.ts";

/** What the platform knows beside the registries. Each may be absent: its facts say `unknown` then. */
export interface OptionalSources {
  readonly trust?: TrustSource | undefined;
  readonly behaviour?: BehaviourSource | undefined;
  readonly risk?: RiskSource | undefined;
  readonly corporate?: CorporateSource | undefined;
}

/** The groups of facts that come of those. */
export type OptionalGroup = keyof OptionalSources & FactGroup;

/** What was asked, and of whom. */
export interface Inquiry {
  readonly question: AccessQuestion;
  readonly principal: string;
  readonly identity: IdentityName | undefined;
  readonly block: SeenBlock | undefined;
  readonly needs: ReadonlySet<FactGroup>;
}

/** A group's facts with the moment they are of; without one where there was nobody to ask, or nothing to say. */
type Answer<group extends OptionalGroup> = {
  readonly facts: Facts[group];
  readonly at: number | undefined;
  readonly name: string;
};

/** The answers of the sources. */
export type OptionalAnswers = { readonly [group in OptionalGroup]: Answer<group> };

const nothing: Pick<Facts, OptionalGroup> = {
  trust: { verdict: "unknown", score: 0, flow: 0 },
  behaviour: { pattern: "unknown", surprise: 0, why: "" },
  risk: { level: "unknown", rank: 0, reasons: [] },
  corporate: { present: false, issuer: "", subject: "", groups: [] },
};

const ranks = { unknown: 0, low: 1, medium: 2, high: 3 } as const;

/**
 * Asks the sources that a decision needs, at the same time.
 *
 * @throws {FactsUnavailableError} One of them cannot say.
 */
export async function askSources(sources: OptionalSources, inquiry: Inquiry): Promise<OptionalAnswers> {
  const { question, principal, identity, block } = inquiry;
  const ask = asker(inquiry);
  const [trust, behaviour, risk, corporate] = await Promise.all([
    identity === undefined || block === undefined
      ? undefined
      : ask("trust", sources.trust, (source) => source.of(identity, block)),
    ask("behaviour", sources.behaviour, (source) => source.of(principal, question)),
    ask("risk", sources.risk, (source) => source.of(principal, question)),
    ask("corporate", sources.corporate, (source) => source.of(question)),
  ]);
  return {
    trust: answer(
      trust,
      ({ verdict, score, flow }) => ({
        verdict,
        score: whole("trust.score", score, 1e6),
        flow: whole("trust.flow", flow, 1e6),
      }),
      nothing.trust,
    ),
    behaviour: answer(
      behaviour,
      ({ pattern, surprise, why }) => ({ pattern, surprise: whole("behaviour.surprise", surprise, 1_000), why }),
      nothing.behaviour,
    ),
    risk: answer(risk, ({ level, reasons }) => ({ level, rank: ranks[level], reasons }), nothing.risk),
    corporate: answer(
      corporate,
      ({ issuer, subject, groups }) => ({ present: true, issuer, subject, groups }),
      nothing.corporate,
    ),
  };
}

type Named<told> = { readonly told: told | undefined; readonly name: string };

function asker({ needs }: Inquiry) {
  return async <source extends { readonly name: string }, told>(
    group: OptionalGroup,
    source: source | undefined,
    ask: (source: source) => Promise<told | undefined>,
  ): Promise<Named<told>> => {
    if (!needs.has(group)) return { told: undefined, name: "not asked: no policy here speaks of it" };
    if (source === undefined) return { told: undefined, name: "nobody here says it" };
    try {
      return { told: await ask(source), name: source.name };
    } catch (error) {
      throw new FactsUnavailableError("facts", `${source.name} cannot say ${group}: ${said(error)}`, { cause: error });
    }
  };
}

function answer<told extends { readonly at: number }, facts>(
  named: Named<told> | undefined,
  factsOf: (told: told) => facts,
  otherwise: facts,
): { readonly facts: facts; readonly at: number | undefined; readonly name: string } {
  if (named?.told === undefined)
    return { facts: otherwise, at: undefined, name: named?.name ?? "no identity to ask about" };
  return { facts: factsOf(named.told), at: named.told.at, name: named.name };
}

/** Cedar compares integers alone. */
function whole(fact: string, value: number, parts: number): number {
  const scaled = Math.round(value * parts);
  if (!Number.isSafeInteger(scaled))
    throw new FactsUnavailableError("facts", `The source of ${fact} says ${value}, which is no amount.`);
  return scaled === 0 ? 0 : scaled;
}
