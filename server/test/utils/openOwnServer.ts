// The joined server behind HTTP, on a chain of tests: for tests in this process, and for `servingServer.ts`.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { signRequest, sqlReplayStore } from "@tenure/http-auth";
import type { Client } from "viem";
import { shortAddresses } from "../../../sdk/src/index.ts";
import { connect } from "../../../sdk/test/utils/localChain.ts";
import type { DatabaseSettings } from "../../src/database/index.ts";
import { createServer, type TenureServer } from "../../src/main.ts";
import type { ServerSettings } from "../../src/serve/settings.ts";
import { serveApp } from "./serveApp.ts";

export const TOKENS = {
  gateway: "gateway-token-of-this-test-alone",
  guard: "guard-token-of-this-test-alone",
  operator: "operator-token-of-this-test-alone",
} as const;
const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

/** What a server of tests is told. Several may have the database, the policies and the nonces in common; the log is each one's own. */
export interface OwnServer {
  readonly node: string;
  readonly database: DatabaseSettings;
  readonly policies: string;
  readonly log: string;
  /** The file of used nonces. */
  readonly nonces: string;
  readonly maxLag?: number | undefined;
}

/** A folder of tenants out of the sets that the package has. */
export function makePolicies(folder: string, sets: readonly string[] = ["open", "market"]): string {
  mkdirSync(folder, { recursive: true });
  for (const name of sets) {
    cpSync(path.join(import.meta.dirname, "../../policies", name), path.join(folder, name), { recursive: true });
  }
  return folder;
}

export async function openOwnServer(
  { node, database, policies, log, nonces, maxLag = 30 }: OwnServer,
  more: Partial<ServerSettings> = {},
) {
  const used = new DatabaseSync(nonces);
  used.exec("pragma journal_mode=wal; pragma synchronous=normal; pragma busy_timeout=2000");
  const problems: [string, unknown][] = [];
  const server: TenureServer = await createServer({
    publicUrl: "http://127.0.0.1:8787",
    version: "0.0.0",
    database,
    chains: [
      {
        ...{ client: connect(node) as Client as ServerSettings["chains"][0]["client"], addresses: shortAddresses },
        anchors: [1],
        ...{ maxLag, freshBy: "answer" as const, pollingInterval: 20 },
      },
    ],
    policies: { folder: policies, defaultTenant: "open" },
    enforcementPoints: [
      { id: "gateway", tokenHashes: [hashOf(TOKENS.gateway)], mayAssertProof: false },
      { id: "guard", tokenHashes: [hashOf(TOKENS.guard)], mayAssertProof: true },
    ],
    operatorTokens: [hashOf(TOKENS.operator)],
    requests: { origins: ["https://api.example"], replay: sqlReplayStore(used) },
    log: { folder: log },
    onProblem: (part, error) => problems.push([part, error]),
    ...more,
  });
  const served = await serveApp(server as never);
  return {
    ...{ server, url: served.url, problems },
    close: async () => {
      server.drain();
      await served.close();
      await server.close();
      used.close();
    },
  };
}

/** An answer over HTTP. */
export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape.
  readonly body: any;
}

/** Asks a server for a decision, or several. */
export async function askServer(
  url: string,
  question: unknown,
  {
    tenant = "open",
    token = TOKENS.gateway,
    api = "evaluation",
  }: Partial<Record<"tenant" | "token" | "api", string>> = {},
): Promise<Answered> {
  const response = await fetch(`${url}/${tenant}/access/v1/${api}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(question),
  });
  return { status: response.status, body: await response.json() };
}

/** A question of a gateway that hands over a request, signed anew by an account. */
export async function handOver(
  account: Parameters<typeof signRequest>[1]["account"] & { readonly address: string },
  { target = "/items", method = "GET", sign = {} }: { target?: string; method?: string; sign?: object } = {},
) {
  const url = `https://api.example${target}`;
  const signed = await signRequest(new Request(url, { method }), { account, chainId: 31337, ...sign });
  return {
    subject: { type: "agent", id: `eip155:31337:${account.address.toLowerCase()}` },
    action: { name: "read" },
    resource: { type: "http", id: target },
    context: { request: { method, url: signed.url, headers: [...signed.headers] } },
  };
}

/** What comes to hold. */
export async function until(holds: () => boolean | Promise<boolean>, most = 20_000): Promise<void> {
  for (const end = Date.now() + most; !(await holds()); ) {
    if (Date.now() > end) throw new Error("It has not come to hold.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
