// URLs of nodes often hold a key. They are taken out of whatever a caller may print.

/** Shortens the URLs of nodes, in an error and in those underneath, to their hosts. */
export function redact(error: unknown): void {
  const chain: Record<string, unknown>[] = [];
  for (let inner = error; inner instanceof Error && chain.length < 16; inner = inner.cause) {
    chain.push(inner as unknown as Record<string, unknown>);
  }
  const urls = new Set<string>();
  for (const { url, message } of chain) {
    if (typeof url === "string") urls.add(url);
    for (const [, found = ""] of String(message).matchAll(/^URL: (\S+)$/gm)) urls.add(found);
  }
  const secrets = [...urls].filter((url) => URL.canParse(url) && shorten(url) !== url);
  if (secrets.length === 0) return;
  const clean = (text: string) => secrets.reduce((rest, url) => rest.replaceAll(url, shorten(url)), text);
  for (const inner of chain) {
    for (const field of ["message", "stack", "shortMessage", "details", "url"]) {
      const text = inner[field];
      if (typeof text === "string") inner[field] = clean(text);
    }
    if (Array.isArray(inner.metaMessages)) inner.metaMessages = inner.metaMessages.map((line) => clean(String(line)));
  }
}

function shorten(url: string): string {
  const { protocol, host, pathname, search, hash, username, password } = new URL(url);
  const hasMore = pathname !== "/" || search !== "" || hash !== "" || username !== "" || password !== "";
  return hasMore ? `${protocol}//${host}/…` : url;
}
