import { bytesToHex } from "viem";
import { InvalidOptionError } from "../errors/mistakes.ts";
import { delegateIdOf } from "../grants/delegate.ts";
import { SessionKeyError } from "./errors.ts";
import { publicKeyOf } from "./publicKey.ts";
import type { Jwk, SessionKey, WebKeyPair } from "./types.ts";

/** What WebCrypto calls a curve, to make a key, and to sign by one. */
const ALGORITHMS = {
  Ed25519: { make: { name: "Ed25519" }, sign: { name: "Ed25519" } },
  "P-256": { make: { name: "ECDSA", namedCurve: "P-256" }, sign: { name: "ECDSA", hash: "SHA-256" } },
} as const;

type Curve = keyof typeof ALGORITHMS;

function curveOf({ crv }: Jwk): Curve {
  if (crv === "Ed25519" || crv === "P-256") return crv;
  throw new InvalidOptionError("key", "is no key of Ed25519, P-256 or secp256k1.");
}

/**
 * A pair of keys of WebCrypto as a session's key. The private one need not be extractable, and can be kept in IndexedDB.
 *
 * @throws InvalidOptionError when it is of another curve.
 */
export async function keyOfPair({ publicKey, privateKey }: WebKeyPair): Promise<SessionKey> {
  const jwk = await crypto.subtle.exportKey("jwk", publicKey);
  const { profile, delegate } = publicKeyOf(jwk);
  const { sign: algorithm } = ALGORITHMS[curveOf(jwk)];
  const sign = async (bytes: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, bytes));
  return {
    keyid: delegateIdOf(profile, delegate),
    delegate,
    profile,
    signRequest: sign,
    signGrant: async (_, signingInput) => bytesToHex(await sign(signingInput)),
    exportSecret: async () => {
      if (privateKey.extractable) return crypto.subtle.exportKey("jwk", privateKey);
      throw new SessionKeyError("The session's key cannot be read out. Make the session with `extractable: true`.");
    },
  };
}

/** @throws SessionKeyError when WebCrypto does not have the curve here. */
export async function makePair(curve: Curve, extractable: boolean): Promise<WebKeyPair> {
  try {
    return (await crypto.subtle.generateKey(ALGORITHMS[curve].make, extractable, ["sign", "verify"])) as WebKeyPair;
  } catch (cause) {
    if (curve === "P-256") throw cause;
    throw new SessionKeyError('WebCrypto has no Ed25519 here. Take `keyType: "p256"`, which it has everywhere.', {
      cause,
    });
  }
}

/** @throws InvalidOptionError when the JWK holds no pair. */
export async function pairFrom(jwk: Jwk, extractable: boolean): Promise<WebKeyPair> {
  const { make } = ALGORITHMS[curveOf(jwk)];
  const { kty, crv, x, y, d } = jwk;
  const half = kty === "OKP" ? { kty, crv, x } : { kty, crv, x, y };
  try {
    const privateKey = await crypto.subtle.importKey("jwk", { ...half, d }, make, extractable, ["sign"]);
    return { privateKey, publicKey: await crypto.subtle.importKey("jwk", half, make, true, ["verify"]) };
  } catch {
    throw new InvalidOptionError("key", "is no private key as a JWK.");
  }
}
