import { CONTENT_LIMIT } from "../constants.ts";
import { AccessError } from "../errors/accessError.ts";
import { type ContentStream, peekContent } from "./peekContent.ts";

/** A request as Node's servers give it, as far as it is read here. */
export interface IncomingRequest extends ContentStream {
  readonly method?: string | undefined;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
}

/** Fields of which Node keeps the first, and drops the others. Whoever signs and whoever reads them would see two requests. */
const SINGLE = new Set([
  ...["age", "authorization", "content-length", "content-type", "etag", "expires", "from", "host"],
  ...["if-modified-since", "if-unmodified-since", "last-modified", "location", "max-forwards", "proxy-authorization"],
  ...["referer", "retry-after", "server", "transfer-encoding", "user-agent"],
]);

const ambiguous = (detail: string) => new AccessError("ambiguous_request", detail);

/** The fields as they came on the wire, each line of them. */
function headersOf(raw: readonly string[]): Headers {
  const headers = new Headers();
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? "";
    // In HTTP/2 whether there is content, and where it ends, is not in the fields.
    if (name.startsWith(":")) throw ambiguous("This service is guarded for HTTP/1.1 only.");
    if (SINGLE.has(name) && headers.has(name)) throw ambiguous(`The field \`${name}\` comes twice.`);
    try {
      headers.append(name, raw[index + 1] ?? "");
    } catch {
      throw ambiguous("A field has a name or a value that no field may have.");
    }
  }
  if (headers.has("content-length") && headers.has("transfer-encoding")) {
    throw ambiguous("The content has its length in two ways.");
  }
  return headers;
}

/** Which of some origins a request is for, by its host; where there is one, that one, whatever the request says. */
function originOf(host: string | null, origins: readonly string[]): string {
  const [only = "", ...others] = origins;
  const found = others.length === 0 ? only : origins.find((origin) => new URL(origin).host === host);
  if (found !== undefined) return found;
  throw new AccessError("misdirected_request", "The request is for a host that is not served here.");
}

/** Whether content follows, as HTTP/1.1 says it; `0` is none. */
function hasContent(headers: Headers): boolean {
  return headers.has("transfer-encoding") || !/^0*$/.test(headers.get("content-length") ?? "");
}

/** Content that is read when somebody asks for it, and that the framework can read afterwards. */
function contentOf(incoming: IncomingRequest, limit: number): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const content = await peekContent(incoming, limit);
        if (content.length > 0) controller.enqueue(content);
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** What there is to know beside the request. */
export interface Wire {
  /** The target as it stood in the first line. */
  readonly target: string;
  readonly origins: readonly string[];
  readonly contentLimit?: number | undefined;
}

/**
 * A request of Node's servers, as it came on the wire. Its content is read when the verifier asks for it, which is not before
 * everything cheap has been checked.
 *
 * @throws AccessError when it is not one request, whoever reads it.
 */
export function requestFrom(
  incoming: IncomingRequest,
  { target, origins, contentLimit = CONTENT_LIMIT }: Wire,
): Request {
  const method = incoming.method ?? "GET";
  const headers = headersOf(incoming.rawHeaders);
  const origin = originOf(headers.get("host"), origins);
  if (!target.startsWith("/")) throw ambiguous("The target is no path.");
  const url = URL.canParse(`${origin}${target}`) ? new URL(`${origin}${target}`) : undefined;
  if (url === undefined || url.href !== `${origin}${target}`) {
    throw ambiguous("The target is not in its normal form. Send the path that it comes to.");
  }
  const isFull = hasContent(headers);
  if (isFull && (method === "GET" || method === "HEAD")) throw ambiguous(`A ${method} has content.`);
  const content = isFull ? { body: contentOf(incoming, contentLimit), duplex: "half" as const } : {};
  try {
    return new Request(url, { method, headers, ...content });
  } catch {
    // `TRACE`, and whatever else the Fetch API has no request for.
    throw new AccessError("method_not_allowed", "The method is none that can be signed.", { allow: "" });
  }
}
