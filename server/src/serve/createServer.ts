import { createVerifier, memoryReplayStore } from "@tenure/http-auth";
import { Hono } from "hono";
import {
  type AuthzenTenant,
  accountsOf,
  authzen,
  authzenRoutes,
  createAuthenticator,
  withAgents,
} from "../authzen/index.ts";
import { type Database, openDatabase } from "../database/index.ts";
import { type HttpApi, http } from "../http/index.ts";
import { indexMigrations } from "../index/index.ts";
import { type Anchoring, anchorLog } from "../log/index.ts";
import { tenantCandidates } from "../policy/index.ts";
import { notFound } from "../web/index.ts";
import { decisionRoutes } from "./decisionRoutes.ts";
import { type FlipFeed, flipFeed } from "./flipFeed.ts";
import { type OpenChain, openChain } from "./openChain.ts";
import { type OpenDecisions, openDecisions } from "./openDecisions.ts";
import { operatorsBy } from "./operator.ts";
import type { ServerSettings } from "./settings.ts";
import { watchChain } from "./watchChain.ts";

/** A server that runs, without a port: whoever has one serves its `fetch`. */
export interface TenureServer {
  readonly fetch: Hono["fetch"];
  readonly database: Database;
  readonly chains: readonly OpenChain[];
  readonly decisions: OpenDecisions;
  readonly api: HttpApi;
  readonly flips: FlipFeed;
  /** Why it cannot be asked now; nothing where it can. */
  readonly notReady: () => Promise<readonly string[]>;
  /** Ends streams, so that connections can end. */
  readonly drain: () => void;
  /** Ends everything, in order, and writes down what waits. */
  readonly close: () => Promise<void>;
}

/** Milliseconds between two looks at which tenants there are. */
const TENANTS = 2_000;

/**
 * Joins the rooms: follows the chains, answers about identities, decides, and tells who holds a decision that flipped.
 *
 * @param settings - {@link ServerSettings}
 * @throws What opening the database, the log or the policies' engine throws; nothing is left open then.
 */
export async function createServer(settings: ServerSettings): Promise<TenureServer> {
  const { publicUrl, version, enforcementPoints, onProblem = () => {} } = settings;
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const ended = new AbortController();
    const database = await openDatabase(settings.database);
    closing.push(() => database.close());
    await database.migrate(indexMigrations);
    const chains = settings.chains.map((chain) => openChain(database, chain, ended.signal, onProblem));
    closing.push(() => Promise.all(chains.map((chain) => chain.ended)));
    closing.push(() => ended.abort());
    const directories = chains.map(({ directory }) => directory);

    let feed: FlipFeed | undefined;
    const decisions = await openDecisions(chains, settings, settings.log, (flip) => feed?.tell(flip), onProblem);
    closing.push(decisions.close);
    const watching = chains.map((chain) => watchChain(chain, decisions.flips.onChange, ended.signal, onProblem));
    closing.push(() => {
      ended.abort();
      return Promise.all(watching);
    });
    const anchoring = await anchor(settings, decisions, onProblem);
    if (anchoring !== undefined) closing.push(anchoring.stop);

    const tenants = await followTenants(settings, decisions, onProblem);
    closing.push(tenants.stop);
    const onError = (error: unknown, request: Request) => onProblem(`HTTP ${new URL(request.url).pathname}`, error);
    const clients = settings.chains.map(({ client }) => client);
    const authenticate = createAuthenticator({
      clients: enforcementPoints,
      realm: publicUrl,
      // Signatures of clients are for this server itself, which only https can be an origin of.
      verifier: publicUrl.startsWith("https:")
        ? createVerifier({
            ...{ clients, origins: [publicUrl], replay: settings.requests?.replay ?? memoryReplayStore() },
            reader: directories[0]?.reader,
          })
        : undefined,
    });
    const app = new Hono();
    feed = flipFeed(app, authenticate, onError);
    decisionRoutes(app, decisions.log, operatorsBy(settings.operatorTokens ?? []), onError);
    const api = http({ directories, publicUrl, version, onError, otherRoutes: authzenRoutes });
    app.route("/", api.app);
    app.route(
      "/",
      authzen({
        ...{ publicUrl, authenticate, onError, pageKey: settings.pageKey, log: decisions.log },
        ...{ tenants: tenants.map, defaultTenant: settings.policies.defaultTenant, decisionPoint: decisions.point },
        search: {
          candidates: withAgents(tenantCandidates(decisions.policies), directories),
          decisionPoint: decisions.searching,
        },
        accounts: accountsOf(directories),
        requests: settings.requests && {
          verifier: createVerifier({
            ...{ clients, origins: settings.requests.origins, replay: settings.requests.replay },
            reader: directories[0]?.reader,
            delegation: delegationOf(settings),
          }),
          policy: settings.requests.policy ?? { delegation: true },
        },
      }),
    );
    app.notFound(notFound);
    return {
      ...{ fetch: app.fetch, database, chains, decisions, api, flips: feed, close },
      notReady: async () => (await Promise.all(chains.map(problemOf))).filter((reason) => reason !== undefined),
      drain: () => {
        api.close();
        feed?.close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function problemOf({ name: { chainId }, look }: OpenChain): Promise<string | undefined> {
  try {
    const { isFresh, lag, age } = await look();
    return isFresh
      ? undefined
      : `Chain ${chainId}: the index is ${lag} s behind its node, and the newest block ${age} s old.`;
  } catch (error) {
    return `Chain ${chainId}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function delegationOf({ chains }: ServerSettings) {
  const registries = chains.flatMap(({ client, addresses: { delegationRegistry } }) =>
    delegationRegistry === undefined ? [] : [[client.chain.id, delegationRegistry] as const],
  );
  return registries.length === 0 ? undefined : { registries: Object.fromEntries(registries) };
}

async function anchor(
  { log }: ServerSettings,
  decisions: OpenDecisions,
  onProblem: NonNullable<ServerSettings["onProblem"]>,
): Promise<Anchoring | undefined> {
  if (log.anchor === undefined) return undefined;
  const { client, id, everySeconds } = log.anchor;
  const onError = (error: unknown) => onProblem("anchor of the log", error);
  return anchorLog({ client, id, everySeconds, log: decisions.log, onError });
}

/** Every folder of policies is a tenant, from the moment that it is there. */
async function followTenants(
  { policies: { tenants = {} } }: ServerSettings,
  { policies }: OpenDecisions,
  onProblem: NonNullable<ServerSettings["onProblem"]>,
) {
  const map = new Map<string, AuthzenTenant>();
  const look = async () => {
    const names = new Set([...(await policies.list()), ...Object.keys(tenants)]);
    for (const name of map.keys()) if (!names.has(name)) map.delete(name);
    for (const name of names) map.set(name, tenants[name] ?? {});
  };
  await look();
  const timer = setInterval(() => look().catch((error: unknown) => onProblem("policies", error)), TENANTS);
  timer.unref();
  return { map, stop: () => clearInterval(timer) };
}
