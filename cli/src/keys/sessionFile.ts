// Sessions in files: a private key as a JWK, what is public of it, and the grants that it acts by, once there are any.
import type { Jwk } from "@tenure/http-auth";
import { type Address, isAddress } from "viem";
import { UsageError } from "../errors/cliError.ts";

/** A session as it is kept. */
export type SessionFile = {
  version: 1;
  /** Which kind of key it is, as grants say it. */
  profile: string;
  /** What is public of the key, as grants say it. */
  delegate: string;
  /** The private key, secret. */
  key: Jwk;
  /** From the root to the session's own, as a field; `null` for a key to which nothing was granted yet. */
  grants: string | null;
  /** The registry of revocations, where it is another one than the chain's own. */
  registry: Address | null;
};

/** Kinds of keys, by the curve that a JWK names. */
export const KINDS: Readonly<Record<string, string>> = {
  Ed25519: "ed25519",
  "P-256": "p256",
  secp256k1: "secp256k1",
};

/** Reads what this command wrote. */
export function parseSession(text: string, name: string): SessionFile {
  let json: Partial<Record<keyof SessionFile, unknown>> | null;
  try {
    json = JSON.parse(text) as typeof json;
  } catch {
    json = null;
  }
  const { version, profile, delegate, key, grants, registry } = json ?? {};
  const isWhole = version === 1 && isText(profile) && isText(delegate) && isKey(key);
  if (!isWhole || !isTextOrNull(grants) || !(registry === null || isAddressText(registry))) {
    throw new UsageError(`The file of session "${name}" holds no session.`, "Remove it: tenure session remove NAME.");
  }
  return { version, profile, delegate, key, grants, registry };
}

function isKey(value: unknown): value is Jwk {
  if (typeof value !== "object" || value === null) return false;
  const { crv, d } = value as Record<string, unknown>;
  return isText(crv) && Object.hasOwn(KINDS, crv) && isText(d);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value);
}

function isAddressText(value: unknown): value is Address {
  return isText(value) && isAddress(value);
}
