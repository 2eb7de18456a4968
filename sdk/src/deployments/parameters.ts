import type { DeploymentParameters } from "../types/deployment.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 2026-01-01T00:00:00Z. The same on every chain, so that addresses and the borders of periods are too. */
const ORIGIN = 1_767_225_600;

/** The parameters of every public chain: a point a day, periods of 60 days. */
export const productionParameters: DeploymentParameters = {
  maxSilence: 30 * DAY,
  recoveryDelay: 7 * DAY,
  origin: ORIGIN,
  unit: DAY,
  period: 60 * DAY,
  cap: 1_000,
};

/**
 * The parameters of test networks and of the local chain: production with every day made a minute, so that a point takes
 * a minute, a period an hour, and 18 bits of periods still last thirty years.
 */
export const shortParameters: DeploymentParameters = {
  maxSilence: 30 * MINUTE,
  recoveryDelay: 7 * MINUTE,
  origin: ORIGIN,
  unit: MINUTE,
  period: HOUR,
  cap: 1_000,
};
