// The bloom filter of logs in a block's header: Ethereum Yellow Paper (Shanghai version, 2025-02-04), section 4.4.1 and
// equation 31.
import { type Hex, hexToBytes, keccak256 } from "viem";
import type { LogFilter } from "./filters.ts";

/** Bytes of a bloom. */
const SIZE = 256;

/** The bits that each value sets: a byte's place and its mask, three times. Registries have few addresses and topics. */
const known = new Map<string, readonly number[]>();

/** How many values are remembered: those of a filter for each of as many identities as anybody follows at once. */
const MOST = 4_096;

/**
 * Whether a block may hold a log that a filter asks for. False is certain, by the rules of the chain; true is not: other
 * logs may have set the same bits. Undefined for what is no bloom.
 */
export function mayHold(bloom: string, { address, topics }: LogFilter): boolean | undefined {
  if (!isBloom(bloom)) return undefined;
  const bytes = hexToBytes(bloom);
  const isThere = (value: Hex) => bitsOf(value).every((bit) => ((bytes[bit >> 3] as number) >> (bit & 7)) & 1);
  if (!address.some(isThere)) return false;
  return topics.every((wanted) => wanted === null || [wanted].flat().some(isThere));
}

/** The bloom of logs, for comparison with that of their block. */
export function bloomOf(logs: readonly { address: Hex; topics: readonly Hex[] }[]): Uint8Array {
  const bytes = new Uint8Array(SIZE);
  for (const { address, topics } of logs) {
    for (const value of [address, ...topics]) {
      for (const bit of bitsOf(value)) bytes[bit >> 3] = (bytes[bit >> 3] as number) | (1 << (bit & 7));
    }
  }
  return bytes;
}

/** Whether logs are all of a block: whether they set every bit of its bloom, and no other. */
export function areAll(logs: readonly { address: Hex; topics: readonly Hex[] }[], bloom: string): boolean {
  if (!isBloom(bloom)) return false;
  const bytes = hexToBytes(bloom);
  return bloomOf(logs).every((byte, place) => byte === bytes[place]);
}

/** Whether something is a bloom at all; chains that keep none leave it out. */
export function isBloom(bloom: unknown): bloom is Hex {
  return typeof bloom === "string" && bloom.length === 2 + 2 * SIZE && /^0x[0-9a-f]+$/i.test(bloom);
}

/** The bits, each as its byte's place times eight and its place in that byte. */
function bitsOf(value: Hex): readonly number[] {
  const key = value.toLowerCase() as Hex;
  let bits = known.get(key);
  if (bits === undefined) {
    const hash = keccak256(key, "bytes");
    bits = [0, 2, 4].map((at) => {
      const bit = (((hash[at] as number) << 8) | (hash[at + 1] as number)) % (SIZE * 8);
      return (SIZE - 1 - (bit >> 3)) * 8 + (bit & 7);
    });
    if (known.size >= MOST) known.clear();
    known.set(key, bits);
  }
  return bits;
}
