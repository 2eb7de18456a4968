import { JsonError, parseJson } from "./parseJson.ts";
import { Problem } from "./problem.ts";
import { quote } from "./quote.ts";

/** What content may take of the one who reads it. */
export interface ContentLimits {
  /** Bytes. */
  readonly bytes: number;
  /** How many objects and arrays may lie in each other. */
  readonly depth: number;
  /** Milliseconds until all of it has to be there. */
  readonly time: number;
}

/** 1 MiB, 32 levels, 10 seconds. */
export const CONTENT_LIMITS: ContentLimits = { bytes: 1_048_576, depth: 32, time: 10_000 };

/** How content is read. */
export interface ReadJsonOptions {
  readonly limits: ContentLimits;
  /** The status that answers content of another type. */
  readonly wrongTypeStatus: 400 | 415;
}

const JSON_TYPE = /^application\/json[ \t]*(?:;[ \t]*charset=(?:"utf-8"|utf-8)[ \t]*)?$/i;

/**
 * The content of a request, as JSON.
 *
 * @throws Problem when it is of another type, too large, too slow, or no JSON that can be read in one way alone.
 */
export async function readJson(request: Request, { limits, wrongTypeStatus }: ReadJsonOptions): Promise<unknown> {
  requireType(request.headers, wrongTypeStatus);
  const bytes = await readBytes(request, limits);
  if (bytes.length === 0) throw new Problem(400, "empty_content", "The request has no content. Send a JSON object.");
  try {
    return parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes), limits.depth);
  } catch (error) {
    if (error instanceof JsonError) throw new Problem(400, "invalid_json", error.message);
    if (error instanceof TypeError) throw new Problem(400, "invalid_json", "The content is not in UTF-8.");
    throw error;
  }
}

function requireType(headers: Headers, status: number): void {
  const type = headers.get("content-type");
  if (type === null || !JSON_TYPE.test(type)) {
    const said = type === null ? "has none" : `is ${quote(type)}`;
    throw new Problem(status, "unsupported_type", `\`Content-Type\` ${said}. Send \`application/json\`, in UTF-8.`);
  }
  const coding = headers.get("content-encoding");
  if (coding !== null && coding.toLowerCase() !== "identity") {
    throw new Problem(415, "unsupported_coding", "Compressed content is not read here. Send it as it is.");
  }
}

/** A promise's value, or the problem that it took too long. */
async function within<Value>(time: number, promise: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const detail = `The content did not come within ${time / 1_000} s. Send it in one go.`;
      reject(new Problem(408, "content_too_slow", detail, { connection: "close" }));
    }, time);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function readBytes(request: Request, limits: ContentLimits): Promise<Uint8Array> {
  const length = request.headers.get("content-length");
  if (Number(length) > limits.bytes) throw tooLarge(limits);
  // Whoever receives HTTP lets no more through than the length that is said, so that all of it may be read at once.
  const reading =
    length === null ? readParts(request, limits) : request.arrayBuffer().then((all) => new Uint8Array(all));
  const whole = reading.catch((error: unknown) => {
    if (error instanceof Problem) throw error;
    throw new Problem(400, "content_ended", "The content ended before its end.");
  });
  const bytes = await within(limits.time, whole);
  if (bytes.length > limits.bytes) throw tooLarge(limits);
  return bytes;
}

async function readParts(request: Request, limits: ContentLimits): Promise<Uint8Array> {
  const reader = request.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
    length += part.value.length;
    if (length > limits.bytes) {
      void reader?.cancel().catch(() => {});
      throw tooLarge(limits);
    }
    parts.push(part.value);
  }
  return Buffer.concat(parts);
}

function tooLarge({ bytes }: ContentLimits): Problem {
  const detail = `The content is larger than ${bytes} bytes. Send less at once.`;
  return new Problem(413, "content_too_large", detail, { connection: "close" });
}
