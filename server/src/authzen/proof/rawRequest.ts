import { z } from "zod";
import { Problem, quote, validate } from "../../web/index.ts";

const LIMITS = { url: 8_192, fields: 128, fieldBytes: 65_536, digest: 1_024 } as const;

/** A request that an enforcement point received, and hands over as it came. */
export const rawRequestSchema = z.object({
  method: z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}$/, "it has to be a method of HTTP"),
  /** The whole of it, with scheme and host, as it was sent. */
  url: z.string().max(LIMITS.url),
  /** Each field once with all its lines, or each line as a pair. */
  headers: z.union([
    z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    z.array(z.tuple([z.string(), z.string()])).max(LIMITS.fields),
  ]),
  /** The content in base64. */
  content: z.base64().optional(),
  /** Where the content stays with the enforcement point: its digest as that found it, in the form of `Content-Digest`. */
  digest: z.string().max(LIMITS.digest).optional(),
});

/** A request, and the digest of content that is elsewhere. */
export interface HandedOver {
  readonly request: Request;
  readonly digest: string | undefined;
}

const invalid = (detail: string) => new Problem(400, "invalid_request", detail);

/**
 * The request that an enforcement point hands over.
 *
 * @throws Problem of 400 when it is none, or might be read in two ways.
 */
export function readRawRequest(value: unknown): HandedOver {
  const { method, url, headers, content, digest } = validate(rawRequestSchema, value, "`context.request`");
  if (content !== undefined && digest !== undefined) {
    throw invalid("`context.request` has both `content` and `digest`. Send one of them.");
  }
  requireNormal(url);
  const body = content === undefined ? {} : { body: Buffer.from(content, "base64") };
  let request: Request;
  try {
    request = new Request(url, { method, headers: fieldsOf(headers), ...body });
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw invalid("`context.request` is no request that can be: its method, its fields and its content do not fit.");
  }
  if (request.method !== method) throw invalid(`Write the method ${quote(method)} as it is sent, in capital letters.`);
  return { request, digest };
}

/** What is verified has to be what the service sees: a target that would be read as another one is none. */
function requireNormal(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isPlain = parsed?.hash === "" && parsed.username === "" && parsed.password === "" && parsed.href === url;
  if (isPlain && /^https?:$/.test(parsed.protocol)) return;
  throw invalid(
    `\`context.request.url\` is ${quote(url)}. Send the whole URL in its normal form, as the service sees it.`,
  );
}

function fieldsOf(headers: z.output<typeof rawRequestSchema>["headers"]): Headers {
  const lines = Array.isArray(headers)
    ? headers
    : Object.entries(headers).flatMap(([name, values]) =>
        [values].flat().map((value): [string, string] => [name, value]),
      );
  const bytes = lines.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (lines.length > LIMITS.fields || bytes > LIMITS.fieldBytes) {
    throw invalid(
      `\`context.request.headers\` has more than ${LIMITS.fields} lines, or ${LIMITS.fieldBytes} characters.`,
    );
  }
  const fields = new Headers();
  for (const [name, value] of lines) fields.append(name, value);
  return fields;
}
