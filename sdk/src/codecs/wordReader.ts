import { type Address, type Hex, hexToString, zeroHash } from "viem";
import { checksummed } from "./checksums.ts";

/** Hexadecimal digits of a word. */
export const WORD = 64;

/** Digits of a number that fits in 52 bits, with room for the 40 of a time. */
const NUMBER_DIGITS = 13;

const ADDRESS_DIGITS = 40;
const ZEROS = "0".repeat(WORD);

/**
 * Reads word after word of what the ABI encodes, and remembers whether one of them was not of the type that it was read as:
 * what was read is then worth nothing.
 */
export class WordReader {
  isExact = true;
  readonly #digits: string;
  readonly #base: number;
  #at: number;

  /**
   * @param digits - The digits that hold the words, and nothing but digits of hexadecimal numbers.
   * @param at - The digit at which the first word begins.
   * @param base - The digit from which offsets count.
   */
  constructor(digits: string, at: number, base = at) {
    this.#digits = digits;
    this.#at = at;
    this.#base = base;
  }

  /** A number of at most 52 bits. */
  number(width: number): number {
    return this.#numberIn(this.#tail(NUMBER_DIGITS), width);
  }

  boolean(): boolean {
    return this.number(1) === 1;
  }

  bigint(): bigint {
    const digits = this.#next();
    return digits === ZEROS ? 0n : BigInt(`0x${digits}`);
  }

  address(): Address {
    return checksummed(this.#tail(ADDRESS_DIGITS));
  }

  bytes32(): Hex {
    const digits = this.#next();
    return digits === ZEROS ? zeroHash : `0x${digits.toLowerCase()}`;
  }

  bytes(): Hex {
    return `0x${this.#content().toLowerCase()}`;
  }

  string(): string {
    const digits = this.#content();
    return digits === "" ? "" : hexToString(`0x${digits}`);
  }

  /** The digits of what stands behind the words: there is its offset in this word, and its length where it begins. */
  #content(): string {
    const offset = this.#numberIn(this.#tail(NUMBER_DIGITS), 32);
    // What has an offset stands behind at least the word that holds it.
    if (offset < WORD / 2) this.isExact = false;
    const start = this.#base + 2 * offset + WORD;
    const length = this.#digits.slice(start - WORD, start);
    if (length.length < WORD || !length.startsWith(ZEROS.slice(NUMBER_DIGITS))) this.isExact = false;
    const end = start + 2 * this.#numberIn(length.slice(-NUMBER_DIGITS), 32);
    if (!(end <= this.#digits.length)) this.isExact = false;
    return this.isExact ? this.#digits.slice(start, end) : "";
  }

  #numberIn(digits: string, width: number): number {
    const value = Number.parseInt(digits, 16);
    // Also where it is not a number at all.
    if (!(value < 2 ** width)) this.isExact = false;
    return value;
  }

  /** The last digits of a word whose other digits are zeros. */
  #tail(digits: number): string {
    const word = this.#next();
    if (!word.startsWith(ZEROS.slice(digits))) this.isExact = false;
    return word.slice(WORD - digits);
  }

  #next(): string {
    const word = this.#digits.slice(this.#at, this.#at + WORD);
    this.#at += WORD;
    if (word.length === WORD) return word;
    this.isExact = false;
    return ZEROS;
  }
}
