// Asks a gateway for a place in a subdomain of its own, which Node's resolver may not know: `*.localhost` is nowhere in DNS.

/** Of an answer, what is looked at. */
export type Answer = Pick<Response, "url" | "type" | "ok" | "status" | "body"> & { headers: Pick<Headers, "get"> };

/** Of Node's `http`, what is used here: this package is compiled without Node's types. */
type NodeHttp = { request(options: object, onAnswer: (message: Message) => void): Request };
type Request = { on(event: "error" | "close", listener: (error: Error) => void): Request; end(): void };
type Message = AsyncIterable<Uint8Array> & {
  statusCode: number;
  headers: { location?: string | undefined };
  destroy(): void;
};

/** Not imported: what bundles for browsers would look for it there. Undefined in a browser. */
function nodeHttp(): NodeHttp | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return process?.getBuiltinModule?.("node:http") as NodeHttp | undefined;
}

/**
 * Goes to where the gateway itself is, whatever anybody's DNS says of the subdomain, and names the subdomain in `Host`.
 * Never follows.
 */
export async function askGateway(gateway: URL, url: URL, init: RequestInit & { signal: AbortSignal }): Promise<Answer> {
  const http = gateway.protocol === "http:" ? nodeHttp() : undefined;
  if (http === undefined) return fetch(url, init);
  const { hostname, port } = gateway;
  const headers = { ...(init.headers as Record<string, string>), host: url.host, "accept-encoding": "identity" };
  // A connection of its own: one that is kept would be left open.
  const options = { hostname, port, path: `${url.pathname}${url.search}`, headers, agent: false, signal: init.signal };
  const message = await new Promise<Message>((resolve, reject) => {
    const request = http.request(options, resolve).on("error", reject);
    // Where the answer is another protocol (101), nothing but this tells.
    request.on("close", () => reject(new Error("The connection was closed.")));
    request.end();
  });
  const { statusCode: status } = message;
  const get = (name: string) => (name === "location" ? (message.headers.location ?? null) : null);
  return {
    url: "",
    type: "basic",
    ok: status >= 200 && status < 300,
    status,
    headers: { get },
    body: streamOf(message),
  };
}

/** Piece by piece, as it is asked for. */
function streamOf(message: Message): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pieces = message[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    cancel: () => message.destroy(),
  });
}
