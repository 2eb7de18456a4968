import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { type Hash, type Hex, hexToBytes, toHex } from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import type { ChainedGrant } from "../../src/index.ts";
import { grantVectors } from "./grantVectors.ts";
import { privateJwk } from "./jwk.ts";

/** Somebody of the vectors who can be a delegate, and sign grants and requests. */
export interface GrantKey {
  /** As a grant names it. */
  delegate: string;
  delegateProfile: string;
  /** Signs a grant: the digest, or the bytes that it is of. */
  prove: (grant: Pick<ChainedGrant, "digest" | "signingInput">) => Promise<Hex>;
  /** Signs the base of a request. */
  sign: (base: Uint8Array) => Promise<Hex>;
}

function secretOf(name: string): Hex {
  const secret = grantVectors.keys[name];
  if (secret === undefined) throw new Error(`no key ${name}`);
  return secret;
}

/** An account on the chain of the vectors, or another one. */
export function accountKey(account: PrivateKeyAccount, delegateProfile = "erc8128", chainId = 1): GrantKey {
  return {
    delegate: `eip155:${chainId}:${account.address.toLowerCase()}`,
    delegateProfile,
    prove: ({ digest }: { digest: Hash }) => account.sign({ hash: digest }),
    sign: (base) => account.signMessage({ message: { raw: base } }),
  };
}

/** What a key of Node signs of some bytes, as HTTP signatures have it. */
export function signedByNode(key: KeyObject, bytes: Uint8Array): Hex {
  const isEd25519 = key.asymmetricKeyType === "ed25519";
  return toHex(isEd25519 ? sign(null, bytes, key) : sign("sha256", bytes, { key, dsaEncoding: "ieee-p1363" }));
}

/** A key of Node, out of one of the vectors. */
export async function nodeKey(name: string, crv: "P-256" | "Ed25519"): Promise<KeyObject> {
  return createPrivateKey({ key: { ...(await privateJwk(secretOf(name), crv)) }, format: "jwk" });
}

async function jwkKey(name: string, crv: "P-256" | "Ed25519"): Promise<GrantKey> {
  const { d: _, kty, x, y } = await privateJwk(secretOf(name), crv);
  const key = await nodeKey(name, crv);
  return {
    delegate: JSON.stringify(crv === "P-256" ? { crv, kty, x, y } : { crv, kty, x }),
    delegateProfile: crv === "P-256" ? "ecdsa-p256-sha256" : "ed25519",
    prove: async ({ signingInput }) => signedByNode(key, hexToBytes(signingInput)),
    sign: async (base) => signedByNode(key, base),
  };
}

/** The account of a key of the vectors. */
export const vectorSigner = (name: string): PrivateKeyAccount => privateKeyToAccount(secretOf(name));

/** Everybody of the vectors. */
export const grantKeys = {
  root: accountKey(vectorSigner("root")),
  a: accountKey(vectorSigner("delegateA"), "erc8128-eoa"),
  b: accountKey(vectorSigner("delegateB"), "erc8128-eoa"),
  third: accountKey(vectorSigner("third")),
  c: await jwkKey("delegateC_p256", "P-256"),
  d: await jwkKey("delegateD_ed25519_seed", "Ed25519"),
  e: await jwkKey("delegateE_p256", "P-256"),
};
