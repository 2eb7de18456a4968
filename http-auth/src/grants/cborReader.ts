import { malformed, tooLarge } from "./grantError.ts";

/** Major types of RFC 8949. */
const INTEGER = 0;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;

/**
 * Reads the little of CBOR that grants are made of. Whoever reads says what has to come, and how much of it may: nothing is
 * made of a length before it is compared, and there is no nesting that a grant does not have.
 */
export class CborReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  #take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw malformed("A grant ends too early.");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  #head(major: number): bigint {
    const [first = 0] = this.#take(1);
    if (first >> 5 !== major) throw malformed(`A grant has a value of another type before byte ${this.#at}.`);
    const information = first & 0x1f;
    if (information < 24) return BigInt(information);
    if (information > 27) throw malformed("A grant has a value of no definite length.");
    const size = 2 ** (information - 24);
    let value = 0n;
    for (const byte of this.#take(size)) value = (value << 8n) | BigInt(byte);
    const isShortest = size === 1 ? value >= 24n : value >= 1n << BigInt(size * 4);
    if (!isShortest) throw malformed("A grant has a number that is not written in the shortest way.");
    return value;
  }

  integer(bits: number): bigint {
    const value = this.#head(INTEGER);
    if (value >= 1n << BigInt(bits)) throw malformed(`A grant has a number of more than ${bits} bits.`);
    return value;
  }

  bytes(): Uint8Array {
    return this.#take(Number(this.#head(BYTES)));
  }

  text(limit: number): string {
    const length = this.#head(TEXT);
    if (length > BigInt(limit)) throw tooLarge("bytes in a text", limit);
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.#take(Number(length)));
    } catch (error) {
      if (error instanceof TypeError) throw malformed("A grant has a text that is no UTF-8.");
      throw error;
    }
  }

  boolean(): boolean {
    const [byte] = this.#take(1);
    if (byte !== 0xf4 && byte !== 0xf5) throw malformed("A grant has no yes or no where one has to be.");
    return byte === 0xf5;
  }

  /** How many elements come. */
  array(limit: number, what: string): number {
    const length = this.#head(ARRAY);
    if (length > BigInt(limit)) throw tooLarge(what, limit);
    return Number(length);
  }

  /** So many elements, each read by a function. */
  list<T>(limit: number, what: string, element: () => T): T[] {
    return Array.from({ length: this.array(limit, what) }, element);
  }
}
