// The service that the guide for agents calls: that of the guide for platforms, on the world of a test.
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { memoryReplayStore } from "@tenure/http-auth";
import { fetchGuard } from "@tenure/http-auth/fetch";
import { getRegistryAddress, rpcReader } from "@tenure/sdk";
import type { Member } from "../../../sdk/test/utils/world.ts";

/** A guarded service, until it is closed. */
export interface Service {
  readonly url: string;
  readonly close: () => Promise<void>;
}

export async function startService(client: Member): Promise<Service> {
  const items: string[] = [];
  const handle = fetchGuard(
    async (request) => {
      if (request.method === "POST") items.push(await request.text());
      return Response.json(items);
    },
    {
      clients: [client],
      origins: ["https://api.example"],
      replay: memoryReplayStore(),
      reader: rpcReader(client),
      delegation: {
        registries: { [client.chain.id]: getRegistryAddress(client, "delegationRegistry") },
        statusLifetime: 0,
      },
      routes: {
        "/items": [
          { methods: ["GET"], identity: "required", delegation: true, permissions: ["items:read"] },
          { methods: ["POST"], identity: "required", delegation: true, permissions: ["items:write"] },
        ],
      },
      decide: () => true,
    },
  );
  const server = serve({ fetch: handle, hostname: "127.0.0.1", port: 0 }) as Server;
  if (!server.listening) await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
