// Signatures of accounts with a key, as OpenZeppelin's ECDSA takes them.
import { type Address, type Hex, recoverAddress, size, slice } from "viem";

/** Half of the curve's order: of the two signatures that mean the same, only the one with the low `s` counts. */
const MOST_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/** Whether an address without code signed it, in the one form that the registries take: 65 bytes, low `s`, `v` of 27 or 28. */
export async function isEcdsaOf(address: Address, hash: Hex, signature: Hex): Promise<boolean> {
  if (size(signature) !== 65 || !/(1b|1c)$/i.test(signature) || BigInt(slice(signature, 32, 64)) > MOST_S) return false;
  try {
    return (await recoverAddress({ hash, signature })) === address;
  } catch {
    // A point that is not on the curve.
    return false;
  }
}

/** Some wallets answer `v` as 0 or 1. What only looks like that, such as a smart account's own bytes, stays as it is. */
export async function withLegacyV(address: Address, hash: Hex, signature: Hex): Promise<Hex> {
  if (size(signature) !== 65 || !/0[01]$/.test(signature)) return signature;
  const legacy: Hex = `${slice(signature, 0, 64)}${signature.endsWith("0") ? "1b" : "1c"}`;
  return (await isEcdsaOf(address, hash, legacy)) ? legacy : signature;
}
