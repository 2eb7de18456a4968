// What servers that stand before a real node have in common.
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** One JSON-RPC request, as it goes over the wire. */
export interface RpcRequest {
  id: number;
  method: string;
  params: readonly unknown[];
}

/** Listens on a free port. */
export async function listening(listener: RequestListener): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, close };
}

/** Asks the node, and answers what it answers. */
export async function forward(target: string, request: RpcRequest): Promise<unknown> {
  const options = { method: "POST", headers: { "content-type": "application/json" } };
  const response = await fetch(target, { ...options, body: JSON.stringify(request) });
  return response.json();
}
