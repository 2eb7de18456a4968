import { createClient, type HttpTransportConfig, http } from "viem";
import { hardhat } from "viem/chains";

/** What reading in one way took. */
export interface Reading {
  way: string;
  /** HTTP requests. */
  requests: number;
  /** Kilobytes of the largest request, and of the largest answer as far as viem read it: no more than 10 MB. */
  sent: number;
  received: number;
  /** Milliseconds, on this machine and in this run. */
  milliseconds: number;
}

/** Connects to one node, and counts what goes over the wire. */
export function meter(url: string) {
  const seen = { requests: 0, sent: 0, received: 0 };
  const fetchFn: typeof fetch = async (input, init) => {
    seen.requests += 1;
    seen.sent = Math.max(seen.sent, String(init?.body).length);
    const response = await fetch(input, init);
    let length = 0;
    const count = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        length += chunk.length;
        seen.received = Math.max(seen.received, length);
        controller.enqueue(chunk);
      },
    });
    return new Response(response.body?.pipeThrough(count), response);
  };
  return {
    connect: (config: HttpTransportConfig = {}, batch?: { multicall: { deployless: true } }) =>
      createClient({ chain: hardhat, ...(batch && { batch }), transport: http(url, { ...config, fetchFn }) }),
    /** Reads, and checks that what was read is right. */
    measure: async (way: string, read: () => Promise<boolean>): Promise<Reading> => {
      Object.assign(seen, { requests: 0, sent: 0, received: 0 });
      const start = performance.now();
      const isRight = await read();
      const milliseconds = performance.now() - start;
      if (!isRight) throw new Error(`${way}: wrong`);
      const { requests, sent, received } = seen;
      return { way, requests, sent: Math.ceil(sent / 1_000), received: Math.ceil(received / 1_000), milliseconds };
    },
  };
}
