import { memoryReplayStore } from "@tenure/http-auth";
import { fastifyGuard } from "@tenure/http-auth/fastify";
import { getRegistryAddress, rpcReader, rpcStatusSource } from "@tenure/sdk";
import fastify from "fastify";
import { createPublicClient, http } from "viem";
import { hardhat } from "viem/chains";

// The chain on your machine. Elsewhere: its chain of viem, and a node of your own.
const client = createPublicClient({ chain: hardhat, transport: http(process.env.RPC_URL ?? "http://127.0.0.1:8545") });

const isOpen = () => process.env.CLOSED === undefined;
const items: string[] = [];

const app = fastify();
await app.register(fastifyGuard, {
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
app.get("/items", async ({ caller }) => ({ caller: caller.principal, identity: caller.identity?.id, items }));
app.post<{ Body: string }>("/items", async ({ caller, body }) => {
  items.push(body);
  return { caller: caller.principal, identity: caller.identity?.id, items };
});

console.log(`listening on ${await app.listen({ host: "127.0.0.1", port: Number(process.env.PORT ?? 3000) })}`);
