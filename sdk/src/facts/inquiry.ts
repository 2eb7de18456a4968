// All that a requirement can ask about an identity, as one program that a node runs for the length of a call.
import { type Address, concatHex, type Hex, numberToHex, toFunctionSelector } from "viem";
import type { RawProfile } from "../codecs/answers.ts";
import { decodeStance, decodeStatus } from "../codecs/enums.ts";
import { decodeProfilesPage } from "../codecs/profilesPage.ts";
import type { Vouch } from "../types/vouch.ts";
import { assemble } from "./assembly.ts";

/** Whom to ask about, by number or by address, and which vouchers' stakes on it. */
export type Inquiry = {
  vouchRegistry: Address;
  target: { id: bigint } | { key: Address };
  voucherIds: readonly bigint[];
};

/** What was found, all of one block. */
export type Finding = {
  profile: RawProfile;
  /** The time of the block. */
  time: number;
  /** When the address that was asked about became what it is; zero where a number was asked about. */
  since: number;
  /** What each voucher staked, in the order asked. */
  stakes: Pick<Vouch, "stance" | "stake" | "isActive" | "voucherStatus">[];
};

/** What a program answers is at most 24,576 bytes (EIP-170); for a voucher that is a word. */
export const MOST_VOUCHERS = 512;

const WORD = 32;

// Where the program keeps what: selector and arguments of a call, and what it answers and is not handed on as it is.
const FIRST = 4;
const SECOND = FIRST + WORD;
const REGISTRY = 0x60;
const SCRATCH = 0x80;

/** The result begins as a lens answers about one: an offset, a length, and the 25 words of a profile. */
const RESULT = SCRATCH + 16 * WORD;
const PAGE_WORDS = 27;
const ONE_PROFILE = [WORD, 1].map((value) => value.toString(16).padStart(2 * WORD, "0")).join("");
const HEAD_WORDS = PAGE_WORDS + 2;
const word = (index: number) => RESULT + index * WORD;
const [KEY, ROLE, IDENTITY, STANDING, SUPPORT] = [word(2), word(3), word(4), word(20), word(25)];
const [TIME, SINCE, STAKES] = [word(PAGE_WORDS), word(PAGE_WORDS + 1), word(HEAD_WORDS)];

/** Of a vouch, the words that count, and the bit from which on each is in the one word that is answered of it. */
const counted = {
  stake: { word: 7, bit: 0 },
  stance: { word: 3, bit: 32 },
  isActive: { word: 5, bit: 40 },
  voucherStatus: { word: 13, bit: 48 },
} as const;

/**
 * The code that asks. It is never deployed: a call that names no contract runs it, and answers what it returns. It fails
 * where a registry does not answer as registries do.
 */
export function encodeInquiry({ vouchRegistry, target, voucherIds }: Inquiry): Hex {
  const end = STAKES + voucherIds.length * WORD;
  const identities = `${REGISTRY} MLOAD`;
  const program = assemble(`
    ${call(vouchRegistry, "identities()", { inputs: 0, out: REGISTRY, words: 1 })}
    ${WORD} ${RESULT} MSTORE
    1 ${word(1)} MSTORE
    ${"key" in target ? resolve(target.key, identities) : `${numberToHex(target.id, { size: WORD })} ${SECOND} MSTORE`}
    ${call(identities, "identityOf(uint256)", { inputs: 1, out: IDENTITY, words: 16 })}
    ${call(vouchRegistry, "standingOf(uint256)", { inputs: 1, out: STANDING, words: 5 })}
    ${call(vouchRegistry, "supportOf(uint256)", { inputs: 1, out: SUPPORT, words: 2 })}
    TIMESTAMP ${TIME} MSTORE
    ${voucherIds.length === 0 ? "" : askEach(vouchRegistry, end)}
    ${end - RESULT} ${RESULT} RETURN
    fail: 0 0 REVERT
  `);
  return concatHex([program, ...voucherIds.map((id) => numberToHex(id, { size: WORD }))]);
}

/** What the program answered; undefined where that is something else. */
export function decodeInquiry(answer: Hex | undefined, vouchers: number): Finding | undefined {
  if (answer?.length !== 2 + 2 * WORD * (HEAD_WORDS + vouchers)) return undefined;
  const digits = (index: number, count = 1) => answer.slice(2 + 2 * WORD * index, 2 + 2 * WORD * (index + count));
  if (digits(0, 2) !== ONE_PROFILE) return undefined;
  const [profile] = decodeProfilesPage(`0x${digits(0, PAGE_WORDS)}`);
  return {
    profile: profile as RawProfile,
    time: Number.parseInt(digits(PAGE_WORDS), 16),
    since: Number.parseInt(digits(PAGE_WORDS + 1), 16),
    stakes: Array.from({ length: vouchers }, (_, index) => decodeStake(BigInt(`0x${digits(HEAD_WORDS + index)}`))),
  };
}

function decodeStake(packed: bigint): Finding["stakes"][number] {
  const field = (name: keyof typeof counted, bits: number) =>
    Number(BigInt.asUintN(bits, packed >> BigInt(counted[name].bit)));
  return {
    stake: field("stake", 32),
    stance: decodeStance(field("stance", 8)),
    isActive: field("isActive", 8) === 1,
    voucherStatus: decodeStatus(field("voucherStatus", 8)),
  };
}

/** Finds whom an address belongs to, who is the subject from then on. */
function resolve(key: Address, identities: string): string {
  return `
    ${key} ${SECOND} MSTORE
    ${call(identities, "resolve(address)", { inputs: 1, out: SCRATCH, words: 3 })}
    ${SCRATCH} MLOAD ${SECOND} MSTORE
    ${key} ${KEY} MSTORE
    ${SCRATCH + WORD} MLOAD ${ROLE} MSTORE
    ${SCRATCH + 2 * WORD} MLOAD ${SINCE} MSTORE`;
}

/** Asks about every voucher that is appended to the program, and puts what counts of the answer in its place. */
function askEach(vouchRegistry: Address, end: number): string {
  const packed = Object.values(counted).map((field) => `${SCRATCH + field.word * WORD} MLOAD ${field.bit} SHL OR`);
  return `
    ${end - STAKES} @end ${STAKES} CODECOPY
    ${STAKES}
    next:
    ${call(vouchRegistry, "vouchOf(uint256,uint256)", { inputs: 2, first: "DUP1 MLOAD", out: SCRATCH, words: 16 })}
    0 ${packed.join(" ")} DUP2 MSTORE
    ${WORD} ADD DUP1 ${end} GT @next JUMPI`;
}

/** Calls a view, of the subject where nothing else is its `first` argument, and fails where it answers less than `words`. */
function call(
  target: string,
  signature: string,
  { inputs, first = `${SECOND} MLOAD`, out, words }: { inputs: 0 | 1 | 2; first?: string; out: number; words: number },
): string {
  // The selector's word reaches into the first argument, which therefore comes after it.
  return `
    ${toFunctionSelector(signature)} 224 SHL 0 MSTORE ${inputs === 0 ? "" : `${first} ${FIRST} MSTORE`}
    ${words * WORD} ${out} ${FIRST + inputs * WORD} 0 ${target} GAS STATICCALL
    RETURNDATASIZE ${words * WORD} GT ISZERO AND ISZERO @fail JUMPI`;
}
