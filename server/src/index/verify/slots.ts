// Where `IdentityRegistry` keeps what the SDK names no slot for: the mappings after those of `storage.ts` there.
import { encodeAbiParameters, type Hex, keccak256, numberToHex } from "viem";

/** The mappings' own slots; the tests compare what is there with what is known. */
export const registrySlots = { pending: 7n, wallets: 8n, approvals: 9n } as const;

/** How many were registered, and from bit 128 on how many retired. */
export const countsSlot: Hex = numberToHex(3n, { size: 32 });

/** Where Solidity puts an entry of a mapping from numbers. */
export function entrySlot(key: bigint, slot: bigint): Hex {
  return keccak256(encodeAbiParameters([{ type: "uint256" }, { type: "uint256" }], [key, slot]));
}
