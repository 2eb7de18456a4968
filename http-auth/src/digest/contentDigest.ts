import { parseDictionary } from "../fields/parse.ts";
import { serializeDictionary } from "../fields/serialize.ts";
import { FieldSyntaxError } from "../fields/syntaxError.ts";
import type { Dictionary } from "../fields/types.ts";
import { nodeCrypto } from "../keys/nodeCrypto.ts";

/** The algorithms that count, RFC 9530. Any other one in the field is passed over. */
const ALGORITHMS: Readonly<Record<string, string>> = { "sha-256": "SHA-256", "sha-512": "SHA-512" };

async function digest(algorithm: string, content: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const node = nodeCrypto();
  if (node !== undefined) return node.createHash(algorithm).update(content).digest();
  return new Uint8Array(await crypto.subtle.digest(algorithm, content));
}

/** The value of `Content-Digest` for some content. */
export async function contentDigest(content: Uint8Array<ArrayBuffer>): Promise<string> {
  const value = await digest("SHA-256", content);
  return serializeDictionary(
    new Map([["sha-256", { kind: "item", value: { type: "bytes", value }, parameters: new Map() }]]),
  );
}

/** Whether a `Content-Digest` is that of the content: each algorithm that counts fits, and there is one at least. */
export async function isContentDigest(field: string, content: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const members = dictionaryOf(field);
  if (members === undefined) return false;
  let isAnyThere = false;
  for (const [name, algorithm] of Object.entries(ALGORITHMS)) {
    const member = members.get(name);
    if (member === undefined) continue;
    if (member.kind !== "item" || member.value.type !== "bytes") return false;
    const claimed = member.value.value;
    const actual = await digest(algorithm, content);
    if (claimed.length !== actual.length || claimed.some((byte, index) => byte !== actual[index])) return false;
    isAnyThere = true;
  }
  return isAnyThere;
}

function dictionaryOf(field: string): Dictionary | undefined {
  try {
    return parseDictionary(field);
  } catch (error) {
    if (error instanceof FieldSyntaxError) return undefined;
    throw error;
  }
}
