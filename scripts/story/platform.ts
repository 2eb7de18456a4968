// What the story's platform runs beside its services: the server, on a folder of its own that ends with it.
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { getRequestListener } from "@hono/node-server";
import { memoryReplayStore } from "@tenure/http-auth";
import { shortAddresses } from "@tenure/sdk";
import { createServer, type TenureServer } from "@tenure/server";
import type { StoryClient } from "./cast.ts";

/** The origin under which agents know the shop, wherever its gateway listens. */
export const SHOP = "https://shop.example";

/** 45 days, as the message board wants. */
const TENURE = 45 * 86_400;

const POLICIES = `@id("shop.look")
permit (principal is Tenure::Agent, action == Tenure::Action::"read", resource)
when { context.facts.identity.status == "active" };

@id("shop.buy")
permit (principal is Tenure::Agent, action == Tenure::Action::"write", resource)
when {
  context.facts.identity.status == "active" &&
  context.facts.identity.tenure >= ${TENURE} &&
  context.facts.stakes.vouchingCount >= 1 &&
  context.facts.stakes.warningCount == 0
};
`;

/** The server, listening. */
export interface Platform {
  url: string;
  /** What the gateway shows that it is the gateway. */
  token: string;
  server: TenureServer;
  close: () => Promise<void>;
}

/** Starts it on the story's chain. */
export async function startPlatform(client: StoryClient, anchors: readonly number[]): Promise<Platform> {
  const folder = mkdtempSync(path.join(tmpdir(), "tenure-story-"));
  const tenant = path.join(folder, "policies/shop");
  mkdirSync(tenant, { recursive: true });
  writeFileSync(path.join(tenant, "shop.cedar"), POLICIES);
  const token = randomBytes(16).toString("hex");
  let answer: TenureServer["fetch"] | undefined;
  const listening = createHttpServer(
    getRequestListener((request) => answer?.(request) ?? new Response(null, { status: 503 })),
  );
  const url = await listen(listening);
  const server = await createServer({
    ...{ publicUrl: url, version: "story" },
    database: { folder: path.join(folder, "data") },
    // The chain's time is its own, and moves only when somebody does something.
    chains: [
      {
        ...{ client, addresses: shortAddresses, anchors },
        ...{ maxLag: 30, freshBy: "answer", pollingInterval: 100 },
      },
    ],
    policies: { folder: path.join(folder, "policies"), defaultTenant: "shop" },
    enforcementPoints: [
      { id: "gateway", tokenHashes: [createHash("sha256").update(token).digest("hex")], mayAssertProof: false },
    ],
    requests: { origins: [SHOP], replay: memoryReplayStore() },
    log: { folder: path.join(folder, "log") },
  });
  answer = server.fetch;
  while ((await server.notReady()).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  return {
    ...{ url, token, server },
    close: async () => {
      server.drain();
      listening.close();
      listening.closeAllConnections();
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Listens on a port that is free, of this machine alone. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
