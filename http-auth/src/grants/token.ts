const TOKEN = /^[A-Za-z*][:/!#$%&'*+\-.^_`|~A-Za-z0-9]*$/;

/** Whether a text is a token of RFC 9651, as the names of permissions and profiles are. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}
