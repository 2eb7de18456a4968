// What a failed request means. Nodes and what stands in front of them say it in a status of HTTP, in a code of JSON-RPC
// and in words, and seldom in all three alike: they are read together. viem's errors are told by name: there may be two
// copies of it.

/** What a failed request means for whoever made it. */
export type Fault =
  /** Asked too often: the same request will do later. */
  | "busy"
  /** Too much was asked for at once: less will do. */
  | "large"
  /** Something failed for a moment, or the one that answered lags behind: the same request may do at once. */
  | "passing"
  /** What was asked for is not kept any more. */
  | "pruned"
  /** Whoever asks may not. */
  | "forbidden"
  /** Nobody answers. */
  | "away"
  /** Too slow: nobody answered in time. */
  | "slow"
  /** Whoever answers speaks no JSON. */
  | "alien"
  /** Anything else, what a contract said among it. */
  | "other";

/** What came back in the place of an answer. */
export type Failure = {
  fault: Fault;
  url: string | undefined;
  /** The status of HTTP, unless that is the one of a success. */
  status: number | undefined;
  /** The code of JSON-RPC. */
  code: number | undefined;
  /** The words of the node; empty where it gave none. */
  words: string;
  /** How long to wait before the next request (milliseconds), where the answer says so. */
  wait: number | undefined;
};

type Shape = Error & {
  url?: unknown;
  status?: unknown;
  code?: unknown;
  data?: unknown;
  details?: unknown;
  headers?: { get?: (name: string) => string | null };
};

/** Reads a failure out of an error; undefined where it is about no request. */
export function failureOf(error: unknown): Failure | undefined {
  for (let inner = error as Shape; inner instanceof Error; inner = inner.cause as Shape) {
    if (REQUESTS.has(inner.name)) return read(inner);
  }
  // A provider of EIP-1193 throws what it likes, as long as it has a code.
  for (let inner = error as Shape; inner instanceof Error; inner = inner.cause as Shape) {
    if (typeof inner.code === "number") return read(inner);
  }
  return undefined;
}

/** Whether it is the chain's machine that refused, and not the node. */
export function isOfContract(error: unknown): boolean {
  return OF_CONTRACT.test(failureOf(error)?.words ?? "");
}

/** What a failed request means; "other" where the error is about no request. */
export function faultOf(error: unknown): Fault {
  return failureOf(error)?.fault ?? "other";
}

const REQUESTS = new Set([
  "HttpRequestError",
  "RpcRequestError",
  "ResponseBodyTooLargeError",
  "SocketClosedError",
  "TimeoutError",
  "WebSocketRequestError",
]);

function read(error: Shape): Failure {
  const { url, status, code, details, message } = error;
  const failure = {
    url: typeof url === "string" ? url : undefined,
    status: typeof status === "number" ? status : undefined,
    code: typeof code === "number" ? code : undefined,
    // Not viem's message: that repeats the request, and what was asked for is full of words that mean something here.
    words: String(REQUESTS.has(error.name) ? (details ?? "") : message),
  };
  return { ...failure, fault: faultIn(error, failure), wait: waitOf(error, failure.words) };
}

/** What only a contract, or the machine that runs it, says. */
const OF_CONTRACT =
  /revert|EVM error|out ?of ?gas|(invalid|undefined|unknown|bad) (opcode|instruction)|not activated|notactivated|opcodenotfound|VM Exception|gas required exceeds|intrinsic gas/i;
const BUSY =
  /rate.?limit|too many requests|too many connections|per second|per minute|\brps\b|compute units|credits|throughput|throttl|quota|slow down|concurrent/i;
const BEYOND = /beyond|header not found|unknown block|block not found|not (yet )?(indexed|synced)|is not canonical/i;
const PRUNED =
  /pruned|history.{0,30}(unavailable|not available|expired|not found)|missing trie node|(state|historical|ancient).{0,60}(unavailable|not available|not found|missing)|archive|proof window|block is too old/i;
const LARGE =
  /range|too (large|big|wide|long)|more than|results?\b|response size|size limit|exceed(s|ed)?.{0,40}(limit|max|size)|max(imum)?.{0,20}(block|size|log)|\d blocks|query timeout|execution timeout|timed? ?out|payload/i;
const PASSING = /internal|temporar|try again|upstream|overloaded|unavailable|bad gateway|no (available|healthy)/i;

const CODES: ReadonlyMap<number, Fault> = new Map([
  [429, "busy"],
  [-32_005, "busy"],
  [-32_007, "busy"],
  [-32_016, "busy"],
  [-32_029, "busy"],
  [4_444, "pruned"],
  [-32_603, "passing"],
]);

function faultIn({ name, cause }: Error, { status, code, words }: Pick<Failure, "status" | "code" | "words">): Fault {
  if (name === "TimeoutError") return "slow";
  if (name === "ResponseBodyTooLargeError") return "large";
  if (name === "WebSocketRequestError" || name === "SocketClosedError") return "away";
  if (name === "HttpRequestError" && status === undefined) {
    return cause instanceof Error && cause.name === "SyntaxError" ? "alien" : "away";
  }
  if (OF_CONTRACT.test(words)) return "other";
  if (status === 429 || BUSY.test(words)) return "busy";
  if (BEYOND.test(words)) return "passing";
  if (code === 4_444 || PRUNED.test(words)) return "pruned";
  if (status === 413 || LARGE.test(words)) return "large";
  if (status === 401 || status === 402 || status === 403) return "forbidden";
  const known = code === undefined ? undefined : CODES.get(code);
  if (known !== undefined) return known;
  if (status !== undefined && (status === 408 || status >= 500)) return "passing";
  return PASSING.test(words) ? "passing" : "other";
}

const IN_WORDS = /(?:retry|try again|back ?off)\D{0,20}(\d{1,6}(?:\.\d+)?)\s*(ms|millisecond|s\b|sec)/i;

/** `Retry-After` (RFC 9110, section 10.2.3), Infura's `backoff_seconds`, or the words. */
function waitOf(error: Shape, words: string): number | undefined {
  const header = error.headers?.get?.("retry-after") ?? undefined;
  if (header !== undefined) {
    if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header) * 1_000;
    const time = Date.parse(header) - Date.now();
    if (time > 0) return time;
  }
  const { rate } = (error.data ?? {}) as { rate?: { backoff_seconds?: unknown } };
  if (typeof rate?.backoff_seconds === "number" && rate.backoff_seconds >= 0) return rate.backoff_seconds * 1_000;
  const [, amount, unit = ""] = IN_WORDS.exec(words) ?? [];
  return amount === undefined ? undefined : Number(amount) * (/^m/i.test(unit) ? 1 : 1_000);
}
