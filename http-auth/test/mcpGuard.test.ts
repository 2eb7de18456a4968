// A guard before an MCP server of the official package, called by its client: in the protocol without sessions of July 2026, and
// as clients of 2025 do.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { expect } from "chai";
import * as z from "zod";
import { callerOf, mcpGuard } from "../src/guards/mcp.ts";
import type { AccessQuestion, GuardOptions } from "../src/guards/types.ts";
import { type Caller, createSignedFetch, signRequest } from "../src/index.ts";
import { guardOptions, origin } from "./utils/guarded.ts";
import { vectorAccount } from "./utils/signers.ts";

const own = { account: vectorAccount, chainId: 1 };
const principal = `eip155:1:${vectorAccount.address.toLowerCase()}`;

/** A server with two tools; each says who called it. */
function makeServer() {
  const server = new McpServer({ name: "items", version: "1.0.0" });
  for (const name of ["read", "remove"]) {
    server.registerTool(name, { inputSchema: z.object({ id: z.number() }) }, async ({ id }, context) => ({
      content: [{ type: "text", text: `${name} ${id} for ${callerOf(context)?.principal}` }],
    }));
  }
  return server;
}

type Asked = Pick<AccessQuestion, "action" | "resource" | "route">;

function guarded(options: Partial<GuardOptions> = {}) {
  const asked: Asked[] = [];
  const callers: Caller[] = [];
  const handle = mcpGuard(
    createMcpHandler(makeServer),
    guardOptions({
      routes: { "/mcp": {} },
      decide: (caller, { action, resource, route }) => {
        asked.push({ action, resource, route });
        callers.push(caller);
        const allowed = resource.type !== "tool" || resource.id === "read";
        return { allowed, reasons: [`no ${resource.id}`] };
      },
      ...options,
    }),
  );
  return { handle, asked, callers };
}

const clients = { "2025": "legacy", "2026-07-28": "auto" } as const;

describe("a guard for an MCP server", () => {
  for (const [protocol, mode] of Object.entries(clients)) {
    it(`should tell a tool who called it, and ask about each tool: a client of ${protocol}`, async () => {
      const { handle, asked, callers } = guarded();
      const signedFetch = createSignedFetch({ ...own, fetch: handle });
      const client = new Client({ name: "agent", version: "1.0.0" }, { versionNegotiation: { mode } });
      const transport = new StreamableHTTPClientTransport(new URL(`${origin}/mcp`), { fetch: signedFetch });
      await client.connect(transport);
      expect(client.getNegotiatedProtocolVersion()?.slice(0, 4)).to.equal(protocol.slice(0, 4));
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name)).to.deep.equal(["read", "remove"]);
      const { content } = await client.callTool({ name: "read", arguments: { id: 7 } });
      expect(content).to.deep.equal([{ type: "text", text: `read 7 for ${principal}` }]);
      const refused: unknown = await client
        .callTool({ name: "remove", arguments: { id: 7 } })
        .catch((reason: unknown) => reason);
      expect(refused).to.be.instanceOf(Error);
      expect(String((refused as Error).message)).to.contain("no remove");
      await client.close();

      const tool = { action: "tools/call", route: "/mcp" };
      expect(asked).to.deep.include({ ...tool, resource: { type: "tool", id: "read" } });
      expect(asked).to.deep.include({ ...tool, resource: { type: "tool", id: "remove" } });
      expect(asked).to.deep.include({
        action: "tools/list",
        resource: { type: "mcp", id: "tools/list" },
        route: "/mcp",
      });
      expect(new Set(callers.map((caller) => caller.principal))).to.deep.equal(new Set([principal]));
    });
  }

  const call = (name: unknown, id = 1) => ({
    jsonrpc: "2.0",
    id,
    method: "tools/call",
    params: { name, arguments: {} },
  });
  const post = async (content: unknown, options: Partial<GuardOptions> = {}) => {
    const { handle, asked } = guarded(options);
    const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
    const body = typeof content === "string" ? content : JSON.stringify(content);
    const request = new Request(`${origin}/mcp`, { method: "POST", headers, body });
    const response = await handle(await signRequest(request, own));
    return { response, asked };
  };

  it("should let nobody in who has not signed", async () => {
    const { handle, asked } = guarded();
    const response = await handle(new Request(`${origin}/mcp`, { method: "POST", body: JSON.stringify(call("read")) }));
    expect([response.status, asked.length]).to.deep.equal([401, 0]);
    expect(await response.json()).to.include({ reason: "signature_missing" });
  });

  it("should let a batch in only where all of it may be", async () => {
    const { response, asked } = await post([call("read"), call("remove", 2)]);
    expect(response.status).to.equal(403);
    expect(await response.json()).to.deep.include({ reasons: ["no remove"] });
    expect(asked.map(({ resource }) => resource.id)).to.deep.equal(["read", "remove"]);
  });

  for (const content of ["", "{", "[]", "null", "[null]", "7", '"text"', { method: 7 }, call(7), call(undefined)]) {
    it(`should not decide about what nobody can read: ${JSON.stringify(content).slice(0, 40)}`, async () => {
      const { response, asked } = await post(content);
      expect([response.status, asked.length]).to.deep.equal([400, 0]);
      expect(await response.json()).to.include({ reason: "ambiguous_request" });
    });
  }

  it("should name resources, prompts and whatever else is asked for", async () => {
    const answers: [unknown, Asked["resource"]][] = [
      [
        { method: "resources/read", params: { uri: "a://b" } },
        { type: "resource", id: "a://b" },
      ],
      [
        { method: "prompts/get", params: { name: "p" } },
        { type: "prompt", id: "p" },
      ],
      [{ method: "constructor" }, { type: "mcp", id: "constructor" }],
      [
        { id: 1, result: {} },
        { type: "mcp", id: "response" },
      ],
    ];
    for (const [message, resource] of answers) {
      const { asked } = await post(message);
      expect(asked.map((question) => question.resource)).to.deep.equal([resource]);
    }
    const { handle, asked } = guarded();
    await handle(await signRequest(new Request(`${origin}/mcp`, { method: "DELETE" }), own));
    expect(asked).to.deep.equal([{ action: "DELETE", resource: { type: "mcp", id: "/mcp" }, route: "/mcp" }]);
  });

  const secret = "items://shop/secret";
  for (const uri of [
    "ITEMS://shop/secret",
    "items://shop/public/../secret",
    "items://shop/public/%2e%2e/secret",
    " items://shop/secret",
    "items://shop/sec\tret",
  ]) {
    it(`should not be asked about a resource by another name than the server's: ${JSON.stringify(uri)}`, async () => {
      const read: string[] = [];
      const asked: string[] = [];
      const handle = mcpGuard(
        createMcpHandler(() => {
          const server = makeServer();
          server.registerResource("secret", secret, {}, async () => {
            read.push(secret);
            return { contents: [{ uri: secret, text: "secret" }] };
          });
          return server;
        }),
        guardOptions({
          routes: { "/mcp": {} },
          decide: (_, { resource }) => {
            asked.push(resource.id);
            return resource.id !== secret;
          },
        }),
      );
      const message = { jsonrpc: "2.0", id: 1, method: "resources/read", params: { uri } };
      const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
      const request = new Request(`${origin}/mcp`, { method: "POST", headers, body: JSON.stringify(message) });
      const response = await handle(await signRequest(request, own));
      expect(await response.text()).to.contain("ambiguous_request");
      expect([response.status, read, asked]).to.deep.equal([400, [], []]);
    });
  }

  it("should say what it demands", async () => {
    const { handle } = guarded();
    const response = await handle(new Request(`${origin}/.well-known/erc8128`));
    expect(await response.json()).to.have.nested.property("route_policies./mcp.replay", "non-replayable");
  });
});
