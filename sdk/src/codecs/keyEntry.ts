import type { ResolvedKey } from "../types/identity.ts";
import { toResolvedKey } from "./answers.ts";
import { bits } from "./bits.ts";

/**
 * Unpacks the word in which the registry stores what an address is to it.
 *
 * The entry of an owner also dates its identity: until the key is first rotated or the identity retires, `since` is when it
 * was registered. From then on `decodeIdentityExtension` says that.
 *
 * @param word - The word; where it is stored, `keyEntrySlot` says.
 * @returns What the address is, as `resolveKey` answers it.
 *
 * @example
 * const { identityRegistry } = shortAddresses;
 * const stored = await client.getStorageAt({ address: identityRegistry, slot: keyEntrySlot(address) });
 * decodeKeyEntry(BigInt(stored ?? 0)).role; // "owner"
 */
export function decodeKeyEntry(word: bigint): ResolvedKey {
  return toResolvedKey([word & 0xff_ffff_ffffn, bits(word, 40n, 8n), bits(word, 48n, 40n)]);
}
