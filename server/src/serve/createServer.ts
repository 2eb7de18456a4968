import { createVerifier, type DelegationOptions, memoryReplayStore, type RevocationEvents } from "@tenure/http-auth";
import { rpcStatusSource } from "@tenure/sdk";
import { Hono } from "hono";
import { accountsOf, authzen, authzenRoutes, createAuthenticator, withAgents } from "../authzen/index.ts";
import { type Database, openDatabase } from "../database/index.ts";
import { type HttpApi, http } from "../http/index.ts";
import { indexMigrations } from "../index/index.ts";
import { type Change, tenantCandidates } from "../policy/index.ts";
import { notFound } from "../web/index.ts";
import { anchorByOne } from "./anchorByOne.ts";
import { closeAll } from "./closeAll.ts";
import { decisionRoutes } from "./decisionRoutes.ts";
import { type FlipFeed, flipFeed } from "./flipFeed.ts";
import { followTenants } from "./followTenants.ts";
import { type OpenChain, openChain } from "./openChain.ts";
import { type OpenDecisions, openDecisions } from "./openDecisions.ts";
import { operatorsBy } from "./operator.ts";
import { revocationsOf } from "./revocations.ts";
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

/**
 * Joins the rooms: follows the chains, answers about identities, decides, and tells who holds a decision that flipped.
 *
 * @param settings - {@link ServerSettings}
 * @throws What opening the database, the log or the policies' engine throws; nothing is left open then.
 */
export async function createServer(settings: ServerSettings): Promise<TenureServer> {
  const { publicUrl, version, enforcementPoints, onProblem = () => {} } = settings;
  const closing: (() => unknown)[] = [];
  const close = () => closeAll(closing);
  try {
    const ended = new AbortController();
    const database = await openDatabase(settings.database);
    closing.push(() => database.close());
    await database.migrate(indexMigrations);
    const chains: OpenChain[] = [];
    closing.push(() => {
      ended.abort();
      return Promise.all(chains.map((chain) => chain.ended));
    });
    for (const chain of settings.chains) chains.push(await openChain(database, chain, ended.signal, onProblem));
    const directories = chains.map(({ directory }) => directory);

    let feed: FlipFeed | undefined;
    const decisions = await openDecisions(database, chains, settings, (flip) => feed?.tell(flip), onProblem);
    closing.push(decisions.close);
    const revocations = revocationsOf();
    const onChange = (change: Change) => {
      revocations.tell(change);
      decisions.flips.onChange(change);
    };
    const watching = chains.map((chain) => watchChain(chain, onChange, ended.signal, settings));
    closing.push(() => {
      ended.abort();
      return Promise.all(watching);
    });
    const anchoring = anchorByOne(settings, database, decisions, ended.signal, onProblem);
    closing.push(() => {
      ended.abort();
      return anchoring;
    });

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
            ...{
              clients,
              origins: [new URL(publicUrl).origin],
              replay: settings.requests?.replay ?? memoryReplayStore(),
            },
            ...{ reader: chains[0]?.facts.reader, identityChain: chains[0]?.name.chainId },
          })
        : undefined,
    });
    const delegation = delegationOf(settings, revocations.events);
    const app = new Hono();
    feed = flipFeed(app, authenticate, onError);
    decisionRoutes(app, decisions.log, operatorsBy(settings.operatorTokens ?? []), onError);
    const api = http({
      ...{ directories, publicUrl, version, onError, otherRoutes: authzenRoutes },
      limits: settings.limits?.http,
    });
    app.route("/", api.app);
    app.route(
      "/",
      authzen({
        ...{ publicUrl, authenticate, onError, pageKey: settings.pageKey, log: decisions.log },
        limits: settings.limits?.authzen,
        ...{ tenants: tenants.map, defaultTenant: settings.policies.defaultTenant, decisionPoint: decisions.point },
        search: {
          candidates: withAgents(tenantCandidates(decisions.policies), directories),
          decisionPoint: decisions.searching,
        },
        accounts: accountsOf(chains.map(({ facts }) => facts)),
        requests: settings.requests && {
          verifier: createVerifier({
            ...{ clients, origins: settings.requests.origins, replay: settings.requests.replay },
            // An account is of some chain, and a reader does not ask of which: with several, the policies alone judge identities.
            reader: chains.length === 1 ? chains[0]?.facts.reader : undefined,
            delegation,
          }),
          policy: { delegation: delegation !== undefined, ...settings.requests.policy },
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
    // What keeps it from starting is what has to be told.
    await close().catch(() => {});
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

function delegationOf({ chains, requests }: ServerSettings, events: RevocationEvents): DelegationOptions | undefined {
  if (requests?.delegation?.maxDepth === 0) return undefined;
  const registries = chains.flatMap(({ client, addresses: { delegationRegistry } }) =>
    delegationRegistry === undefined ? [] : [[client.chain.id, delegationRegistry] as const],
  );
  if (registries.length === 0) return undefined;
  const status = rpcStatusSource(chains.map(({ client }) => client));
  return { ...requests?.delegation, registries: Object.fromEntries(registries), status, events };
}
