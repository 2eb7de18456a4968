// A platform whose guard lets in whoever signs, behind a real server: what the command line's requests go to.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Caller, memoryReplayStore } from "@tenure/http-auth";
import { fetchGuard } from "@tenure/http-auth/fetch";
import { addressBook } from "@tenure/sdk";
import { createPublicClient, http } from "viem";
import { hardhat } from "viem/chains";
import type { World } from "../../../sdk/test/utils/world.ts";

/** Where it says that it is. */
export const origin = "https://api.example";

/** What it answers with, however that is not text. */
export const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);

export interface Platform {
  url: string;
  /** The requests that its guard let in, in their order. */
  seen: { method: string; path: string; host: string | null; headers: Headers; caller: Caller; content: Buffer }[];
  close: () => Promise<void>;
}

/** Starts it beside a chain, on which it looks for code and for revocations. */
export async function startPlatform(world: World): Promise<Platform> {
  const seen: Platform["seen"] = [];
  const registry = addressBook[hardhat.id]?.delegationRegistry;
  if (registry === undefined) throw new Error("the local chain has no registry of revocations");
  const guarded = fetchGuard(
    async (request, caller, wire: Pick<ServerResponse, "destroy">) => {
      const { pathname, search } = new URL(request.url);
      const content = Buffer.from(await request.arrayBuffer());
      const { method, headers } = request;
      seen.push({ method, path: pathname + search, host: headers.get("host"), headers, caller, content });
      if (pathname === "/lost") {
        wire.destroy();
        return new Response();
      }
      if (pathname === "/moved") return new Response("over there", { status: 302, headers: { location: "/items" } });
      if (pathname === "/full") return new Response("no room\u001b[2J", { status: 507 });
      if (pathname === "/bytes") return new Response(bytes);
      if (pathname === "/empty") return new Response(null, { status: 204 });
      return Response.json({ principal: caller.principal, signer: caller.signer, content: content.toString() });
    },
    {
      clients: [createPublicClient({ chain: hardhat, transport: http(world.url, { retryCount: 0 }) })],
      origins: [origin],
      replay: memoryReplayStore(),
      delegation: { registries: { [hardhat.id]: registry }, statusLifetime: 0 },
      routes: {
        "/items": { delegation: true, permissions: ["items:read"] },
        "/admin": { delegation: true, permissions: ["admin"] },
        "/reasoned": { requiredComponents: ["x-reason"] },
        default: {},
      },
      decide: (_, { resource }) => {
        if (resource.id !== "/closed") return true;
        return { allowed: false, reasons: ["closed today"] };
      },
    },
  );
  const server = createServer(async (incoming, outgoing) => {
    const answer = await guarded(await requestOf(incoming), outgoing);
    if (outgoing.destroyed) return;
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const headers = new Headers();
  for (const [index, name] of incoming.rawHeaders.entries()) {
    if (index % 2 === 0) headers.append(name, incoming.rawHeaders[index + 1] ?? "");
  }
  const body = pieces.length === 0 ? {} : { body: new Uint8Array(Buffer.concat(pieces)) };
  return new Request(`${origin}${incoming.url}`, { method: incoming.method ?? "GET", headers, ...body });
}
