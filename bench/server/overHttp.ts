import { type ChildProcess, fork, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Load } from "./load.ts";

/** Decisions a second over HTTP. */
export interface HttpRate {
  readonly way: string;
  readonly perSecond: number;
}

const CONNECTIONS = 32;
const SECONDS = 3;

const here = import.meta.dirname;

/** Beside the repository's own packages, as its installation is a hundred megabytes: `npm run cerbos:install`. */
const CERBOS = path.join(here, "../../.node/cerbos/node_modules/@cerbos/cerbos-linux-x64/cerbos-linux-x64");

export const isCerbosInstalled = () => existsSync(CERBOS);

const CERBOS_POLICY = `apiVersion: api.cerbos.dev/v1
resourcePolicy:
  version: default
  resource: document
  rules:
    - actions: ["read"]
      effect: EFFECT_ALLOW
      roles: ["viewer", "editor"]
    - actions: ["write"]
      effect: EFFECT_ALLOW
      roles: ["editor"]
      condition:
        match:
          expr: R.attr.owner == P.id
`;

/** Measures both, one after the other, by a client in a process of its own. */
export async function measureOverHttp(): Promise<HttpRate[]> {
  const rates: HttpRate[] = [];
  const client = fork(path.join(here, "load.ts"));
  const measure = async (way: string, load: Omit<Load, "connections" | "seconds">) => {
    client.send({ ...load, connections: CONNECTIONS, seconds: SECONDS });
    rates.push({ way, perSecond: await answerOf<number>(client) });
  };
  const platform = fork(path.join(here, "platform.ts"));
  const { url } = await answerOf<{ url: string }>(platform);
  await measure("Tenure, asked before", { url: `${url}/access/v1/evaluation`, kind: "authzen", isNew: false });
  await measure("Tenure, each new", { url: `${url}/access/v1/evaluation`, kind: "authzen", isNew: true });
  await measure("Tenure, 50 in a request", { url: `${url}/access/v1/evaluations`, kind: "batch", isNew: false });
  platform.disconnect();
  await new Promise((resolve) => platform.once("exit", resolve));
  if (isCerbosInstalled()) {
    const cerbos = await startCerbos();
    await measure("Cerbos 0.55.0, asked before", { url: cerbos.url, kind: "cerbos", isNew: false });
    await measure("Cerbos 0.55.0, each new", { url: cerbos.url, kind: "cerbos", isNew: true });
    await cerbos.stop();
  }
  client.disconnect();
  return rates;
}

function answerOf<answer>(child: ChildProcess): Promise<answer> {
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as answer));
    child.once("exit", (status) => reject(new Error(`It ended with status ${status}.`)));
  });
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function startCerbos(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), "tenure-cerbos-"));
  mkdirSync(path.join(folder, "policies"));
  writeFileSync(path.join(folder, "policies/document.yaml"), CERBOS_POLICY);
  const [port, grpc] = await freePorts(2);
  const config = {
    server: { httpListenAddr: `127.0.0.1:${port}`, grpcListenAddr: `127.0.0.1:${grpc}` },
    storage: { driver: "disk", disk: { directory: path.join(folder, "policies"), watchForChanges: false } },
    telemetry: { disabled: true },
  };
  writeFileSync(path.join(folder, "cerbos.yaml"), JSON.stringify(config));
  const child = spawn(CERBOS, ["server", `--config=${path.join(folder, "cerbos.yaml")}`, "--log-level=ERROR"], {
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  for (const end = Date.now() + 20_000; ; ) {
    const isUp = await fetch(`${url}/_cerbos/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) break;
    if (Date.now() > end || child.exitCode !== null) throw new Error("Cerbos does not start.");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url: `${url}/api/check/resources`,
    stop: async () => {
      child.kill();
      await new Promise((resolve) => child.once("exit", resolve));
      rmSync(folder, { recursive: true });
    },
  };
}

if (import.meta.main) {
  for (const { way, perSecond } of await measureOverHttp()) console.log(`${way}: ${Math.round(perSecond)} a second`);
}
