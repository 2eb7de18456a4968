import type { z } from "zod";
import { canonicalJson } from "../../canonical/index.ts";
import type { DecisionPoint } from "../../types/decision.ts";
import type { Entity } from "../../types/question.ts";
import { Problem } from "../../web/index.ts";
import { unavailable } from "../evaluate/answerOf.ts";
import { decide, type Evaluation, questionOf } from "../evaluate/evaluate.ts";
import { isAllowed, isFailed } from "../evaluate/verdict.ts";
import type { AuthzenLimits } from "../limits.ts";
import { assertedProof } from "../proof/caller.ts";
import { Proofs } from "../proof/proofs.ts";
import type {
  ActionsFound,
  actionSearchSchema,
  EntitiesFound,
  pageSchema,
  resourceSearchSchema,
  subjectSearchSchema,
} from "../schemas.ts";
import type { Asking, AuthzenOptions } from "../types.ts";
import type { PageTokens } from "./pageToken.ts";
import { type Walk, walk } from "./walk.ts";

/** What a search needs. */
export interface SearchMeans {
  readonly asking: Asking;
  readonly search: NonNullable<AuthzenOptions["search"]>;
  readonly decisionPoint: DecisionPoint;
  readonly accounts: AuthzenOptions["accounts"];
  readonly limits: AuthzenLimits;
  readonly tokens: PageTokens;
}

type Page = z.output<typeof pageSchema> | undefined;

/** Whether an evaluation would be a yes: with what an enforcement point verified, where it says so. */
async function wouldBeAllowed(
  evaluation: Evaluation,
  { asking, decisionPoint, accounts }: SearchMeans,
): Promise<boolean> {
  const proofs = new Proofs({ accounts, requests: undefined }, asking);
  const established = await proofs.establish(evaluation.subject, evaluation.context ?? {});
  if (!("proof" in established)) {
    if (established.status !== 503) return false;
    throw new Problem(503, "decision_unavailable", established.message);
  }
  const decision = await decide(decisionPoint, questionOf(evaluation, established.proof, asking), asking);
  if (isFailed({ decision })) throw unavailable({ decision });
  return isAllowed({ decision });
}

/** Who may do something to a resource. Nobody of them has shown who they are: it is answered as if anybody had said so. */
export function searchSubjects(
  { subject, action, resource, context, page }: z.output<typeof subjectSearchSchema>,
  means: SearchMeans,
): Promise<EntitiesFound> {
  const { decisionPoint, asking } = means;
  const isResult = async ({ id }: Entity) => {
    const evaluation = { subject: { ...subject, id }, action, resource, context };
    const decision = await decide(decisionPoint, questionOf(evaluation, assertedProof(id), asking), asking);
    if (isFailed({ decision })) throw unavailable({ decision });
    return isAllowed({ decision });
  };
  const query = { kind: "subject", subject, action, resource, context };
  return paged(entities("subject", subject.type, isResult, means), query, page, means);
}

/** To which resources of a type somebody may do something. */
export function searchResources(
  { subject, action, resource, context, page }: z.output<typeof resourceSearchSchema>,
  means: SearchMeans,
): Promise<EntitiesFound> {
  const isResult = ({ id }: Entity) =>
    wouldBeAllowed({ subject, action, resource: { ...resource, id }, context }, means);
  const query = { kind: "resource", subject, action, resource, context };
  return paged(entities("resource", resource.type, isResult, means), query, page, means);
}

/** What somebody may do to a resource. */
export function searchActions(
  { subject, resource, context, page }: z.output<typeof actionSearchSchema>,
  means: SearchMeans,
): Promise<ActionsFound> {
  const { candidates } = means.search;
  const { tenant } = means.asking;
  const names: Walk<{ name: string }> = {
    next: async (after, most) => {
      const known = await candidates.actions({ tenant, resourceType: resource.type });
      const later = after === undefined ? known : known.filter((name) => name > after);
      return later.slice(0, most).map((name) => ({ name }));
    },
    keyOf: ({ name }) => name,
    isResult: (action) => wouldBeAllowed({ subject, action, resource, context }, means),
  };
  return paged(names, { kind: "action", subject, resource, context }, page, means);
}

function entities(
  role: "subject" | "resource",
  type: string,
  isResult: (entity: Entity) => Promise<boolean>,
  { search: { candidates }, asking: { tenant } }: SearchMeans,
): Walk<{ type: string; id: string }> {
  return {
    next: async (after, limit) => {
      const found = await candidates.entities({ tenant, role, type, after, limit });
      return found.map(({ id }) => ({ type, id }));
    },
    keyOf: ({ id }) => id,
    isResult,
  };
}

async function paged<Item>(
  items: Walk<Item>,
  query: Readonly<Record<string, unknown>>,
  page: Page,
  { asking, limits, tokens }: SearchMeans,
): Promise<{ page?: { next_token: string; count: number }; results: Item[] }> {
  const { tenant, point, now } = asking;
  const name = canonicalJson({ tenant, client: point.id, query, properties: page?.properties });
  const place = page?.token === undefined ? undefined : tokens.open(page.token, name, now);
  if (place !== undefined && page?.limit !== undefined && page.limit !== place.limit) {
    const detail = `\`page.limit\` was ${place.limit} in the first request, and has to stay as it was.`;
    throw new Problem(400, "invalid_page_token", detail);
  }
  const limit = place?.limit ?? page?.limit ?? limits.pageSize;
  const most = { results: Math.min(limit, limits.maxPageSize), examined: limits.examined };
  const { results, after } = await walk(items, place?.after || undefined, most);
  const expiresAt = now + limits.pageLifetime;
  const token = after === undefined ? "" : tokens.seal({ after, limit, expiresAt }, name);
  if (page === undefined && token === "") return { results: [...results] };
  return { page: { next_token: token, count: results.length }, results: [...results] };
}
