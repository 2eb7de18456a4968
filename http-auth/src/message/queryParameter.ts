/** A text as RFC 9421 writes names and values of a query: as a form does, but for spaces. */
function encoded(text: string): string {
  const others = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[!'()~]/g, others);
}

/**
 * One parameter of a query, RFC 9421, section 2.2.8.
 *
 * @param query The query, with or without its question mark.
 * @param name The parameter's name, as the RFC writes it.
 * @returns `undefined` where it is not there, or more than once: then nobody knows which one was meant.
 */
export function queryParameter(query: string, name: string): string | undefined {
  const found = [...new URLSearchParams(query)].filter(([key]) => encoded(key) === name);
  const [[, value] = []] = found;
  return found.length === 1 && value !== undefined ? encoded(value) : undefined;
}
