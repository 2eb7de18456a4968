import { serve } from "@hono/node-server";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { memoryReplayStore } from "@tenure/http-auth";
import { callerOf, mcpGuard } from "@tenure/http-auth/mcp";
import { getRegistryAddress, rpcReader, rpcStatusSource } from "@tenure/sdk";
import { createPublicClient, http } from "viem";
import { hardhat } from "viem/chains";
import * as z from "zod";

// The chain on your machine. Elsewhere: its chain of viem, and a node of your own.
const client = createPublicClient({ chain: hardhat, transport: http(process.env.RPC_URL ?? "http://127.0.0.1:8545") });

const items: string[] = [];

function createServer(): McpServer {
  const server = new McpServer({ name: "items", version: "1.0.0" });
  server.registerTool("list", { description: "All items." }, async (context) => ({
    content: [{ type: "text", text: JSON.stringify({ caller: callerOf(context)?.principal, items }) }],
  }));
  server.registerTool("add", { inputSchema: z.object({ item: z.string() }) }, async ({ item }) => {
    items.push(item);
    return { content: [{ type: "text", text: "added" }] };
  });
  return server;
}

const handle = mcpGuard(createMcpHandler(createServer), {
  clients: [client],
  // Where callers send their requests, whatever this process listens on.
  origins: ["https://api.example"],
  replay: memoryReplayStore(),
  // Who an account is: the registries say it anew for each request.
  reader: rpcReader(client),
  delegation: {
    registries: { [hardhat.id]: getRegistryAddress(client, "delegationRegistry") },
    // One request for all grants of a chain, and nobody believed but that registry's own code.
    status: rpcStatusSource([client]),
  },
  routes: {
    "/mcp": { methods: ["POST"], identity: "required", delegation: true },
  },
  // Asked about each tool. Where the caller acts by grants, these have to permit it.
  decide: ({ permissions }, { resource }) => {
    const needed = resource.id === "add" ? "items:write" : "items:read";
    const isGranted = resource.type !== "tool" || permissions === undefined || permissions.includes(needed);
    return isGranted ? true : { allowed: false, reasons: [`the grants do not permit ${needed}`] };
  },
});

serve({ fetch: handle, hostname: "127.0.0.1", port: Number(process.env.PORT ?? 3000) }, (info) =>
  console.log(`listening on http://127.0.0.1:${info.port}`),
);
