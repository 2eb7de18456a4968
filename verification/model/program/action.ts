import type { Contract, State } from "../rules/state.ts";

/** A call that somebody is about to make: for the chain, and for the rules. */
export interface Action {
  registry: Contract;
  /** As the ABI has it; with its signature where there are several. */
  name: string;
  caller: string;
  args: unknown[];
  /** The same for the model, on a state that may be thrown away. */
  rule(state: State, caller: string): void;
  /** It does not matter who sends it. */
  isBySignature?: boolean;
}
