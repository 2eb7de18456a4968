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
  /**
   * What fetches, in the place of `fetch`: for proxies, and to keep a server away from addresses of its own network. Where
   * a place leads on to another, it is called for each, with `redirect: "manual"`.
   */
  fetchFn?: typeof fetch | undefined;
};

export async function fetchFile(uri: string, parameters: FetchParameters): Promise<string> {
  const { maxBytes = 262_144, ipfsGateway } = parameters;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1]?.toLowerCase();
  if (scheme === "data") return readData(uri, maxBytes);
  if (scheme !== "https" && scheme !== "ipfs") throw new UnsupportedURIError({ uri });
  // A URL loses some of these on its way and takes others for slashes: what is opened would not be what was looked at.
  if (UNSEEN.test(uri) || !URL.canParse(uri)) throw new UnsupportedURIError({ uri });
  if (scheme === "https") return download(uri, new URL(uri), isHttps, parameters, maxBytes);
  if (ipfsGateway === undefined) throw new GatewayRequiredError({ uri });
  if (!URL.canParse(ipfsGateway)) throw new RegistrationFileUnavailableError({ uri, reason: "the gateway is no URL" });
  const folder = new URL(ipfsGateway.replace(/\/*$/, "/"));
  const isAllowed = (url: URL) => isHttps(url) || isIn(folder, url);
  return download(uri, inGateway(uri, folder), isAllowed, parameters, maxBytes);
}

/** Blanks, control characters and backslashes. */
const UNSEEN = /[^\u0021-\u005b\u005d-\u007e\u0080-\uffff]/;

const isHttps = ({ protocol }: URL) => protocol === "https:";

const isIn = (folder: URL, { origin, pathname }: URL) =>
  origin === folder.origin && pathname.startsWith(folder.pathname);

/** Where the gateway has it: in its folder, and nowhere else. */
function inGateway(uri: string, folder: URL): URL {
  const path = uri.slice("ipfs://".length).replace(/^ipfs\//, "");
  // What would lead out of the folder, or to another host, is no path of IPFS.
  if (!/^ipfs:\/\/[\w-]/i.test(uri) || /(^|\/)\.\.?(\/|$)|[?#]|%2e|%2f|%5c/i.test(path)) {
    throw new UnsupportedURIError({ uri });
  }
  const url = new URL(`${folder.href}${path}`);
  // Whatever the pattern missed.
  if (!isIn(folder, url)) throw new UnsupportedURIError({ uri });
  return url;
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

async function download(
  uri: string,
  url: URL,
  isAllowed: (url: URL) => boolean,
  parameters: FetchParameters,
  maxBytes: number,
): Promise<string> {
  const { timeout = 10_000, fetchFn = fetch } = parameters;
  const signal = AbortSignal.timeout(timeout);
  try {
    const response = await follow(uri, url, isAllowed, (place) =>
      fetchFn(place, { signal, headers: { accept: "application/json" }, redirect: "manual" }),
    );
    if (!response.ok) throw new RegistrationFileUnavailableError({ uri, reason: `status ${response.status}` });
    return await readBody(uri, response, maxBytes);
  } catch (cause) {
    if (cause instanceof RegistrationFileUnavailableError) throw cause;
    const reason = signal.aborted ? `no answer within ${timeout} ms` : "its place does not answer";
    throw new RegistrationFileUnavailableError({ uri, reason }, { cause: cause as Error });
  }
}

/** How many times a place may name another one. */
const MOST_HOPS = 5;

/** Asks one place after the other, and looks at each before it asks there. */
async function follow(
  uri: string,
  first: URL,
  isAllowed: (url: URL) => boolean,
  ask: (place: string) => Promise<Response>,
): Promise<Response> {
  const refused = (reason: string) => new RegistrationFileUnavailableError({ uri, reason });
  let url = first;
  for (let hops = 0; ; hops++) {
    const response = await ask(url.href);
    // A `fetchFn` may follow by itself, after all.
    if (response.url !== "" && !isAllowed(new URL(response.url))) throw refused("it leads away from https");
    if (response.type === "opaqueredirect") throw refused("it leads to a place that a browser does not tell");
    const location = response.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    await response.body?.cancel();
    if (hops === MOST_HOPS) throw refused(`it leads on more than ${MOST_HOPS} times`);
    if (UNSEEN.test(location) || !URL.canParse(location, url.href)) throw refused("it leads to a place that is no URL");
    url = new URL(location, url);
    if (!isAllowed(url)) throw refused("it leads away from https");
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
