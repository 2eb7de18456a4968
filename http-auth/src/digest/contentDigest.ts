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

/**
 * Whether a `Content-Digest` says what somebody found who has the content: each algorithm that counts is among theirs, with the
 * same bytes, and there is one at least.
 */
export function isSameDigest(field: string, found: string): boolean {
  const claimed = dictionaryOf(field);
  const known = dictionaryOf(found);
  if (claimed === undefined || known === undefined) return false;
  const names = Object.keys(ALGORITHMS).filter((name) => claimed.has(name));
  return names.length > 0 && names.every((name) => areEqual(bytesOf(claimed, name), bytesOf(known, name)));
}

function bytesOf(members: Dictionary, name: string): Uint8Array | undefined {
  const member = members.get(name);
  return member?.kind === "item" && member.value.type === "bytes" ? member.value.value : undefined;
}

function areEqual(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (one === undefined || other === undefined || one.length !== other.length) return false;
  return one.every((byte, index) => byte === other[index]);
}

function dictionaryOf(field: string): Dictionary | undefined {
  try {
    return parseDictionary(field);
  } catch (error) {
    if (error instanceof FieldSyntaxError) return undefined;
    throw error;
  }
}
