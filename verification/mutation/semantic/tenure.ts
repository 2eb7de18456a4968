import type { Slips } from "./slip.ts";
import { statedIn } from "./statedIn.ts";

export const tenure: Slips = {
  file: "contracts/libraries/Tenure.sol",
  slips: statedIn("test/IdentityRegistry/pulse.test.ts", [
    {
      rule: "A silence that was too long is credited up to maxSilence, and not forfeited as a whole.",
      from: "return silence < maxSilence ? silence : maxSilence;",
      to: "return silence <= maxSilence ? silence : 0;",
    },
    {
      rule: "A silence that was too long costs what is beyond maxSilence once, and not twice.",
      from: "return silence < maxSilence ? silence : maxSilence;",
      to: `if (silence <= maxSilence) return silence;
            return silence < 2 * maxSilence ? 2 * maxSilence - silence : 0;`,
    },
    {
      rule: "A silence is credited to the second, and not in whole days.",
      from: "return silence < maxSilence ? silence : maxSilence;",
      to: "return silence < maxSilence ? silence - (silence % 1 days) : maxSilence;",
    },
  ]),
};
