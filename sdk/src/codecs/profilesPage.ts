import { type Address, checksumAddress, decodeFunctionResult, type Hex, zeroAddress } from "viem";
import { registryLensAbi } from "../abi/registryLens.ts";
import type { RawProfile } from "./answers.ts";

/** Hexadecimal digits of a word. */
const WORD = 64;

/** Words of a profile, all of them static: key, role, 16 of the identity, 5 of the standing, support and opposition. */
const PROFILE_WORDS = 25;

/** The offset of the list and its length come before its members. */
const HEAD_WORDS = 2;

/** Digits of a number that fits in 52 bits, with room for the 40 of a time. */
const NUMBER_DIGITS = 13;

const ADDRESS_DIGITS = 40;
const ZEROS = "0".repeat(WORD);

/**
 * What `profiles` and `profilesOf` of a lens answer, the same as viem decodes it, in a fraction of the time: viem's decoder
 * walks the types anew for every member. Whatever is not exactly of this shape is left to viem, whose errors are known.
 */
export function decodeProfilesPage(data: Hex): readonly RawProfile[] {
  return decodeExactly(data) ?? decodeFunctionResult({ abi: registryLensAbi, functionName: "profiles", data });
}

function decodeExactly(data: Hex): RawProfile[] | undefined {
  const words = (data.length - 2) / WORD;
  const count = (words - HEAD_WORDS) / PROFILE_WORDS;
  if (!Number.isInteger(count) || count < 0) return undefined;
  const head = new Words(data, 0);
  if (head.number(52) !== WORD / 2 || head.number(52) !== count || !head.isExact) return undefined;
  const profiles: RawProfile[] = [];
  for (let index = 0; index < count; index++) {
    const member = new Words(data, HEAD_WORDS + index * PROFILE_WORDS);
    profiles.push(decodeProfile(member));
    if (!member.isExact) return undefined;
  }
  return profiles;
}

/** The order of the fields is the order of the words. */
function decodeProfile(words: Words): RawProfile {
  return {
    key: words.address(),
    role: words.number(8),
    identity: {
      id: words.bigint(),
      owner: words.address(),
      wallet: words.address(),
      guardian: words.address(),
      status: words.number(8),
      ownerKind: words.number(8),
      isDelegated: words.boolean(),
      isArbiter: words.boolean(),
      keyEpoch: words.number(8),
      keySince: words.number(40),
      firstSeen: words.number(40),
      lastSeen: words.number(40),
      tenure: words.number(40),
      pending: { kind: words.number(8), candidate: words.address(), readyAt: words.number(40) },
    },
    standing: {
      standing: words.bigint(),
      staked: words.bigint(),
      burned: words.bigint(),
      free: words.bigint(),
      scars: words.bigint(),
    },
    support: words.bigint(),
    opposition: words.bigint(),
  };
}

/** Reads word after word, and remembers whether one of them was not of the type that it was read as. */
class Words {
  isExact = true;
  readonly #data: Hex;
  #at: number;

  constructor(data: Hex, word: number) {
    this.#data = data;
    this.#at = 2 + word * WORD;
  }

  /** A number of at most 52 bits. */
  number(width: number): number {
    const value = Number.parseInt(this.#tail(NUMBER_DIGITS), 16);
    // Also where it is not a number at all.
    if (!(value < 2 ** width)) this.isExact = false;
    return value;
  }

  boolean(): boolean {
    return this.number(1) === 1;
  }

  bigint(): bigint {
    const digits = this.#next();
    return digits === ZEROS ? 0n : BigInt(`0x${digits}`);
  }

  address(): Address {
    const digits = this.#tail(ADDRESS_DIGITS);
    if (digits === ZEROS.slice(0, ADDRESS_DIGITS)) return zeroAddress;
    return checksumAddress(`0x${digits.toLowerCase()}`);
  }

  /** The last digits of a word whose other digits are zeros. */
  #tail(digits: number): string {
    const word = this.#next();
    if (!word.startsWith(ZEROS.slice(digits))) this.isExact = false;
    return word.slice(WORD - digits);
  }

  #next(): string {
    const word = this.#data.slice(this.#at, this.#at + WORD);
    this.#at += WORD;
    return word;
  }
}
