// What the routers of frameworks take for a route, beside what the table of the guard before them does: no handler may run by
// what is demanded elsewhere.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { expect } from "chai";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { expressGuard } from "../src/guards/express.ts";
import { fastifyGuard } from "../src/guards/fastify.ts";
import { honoGuard } from "../src/guards/hono.ts";
import type { GuardOptions } from "../src/guards/types.ts";
import { signRequest } from "../src/index.ts";
import { exchange, fieldsOf, guardOptions, origin, wireText } from "./utils/guarded.ts";
import { vectorAccount } from "./utils/signers.ts";

/** More is demanded below `/admin` than elsewhere. */
const below: GuardOptions["routes"] = { "/admin/*": { requiredComponents: ["x-reason"] }, default: {} };

/** More is demanded of a GET than of the rest. */
const byMethod: GuardOptions["routes"] = { "/admin": [{ methods: ["GET"], requiredComponents: ["x-reason"] }, {}] };

type Run = () => string;
type Start = (options: GuardOptions, run: Run) => Promise<Server>;

async function fastify(options: GuardOptions, settings: object, path: string, run: Run): Promise<Server> {
  const app = Fastify(settings);
  await app.register(fastifyGuard, options);
  app.get(path, async () => run());
  await app.listen({ port: 0, host: "127.0.0.1" });
  return app.server;
}

const hono =
  (path: string): Start =>
  (options, run) => {
    const app = new Hono().use(honoGuard(options)).get(path, (context) => context.text(run()));
    // It listens by itself, later than it returns.
    return new Promise((resolve) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () => resolve(server as Server));
    });
  };

const byExpress =
  (path: string, kind: "use" | "get"): Start =>
  async (options, run) => {
    const app = express().use(expressGuard(options));
    app[kind](path, (_, response) => {
      response.send(run());
    });
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return server;
  };

const loose = { routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true } };

/** Where a handler stands for all that is below `/admin`. */
const prefixes: Readonly<Record<string, Start>> = {
  "Hono, /admin/*": hono("/admin/*"),
  "Express, a mounted router": byExpress("/admin", "use"),
  "Express, /admin/{*rest}": byExpress("/admin/{*rest}", "get"),
  "Fastify, /admin/*": (options, run) => fastify(options, {}, "/admin/*", run),
  "Fastify, /admin/*, as generous as it gets": (options, run) => fastify(options, loose, "/admin/*", run),
};

/** Where a handler of a GET stands, which frameworks run for a HEAD too. */
const exact: Readonly<Record<string, Start>> = {
  "Hono, /admin": hono("/admin"),
  "Express, /admin": byExpress("/admin", "get"),
  "Fastify, /admin": (options, run) => fastify(options, {}, "/admin", run),
};

const targets = [
  "/admin",
  "/admin/",
  "/ADMIN",
  "/ADMIN/",
  "/%61dmin/",
  "/%61dmin",
  "/admin;x/",
  "//admin/",
  "/admin//",
];

describe("a router behind a guard", () => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  /** Which of some requests a handler ran for, of somebody who covers no more than anybody has to. */
  async function ranFor(
    start: Start,
    options: Partial<GuardOptions>,
    method: string,
    paths: readonly string[],
  ): Promise<readonly string[]> {
    let count = 0;
    const server = await start(guardOptions(options), () => {
      count += 1;
      return "ok";
    });
    servers.push(server);
    const { port } = server.address() as AddressInfo;
    const ran: string[] = [];
    for (const path of paths) {
      const before = count;
      const request = await signRequest(new Request(`${origin}${path}`, { method }), {
        account: vectorAccount,
        chainId: 1,
      });
      await exchange(port, wireText(method, path, fieldsOf(request)));
      if (count > before) ran.push(path);
    }
    return ran;
  }

  for (const [name, start] of Object.entries(prefixes)) {
    it(`should run nothing below a prefix by what is demanded elsewhere: ${name}`, async () => {
      expect(await ranFor(start, { routes: below }, "GET", targets)).to.deep.equal([]);
    });
  }

  for (const [name, start] of Object.entries(exact)) {
    it(`should run no handler of a GET by what is demanded of other methods: ${name}`, async () => {
      expect(await ranFor(start, { routes: byMethod }, "HEAD", ["/admin"])).to.deep.equal([]);
      expect(await ranFor(start, { routes: { default: {} } }, "HEAD", ["/admin"])).to.deep.equal(["/admin"]);
    });
  }

  // In one place of the table, so that the decision point alone tells them apart.
  const deciding: Partial<GuardOptions> = {
    routes: { default: {} },
    decide: (_, { resource }) => !resource.id.startsWith("/items/private"),
  };
  for (const [name, start] of Object.entries({
    Hono: hono("/items/private"),
    Express: byExpress("/items/private", "get"),
    "Express, a mounted router": byExpress("/items/private", "use"),
    Fastify: (options: GuardOptions, run: Run) => fastify(options, {}, "/items/private", run),
  })) {
    it(`should run nothing that the decision point was asked about by another name: ${name}`, async () => {
      const names = ["/items/private", "/items/%70rivate", "/items/p%72ivate", "/%69tems/private", "/items/privat%65/"];
      expect(await ranFor(start, deciding, "GET", names)).to.deep.equal([]);
    });
  }
});
