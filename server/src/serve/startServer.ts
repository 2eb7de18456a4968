import { createServer as createHttpServer, type Server } from "node:http";
import { type AddressInfo, isIPv6 } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { LoadedConfig } from "../config/index.ts";
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
import { createServer, type TenureServer } from "./createServer.ts";
import { measure } from "./measure.ts";
import { operatorsBy } from "./operator.ts";
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
 * Starts a server from its configuration, and listens.
 *
 * @throws What keeps it from starting: a port that is taken, a node that does not answer, a folder that another process uses.
 */
export async function startServer(
  { config, secrets }: LoadedConfig,
  { version, write }: StartOptions,
): Promise<StartedServer> {
  const logger = createLogger({ ...config.logs, secrets, write });
  const settings = await settingsOf(config);
  const metrics = createMetrics();
  const observe = measure(metrics);
  const stopping = new AbortController();
  let answering: ((request: Request) => Response | Promise<Response>) | undefined;
  const starting = () => new Problem(503, "starting", "The server is about to start.").toResponse();
  const listening = await listen(config.listen, (request) => (answering ?? starting)(request));
  const { port } = listening.address() as AddressInfo;
  const host = isIPv6(config.listen.host) ? `[${config.listen.host}]` : config.listen.host;
  const url = `http://${host}:${port}`;
  let server: TenureServer;
  try {
    server = await createServer({
      ...{ ...settings, version, publicUrl: config.publicUrl ?? url },
      onDecision: observe.decision,
      onProblem: (part, error) => {
        observe.problem(part);
        logger.error("Something does not work as it should.", { part, error });
      },
    });
  } catch (error) {
    listening.close();
    await settings.close();
    throw error;
  }
  observe.server(server);
  const endMetrics = processMetrics(metrics);
  const operations = operationsRoutes({ metrics, stopping: stopping.signal, checks: checksOf(server) });
  const requireOperator = operatorsBy(settings.operatorTokens ?? []);
  answering = async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/healthz") return operations.fetch(request);
    if (pathname === "/readyz") return ready(await operations.fetch(request), request, requireOperator);
    if (pathname === "/metrics") {
      try {
        requireOperator(request);
      } catch (error) {
        return (error as Problem).toResponse();
      }
      return operations.fetch(request);
    }
    return server.fetch(request);
  };
  const stop = gracefulStop({
    ...{ logger, stopping, limitSeconds: config.stopSeconds + 10 },
    steps: [
      {
        name: "requests",
        run: async () => {
          server.drain();
          await drainServer(listening, config.stopSeconds * 1_000);
        },
      },
      { name: "log and database", run: () => server.close() },
      { name: "nonces", run: () => settings.close() },
    ],
  });
  logger.info("The server listens.", { url, version });
  return {
    ...{ url, server, logger },
    stop: async () => {
      endMetrics();
      return stop();
    },
  };
}

function listen(
  { host, port }: LoadedConfig["config"]["listen"],
  fetch: (request: Request) => Response | Promise<Response>,
): Promise<Server> {
  const server = createHttpServer(getRequestListener(fetch));
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new Error(
              `Port ${port} of ${host} is taken. Say another one as \`listen.port\`, or 0 for one that is free.`,
            )
          : error,
      ),
    );
    server.listen(port, host, () => resolve(server));
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
async function ready(
  answer: Response,
  request: Request,
  requireOperator: (request: Request) => void,
): Promise<Response> {
  try {
    requireOperator(request);
    return answer;
  } catch {
    const { ready: isReady } = (await answer.json()) as { ready: boolean };
    return new Response(JSON.stringify({ ready: isReady }), { status: answer.status, headers: answer.headers });
  }
}
