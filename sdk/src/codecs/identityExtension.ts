import { type Address, getAddress, numberToHex } from "viem";
import { bits } from "./bits.ts";

/** What most identities never need: the second word of an identity. */
export type IdentityExtension = {
  /** The address that may suspend and recover it. */
  guardian: Address | undefined;
  /**
   * When it was registered (unix seconds); undefined until its key was first rotated or it retired. Until then that is the
   * `since` of its owner's entry, as `decodeKeyEntry` reads it.
   */
  firstSeen: number | undefined;
};

/**
 * Unpacks the word in which the registry stores what few identities need.
 *
 * @param word - The word; where it is stored, `identityExtensionSlot` says.
 * @returns The guardian, and when the identity was registered where its key no longer says so.
 *
 * @example
 * const { identityRegistry } = shortAddresses;
 * const stored = await client.getStorageAt({ address: identityRegistry, slot: identityExtensionSlot(7) });
 * decodeIdentityExtension(BigInt(stored ?? 0)).guardian; // undefined
 */
export function decodeIdentityExtension(word: bigint): IdentityExtension {
  const guardian = word & ((1n << 160n) - 1n);
  return {
    guardian: guardian === 0n ? undefined : getAddress(numberToHex(guardian, { size: 20 })),
    firstSeen: bits(word, 160n, 40n) || undefined,
  };
}
