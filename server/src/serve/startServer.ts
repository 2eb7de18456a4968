import { createServer as createHttpServer, type Server } from "node:http";
import { type AddressInfo, isIPv6 } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { type ListenAddress, type LoadedConfig, listenError } from "../config/index.ts";
import {
  createLogger,
  createMetrics,
  drainServer,
  gracefulStop,
  type Logger,
  operationsRoutes,
  processMetrics,
} from "../operations/index.ts";
import { Problem } from "../web/index.ts";
import { closeAll } from "./closeAll.ts";
import { createServer, type TenureServer } from "./createServer.ts";
import { measure } from "./measure.ts";
import { operatorsBy, type RequireOperator } from "./operator.ts";
import { settingsOf } from "./settingsOf.ts";

/** A server that listens. */
export interface StartedServer {
  /** Where it is reached on this machine. */
  readonly url: string;
  readonly server: TenureServer;
  readonly logger: Logger;
  /** Stops it, once however often it is called. Resolves with the status to exit with. */
  readonly stop: () => Promise<number>;
}

/** How a server is started. */
export interface StartOptions {
  readonly version: string;
  /** Takes each line that is logged; the standard output where left out. */
  readonly write?: ((line: string) => void) | undefined;
}

/**
 * Starts a server from its configuration, and listens. It does not wait for nodes: until they answer, `/readyz` says that it is not ready.
 *
 * @throws What keeps it from starting: a port that is taken, a folder that another process uses. Nothing is left open then.
 */
export async function startServer(
  { config, secrets }: LoadedConfig,
  { version, write }: StartOptions,
): Promise<StartedServer> {
  const logger = createLogger({ ...config.logs, secrets, write });
  const stopping = new AbortController();
  let answering: (request: Request) => Response | Promise<Response> = starting;
  // First, as whoever cannot have the port must not touch anything else.
  const listening = await listen(config.listen, (request) => answering(request));
  const closing: (() => unknown)[] = [() => closeNow(listening)];
  try {
    const { port } = listening.address() as AddressInfo;
    const url = `http://${isIPv6(config.listen.host) ? `[${config.listen.host}]` : config.listen.host}:${port}`;
    const settings = await settingsOf(config);
    closing.push(settings.close);
    const metrics = createMetrics();
    const observe = measure(metrics);
    const server = await createServer({
      ...{ ...settings, version, publicUrl: config.publicUrl ?? url },
      onDecision: observe.decision,
      onReorganisation: (what) => {
        observe.reorganisation(what);
        const { chainId, events, fromBlock } = what;
        logger.warn("A chain took events back.", { chain: chainId, events, fromBlock });
      },
      onProblem: (part, error) => {
        observe.problem(part);
        logger.error("Something does not work as it should.", { part, error });
      },
    });
    observe.server(server);
    const endMetrics = processMetrics(metrics);
    const operations = operationsRoutes({ metrics, stopping: stopping.signal, checks: checksOf(server) });
    answering = answerBy(server, operations, operatorsBy(settings.operatorTokens ?? []));
    const requests = async () => {
      server.drain();
      if (await drainServer(listening, config.stopSeconds * 1_000)) return;
      throw new Error(`Requests were broken off that had not ended after ${config.stopSeconds} seconds (stopSeconds).`);
    };
    const stop = gracefulStop({
      ...{ logger, stopping, limitSeconds: config.stopSeconds + 10 },
      steps: [
        { name: "requests", run: requests },
        { name: "log and database", run: () => server.close() },
        { name: "nodes and nonces", run: () => settings.close() },
        { name: "metrics", run: async () => endMetrics() },
      ],
    });
    logger.info("The server listens.", { url, version });
    return { url, server, logger, stop };
  } catch (error) {
    await closeAll(closing).catch(() => {});
    throw error;
  }
}

/** What is answered before everything is open: that the process lives, and cannot be asked yet. */
function starting(request: Request): Response {
  if (new URL(request.url).pathname === "/healthz") return Response.json({ status: "ok" });
  return new Problem(503, "starting", "The server is about to start.", { "retry-after": "1" }).toResponse();
}

function answerBy(server: TenureServer, operations: Hono, requireOperator: RequireOperator) {
  return async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === "/healthz") return operations.fetch(request);
    if (pathname === "/readyz") return ready(await operations.fetch(request), request, requireOperator);
    if (pathname !== "/metrics") return server.fetch(request);
    try {
      requireOperator(request);
    } catch (error) {
      return (error as Problem).toResponse();
    }
    return operations.fetch(request);
  };
}

/** Ends what listens at once, whatever is under way. */
function closeNow(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function listen(address: ListenAddress, fetch: (request: Request) => Response | Promise<Response>): Promise<Server> {
  const server = createHttpServer(getRequestListener(fetch));
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(listenError(error, address)));
    server.listen(address.port, address.host, () => resolve(server));
  });
}

function checksOf(server: TenureServer) {
  return {
    index: async () => (await server.notReady())[0],
    log: async () => {
      await server.decisions.log.checkpoint();
      return undefined;
    },
  };
}

/** Reasons name nodes and databases: strangers hear whether it is ready, and no more. */
async function ready(answer: Response, request: Request, requireOperator: RequireOperator): Promise<Response> {
  try {
    requireOperator(request);
    return answer;
  } catch {
    const { ready: isReady } = (await answer.json()) as { ready: boolean };
    return new Response(JSON.stringify({ ready: isReady }), { status: answer.status, headers: answer.headers });
  }
}
