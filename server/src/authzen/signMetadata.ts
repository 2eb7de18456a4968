import { type KeyObject, sign } from "node:crypto";
import type { Metadata } from "./schemas.ts";

/** Who vouches for the metadata, and by which key. */
export interface MetadataSigner {
  /** Who says so: the claim `iss`. */
  readonly issuer: string;
  /** A private key: Ed25519, P-256, or RSA of 2,048 bits or more. */
  readonly key: KeyObject;
  /** What whoever verifies finds the public key by. */
  readonly keyId: string;
}

/** Thrown when a key is of no kind that metadata is signed by. */
export class UnfitKeyError extends Error {
  override readonly name = "UnfitKeyError";
  constructor(kind: string) {
    super(
      `Metadata is not signed by a key like this: ${kind}. Give a private key: Ed25519, P-256, or RSA of 2,048 bits or more.`,
    );
  }
}

/** The algorithm of JWS for a key, and its hash where it needs one. */
function algorithmOf({ type, asymmetricKeyType: kind, asymmetricKeyDetails: details = {} }: KeyObject) {
  if (type !== "private") throw new UnfitKeyError(type);
  if (kind === "ed25519") return { alg: "EdDSA", hash: undefined };
  if (kind === "ec" && details.namedCurve === "prime256v1") return { alg: "ES256", hash: "sha256" };
  if (kind === "rsa" && (details.modulusLength ?? 0) >= 2_048) return { alg: "RS256", hash: "sha256" };
  throw new UnfitKeyError(kind ?? "unknown");
}

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/**
 * Signs what a decision point says about itself (section "Signature Parameter"): a JWT in JWS's compact form, with the same parameters as
 * claims, and `iss`.
 *
 * @param now Unix seconds.
 * @throws UnfitKeyError when the key is of no such kind.
 */
export function signMetadata(metadata: Metadata, { issuer, key, keyId }: MetadataSigner, now: number): string {
  const { alg, hash } = algorithmOf(key);
  const content = `${encoded({ alg, kid: keyId, typ: "JWT" })}.${encoded({ ...metadata, iss: issuer, iat: now })}`;
  const signature = sign(hash, Buffer.from(content), { key, dsaEncoding: "ieee-p1363" });
  return `${content}.${signature.toString("base64url")}`;
}
