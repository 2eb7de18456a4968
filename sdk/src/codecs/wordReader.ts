import { type Address, type Hex, hexToString, zeroAddress, zeroHash } from "viem";
import { checksummed } from "./checksums.ts";

/** Hexadecimal digits of a word. */
export const WORD = 64;

/** Digits of a number that fits in 52 bits, with room for the 40 of a time. */
const NUMBER_DIGITS = 13;

const ADDRESS_DIGITS = 40;
const ZERO = 48;

/** The values of digits by their codes; negative for what is none. */
const DIGITS = /*#__PURE__*/ Int8Array.from({ length: 103 }, (_, code) =>
  "0123456789abcdef".indexOf(String.fromCharCode(code).toLowerCase()),
);

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
    const value = this.#numberAt(this.#skip());
    if (!(value < 2 ** width)) this.isExact = false;
    return value;
  }

  boolean(): boolean {
    return this.number(1) === 1;
  }

  bigint(): bigint {
    const at = this.#skip();
    const value = this.#numberAt(at);
    if (value < 2 ** 52) return BigInt(value);
    return this.isExact ? BigInt(`0x${this.#digits.slice(at, at + WORD)}`) : 0n;
  }

  address(): Address {
    const at = this.#skip();
    if (this.#areZeros(at, at + WORD)) return zeroAddress;
    if (!this.#areZeros(at, at + WORD - ADDRESS_DIGITS)) this.isExact = false;
    return checksummed(this.#digits.slice(at + WORD - ADDRESS_DIGITS, at + WORD));
  }

  bytes32(): Hex {
    const at = this.#skip();
    return this.#areZeros(at, at + WORD) ? zeroHash : `0x${this.#digits.slice(at, at + WORD).toLowerCase()}`;
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
    const offset = this.number(32);
    // What has an offset stands behind at least the word that holds it.
    if (offset < WORD / 2) this.isExact = false;
    const start = this.#base + 2 * offset + WORD;
    const end = start + 2 * this.#numberAt(start - WORD);
    if (!(end <= this.#digits.length)) this.isExact = false;
    return this.isExact ? this.#digits.slice(start, end) : "";
  }

  /**
   * The number in a word; infinite where it is larger than numbers can hold, or where there is none. Digit by digit, for a
   * part of the text for each word is more work for the collector of garbage than all the rest.
   */
  #numberAt(at: number): number {
    const end = at + WORD;
    if (end > this.#digits.length || !this.#areZeros(at, end - NUMBER_DIGITS)) return Number.POSITIVE_INFINITY;
    let value = 0;
    for (let place = end - NUMBER_DIGITS; place < end; place++) {
      const digit = DIGITS[this.#digits.charCodeAt(place)];
      if (digit === undefined || digit < 0) return Number.POSITIVE_INFINITY;
      value = value * 16 + digit;
    }
    return value;
  }

  #areZeros(start: number, end: number): boolean {
    for (let place = start; place < end; place++) if (this.#digits.charCodeAt(place) !== ZERO) return false;
    return true;
  }

  /** Goes on to the next word, and says where this one begins. */
  #skip(): number {
    const at = this.#at;
    this.#at += WORD;
    if (this.#at > this.#digits.length) this.isExact = false;
    return at;
  }
}
