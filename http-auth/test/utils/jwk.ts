import { createECDH, createPrivateKey, createPublicKey, verify } from "node:crypto";
import { type Hex, hexToBytes } from "viem";
import type { Jwk } from "../../src/index.ts";

/** A private key of the vectors as a JWK. */
export async function privateJwk(secret: Hex, crv: "P-256" | "Ed25519"): Promise<Jwk> {
  const bytes = Buffer.from(hexToBytes(secret));
  const d = bytes.toString("base64url");
  if (crv === "P-256") {
    const pair = createECDH("prime256v1");
    pair.setPrivateKey(bytes);
    const point = pair.getPublicKey();
    const x = point.subarray(1, 33).toString("base64url");
    return { kty: "EC", crv, x, y: point.subarray(33).toString("base64url"), d };
  }
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), bytes]);
  const { x = "" } = createPublicKey(createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" })).export({
    format: "jwk",
  });
  return { kty: "OKP", crv, x, d };
}

/** Whether a public key as a grant names it signed some bytes, found out by Node. A field `Signature` is taken too. */
export async function isSignedByJwk(delegate: string, signature: string, bytes: Uint8Array): Promise<boolean> {
  const key = createPublicKey({ key: JSON.parse(delegate), format: "jwk" });
  const [, base64] = /=:([^:]+):$/.exec(signature) ?? [];
  const proof = base64 === undefined ? hexToBytes(signature as Hex) : Buffer.from(base64, "base64");
  return key.asymmetricKeyType === "ed25519"
    ? verify(null, bytes, key, proof)
    : verify("sha256", bytes, { key, dsaEncoding: "ieee-p1363" }, proof);
}
