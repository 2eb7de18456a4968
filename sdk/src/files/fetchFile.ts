// Opens a URI that a stranger wrote into a contract: few schemes, not much of it, not for long.
import {
  GatewayRequiredError,
  RegistrationFileUnavailableError,
  UnsupportedURIError,
} from "../errors/registrationFile.ts";
import { type Answer, askGateway } from "./askGateway.ts";
import { gatewayAt, type IpfsGateway } from "./ipfsGateway.ts";
import { readData } from "./readData.ts";

/** How to fetch. */
export type FetchParameters = {
  /**
   * Where files on IPFS are read, such as `http://127.0.0.1:8080/ipfs/`. One that gives each content a subdomain, such as
   * `http://localhost:8080/ipfs/`, is followed there.
   */
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
  if (scheme === "https") return download(uri, new URL(uri), parameters, maxBytes);
  if (ipfsGateway === undefined) throw new GatewayRequiredError({ uri });
  const gateway = gatewayAt(ipfsGateway, uri);
  return download(uri, gateway.placeOf(uri), parameters, maxBytes, gateway);
}

/** Blanks, control characters and backslashes. */
const UNSEEN = /[^\u0021-\u005b\u005d-\u007e\u0080-\uffff]/;

async function download(
  uri: string,
  url: URL,
  { timeout = 10_000, fetchFn }: FetchParameters,
  maxBytes: number,
  gateway?: IpfsGateway,
): Promise<string> {
  const refused = refusal(uri, gateway);
  const signal = AbortSignal.timeout(timeout);
  const init = { signal, headers: { accept: "application/json" }, redirect: "manual" } as const;
  // A subdomain of the gateway's is the gateway again. What the caller chose to fetch with goes its own way there too.
  const ask = (place: URL): Promise<Answer> =>
    fetchFn === undefined && gateway?.isSubdomain(place)
      ? askGateway(gateway.origin, place, init)
      : (fetchFn ?? fetch)(place.href, init);
  try {
    const response = await follow(url, refused, ask, gateway);
    if (!response.ok) throw refused(`status ${response.status}`);
    return await readBody(response, maxBytes, refused);
  } catch (cause) {
    if (cause instanceof RegistrationFileUnavailableError) throw cause;
    throw refused(signal.aborted ? `no answer within ${timeout} ms` : "its place does not answer", cause as Error);
  }
}

/** What says why the file cannot be read. */
type Refusal = (reason: string, cause?: Error) => RegistrationFileUnavailableError;

function refusal(uri: string, gateway: IpfsGateway | undefined): Refusal {
  const isFromGateway = gateway !== undefined;
  return (reason, cause) => new RegistrationFileUnavailableError({ uri, reason, isFromGateway }, { cause });
}

/** How many times a place may name another one. */
const MOST_HOPS = 5;

/** Asks one place after the other, and looks at each before it asks there. */
async function follow(
  first: URL,
  refused: Refusal,
  ask: (place: URL) => Promise<Answer>,
  gateway: IpfsGateway | undefined,
): Promise<Answer> {
  let url = first;
  for (let hops = 0; ; hops++) {
    const response = await ask(url);
    // A `fetchFn` may follow by itself, after all.
    if (response.url !== "" && !isAllowed(url, new URL(response.url), gateway)) throw refused(leadsAway(gateway));
    if (response.type === "opaqueredirect") throw refused("it leads to a place that a browser does not tell");
    const location = response.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    await response.body?.cancel();
    if (hops === MOST_HOPS) throw refused(`it leads on more than ${MOST_HOPS} times`);
    if (UNSEEN.test(location) || !URL.canParse(location, url.href)) throw refused("it leads to a place that is no URL");
    const next = new URL(location, url);
    if (!isAllowed(url, next, gateway)) throw refused(leadsAway(gateway));
    url = next;
  }
}

/** By https:, from anywhere; without TLS in the folder of the gateway, and from the gateway itself to its subdomains. */
function isAllowed(from: URL, to: URL, gateway: IpfsGateway | undefined): boolean {
  if (to.protocol === "https:" || gateway?.isFolder(to)) return true;
  return gateway !== undefined && (gateway.isFolder(from) || gateway.isSubdomain(from)) && gateway.isSubdomain(to);
}

function leadsAway(gateway: IpfsGateway | undefined): string {
  return `it leads away from https${gateway === undefined ? "" : " and from the gateway"}`;
}

/** Piece by piece, because a length that a server announces need not be true. */
async function readBody({ body }: Answer, maxBytes: number, refused: Refusal): Promise<string> {
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
      throw refused(`it is longer than ${maxBytes} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}
