// A gateway before a shop. It knows no signatures: it hands each request over to the platform's server, and does what that says.
import { createServer, type IncomingMessage } from "node:http";
import { createTenureClient } from "@tenure/server/client";
import { listen, type Platform, SHOP } from "./platform.ts";

/** What the server answered about a request. */
export interface Verdict {
  decision: boolean;
  context: { id: string; outcome: string; policies: string[]; unmet: Unmet[]; reason_user: Record<string, string> };
}

type Unmet = { fact: string; comparison: string; actual: unknown; demanded: unknown };

/** The gateway, listening. */
export interface Gateway {
  url: string;
  /** Decisions that the server took back by itself, by whom they are about. */
  flips: { agent: string; decision: boolean }[];
  close: () => void;
}

/** Starts it. The shop behind it takes every order that comes through. */
export async function startGateway(platform: Platform): Promise<Gateway> {
  const flips: Gateway["flips"] = [];
  const ended = new AbortController();
  const server = createServer(async (request, response) => {
    const verdict = await ask(platform, request);
    response.writeHead(verdict.decision ? 200 : 403, { "content-type": "application/json" });
    response.end(JSON.stringify(verdict));
  });
  const url = await listen(server);
  await hear(platform, flips, ended.signal);
  return {
    ...{ url, flips },
    close: () => {
      ended.abort();
      server.close();
      server.closeAllConnections();
    },
  };
}

async function ask({ url, token }: Platform, request: IncomingMessage): Promise<Verdict> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers: [string, string][] = [];
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    headers.push([request.rawHeaders[at] ?? "", request.rawHeaders[at + 1] ?? ""]);
  }
  // Whom the request says that it is of. The server believes nothing of that which is not signed.
  const [, id = "nobody"] = /keyid="([^"]+)"/.exec(String(request.headers["signature-input"])) ?? [];
  const method = request.method ?? "GET";
  const handed = { method, url: `${SHOP}${request.url}`, headers, content: Buffer.concat(chunks).toString("base64") };
  const answer = await fetch(`${url}/access/v1/evaluation`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({
      subject: { type: "agent", id },
      action: { name: method === "GET" ? "read" : "write" },
      resource: { type: "http", id: request.url },
      context: { request: handed },
    }),
  });
  if (!answer.ok) throw new Error(`The server does not decide: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Verdict;
}

/** What the server takes back by itself. Resolves once it is listened to. */
function hear({ url, token }: Platform, flips: Gateway["flips"], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const listen = async () => {
      for await (const told of createTenureClient({ url, token }).flips({ signal })) {
        if (told.kind === "listening") resolve();
        else flips.push({ agent: told.agent, decision: told.to.decision });
      }
    };
    listen().catch(reject);
  });
}
