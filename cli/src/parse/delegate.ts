import type { DelegateKey, Jwk } from "@tenure/http-auth";
import { accountIn, nameOf } from "../chain/delegations.ts";
import { UsageError } from "../errors/cliError.ts";
import { readText } from "./textFile.ts";
import { parseAddress } from "./values.ts";

/**
 * Whom something is granted: an account, a public key as a JWK, or a file that holds one of these, or what `tenure session key`
 * says. An address is an account of the chain that is given.
 */
export async function readDelegate(text: string, chainId: number): Promise<DelegateKey> {
  const typed = text.trim();
  const key = accountOf(typed, chainId) ?? keyIn(typed);
  if (key !== undefined) return key;
  if (/^[{[]/.test(typed)) throw noKey("--to");
  const held = (await readText(text)).trim();
  const found = accountOf(held, chainId) ?? keyIn(held);
  if (found === undefined) throw noKey(text === "-" ? "stdin" : text);
  return found;
}

function accountOf(text: string, chainId: number): DelegateKey | undefined {
  if (/^0x[0-9a-z]*$/i.test(text)) return { account: nameOf({ chainId, address: parseAddress(text) }) };
  const account = accountIn(text);
  return account && { account: nameOf(account) };
}

function keyIn(text: string): DelegateKey | undefined {
  let json: Record<string, unknown> | null;
  try {
    json = JSON.parse(text) as typeof json;
  } catch {
    return undefined;
  }
  if (typeof json !== "object" || json === null) return undefined;
  const { profile, delegate, key, kty, crv, d } = json;
  if (key !== undefined || d !== undefined) {
    throw new UsageError(
      "What is given with --to holds a private key.",
      "Whoever has that key keeps it, and gives what tenure session key --json prints.",
    );
  }
  if (typeof profile === "string" && typeof delegate === "string") return { profile, delegate };
  return typeof kty === "string" && typeof crv === "string" ? (json as Jwk) : undefined;
}

function noKey(what: string): UsageError {
  return new UsageError(
    `${what} holds no public key.`,
    "That is what tenure session key --json prints, a JWK of Ed25519 or P-256, an address, or eip155:CHAIN:ADDRESS.",
  );
}
