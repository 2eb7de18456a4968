import { serve } from "@hono/node-server";
import { memoryReplayStore } from "@tenure/http-auth";
import { honoGuard } from "@tenure/http-auth/hono";
import { getRegistryAddress, rpcReader, rpcStatusSource } from "@tenure/sdk";
import { Hono } from "hono";
import { createPublicClient, http } from "viem";
import { hardhat } from "viem/chains";

// The chain on your machine. Elsewhere: its chain of viem, and a node of your own.
const client = createPublicClient({ chain: hardhat, transport: http(process.env.RPC_URL ?? "http://127.0.0.1:8545") });

const isOpen = () => process.env.CLOSED === undefined;
const items: string[] = [];

const guard = honoGuard({
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
    "/items": [
      { methods: ["GET"], identity: "required", delegation: true, permissions: ["items:read"] },
      { methods: ["POST"], identity: "required", delegation: true, permissions: ["items:write"] },
    ],
  },
  // The service's own rule, asked after everything is proved.
  decide: (_caller, { action }) =>
    action === "GET" || isOpen() ? true : { allowed: false, reasons: ["nothing is written while the shop is closed"] },
});

const app = new Hono()
  .use(guard)
  .get("/items", (context) => {
    const { principal, identity } = context.get("caller");
    return context.json({ caller: principal, identity: identity?.id, items });
  })
  .post("/items", async (context) => {
    items.push(await context.req.text());
    const { principal, identity } = context.get("caller");
    return context.json({ caller: principal, identity: identity?.id, items });
  });

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(process.env.PORT ?? 3000) }, (info) =>
  console.log(`listening on http://127.0.0.1:${info.port}`),
);
