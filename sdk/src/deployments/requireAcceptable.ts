import { OriginAheadError } from "../errors/deployment.ts";
import { InvalidParametersError } from "../errors/identity.ts";
import { HorizonPassedError } from "../errors/vouch.ts";
import type { DeploymentParameters } from "../types/deployment.ts";

const MAX_RECOVERY_DELAY = 365 * 86_400;
const MAX_CAP = 2 ** 20 - 2;
const MAX_PERIODS = 6;
const LAST_PERIOD = 2 ** 18 - 1;

/**
 * Refuses what a constructor would refuse: the deterministic deployment proxy would not pass its reason on, and the
 * contract before it would have been deployed in vain.
 */
export function requireAcceptable(parameters: DeploymentParameters, now: number): void {
  const { maxSilence, recoveryDelay, origin, unit, period, cap } = parameters;
  if (maxSilence === 0 || recoveryDelay === 0 || recoveryDelay > MAX_RECOVERY_DELAY) {
    throw new InvalidParametersError({ parameters: [maxSilence, recoveryDelay] });
  }
  if (origin > now) throw new OriginAheadError({ origin, now });
  if (unit === 0 || period === 0 || cap === 0 || cap > MAX_CAP) {
    throw new InvalidParametersError({ parameters: [origin, unit, period, cap] });
  }
  // Nothing could be staked in a registry whose periods are used up.
  const furthest = Math.floor((now - origin) / period) + MAX_PERIODS;
  if (furthest >= LAST_PERIOD) throw new HorizonPassedError({ period: furthest + 1, last: LAST_PERIOD });
}
