import { forward, listening, type RpcRequest } from "./relay.ts";

/** What a guard answers in the node's place: an error of JSON-RPC, or a status of HTTP. */
export type Refusal = { code: number; message: string } | { status: number };

export interface Guard {
  /** Undefined lets a request through. */
  request?: (request: RpcRequest) => Refusal | undefined;
  /** Undefined lets an answer through. */
  answer?: (request: RpcRequest, result: unknown) => Refusal | undefined;
  /** The most bytes of a body; more is answered with status 413, as web servers do. */
  bytes?: number;
}

/** A real node behind a server that refuses what public nodes refuse, and counts what passes. */
export async function guarded(target: string, guard: Guard) {
  const seen: { requests: RpcRequest[]; posts: number; largest: number; refused: number } = {
    requests: [],
    posts: 0,
    largest: 0,
    refused: 0,
  };
  const { url, close } = await listening(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    seen.posts += 1;
    const reply = (status: number, content: unknown) => {
      outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(content));
    };
    if (body.length > (guard.bytes ?? Number.POSITIVE_INFINITY)) {
      seen.refused += 1;
      return reply(413, { error: "too large" });
    }
    seen.largest = Math.max(seen.largest, body.length);
    const parsed = JSON.parse(body.toString()) as RpcRequest | RpcRequest[];
    const answers: unknown[] = [];
    for (const { params = [], ...rest } of [parsed].flat()) {
      const request = { ...rest, params };
      seen.requests.push(request);
      let refusal = guard.request?.(request);
      if (refusal === undefined) {
        const answer = await forward(target, request);
        refusal = guard.answer?.(request, (answer as { result?: unknown }).result);
        if (refusal === undefined) {
          answers.push(answer);
          continue;
        }
      }
      seen.refused += 1;
      if ("status" in refusal) return reply(refusal.status, { error: "refused" });
      answers.push({ jsonrpc: "2.0", id: request.id, error: refusal });
    }
    reply(200, Array.isArray(parsed) ? answers : answers[0]);
  });
  return { url, seen, close };
}
