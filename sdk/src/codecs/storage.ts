// Where the registries keep their words: for `eth_getStorageAt`, and for proofs.
import { type Address, encodeAbiParameters, type Hex, keccak256 } from "viem";
import { addressOf, idOf } from "../check/arguments.ts";

/** The mappings' own slots; a test compares them with the compiler's layout. */
const RECORDS = 4n;
const KEYS = 5n;
const EXTENSIONS = 6n;
const EDGES = 3n;
const SUPPORT = 4n;
const OPPOSITION = 5n;
const COMMITMENTS = 6n;

/**
 * Where `IdentityRegistry` stores the record of an identity.
 *
 * @param id - The identity.
 * @returns The slot; `decodeIdentityRecord` unpacks what is there.
 *
 * @example
 * const { identityRegistry } = shortAddresses;
 * const stored = await client.getStorageAt({ address: identityRegistry, slot: identityRecordSlot(7) });
 * decodeIdentityRecord(BigInt(stored ?? 0)).status; // "active"
 */
export function identityRecordSlot(id: number): Hex {
  return entry(idOf(id), RECORDS);
}

/**
 * Where `IdentityRegistry` stores what an address is to it.
 *
 * @param key - The address.
 * @returns The slot; `decodeKeyEntry` unpacks what is there.
 *
 * @example
 * const { identityRegistry } = shortAddresses;
 * const stored = await client.getStorageAt({ address: identityRegistry, slot: keyEntrySlot(address) });
 * decodeKeyEntry(BigInt(stored ?? 0)).id; // 7
 */
export function keyEntrySlot(key: Address): Hex {
  return entry(BigInt(addressOf(key)), KEYS);
}

/**
 * Where `IdentityRegistry` stores what few identities need: the guardian, and from the first rotation on the registration.
 *
 * @param id - The identity.
 * @returns The slot; `decodeIdentityExtension` unpacks what is there.
 *
 * @example
 * const { identityRegistry } = shortAddresses;
 * const stored = await client.getStorageAt({ address: identityRegistry, slot: identityExtensionSlot(7) });
 * decodeIdentityExtension(BigInt(stored ?? 0)).firstSeen; // undefined
 */
export function identityExtensionSlot(id: number): Hex {
  return entry(idOf(id), EXTENSIONS);
}

/**
 * Where `VouchRegistry` stores the vouch or warning of a pair.
 *
 * @param pair - Who staked, and for or against whom.
 * @returns The slot; `decodeEdge` unpacks what is there.
 *
 * @example
 * const { vouchRegistry } = shortAddresses;
 * const stored = await client.getStorageAt({ address: vouchRegistry, slot: edgeSlot({ voucherId: 7, subjectId: 9 }) });
 * decodeEdge(BigInt(stored ?? 0)).stake; // 30
 */
export function edgeSlot({ voucherId, subjectId }: { voucherId: number; subjectId: number }): Hex {
  const ofVoucher = entry(idOf(voucherId, "voucherId"), EDGES);
  return entry(idOf(subjectId, "subjectId"), BigInt(ofVoucher));
}

/**
 * Where `VouchRegistry` stores the ring of what is staked for a subject.
 *
 * @param id - The subject.
 * @returns The slot; `decodeSubjectRing` unpacks what is there.
 *
 * @example
 * const { vouchRegistry } = shortAddresses;
 * const stored = await client.getStorageAt({ address: vouchRegistry, slot: supportRingSlot(9) });
 * decodeSubjectRing(BigInt(stored ?? 0)).headId; // 7
 */
export function supportRingSlot(id: number): Hex {
  return entry(idOf(id), SUPPORT);
}

/**
 * Where `VouchRegistry` stores the ring of what is staked against a subject.
 *
 * @param id - The subject.
 * @returns The slot; `decodeSubjectRing` unpacks what is there.
 *
 * @example
 * const { vouchRegistry } = shortAddresses;
 * const stored = await client.getStorageAt({ address: vouchRegistry, slot: oppositionRingSlot(9) });
 * decodeSubjectRing(BigInt(stored ?? 0)).stakes.length; // 1
 */
export function oppositionRingSlot(id: number): Hex {
  return entry(idOf(id), OPPOSITION);
}

/**
 * Where `VouchRegistry` stores the ring of what a voucher has staked.
 *
 * @param id - The voucher.
 * @returns The slot; `decodeVoucherRing` unpacks what is there.
 *
 * @example
 * const { vouchRegistry } = shortAddresses;
 * const stored = await client.getStorageAt({ address: vouchRegistry, slot: commitmentsRingSlot(7) });
 * decodeVoucherRing(BigInt(stored ?? 0)).burned; // 0
 */
export function commitmentsRingSlot(id: number): Hex {
  return entry(idOf(id), COMMITMENTS);
}

/** Where Solidity puts an entry of a mapping from numbers or addresses. */
function entry(key: bigint, slot: bigint): Hex {
  return keccak256(encodeAbiParameters([{ type: "uint256" }, { type: "uint256" }], [key, slot]));
}
