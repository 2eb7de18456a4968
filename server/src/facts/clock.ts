import { FactsUnavailableError } from "./errors.ts";

/** Two clocks: one that says what time it is and may be set, one that only goes on. */
export interface Clock {
  /** Unix milliseconds. */
  readonly wall: () => number;
  /** Milliseconds since some moment; never set. */
  readonly monotonic: () => number;
}

/** The clocks of this machine. */
export const machineClock: Clock = { wall: () => Date.now(), monotonic: () => performance.now() };

/** Milliseconds that the two may drift apart between two looks. */
const TOLERANCE = 5_000;
/** Milliseconds that a clock which was set has to go on evenly before it is believed. */
const SETTLING = 60_000;

/** A clock that is looked at, and not believed for a while when it was set. */
export interface WatchedClock {
  /**
   * Unix seconds.
   * @throws {FactsUnavailableError} The clock jumped less than a minute ago.
   */
  readonly now: () => number;
  /** Milliseconds that only go on. */
  readonly monotonic: () => number;
}

/**
 * Watches a clock: where it jumps by more than 5 seconds, forwards or backwards, it is not believed until it has gone on evenly for
 * a minute, or is back where it would have been. What rests on ages must not be decided by a clock that somebody sets.
 *
 * @param onJump - Told of each jump, once, in seconds: what is remembered by that clock has to go.
 */
export function watchClock(clock: Clock = machineClock, onJump?: (seconds: number) => void): WatchedClock {
  let offset = clock.wall() - clock.monotonic();
  let jumped: { readonly since: number; readonly offset: number } | undefined;
  const near = (a: number, b: number) => Math.abs(a - b) <= TOLERANCE;

  function now(): number {
    const [wall, monotonic] = [clock.wall(), clock.monotonic()];
    const seen = wall - monotonic;
    if (near(seen, offset)) {
      // The slow corrections that keep a clock right are followed.
      offset = seen;
      jumped = undefined;
      return Math.floor(wall / 1000);
    }
    if (jumped === undefined || !near(seen, jumped.offset)) {
      jumped = { since: monotonic, offset: seen };
      onJump?.(Math.round((seen - offset) / 1000));
    }
    if (monotonic - jumped.since >= SETTLING) {
      offset = seen;
      jumped = undefined;
      return Math.floor(wall / 1000);
    }
    throw new FactsUnavailableError(
      "clock",
      `This machine's clock jumped by ${Math.round((seen - offset) / 1000)} seconds. Nothing is decided by it until it has gone on ` +
        `evenly for ${SETTLING / 1000} seconds. Let a time service slew it instead of setting it.`,
    );
  }
  return { now, monotonic: clock.monotonic };
}
