import { refuse } from "./refusal.ts";
import type { State } from "./state.ts";

export const MAX_PERIODS = 6n;
export const LAST_PERIOD = 2n ** 18n - 1n;

export function currentPeriod({ now, parameters }: State): bigint {
  return (now - parameters.origin) / parameters.period;
}

/** The period at whose end something ends that is made now for so many periods; there is one more for its tail. */
export function endAfter(state: State, periods: bigint): bigint {
  if (periods < 1n || periods > MAX_PERIODS) refuse("InvalidPeriods", periods, MAX_PERIODS);
  const end = currentPeriod(state) + periods;
  if (end + 1n > LAST_PERIOD) refuse("HorizonPassed", end + 1n, LAST_PERIOD);
  return end;
}
