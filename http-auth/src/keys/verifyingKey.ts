import type { NodeCrypto } from "./nodeCrypto.ts";

/** A public key that is no account's. */
export interface VerifyingKey {
  /**
   * Whether the key signed a message: at once on Node, later elsewhere.
   *
   * @throws Anything, when the platform does not know the algorithm.
   */
  readonly isSigned: (message: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>;
}

/** Bytes of a signature, by each of the algorithms: two numbers of 32 bytes, and never DER. */
const SIGNATURE_BYTES = 64;

/** What WebCrypto and Node call the algorithms of HTTP signatures. */
const ALGORITHMS = {
  ed25519: { node: null, key: { name: "Ed25519" }, signature: { name: "Ed25519" } },
  "ecdsa-p256-sha256": {
    node: "sha256",
    key: { name: "ECDSA", namedCurve: "P-256" },
    signature: { name: "ECDSA", hash: "SHA-256" },
  },
} as const;

/** The profiles whose delegates are such keys. */
export type KeyProfile = keyof typeof ALGORITHMS;

function keyOfNode(profile: KeyProfile, jwk: object, node: NodeCrypto): VerifyingKey["isSigned"] {
  const publicKey = node.createPublicKey({ key: jwk, format: "jwk" });
  const key = profile === "ed25519" ? publicKey : { key: publicKey, dsaEncoding: "ieee-p1363" };
  return (message, signature) => node.verify(ALGORITHMS[profile].node, message, key, signature);
}

function keyOfWeb(profile: KeyProfile, jwk: object): VerifyingKey["isSigned"] {
  const { key: algorithm, signature: by } = ALGORITHMS[profile];
  let imported: ReturnType<typeof crypto.subtle.importKey> | undefined;
  return async (message, signature) => {
    imported ??= crypto.subtle.importKey("jwk", jwk, algorithm, false, ["verify"]);
    return crypto.subtle.verify(by, await imported, new Uint8Array(signature), new Uint8Array(message));
  };
}

/**
 * A key that checks signatures, by Node's cryptography where there is any, and else by WebCrypto.
 *
 * @param profile The algorithm, by its name in the registry of HTTP signatures.
 * @param jwk The public key, in the form of RFC 7638: `isPublicKey` has to have said so.
 * @param node Node's cryptography, or `undefined` for WebCrypto.
 */
export function verifyingKey(profile: KeyProfile, jwk: string, node: NodeCrypto | undefined): VerifyingKey {
  const parsed: object = JSON.parse(jwk);
  const isSigned = node === undefined ? keyOfWeb(profile, parsed) : keyOfNode(profile, parsed, node);
  return {
    isSigned: (message, signature) => signature.length === SIGNATURE_BYTES && isSigned(message, signature),
  };
}
