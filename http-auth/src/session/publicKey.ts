import { InvalidOptionError } from "../errors/mistakes.ts";
import { isPublicKey } from "../grants/publicKey.ts";
import type { Jwk } from "./types.ts";

/** The name of the algorithm in the registry of HTTP signatures, by the curve of a JWK. */
const PROFILES: Readonly<Record<string, string>> = { Ed25519: "ed25519", "P-256": "ecdsa-p256-sha256" };

/** The required members of a public key, in the order of RFC 7638. */
function requiredMembers({ crv, kty, x, y }: Jwk): string {
  return JSON.stringify(kty === "OKP" ? { crv, kty, x } : { crv, kty, x, y });
}

/**
 * A public key as a grant names it.
 *
 * @throws InvalidOptionError when it is none, or when it holds the private key too, which nobody else should have got.
 */
export function publicKeyOf(jwk: Jwk): { profile: string; delegate: string } {
  if (jwk.d !== undefined) {
    throw new InvalidOptionError(
      "key",
      "holds a private key. Whoever has that key keeps it, and gives the public one.",
    );
  }
  const profile = PROFILES[jwk.crv ?? ""];
  const delegate = requiredMembers(jwk);
  if (profile === undefined || !isPublicKey(profile, delegate)) {
    throw new InvalidOptionError("key", "is no public key of Ed25519 or P-256 as a JWK.");
  }
  return { profile, delegate };
}
