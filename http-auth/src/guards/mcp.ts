import { AccessError } from "../errors/accessError.ts";
import type { Caller } from "../verify/types.ts";
import { type Described, guardOf } from "./guard.ts";
import type { GuardOptions } from "./types.ts";

/** What a handler of MCP is told about its caller: the `AuthInfo` of `@modelcontextprotocol/server`. */
export interface McpAuthInfo {
  /** Empty: a signed request has no token, and nothing that could be used again. */
  token: string;
  /** Who signed. */
  clientId: string;
  /** What the grants permit at this origin; nothing where the account signed itself, which nothing narrows. */
  scopes: string[];
  /** Seconds since 1970. */
  expiresAt: number;
  /** The caller, under `caller`. */
  extra: Record<string, unknown>;
}

/** What `createMcpHandler` of `@modelcontextprotocol/server` makes, as far as it is called here. */
export interface McpFetchHandler {
  readonly fetch: (request: Request, options: { authInfo: McpAuthInfo }) => Promise<Response>;
}

/** The parts of a message of MCP that say what it asks for. */
interface Message {
  readonly method?: unknown;
  readonly params?: { readonly name?: unknown; readonly uri?: unknown };
}

/** Of what a method speaks, and by which parameter. */
const RESOURCES: Readonly<Record<string, { type: string; id: "name" | "uri" }>> = {
  "tools/call": { type: "tool", id: "name" },
  "prompts/get": { type: "prompt", id: "name" },
  "resources/read": { type: "resource", id: "uri" },
  "resources/subscribe": { type: "resource", id: "uri" },
  "resources/unsubscribe": { type: "resource", id: "uri" },
};

const unreadable = () =>
  new AccessError("ambiguous_request", "The content is no message of MCP that asks for something.");

/** Servers look a URI up in its normal form: under another one, something else would be decided on than is read. */
function checkUri(uri: string): void {
  if (!URL.canParse(uri) || new URL(uri).href === uri) return;
  throw new AccessError("ambiguous_request", "The URI of the resource is not in its normal form. Send that one.");
}

function describeMessage(message: Message | null): Described {
  const { method, params } = message ?? {};
  // The answer of a client to a question of the server. It asks for nothing, and is decided on like anything else.
  if (method === undefined) return { action: "response", resource: { type: "mcp", id: "response" } };
  if (typeof method !== "string") throw unreadable();
  const known = Object.hasOwn(RESOURCES, method) ? RESOURCES[method] : undefined;
  if (known === undefined) return { action: method, resource: { type: "mcp", id: method } };
  const id = params?.[known.id];
  if (typeof id !== "string") throw unreadable();
  if (known.id === "uri") checkUri(id);
  return { action: method, resource: { type: known.type, id } };
}

/** What a request asks for: its messages, or what it does with a session of the older protocol. */
async function describeMcp(request: Request): Promise<readonly Described[]> {
  if (request.method !== "POST") {
    return [{ action: request.method, resource: { type: "mcp", id: new URL(request.url).pathname } }];
  }
  let content: unknown;
  try {
    content = JSON.parse(await request.clone().text());
  } catch {
    throw unreadable();
  }
  const messages: readonly unknown[] = Array.isArray(content) ? content : [content];
  if (messages.length === 0 || messages.some((message) => typeof message !== "object" || message === null)) {
    throw unreadable();
  }
  return messages.map((message) => describeMessage(message as Message));
}

/**
 * Puts a guard before an MCP server. The decision point is asked about each message: the method of MCP is the action, and the tool,
 * resource or prompt is what it is done to. Handlers find who called by {@link callerOf}.
 *
 * @param handler What `createMcpHandler` of `@modelcontextprotocol/server` makes.
 * @param options The routes, how callers are checked, and who decides.
 * @returns The guarded handler, of the Fetch API. It answers refusals in `application/problem+json`, and `/.well-known/erc8128`.
 * @throws InvalidOptionError when the options cannot work.
 */
export function mcpGuard(handler: McpFetchHandler, options: GuardOptions): (request: Request) => Promise<Response> {
  const guard = guardOf(options, describeMcp);
  return async (request) => {
    const document = guard.discovery(request);
    if (document !== undefined) return document;
    let caller: Caller;
    try {
      caller = await guard.admit(request);
    } catch (error) {
      const answer = guard.refusal(error);
      if (answer !== undefined) return answer;
      throw error;
    }
    const { signer, permissions = [], expiresAt } = caller;
    const authInfo = { token: "", clientId: signer, scopes: [...permissions], expiresAt, extra: { caller } };
    return handler.fetch(request, { authInfo });
  };
}

/** The context of a tool, a resource or a prompt, as far as it is read here. */
interface McpContext {
  readonly http?: { readonly authInfo?: { readonly extra?: Record<string, unknown> } };
}

/**
 * Who called, in the context that a tool, a resource or a prompt gets as its last argument.
 *
 * @returns `undefined` where no guard stands before the server.
 */
export function callerOf(context: McpContext): Caller | undefined {
  return context.http?.authInfo?.extra?.caller as Caller | undefined;
}
