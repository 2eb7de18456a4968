// The content of a `data:` URI, in every spelling that files on chain are seen in.
import { RegistrationFileUnavailableError } from "../errors/registrationFile.ts";

/**
 * RFC 2397: a kind, parameters, perhaps `;base64`, a comma, the content. Nothing of it is a fragment: blanks, `#` and letters
 * beyond ASCII stand for themselves where they were not escaped, as does a percent sign without two digits.
 */
export function readData(uri: string, maxBytes: number): string {
  // Base64 and percent signs only lengthen, at most threefold.
  if (uri.length > 3 * maxBytes + 256) throw tooLong(maxBytes);
  const comma = uri.indexOf(",");
  if (comma === -1) throw new RegistrationFileUnavailableError({ uri, reason: "it has no content" });
  const content = withoutEscapes(uri.slice(comma + 1));
  try {
    const bytes = isBase64(uri.slice(0, comma), content) ? ofBase64(content) : content;
    if (bytes.length > maxBytes) throw tooLong(maxBytes);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    if (cause instanceof RegistrationFileUnavailableError) throw cause;
    throw new RegistrationFileUnavailableError({ uri, reason: "its encoding is broken" }, { cause: cause as Error });
  }
}

/** Some say so, and go on with plain JSON, whose brace no base64 has. */
function isBase64(head: string, content: Uint8Array): boolean {
  return /; *base64 *(;|$)/i.test(head) && content.find((byte) => byte > BLANK) !== BRACE;
}

const [BLANK, PERCENT, BRACE] = [0x20, 0x25, 0x7b];

function withoutEscapes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text);
  let end = 0;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    const escaped = byte === PERCENT ? byteOf(bytes[index + 1], bytes[index + 2]) : undefined;
    bytes[end++] = escaped ?? byte;
    if (escaped !== undefined) index += 2;
  }
  return bytes.slice(0, end);
}

function byteOf(high = 0, low = 0): number | undefined {
  const digits = String.fromCharCode(high, low);
  return /^[0-9a-f]{2}$/i.test(digits) ? Number.parseInt(digits, 16) : undefined;
}

/** Base64 or base64url, whose two last letters differ, with all, some or none of its padding. */
function ofBase64(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextDecoder("latin1").decode(content).replace(/-/g, "+").replace(/_/g, "/");
  const letters = atob(text.replace(/={1,2}\s*$/, ""));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

function tooLong(maxBytes: number) {
  return new RegistrationFileUnavailableError({ uri: "data:…", reason: `it is longer than ${maxBytes} bytes` });
}
