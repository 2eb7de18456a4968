/** How grave it is. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** What is said beside the sentence. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Says what happens to whoever runs the server. */
export type Logger = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>> & {
  /** The same, with these fields in each line. */
  readonly child: (fields: LogFields) => Logger;
};

/** How a logger writes. */
export interface LoggerParameters {
  readonly level?: LogLevel | undefined;
  /** `json`: a JSON object a line. `text`: a line for people. */
  readonly format?: "json" | "text" | undefined;
  /** Values that are never written: keys, tokens, URLs with keys in them. */
  readonly secrets?: readonly string[] | undefined;
  /** Takes a line with its end; the standard output where left out. */
  readonly write?: ((line: string) => void) | undefined;
}

const LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error"];
const PRIVATE = /authorization|cookie|token|secret|password|private.?key|signature/i;
const HIDDEN = "[redacted]";

/**
 * Writes structured lines. What is under a key that sounds private, bearer tokens, passwords in URLs, and every value that it was
 * told is secret are left out. Line breaks in what strangers say stay within the line.
 */
export function createLogger(parameters: LoggerParameters = {}, bound: LogFields = {}): Logger {
  const { level = "info", format = "json", write = (line) => void process.stdout.write(line) } = parameters;
  const secrets = (parameters.secrets ?? []).filter((secret) => secret.length >= 4);
  const hide = (text: string) =>
    secrets
      .reduce((all, secret) => all.replaceAll(secret, HIDDEN), text)
      .replace(/\b(Bearer|Basic) [^\s"]+/gi, `$1 ${HIDDEN}`)
      .replace(/(:\/\/[^\s/:@"]*):[^\s/@"]*@/g, `$1:${HIDDEN}@`);
  const clean = (value: unknown, depth: number): unknown => {
    if (typeof value === "string") return hide(value);
    if (typeof value === "bigint") return value.toString();
    if (typeof value !== "object" || value === null) return value;
    if (depth > 6) return "[…]";
    if (value instanceof Error) {
      const { name, message, cause } = value;
      return clean({ name, message, ...(cause === undefined ? {} : { cause }) }, depth + 1);
    }
    if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([key, item]) => [key, PRIVATE.test(key) ? HIDDEN : clean(item, depth + 1)]));
  };
  const at =
    (own: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (LEVELS.indexOf(own) < LEVELS.indexOf(level)) return;
      const time = new Date().toISOString();
      const rest = clean({ ...bound, ...fields }, 0) as LogFields;
      const sentence = hide(message);
      if (format === "json") return write(`${JSON.stringify({ time, level: own, message: sentence, ...rest })}\n`);
      const words = Object.entries(rest).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
      const line = sentence.replace(/\p{Cc}/gu, " ");
      write(`${[time, own.toUpperCase().padEnd(5), line, ...words].join(" ")}\n`);
    };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: (fields) => createLogger(parameters, { ...bound, ...fields }),
  };
}
