import { type Address, checksumAddress, zeroAddress } from "viem";

/** Addresses that are remembered with their checksums: each takes a hash, and the same few come again and again. */
const MOST = 8_192;

const known = new Map<string, Address>();

/**
 * An address with its checksum. viem remembers some as well, in an order that costs more than it saves where all places are
 * taken.
 *
 * @param digits - The 40 digits of the address.
 */
export function checksummed(digits: string): Address {
  let address = known.get(digits);
  if (address === undefined) {
    address = digits === zeroAddress.slice(2) ? zeroAddress : checksumAddress(`0x${digits.toLowerCase()}`);
    if (known.size >= MOST) known.clear();
    // Not the digits that were given: they may be a part of a long answer, and keep all of it in memory.
    known.set(address.slice(2).toLowerCase(), address);
  }
  return address;
}
