import { type CheckRequirementReturnType, checkRequirement, checkRequirementWith, rpcReader } from "@tenure/sdk";
import { EDGES } from "./crowd.ts";
import { meter, type Reading } from "./meter.ts";

/** How many are judged. */
export const CHECKS = 1_000;

/** How many of these at once, as a server does that has as many callers. */
export const AT_ONCE = 50;

/** Judges as many others by what three anchors say of each. */
export async function readChecks(url: string): Promise<Reading[]> {
  const { connect, measure } = meter(url);
  // Everybody is vouched for by the one before and the one before that, who do not vouch for the subject alone.
  const ids = Array.from({ length: CHECKS }, (_, index) => EDGES + 10 + index);
  const requirement = (id: number) => ({ minTenure: 60, anchors: [1, id - 1, id - 2], minAnchors: 1 });
  const all = async (check: (id: number) => Promise<CheckRequirementReturnType>) => {
    const left = ids.values();
    let met = 0;
    const work = async () => {
      for (const id of left) if ((await check(id)).isMet) met += 1;
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return met === CHECKS;
  };
  const client = connect();
  const reader = rpcReader(client);
  return [
    await measure("checkRequirementWith and rpcReader", () =>
      all((id) => checkRequirementWith(reader, { id, requirement: requirement(id) })),
    ),
    await measure("checkRequirement", () =>
      all((id) => checkRequirement(client, { id, requirement: requirement(id) })),
    ),
  ];
}
