// Arguments are refused here, before any request is made.
import { type Address, getAddress, type Hex, InvalidAddressError, isAddress, isHex, maxUint256, size } from "viem";
import {
  InvalidBlockError,
  InvalidBooleanError,
  InvalidBytes32Error,
  InvalidBytesError,
  InvalidIdError,
  InvalidLimitError,
  InvalidPeriodError,
  InvalidPointsError,
  InvalidTextError,
  InvalidTimeError,
  InvalidUint256Error,
  show,
} from "../errors/arguments.ts";
import { InvalidPeriodsError } from "../errors/vouch.ts";

const MAX_ID = 2 ** 40 - 1;
const MAX_TIME = 2 ** 40 - 1;
const MAX_POINTS = 2 ** 32 - 1;
const MOST_PERIODS = 6;

function isWhole(value: unknown, least: number, most: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}

export function idOf(id: number, argument = "id"): bigint {
  if (!isWhole(id, 1, MAX_ID)) throw new InvalidIdError({ id, argument });
  return BigInt(id);
}

export function optionalIdOf(id: number | undefined, argument: string): bigint {
  return id === undefined ? 0n : idOf(id, argument);
}

export function pointsOf(points: number, argument: string, least = 1): bigint {
  if (!isWhole(points, least, MAX_POINTS)) throw new InvalidPointsError({ points, argument, least });
  return BigInt(points);
}

export function periodsOf(periods: number): bigint {
  if (!isWhole(periods, 1, MOST_PERIODS)) throw new InvalidPeriodsError({ periods, most: MOST_PERIODS });
  return BigInt(periods);
}

export function periodOf(period: number): bigint {
  if (!isWhole(period, 0, Number.MAX_SAFE_INTEGER)) throw new InvalidPeriodError({ period });
  return BigInt(period);
}

/** A nonce as signed objects carry it: a number, so that JSON can hold it. */
export function nonceNumberOf(nonce: number, argument: string): number {
  if (!isWhole(nonce, 0, Number.MAX_SAFE_INTEGER)) throw new InvalidUint256Error({ value: nonce, argument });
  return nonce;
}

export function uint256Of(value: number | bigint, argument: string): bigint {
  const isNumber = isWhole(value, 0, Number.MAX_SAFE_INTEGER);
  if (!isNumber && !(typeof value === "bigint" && value >= 0n && value <= maxUint256)) {
    throw new InvalidUint256Error({ value, argument });
  }
  return BigInt(value);
}

export function booleanOf(value: boolean, argument: string): boolean {
  if (typeof value !== "boolean") throw new InvalidBooleanError({ value, argument });
  return value;
}

export function blockOf(block: bigint): bigint {
  if (typeof block !== "bigint" || block < 0n) throw new InvalidBlockError({ block });
  return block;
}

export function timeOf(time: number, argument: string): bigint {
  if (!isWhole(time, 0, MAX_TIME)) throw new InvalidTimeError({ time, argument });
  return BigInt(time);
}

export function limitOf(limit: number, argument: string): number {
  if (limit !== Number.POSITIVE_INFINITY && !isWhole(limit, 1, Number.MAX_SAFE_INTEGER)) {
    throw new InvalidLimitError({ limit, argument });
  }
  return limit;
}

export function addressOf(address: Address): Address {
  // A list of one address reads like it, and what is no text may have none to show.
  if (typeof address !== "string") throw new InvalidAddressError({ address: show(address) });
  if (!isAddress(address)) throw new InvalidAddressError({ address });
  return getAddress(address);
}

export function bytesOf(value: Hex, argument: string): Hex {
  if (!isHex(value) || value.length % 2 !== 0) throw new InvalidBytesError({ value, argument });
  return value;
}

export function bytes32Of(value: Hex, argument: string): Hex {
  if (!isHex(value) || value.length !== 66 || size(value) !== 32) throw new InvalidBytes32Error({ value, argument });
  return value;
}

export function textOf(value: string, argument: string): string {
  if (typeof value !== "string") throw new InvalidTextError({ value, argument });
  return value;
}
