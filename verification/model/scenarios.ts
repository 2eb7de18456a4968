import { LAST_PERIOD } from "./rules/periods.ts";
import type { Parameters } from "./rules/state.ts";

const HOUR = 3_600n;
const DAY = 24n * HOUR;
/** When every program begins. */
export const START = 2_000_000_000n;

/** Where programs are tried; they differ in how fast points grow and how often borders are crossed. */
export interface Scenario {
  name: string;
  parameters: Parameters;
  /** How often the key of the first identity has changed when the program begins. */
  rotations: number;
  /** Whether it begins with what chance alone hardly ever tells in order. */
  hasPlots?: boolean;
  /** Actions that are tried several times as often as elsewhere. */
  favoured?: readonly string[];
}

const production: Parameters = {
  maxSilence: 30n * DAY,
  recoveryDelay: 7n * DAY,
  origin: START - 100n * 60n * DAY - 5n,
  unit: DAY,
  period: 60n * DAY,
  cap: 1_000n,
};

const short: Parameters = {
  maxSilence: 40_000n,
  recoveryDelay: 9_000n,
  origin: START,
  unit: 600n,
  period: 7_200n,
  cap: 1_000n,
};

export const scenarios = {
  production: { name: "production parameters", parameters: production, rotations: 0 },
  short: { name: "short periods", parameters: short, rotations: 0 },
  lowCap: {
    name: "a low cap, which everybody reaches",
    parameters: { ...production, unit: HOUR, cap: 7n },
    rotations: 0,
  },
  highestCap: {
    name: "the highest cap, and periods that are no whole number of units",
    parameters: { ...production, unit: 1n, period: 7n * DAY + 13n, cap: 2n ** 20n - 2n },
    rotations: 0,
  },
  guardians: {
    name: "guardians at work",
    parameters: { ...short, recoveryDelay: 3_600n },
    rotations: 0,
    favoured: ["setGuardian", "proposeRecovery", "cancelPending", "suspend", "resume"],
  },
  quarrels: {
    name: "vouchers who change their minds",
    parameters: { ...short, unit: 60n },
    rotations: 0,
    hasPlots: true,
    favoured: ["vouch", "warn", "revoke", "disown", "burn", "setArbitration"],
  },
  wornKey: { name: "a key that changes too often", parameters: short, rotations: 252 },
  lastPeriods: {
    name: "the last periods there are",
    parameters: { ...short, origin: START - (LAST_PERIOD - 40n) * short.period - 77n },
    rotations: 0,
  },
} satisfies Record<string, Scenario>;
