// A request, as it is typed.
import { UsageError } from "../errors/cliError.ts";

/** What makes a request what it is, where the options say it. */
export type Typed = { method: string; url: URL; headers: Headers; body: Uint8Array<ArrayBuffer> | undefined };

/** Fields that follow of the request, or that signing writes. */
const OWN = new Set([
  ...["signature", "signature-input", "content-digest", "erc-8128-delegation"],
  ...["host", "content-length", "transfer-encoding", "connection", "upgrade", "expect", "te", "trailer", "keep-alive"],
]);

/** "get" is what others write as "GET"; methods with a meaning of their own to proxies are none that can be signed. */
export function parseMethod(text: string): string {
  const method = text.toUpperCase();
  if (/^[A-Z][A-Z0-9-]{0,31}$/.test(method) && !["CONNECT", "TRACE", "TRACK"].includes(method)) return method;
  throw new UsageError(
    "That is no method of a request.",
    "Write GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS first.",
  );
}

/** What is typed may hold a secret, and is not repeated. */
export function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw new UsageError("That is not the address of a request.", "It starts with https://.");
  }
  if (url.username !== "" || url.password !== "") {
    throw new UsageError("The address has a user or a password, and a signed request needs neither.");
  }
  if (url.protocol === "http:" && !isThisMachine(url)) {
    throw new UsageError(
      "Only a server on this machine is asked by http: anybody on the way could read the request, and use it up.",
      "Write https://.",
    );
  }
  url.hash = "";
  return url;
}

/** Whether an address is one of this machine. */
export function isThisMachine({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d+){3}$/.test(hostname);
}

/** "Name: value"; several come one by one. */
export function parseHeader(text: string, previous: readonly (readonly [string, string])[] = []): [string, string][] {
  const [, name = "", value = ""] = /^([!#$%&'*+\-.^_`|~\w]+):[ \t]*(.*)$/s.exec(text) ?? [];
  if (name === "" || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw new UsageError("That is no field of a request.", 'Write --header "Name: value", in ASCII and one line.');
  }
  if (OWN.has(name.toLowerCase())) {
    throw new UsageError(`The field ${name} follows of the request, or is written by signing it.`, "Leave it out.");
  }
  return [...previous.map(([one, other]): [string, string] => [one, other]), [name, value.trim()]];
}

/** Fields with the type of the content, where nobody says it and it is JSON. */
export function headersOf(
  fields: readonly (readonly [string, string])[],
  body: Uint8Array<ArrayBuffer> | undefined,
): Headers {
  const headers = new Headers();
  for (const [name, value] of fields) headers.append(name, value);
  if (body !== undefined && !headers.has("content-type") && isJson(body)) {
    headers.set("content-type", "application/json");
  }
  return headers;
}

function isJson(body: Uint8Array<ArrayBuffer>): boolean {
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    return true;
  } catch {
    return false;
  }
}
