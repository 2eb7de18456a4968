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
  let coded: Shape | undefined;
  for (let inner = error; isShape(inner); inner = inner.cause) {
    if (REQUESTS.has(inner.name)) return read(inner);
    // A provider of EIP-1193 throws what it likes, as long as it has a code. What viem makes of it has a code as well,
    // which may be of viem's own.
    if (typeof inner.code === "number") coded = inner;
  }
  return coded && read(coded);
}

/** Some providers throw what is no `Error`. */
function isShape(value: unknown): value is Shape {
  return value instanceof Error || (typeof value === "object" && value !== null && "code" in value);
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
  const { url, status, code } = error;
  const failure = {
    url: typeof url === "string" ? url : undefined,
    status: typeof status === "number" ? status : undefined,
    code: typeof code === "number" ? code : undefined,
    words: wordsOf(error),
  };
  return { ...failure, fault: faultIn(error, failure), wait: waitOf(error, failure.words) };
}

/** What the node said. A wallet wraps that: its own words are "Internal JSON-RPC error." for whatever it was. */
function wordsOf({ details, message, data, name }: Shape): string {
  // Not viem's message: that repeats the request, and what was asked for is full of words that mean something here.
  const own = typeof details === "string" ? details : REQUESTS.has(name) ? "" : message;
  const { message: inner } = (data ?? {}) as { message?: unknown };
  return typeof inner === "string" && inner !== own ? `${own ?? ""} ${inner}`.trim() : String(own ?? "");
}

/** What only a contract, or the machine that runs it, says. */
const OF_CONTRACT =
  /revert|EVM error|out ?of ?gas|(invalid|undefined|unknown|bad) (opcode|instruction)|not activated|notactivated|opcodenotfound|VM Exception|gas required exceeds|intrinsic gas/i;
const BUSY =
  /rate.?limit|request rate|too many (concurrent )?(request|connection|call|error)|(per|\/) ?(second|minute|sec)\b|\b(rps|cu|request|usage|daily|monthly) limit|\brps\b|compute units|credits|throughput|throttl|quota|slow down|concurrent|\b(status|http|code)\W{0,8}429\b/i;
const BEYOND =
  /beyond|header.{0,10} not found|unknown block|block.{0,80}not found|could not find block|not (yet )?(indexed|synced)|indexing is in progress|is not canonical/i;
const PRUNED =
  /\bprun(ed|ing)|history.{0,30}(unavailable|not available|expired|not found)|missing trie node|(state|historical|ancient|receipts?).{0,60}(unavailable|not available|not found|missing|neither stored)|no state available|data before .{0,60}not available|archive|proof window|block is too old/i;
const LARGE =
  /range|too (large|big|wide|long|high)|too many (block|log|result)|more than|(exceed|maximum|max|many|returned|returns)\b.{0,40}results?\b|response size|size limit|smaller than size|exceed(s|ed)?.{0,40}(limit|max|size)|maximum.{0,40}(block|size|log)|max.{0,20}(block|size|log)|\d blocks|blocks distance|query timeout|execution timeout|timed? ?out|deadline exceeded|payload/i;
const PASSING =
  /internal|temporar|try again|upstream|overloaded|unavailable|bad gateway|no (available|healthy)|backend.{0,20}healthy/i;

/** What a provider throws that got no answer either. */
const AWAY =
  /fetch failed|failed to fetch|networkerror|network error|socket|ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|connection|disconnected|terminated|timed? ?out/i;

/** The code that viem gives to an error that has none. */
export const NO_CODE = -1;

const CODES: ReadonlyMap<number, Fault> = new Map([
  [429, "busy"],
  [-32_005, "busy"],
  [-32_007, "busy"],
  [-32_016, "busy"],
  [-32_029, "busy"],
  [-32_090, "busy"],
  [4_444, "pruned"],
  [-32_701, "pruned"],
  [-32_603, "passing"],
  // Not from a node: that of a contract that refused, and those of whoever holds the key.
  [3, "other"],
  [4_900, "away"],
  [4_001, "other"],
  [4_100, "other"],
  [4_200, "other"],
  [5_000, "other"],
]);

function faultIn({ name, cause }: Error, { status, code, words }: Pick<Failure, "status" | "code" | "words">): Fault {
  if (name === "TimeoutError") return "slow";
  if (name === "ResponseBodyTooLargeError") return "large";
  if (name === "WebSocketRequestError" || name === "SocketClosedError") return "away";
  if (name === "HttpRequestError" && status === undefined) {
    return cause instanceof Error && cause.name === "SyntaxError" ? "alien" : "away";
  }
  const known = code === undefined ? undefined : CODES.get(code);
  if (known === "other" || OF_CONTRACT.test(words)) return "other";
  if (code === NO_CODE && AWAY.test(words)) return "away";
  if (status === 429 || BUSY.test(words)) return "busy";
  if (BEYOND.test(words)) return "passing";
  if (code === 4_444 || PRUNED.test(words)) return "pruned";
  // Of a status alone, nobody knows whether the request was too large, or the one in front asked somebody who is away.
  if ((status === 408 || status === 504) && code === undefined) return "passing";
  if (status === 413 || LARGE.test(words)) return "large";
  if (status === 401 || status === 402 || status === 403) return "forbidden";
  if (known !== undefined) return known;
  if (status !== undefined && (status === 408 || status >= 500)) return "passing";
  return PASSING.test(words) ? "passing" : "other";
}

/** "retry in 10s", "try again in 0.5 minutes", and Go's "10m0s". */
const IN_WORDS =
  /(?:retry|try again|back ?off)\D{0,20}((?:\d{1,6}(?:\.\d+)?\s?(?:ms|milliseconds?|s|sec|seconds?|m|min|minutes?|h)(?![a-z])\s?)+)/i;
const PART = /([\d.]+)\s?(ms|milli|s|mi?n?|h)/gi;
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  milli: 1,
  s: 1_000,
  m: 60_000,
  mi: 60_000,
  min: 60_000,
  h: 3_600_000,
};

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
  const [, amount] = IN_WORDS.exec(words) ?? [];
  if (amount === undefined) return undefined;
  return [...amount.matchAll(PART)].reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (UNITS[unit.toLowerCase()] ?? 0),
    0,
  );
}
