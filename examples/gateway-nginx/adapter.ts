// What nginx asks by auth_request, as a question to the server: may whoever sent this request do that?
import { createServer, type IncomingMessage } from "node:http";
import { decodeGrants, GrantError } from "@tenure/http-auth";

const { PORT = "9000", ORIGIN = "https://api.example", TENURE_URL = "http://127.0.0.1:8787" } = process.env;
const { TENURE_TOKEN = "", SERVICE_CHECKS_CONTENT } = process.env;

/** Fields of the connection between nginx and this process, and what nginx adds for it. */
const OWN = /^(x-original-.*|host|connection|content-length|transfer-encoding)$/i;

/** Whom the request claims to be of. The server holds that against the proof, so it may be read without one. */
function claimOf({ headers }: IncomingMessage): string {
  const field = headers["erc-8128-delegation"];
  const [, account = "nobody"] = /keyid="(eip155:\d+:0x[0-9a-f]{40})"/.exec(String(headers["signature-input"])) ?? [];
  if (typeof field !== "string") return account;
  try {
    return decodeGrants(field)[0]?.grant.issuer ?? account;
  } catch (error) {
    if (error instanceof GrantError) return account;
    throw error;
  }
}

type Answer = {
  decision?: unknown;
  context?: {
    id: string;
    subject: string;
    reason_user?: Record<string, string>;
    error?: { status: number; headers: Record<string, string> };
  };
};

function questionOf(request: IncomingMessage): object | undefined {
  const one = (name: string) => String(request.headers[`x-original-${name}`] ?? "");
  const target = one("uri");
  const url = new URL(target, ORIGIN);
  // What one of nginx, the server and the service could read as another path is refused.
  if (!target.startsWith("/") || url.href !== ORIGIN + target || /%2f|%5c|\/\//i.test(url.pathname)) return undefined;
  const hasContent = !/^0?$/.test(one("length")) || one("transfer") !== "";
  if (hasContent && SERVICE_CHECKS_CONTENT === undefined) return undefined;
  const pairs = request.rawHeaders.flatMap((name, at, all) => (at % 2 === 0 ? [[name, all[at + 1] ?? ""]] : []));
  const headers = pairs.filter(([name = ""]) => !OWN.test(name));
  const digest = hasContent ? { digest: String(request.headers["content-digest"] ?? "") } : {};
  return {
    subject: { type: "agent", id: claimOf(request) },
    action: { name: one("method") },
    resource: { type: "http", id: url.pathname },
    context: { request: { method: one("method"), url: url.href, headers, ...digest } },
  };
}

/** nginx takes 2xx for yes, 401 and 403 for no, and answers 500 to all else. */
async function decide(request: IncomingMessage): Promise<{ status: number; headers?: Record<string, string> }> {
  const question = questionOf(request);
  if (question === undefined)
    return { status: 403, headers: { "tenure-reason": "This gateway takes no such request." } };
  const answer = await fetch(`${TENURE_URL}/access/v1/evaluation`, {
    method: "POST",
    headers: { authorization: `Bearer ${TENURE_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify(question),
    signal: AbortSignal.timeout(5_000),
  });
  const { decision, context } = (await answer.json()) as Answer;
  if (answer.status !== 200 || typeof decision !== "boolean" || context === undefined) return { status: 503 };
  if (decision) return { status: 204, headers: { "tenure-agent": context.subject, "tenure-decision": context.id } };
  const reason = Object.values(context.reason_user ?? {})
    .join(" ")
    .replace(/[^ -~]/g, "?")
    .slice(0, 1_000);
  const { status = 403, headers = {} } = context.error ?? {};
  return { status: status === 401 ? 401 : 403, headers: { ...headers, "tenure-reason": reason } };
}

const server = createServer(async (request, response) => {
  const { status, headers } = await decide(request).catch((error: Error) => {
    console.error(error.message);
    return { status: 503, headers: undefined };
  });
  response.writeHead(status, headers).end();
});
server.listen(Number(PORT), "127.0.0.1", () => console.log(`listening on ${PORT}`));
