import { type Address, bytesToHex, type Hash, recoverAddress } from "viem";

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(bytesToHex(bytes));
}

/**
 * Whether the key of an address signed a hash, found out without asking anybody. Strict: 65 bytes, the lower of both `s`, and
 * 27 or 28. Libraries take more than that, so that one signature had many forms.
 */
export async function isSignedByKey(address: Address, hash: Hash, signature: Uint8Array): Promise<boolean> {
  if (signature.length !== 65) return false;
  const r = numberOf(signature.subarray(0, 32));
  const s = numberOf(signature.subarray(32, 64));
  const v = signature[64];
  if (r < 1n || r >= ORDER || s < 1n || s > ORDER / 2n || (v !== 27 && v !== 28)) return false;
  try {
    return (await recoverAddress({ hash, signature })).toLowerCase() === address;
  } catch {
    // Not every r is on the curve.
    return false;
  }
}
