/**
 * What the EVM charges at least, by the price list in force from berlin to osaka (EIP-2028, EIP-2200, EIP-2929,
 * EIP-3529). A floor counts the words and logs that an operation cannot do without, and no computation.
 */
const PRICE = {
  transaction: 21_000,
  zeroByte: 4,
  nonZeroByte: 16,
  freshWord: 22_100,
  rewrittenWord: 5_000,
  coldRead: 2_100,
  coldCall: 2_600,
  warm: 100,
  recovery: 3_000,
  log: 375,
  topic: 375,
  logByte: 8,
} as const;

export interface Log {
  /** Topics, the event's signature included. */
  topics: number;
  bytes: number;
}

export interface Parts {
  /** Words that were zero before. */
  fresh?: number;
  /** Words that were not zero, read and written. */
  rewritten?: number;
  /** Words that are only read, the first time in the transaction. */
  reads?: number;
  /** Contracts called the first time in the transaction. */
  calls?: number;
  /** Words and contracts touched again. */
  warm?: number;
  /** Keys recovered from signatures, by a contract that is warm from the beginning. */
  recoveries?: number;
  logs?: readonly Log[];
}

/** Gas that a transaction costs before its first instruction. */
export function intrinsic(data: string): number {
  const bytes = Buffer.from(data.slice(2), "hex");
  const zeros = bytes.filter((byte) => byte === 0).length;
  return PRICE.transaction + zeros * PRICE.zeroByte + (bytes.length - zeros) * PRICE.nonZeroByte;
}

/** Gas of the words, calls, recoveries and logs. */
export function stateFloor(parts: Parts): number {
  const { fresh = 0, rewritten = 0, reads = 0, calls = 0, warm = 0, recoveries = 0, logs = [] } = parts;
  const logGas = logs.reduce(
    (sum, { topics, bytes }) => sum + PRICE.log + topics * PRICE.topic + bytes * PRICE.logByte,
    0,
  );
  return (
    fresh * PRICE.freshWord +
    rewritten * PRICE.rewrittenWord +
    reads * PRICE.coldRead +
    calls * PRICE.coldCall +
    warm * PRICE.warm +
    recoveries * (PRICE.warm + PRICE.recovery) +
    logGas
  );
}
