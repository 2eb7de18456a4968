import { randomBytes } from "node:crypto";
import { type Context, Hono } from "hono";
import type { z } from "zod";
import { BoundedMap } from "../facts/index.ts";
import { answer, endpoint, Problem, quote, rateLimit, readJson, requestIdOf, validate } from "../web/index.ts";
import { PATHS, WRONG_TYPE_STATUS } from "./constants.ts";
import { answerOf, unavailable } from "./evaluate/answerOf.ts";
import { evaluateAll } from "./evaluate/batch.ts";
import { type Evaluation, evaluate } from "./evaluate/evaluate.ts";
import { isFailed } from "./evaluate/verdict.ts";
import { AUTHZEN_LIMITS, type AuthzenLimits } from "./limits.ts";
import { addressFrom, metadataOf, metadataPathOf } from "./metadata.ts";
import { Proofs } from "./proof/proofs.ts";
import {
  actionSearchSchema,
  evaluationSchema,
  evaluationsSchema,
  type Metadata,
  resourceSearchSchema,
  subjectSearchSchema,
} from "./schemas.ts";
import { pageTokens } from "./search/pageToken.ts";
import { type SearchMeans, searchActions, searchResources, searchSubjects } from "./search/search.ts";
import { signMetadata } from "./signMetadata.ts";
import type { Asking, AuthzenOptions, AuthzenTenant } from "./types.ts";

/** Seconds for which metadata is good. */
const METADATA_AGE = 300;

/**
 * The decision point behind HTTP, by the OpenID AuthZEN Authorization API 1.0.
 *
 * @param options Where it is, whom it knows, who decides.
 * @returns An application of Hono, to serve or to mount at the root of another one.
 * @throws InvalidAddressError when `publicUrl` cannot be that of a decision point.
 * @throws UnfitKeyError when metadata cannot be signed by the key of `signer`.
 */
export function authzen(options: AuthzenOptions): Hono {
  const { origin, path } = addressFrom(options.publicUrl);
  const { search, onError, now = Date.now } = options;
  const limits: AuthzenLimits = { ...AUTHZEN_LIMITS, ...options.limits };
  const tokens = pageTokens(options.pageKey ?? randomBytes(32));
  const take = options.rate && rateLimit(options.rate, now);
  const app = new Hono();

  /** The tenant that a path names, or the one at the URL itself. */
  function tenantOf(context: Context): { tenant: string; settings: AuthzenTenant } {
    const tenant = context.req.param("tenant") ?? options.defaultTenant;
    const settings = tenant === undefined ? undefined : options.tenants.get(tenant);
    if (tenant !== undefined && settings !== undefined) return { tenant, settings };
    const detail = tenant === undefined ? "Name a tenant in the path." : `There is no tenant ${quote(tenant)}.`;
    throw new Problem(404, "unknown_tenant", detail);
  }

  async function asking(context: Context): Promise<Asking> {
    const request = context.req.raw;
    const point = await options.authenticate(request);
    take?.(point.id);
    const found = tenantOf(context);
    if (point.tenants !== undefined && !point.tenants.includes(found.tenant)) {
      const detail = `${quote(point.id)} may not ask about the tenant ${quote(found.tenant)}.`;
      throw new Problem(403, "tenant_not_allowed", detail);
    }
    return { ...found, point, requestId: requestIdOf(request), now: Math.floor(now() / 1_000) };
  }

  function post<Schema extends z.ZodType>(
    at: string,
    schema: Schema,
    respond: (body: z.output<Schema>, asking: Asking) => Promise<unknown>,
  ): void {
    const handler = endpoint({
      methods: ["POST"],
      onError,
      handle: async (context) => {
        const who = await asking(context);
        const body = await readJson(context.req.raw, { limits: limits.content, wrongTypeStatus: WRONG_TYPE_STATUS });
        return answer(await respond(validate(schema, body, "the request"), who));
      },
    });
    app.all(`${path}${at}`, handler);
    app.all(`${path}/:tenant${at}`, handler);
  }

  async function single(evaluation: Evaluation, who: Asking): Promise<unknown> {
    const proofs = new Proofs(options, who);
    try {
      const verdict = await evaluate(evaluation, who, proofs, options);
      if (isFailed(verdict)) throw unavailable(verdict);
      return answerOf(verdict, who);
    } finally {
      proofs.close();
    }
  }

  post(PATHS.evaluation, evaluationSchema, single);
  post(PATHS.evaluations, evaluationsSchema, async (body, who) => {
    if ((body.evaluations ?? []).length === 0) return single(validate(evaluationSchema, body, "the request"), who);
    const proofs = new Proofs(options, who);
    try {
      return { evaluations: await evaluateAll(body, { asking: who, proofs, options, limits }) };
    } finally {
      proofs.close();
    }
  });

  if (search !== undefined) {
    const decisionPoint = search.decisionPoint ?? options.decisionPoint;
    const { accounts } = options;
    const means = (who: Asking): SearchMeans => ({ asking: who, search, decisionPoint, accounts, limits, tokens });
    post(PATHS.subjectSearch, subjectSearchSchema, (body, who) => searchSubjects(body, means(who)));
    post(PATHS.resourceSearch, resourceSearchSchema, (body, who) => searchResources(body, means(who)));
    post(PATHS.actionSearch, actionSearchSchema, (body, who) => searchActions(body, means(who)));
  }

  const signed = new BoundedMap<string, { metadata: Metadata; time: number }>(1_000);
  function described(url: string): Metadata {
    const plain = metadataOf(url, search !== undefined);
    if (options.signer === undefined) return plain;
    const time = Math.floor(now() / 1_000);
    const known = signed.get(url);
    // Anybody may ask, and a signature takes its time: one is good for as long as caches keep it.
    if (known !== undefined && time - known.time < METADATA_AGE && known.time <= time) return known.metadata;
    const metadata = { ...plain, signed_metadata: signMetadata(plain, options.signer, time) };
    signed.set(url, { metadata, time });
    return metadata;
  }
  // A key that cannot sign is met when this is set up, not when somebody asks.
  described(`${origin}${path}`);

  const metadata = endpoint({
    methods: ["GET"],
    onError,
    handle: (context) => {
      const { tenant } = tenantOf(context);
      const suffix = context.req.param("tenant") === undefined ? "" : `/${tenant}`;
      const body = described(`${origin}${path}${suffix}`);
      return answer(body, { "cache-control": `public, max-age=${METADATA_AGE}` });
    },
  });
  app.all(metadataPathOf(path), metadata);
  app.all(`${metadataPathOf(path)}/:tenant`, metadata);
  return app;
}
