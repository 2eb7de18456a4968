// A gateway before a shop. It knows no signatures: it hands each request over to the platform's server, and does what that says.
import { createServer, type IncomingMessage } from "node:http";
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
  const headers = { authorization: `Bearer ${platform.token}` };
  const stream = await fetch(`${platform.url}/v1/flips`, { headers, signal: ended.signal });
  void hear(stream, flips);
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

/** What the server takes back by itself. */
async function hear(stream: Response, flips: Gateway["flips"]): Promise<void> {
  let text = "";
  const decoder = new TextDecoder();
  try {
    for await (const chunk of stream.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const messages = text.split("\n\n");
      text = messages.pop() ?? "";
      for (const message of messages.filter((one) => one.includes("event: flip"))) {
        const { agent, to } = JSON.parse(/^data: (.*)$/m.exec(message)?.[1] ?? "{}");
        flips.push({ agent, decision: to.decision });
      }
    }
  } catch {
    // The gateway ends.
  }
}
