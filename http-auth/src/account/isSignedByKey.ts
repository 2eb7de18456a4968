import { type Address, bytesToHex, type Hash, hexToBytes, keccak256 } from "viem";
import { type Recover, recoverByViem } from "./recover.ts";

/** How many keys secp256k1 has, and one more. */
export const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** Bytes of a public key that is not compressed, and the one that all begin with. */
const KEY_BYTES = 65;
const UNCOMPRESSED = 4;

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(bytesToHex(bytes));
}

/**
 * Whether the key of an address signed a hash, found out without asking anybody. Strict: 65 bytes, the lower of both `s`, and
 * 27 or 28. Libraries take more than that, so that one signature had many forms.
 */
export async function isSignedByKey(
  address: Address,
  hash: Hash,
  signature: Uint8Array,
  recover: Recover = recoverByViem,
): Promise<boolean> {
  if (signature.length !== 65) return false;
  const r = numberOf(signature.subarray(0, 32));
  const s = numberOf(signature.subarray(32, 64));
  const v = signature[64];
  if (r < 1n || r >= ORDER || s < 1n || s > ORDER / 2n || (v !== 27 && v !== 28)) return false;
  try {
    const key = await recover(hexToBytes(hash), signature.subarray(0, 64), v === 28 ? 1 : 0);
    if (key === null || key.length !== KEY_BYTES || key[0] !== UNCOMPRESSED) return false;
    return `0x${keccak256(key.subarray(1)).slice(-40)}` === address;
  } catch {
    // Not every r is on the curve.
    return false;
  }
}
