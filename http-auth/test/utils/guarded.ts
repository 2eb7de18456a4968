// The same small service behind each guard, and ways to call it: by fetch, and to the byte by a socket.
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { serve } from "@hono/node-server";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { expressGuard } from "../../src/guards/express.ts";
import { fastifyGuard } from "../../src/guards/fastify.ts";
import { fetchGuard } from "../../src/guards/fetch.ts";
import { honoGuard } from "../../src/guards/hono.ts";
import type { GuardOptions } from "../../src/guards/types.ts";
import { type Caller, memoryReplayStore } from "../../src/index.ts";
import { nodeWithoutCode } from "./signers.ts";

/** Where the service says that it is. */
export const origin = "https://api.example";

/** What a service is told to demand, where a test says nothing else. */
export const routes: GuardOptions["routes"] = {
  "/items": [{ methods: ["GET", "HEAD", "OPTIONS"] }, { methods: ["POST", "PUT"] }],
  "/items/*": {},
  "/admin": { methods: ["POST"], requiredComponents: ["x-reason"] },
  default: { methods: ["GET", "POST"] },
};

export function guardOptions(options: Partial<GuardOptions> = {}): GuardOptions {
  return {
    clients: [nodeWithoutCode().client],
    origins: [origin],
    replay: memoryReplayStore(),
    routes,
    decide: () => true,
    ...options,
  };
}

/** A running service. */
export interface Service {
  readonly port: number;
  /** What its handlers saw: who called, and which content. */
  readonly seen: readonly { caller: Caller; content: string }[];
  readonly stop: () => Promise<void>;
}

type Start = (options: GuardOptions) => Promise<Service>;

async function listening(server: Server, seen: Service["seen"], stop: () => Promise<void>): Promise<Service> {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, seen, stop };
}

const closing = (server: Server) => async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
};

/** Each answers `ok` to everything that its guard lets through, whatever the path, after it has read the content. */
export const services: Readonly<Record<string, Start>> = {
  async fetch(options) {
    const seen: { caller: Caller; content: string }[] = [];
    const handle = fetchGuard(async (request, caller) => {
      seen.push({ caller, content: await request.text() });
      return new Response("ok");
    }, options);
    const server = serve({ fetch: handle, port: 0, hostname: "127.0.0.1" }) as Server;
    await new Promise((resolve) => (server.listening ? resolve(undefined) : server.once("listening", resolve)));
    return listening(server, seen, closing(server));
  },

  async hono(options) {
    const seen: { caller: Caller; content: string }[] = [];
    const app = new Hono().use(honoGuard(options)).all("*", async (context) => {
      seen.push({ caller: context.get("caller"), content: await context.req.text() });
      return context.text("ok");
    });
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }) as Server;
    await new Promise((resolve) => (server.listening ? resolve(undefined) : server.once("listening", resolve)));
    return listening(server, seen, closing(server));
  },

  async express(options) {
    const seen: { caller: Caller; content: string }[] = [];
    const app = express();
    app.use(expressGuard(options));
    app.use(express.text({ type: () => true, defaultCharset: "utf-8", limit: "2mb" }));
    app.use((request, response) => {
      seen.push({ caller: request.caller, content: request.body ?? "" });
      response.send("ok");
    });
    const server = createServer(app);
    return listening(server, seen, closing(server));
  },

  async fastify(options) {
    const seen: { caller: Caller; content: string }[] = [];
    const app = Fastify({ bodyLimit: 2_000_000, exposeHeadRoutes: false });
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "string" }, (_, body, done) => done(null, body));
    await app.register(fastifyGuard, options);
    app.all("*", async (request) => {
      seen.push({ caller: request.caller, content: (request.body as string | undefined) ?? "" });
      return "ok";
    });
    await app.listen({ port: 0, host: "127.0.0.1" });
    return listening(app.server, seen, async () => {
      app.server.closeAllConnections();
      await app.close();
    });
  },
};

/** Sends what was signed for the service's origin to where it runs. */
export const sendTo = (port: number) => (request: Request) =>
  fetch(new Request(request.url.replace(origin, `http://127.0.0.1:${port}`), request));

/** Bytes to a socket, and all that comes back until the other side closes, or is silent after a whole answer. */
export async function exchange(port: number, bytes: string | Uint8Array): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.on("error", () => {});
  socket.write(bytes);
  await new Promise((resolve) => socket.once("close", resolve));
  return Buffer.concat(chunks).toString("latin1");
}

/** A request as text, with its fields as given, `Connection: close` among them. */
export function wireText(
  method: string,
  target: string,
  fields: readonly (readonly [string, string])[],
  body = "",
): string {
  const lines = [["Host", "api.example"], ["Connection", "close"], ...fields].map(
    ([name, value]) => `${name}: ${value}`,
  );
  return `${method} ${target} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
}

/** The fields that a signed request brings, but what a client of HTTP adds by itself. */
export const fieldsOf = (request: Request): [string, string][] => [...request.headers];
