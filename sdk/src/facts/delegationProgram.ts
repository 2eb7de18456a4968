// The statuses of many grants, as one program that a node runs for the length of a call.
import { type Address, concatHex, type Hex, numberToHex, pad, toFunctionSelector } from "viem";
import type { DelegationStatus, GrantReference } from "../types/delegation.ts";
import { assemble } from "./assembly.ts";

/** What was found, all of one block. */
export type DelegationFinding = {
  /** The block's number and time, as the chain's machine tells them to contracts. */
  block: { number: bigint; timestamp: number };
  /** The hash of the registry's code. */
  codeHash: Hex;
  /** In the order asked. */
  statuses: DelegationStatus[];
};

/** What a program answers is at most 24,576 bytes (EIP-170), and the program itself 49,152 (EIP-3860): a grant is two words. */
export const MOST_GRANTS = 256;

/** An epoch has 64 bits. */
export const LARGEST_EPOCH = 2n ** 64n - 1n;

const WORD = 32;
const PAIR = 2 * WORD;

// A call is its selector and two words; what is answered comes behind them.
const FIRST = 4;
const SECOND = FIRST + WORD;
const INPUT = SECOND + WORD;
const RESULT = 0x80;
const [NUMBER, TIME, HASH, PAIRS] = [RESULT, RESULT + WORD, RESULT + 2 * WORD, RESULT + 3 * WORD];
const HEAD_WORDS = 3;

/**
 * The code that asks. It is never deployed: a call that names no contract runs it, and answers what it returns. It fails
 * where the registry does not answer as one does.
 */
export function encodeDelegationProgram(registry: Address, grants: readonly GrantReference[]): Hex {
  const end = PAIRS + grants.length * PAIR;
  const program = assemble(`
    NUMBER ${NUMBER} MSTORE
    TIMESTAMP ${TIME} MSTORE
    ${registry} EXTCODEHASH ${HASH} MSTORE
    ${toFunctionSelector("status(address,bytes32)")} 224 SHL 0 MSTORE
    ${grants.length === 0 ? "" : askEach(registry, end)}
    ${end - RESULT} ${RESULT} RETURN
    fail: 0 0 REVERT
  `);
  return concatHex([program, ...grants.flatMap(({ issuer, handle }) => [pad(issuer), handle])]);
}

/** Asks about every grant that is appended to the program, and puts the answer in its place. */
function askEach(registry: Address, end: number): string {
  return `
    ${end - PAIRS} @end ${PAIRS} CODECOPY
    ${PAIRS}
    next:
    DUP1 MLOAD ${FIRST} MSTORE
    DUP1 ${WORD} ADD MLOAD ${SECOND} MSTORE
    ${PAIR} DUP2 ${INPUT} 0 ${registry} GAS STATICCALL
    RETURNDATASIZE ${PAIR} GT ISZERO AND ISZERO @fail JUMPI
    ${PAIR} ADD DUP1 ${end} GT @next JUMPI`;
}

/** What the program answered; undefined where that is something else. */
export function decodeDelegationProgram(answer: Hex | undefined, count: number): DelegationFinding | undefined {
  if (answer?.length !== 2 + 2 * WORD * (HEAD_WORDS + 2 * count)) return undefined;
  const word = (index: number): bigint => BigInt(`0x${answer.slice(2 + 2 * WORD * index, 2 + 2 * WORD * (index + 1))}`);
  const statuses: DelegationStatus[] = [];
  for (let index = HEAD_WORDS; index < HEAD_WORDS + 2 * count; index += 2) {
    const [isRevoked, epoch] = [word(index), word(index + 1)];
    // Neither a yes nor a no.
    if (isRevoked > 1n || epoch > LARGEST_EPOCH) return undefined;
    statuses.push({ isRevoked: isRevoked === 1n, epoch });
  }
  return {
    block: { number: word(0), timestamp: Number(word(1)) },
    codeHash: numberToHex(word(2), { size: WORD }),
    statuses,
  };
}
