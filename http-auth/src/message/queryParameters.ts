/** A text as RFC 9421 writes names and values of a query: as a form does, but for spaces. */
function encoded(text: string): string {
  const others = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[!'()~]/g, others);
}

/**
 * The parameters of a query, RFC 9421, section 2.2.8, by their names as the RFC writes them.
 *
 * @param query The query, with or without its question mark.
 * @returns `undefined` for what is there more than once: then nobody knows which one was meant.
 */
export function queryParameters(query: string): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const [name, value] of new URLSearchParams(query)) {
    const key = encoded(name);
    found.set(key, found.has(key) ? undefined : encoded(value));
  }
  return found;
}
