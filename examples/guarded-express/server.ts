import type { AddressInfo } from "node:net";
import { memoryReplayStore } from "@tenure/http-auth";
import { expressGuard } from "@tenure/http-auth/express";
import { getRegistryAddress, rpcReader, rpcStatusSource } from "@tenure/sdk";
import express from "express";
import { createPublicClient, http } from "viem";
import { hardhat } from "viem/chains";

// The chain on your machine. Elsewhere: its chain of viem, and a node of your own.
const client = createPublicClient({ chain: hardhat, transport: http(process.env.RPC_URL ?? "http://127.0.0.1:8545") });

const isOpen = () => process.env.CLOSED === undefined;
const items: string[] = [];

const guard = expressGuard({
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

const app = express();
// Before any parser: what was signed is the content as it came.
app.use(guard);
app.use(express.text());
app.get("/items", ({ caller }, response) => {
  response.json({ caller: caller.principal, identity: caller.identity?.id, items });
});
app.post("/items", ({ caller, body }, response) => {
  items.push(body);
  response.json({ caller: caller.principal, identity: caller.identity?.id, items });
});

const server = app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
