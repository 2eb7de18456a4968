// Opens a URI that a stranger wrote into a contract: few schemes, not much of it, not for long.
import {
  GatewayRequiredError,
  RegistrationFileUnavailableError,
  UnsupportedURIError,
} from "../errors/registrationFile.ts";

/** How to fetch. */
export type FetchParameters = {
  /** Where files on IPFS are read, such as `http://127.0.0.1:8080/ipfs/`. */
  ipfsGateway?: string | undefined;
  /** Bytes after which to give up; 262,144 where left out. */
  maxBytes?: number | undefined;
  /** Milliseconds after which to give up; 10,000 where left out. */
  timeout?: number | undefined;
  /** What fetches, in the place of `fetch`: for proxies, and to keep a server away from addresses of its own network. */
  fetchFn?: typeof fetch | undefined;
};

export async function fetchFile(uri: string, parameters: FetchParameters): Promise<string> {
  const { maxBytes = 262_144 } = parameters;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1]?.toLowerCase();
  if (scheme === "data") return readData(uri, maxBytes);
  if (scheme === "https") return download(uri, uri, parameters, maxBytes);
  if (scheme !== "ipfs") throw new UnsupportedURIError({ uri });
  const { ipfsGateway } = parameters;
  if (ipfsGateway === undefined) throw new GatewayRequiredError({ uri });
  const path = uri.slice("ipfs://".length).replace(/^ipfs\//, "");
  // What would lead out of the gateway's folder, or to another host, is no path of IPFS.
  if (!/^ipfs:\/\/[\w-]/i.test(uri) || /(^|\/)\.\.?(\/|$)|[\\?#]|%2e|%2f|%5c/i.test(path)) {
    throw new UnsupportedURIError({ uri });
  }
  return download(uri, `${ipfsGateway.replace(/\/*$/, "/")}${path}`, parameters, maxBytes);
}

/** RFC 2397: a kind, perhaps `;base64`, a comma, the content. */
function readData(uri: string, maxBytes: number): string {
  // Base64 and percent signs only lengthen, at most threefold.
  if (uri.length > 3 * maxBytes + 256) throw tooLong("data:…", maxBytes);
  const comma = uri.indexOf(",");
  if (comma === -1) throw new RegistrationFileUnavailableError({ uri, reason: "it has no content" });
  const content = uri.slice(comma + 1);
  try {
    const plain = decodeURIComponent(content);
    if (!/;base64$/i.test(uri.slice(0, comma))) return limited(new TextEncoder().encode(plain), maxBytes);
    return limited(
      Uint8Array.from(atob(plain), (character) => character.charCodeAt(0)),
      maxBytes,
    );
  } catch (cause) {
    if (cause instanceof RegistrationFileUnavailableError) throw cause;
    throw new RegistrationFileUnavailableError({ uri, reason: "its encoding is broken" }, { cause: cause as Error });
  }
}

function limited(bytes: Uint8Array, maxBytes: number): string {
  if (bytes.length > maxBytes) throw tooLong("data:…", maxBytes);
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

async function download(uri: string, url: string, parameters: FetchParameters, maxBytes: number): Promise<string> {
  const { timeout = 10_000, fetchFn = fetch } = parameters;
  const signal = AbortSignal.timeout(timeout);
  try {
    const response = await fetchFn(url, { signal, headers: { accept: "application/json" } });
    // A redirection may not lead from https to a place that anybody on the way can write.
    if (url.startsWith("https:") && !/^(https:|$)/.test(response.url)) {
      throw new RegistrationFileUnavailableError({ uri, reason: "it leads away from https" });
    }
    if (!response.ok) throw new RegistrationFileUnavailableError({ uri, reason: `status ${response.status}` });
    return await readBody(uri, response, maxBytes);
  } catch (cause) {
    if (cause instanceof RegistrationFileUnavailableError) throw cause;
    const reason = signal.aborted ? `no answer within ${timeout} ms` : "its place does not answer";
    throw new RegistrationFileUnavailableError({ uri, reason }, { cause: cause as Error });
  }
}

/** Piece by piece, because a length that a server announces need not be true. */
async function readBody(uri: string, { body }: Response, maxBytes: number): Promise<string> {
  if (body === null) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let seen = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    seen += value.length;
    if (seen > maxBytes) {
      await reader.cancel();
      throw tooLong(uri, maxBytes);
    }
    text += decoder.decode(value, { stream: true });
  }
}

function tooLong(uri: string, maxBytes: number) {
  return new RegistrationFileUnavailableError({ uri, reason: `it is longer than ${maxBytes} bytes` });
}
