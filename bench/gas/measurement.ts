import type { Parts } from "./prices.ts";

/** One measured operation. */
export interface Measurement {
  operation: string;
  /** Gas of the whole transaction, from the receipt. */
  gas: number;
  /** Storage words that were zero before, counted in the trace. */
  freshWords: number;
  /** What the price list charges at least for the words, calls and logs of this design. */
  floor?: number;
  /** What it charges at least for the facts written, whatever the design. */
  facts?: number;
  /** Bytes of calldata of the transaction, or of each item of a batch. */
  calldata?: number;
  /** The most that `gas / floor` may be. */
  goal?: number;
  /** The most that `gas / facts` may be. */
  factsGoal?: number;
  /** What a comparable system pays for its like. */
  peer?: string;
  /** Number of the note under the table. */
  note?: number;
}

/** A transaction on its way. */
export type Sent = Promise<{ hash: string; data: string; wait(): Promise<{ gasUsed: bigint } | null> }>;

/** Measures one transaction. `parts` are what its floor counts. */
export type Measure = (
  operation: string,
  sent: Sent,
  parts?: Parts,
  rest?: Partial<Measurement>,
) => Promise<Measurement>;
