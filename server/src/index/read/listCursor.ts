import type { Hex } from "viem";
import type { Cursor } from "../store/chainRow.ts";
import { InvalidListCursorError } from "./errors.ts";

/** Digits of a block's hash in a cursor: enough to tell blocks of one number apart. */
const DIGITS = 18;

const FORM = /^([0-9]{1,15})-(0x[0-9a-f]{16})-([0-9]{1,13})$/;

/** A cursor names the block at which the list began, and the last identity that was looked at. */
export function encodeListCursor({ number, hash }: Cursor, id: number): string {
  return `${number}-${hash.slice(0, DIGITS)}-${id}`;
}

/** @throws InvalidListCursorError where it is none. */
export function decodeListCursor(text: string): { number: bigint; hash: Hex; id: number } {
  const [, number, hash, id] = FORM.exec(text) ?? [];
  if (number === undefined || hash === undefined || id === undefined) {
    throw new InvalidListCursorError("it was not given by this list.");
  }
  return { number: BigInt(number), hash: hash as Hex, id: Number(id) };
}
