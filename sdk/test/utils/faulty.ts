import { forward, listening, type RpcRequest } from "./relay.ts";

/** What a node answers one request with. */
export type Answer = { result: unknown } | { error: { code: number; message: string; data?: unknown } };

/** What is answered in its place: an answer of JSON-RPC, one of HTTP, or none, as when a connection breaks. */
export type Reply =
  | (Answer & { status?: number; headers?: Record<string, string> })
  | { status: number; body: string; headers?: Record<string, string> }
  | "nothing";

/**
 * What happens to one request: the reply in the node's place, or undefined for the node's own. `ask` asks the node, this
 * request or another one.
 */
export type Impose = (
  request: RpcRequest,
  ask: (request?: Pick<RpcRequest, "method" | "params">) => Promise<Answer>,
) => Promise<Reply | undefined> | Reply | undefined;

/** A real node behind a server that does to it what happens in the field, and counts what was asked. */
export async function faulty(target: string, impose: Impose) {
  const seen: RpcRequest[] = [];
  const { url, close } = await listening(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request = { params: [], ...JSON.parse(Buffer.concat(chunks).toString()) } as RpcRequest;
    seen.push(request);
    const ask = (other: Pick<RpcRequest, "method" | "params"> = request) =>
      forward(target, { ...request, ...other }) as Promise<Answer>;
    const reply = (await impose(request, ask)) ?? (await ask());
    if (reply === "nothing") return void incoming.socket.destroy();
    const { status = 200, headers = {} } = reply as { status?: number; headers?: Record<string, string> };
    if ("body" in reply) return void outgoing.writeHead(status, headers).end(reply.body);
    const { result, error } = reply as { result?: unknown; error?: unknown };
    const content = { jsonrpc: "2.0", id: request.id, ...(error === undefined ? { result } : { error }) };
    outgoing.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(content));
  });
  return { url, seen, close };
}
