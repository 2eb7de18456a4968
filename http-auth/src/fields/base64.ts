import { FieldSyntaxError } from "./syntaxError.ts";

/** Base64 as RFC 9651 has it; padding may be left out, as it says that readers should allow. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new FieldSyntaxError("A byte sequence is no base64.");
  }
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** The opposite, with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
