import { isIPv6 } from "node:net";

/** Hosts that only this machine reaches, as a URL names them. */
const LOCAL: ReadonlySet<string> = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** What keeps a URL from being that of a decision point, to others than this machine too; nothing where it can be. */
export function publicUrlProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // What is no URL at all, or one of neither protocol, the schema says.
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined;
  if (url.username !== "" || url.password !== "") return "has to be without a user name and a password";
  if (url.search !== "" || url.hash !== "" || /[?#]/.test(text)) return "has to be without a query and a fragment";
  if (url.protocol === "https:" || LOCAL.has(url.hostname)) return undefined;
  return `has to begin with https://, as http is for 127.0.0.1, [::1] and localhost (its host is ${url.hostname})`;
}

/** Whether a server that listens on this address is reached from this machine alone, so that its URL is known. */
export function isLocalHost(host: string): boolean {
  const url = `http://${isIPv6(host) ? `[${host}]` : host}`;
  return URL.canParse(url) && LOCAL.has(new URL(url).hostname);
}
