import { readFileSync } from "node:fs";
import path from "node:path";

/** The file of the draft's vectors, as far as the tests read it. */
export interface Vectors {
  codes: string[];
  status400: string[];
  status503: string[];
  limits: Record<string, number>;
  positive: {
    keyid: string;
    request: { method: string; target: string; headers: Record<string, string>; body: string };
    signatureBaseBytes: number;
    signatureBase: string;
    H: string;
    S: string;
    expect: Record<string, string>;
  };
  mutations: { row: number; mutation: string; expect: string; status: number }[];
}

export const vectors = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../vectors/erc8128.json"), "utf8"),
) as Vectors;

/** What a mutation changes of the positive vector. */
export interface Change {
  headers?: Readonly<Record<string, string | undefined>>;
  target?: string;
  body?: string | ReadableStream<Uint8Array>;
}

/** The request of the positive vector, or one like it. */
export function vectorRequest({ headers = {}, target, body }: Change = {}): Request {
  const { request } = vectors.positive;
  const all = Object.entries({ ...request.headers, ...headers }).filter(([name, value]) => {
    // fetch sets these two itself.
    return value !== undefined && !["Host", "Content-Length"].includes(name);
  });
  return new Request(`http://10.0.0.7:8080${target ?? request.target}`, {
    method: request.method,
    headers: Object.fromEntries(all) as Record<string, string>,
    body: body ?? request.body,
    ...(body instanceof ReadableStream && { duplex: "half" }),
  } as RequestInit);
}
