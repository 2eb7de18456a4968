import type { State } from "../rules/state.ts";

export type Reading = "identities" | "vouches" | "lens" | "delegations";

/** One question to a contract, and what the rules answer to it: values in the order of the ABI, or a `Refusal`. */
export interface View {
  contract: Reading;
  name: string;
  args: unknown[];
  expected(state: State): unknown[];
  /** What of the answer is compared, where that is not every value as it is. */
  read?(values: unknown[]): unknown[];
}
