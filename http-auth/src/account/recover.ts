import { hexToBytes, recoverPublicKey } from "viem";

/**
 * Recovers the public key that signed a hash.
 *
 * @param hash 32 bytes.
 * @param signature 64 bytes: r and s, both of them in range, and s the lower one.
 * @param parity Which of the two keys: 0 or 1.
 * @returns 65 bytes, uncompressed. Nothing, or an error, where there is no such key.
 */
export type Recover = (
  hash: Uint8Array,
  signature: Uint8Array,
  parity: 0 | 1,
) => Uint8Array | null | Promise<Uint8Array | null>;

/** By viem, which runs everywhere. */
export const recoverByViem: Recover = async (hash, signature, parity) => {
  const whole = new Uint8Array(65);
  whole.set(signature);
  whole[64] = 27 + parity;
  return hexToBytes(await recoverPublicKey({ hash, signature: whole }));
};
