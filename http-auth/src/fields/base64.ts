import { FieldSyntaxError } from "./syntaxError.ts";

/** Base64 as RFC 9651 has it; padding may be left out, as it says that readers should allow. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new FieldSyntaxError("A byte sequence is no base64.");
  }
  // Not by `Uint8Array.from`, which calls a function for each byte: grants are long, and come with every request.
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** The opposite, with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Base64 as it stands in JWKs and nonces: without padding, and fit for a URL. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** The opposite. */
export function decodeBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return decodeBase64(text.replace(/-/g, "+").replace(/_/g, "/"));
}
