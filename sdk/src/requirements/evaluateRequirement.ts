import type { Requirement, UnmetFact } from "../types/gate.ts";
import type { Profile } from "../types/profile.ts";
import type { Vouch } from "../types/vouch.ts";
import type { AnchorEdge } from "./countAnchors.ts";
import { judge } from "./judge.ts";
import { requireValid } from "./requireValid.ts";

/** What is known of an identity, all of one moment. */
export type RequirementFacts = {
  /** The identity, as it was asked for: by its number, or by the address that calls. */
  profile: Profile;
  /** The moment (unix seconds): the time of the block that all of this is of. */
  time: number;
  /** What others staked on it, one of each pair. Only those of the requirement's anchors count, so more may be given. */
  vouches?: readonly (AnchorEdge & Pick<Vouch, "voucherId" | "subjectId">)[] | undefined;
  /**
   * Since when the wallet that calls is one (unix seconds), as `resolveKey` reads it: a wallet has an age of its own.
   * Where left out, a wallet counts as one of this moment. Of no matter to a profile of another role.
   */
  walletSince?: number | undefined;
};

/** What a requirement makes of facts. */
export type RequirementEvaluation = {
  /** Whether all is met. */
  isMet: boolean;
  /** What is not met, in the order of the bits of `TrustGate`. */
  unmet: UnmetFact[];
};

/**
 * Judges facts by a requirement, as a contract behind a `TrustGate` does. Asks nobody: the facts may come from a node, from
 * an index, from a test. `checkRequirement` reads them, and answers the same.
 *
 * @param requirement - What is demanded.
 * @param facts - {@link RequirementFacts}
 * @returns Whether it is met, and if not, everything that is lacking.
 * @throws {InvalidRequirementError} No contract could demand this, or it demands nothing or not what it seems to.
 *
 * @example
 * const profile = await getProfile(client, { id: 7 });
 * const { isMet, unmet } = evaluateRequirement({ minTenure: 45 * 86_400 }, { profile, time: profile.lastSeen });
 */
export function evaluateRequirement(
  requirement: Requirement,
  { profile, time, vouches = [], walletSince = time }: RequirementFacts,
): RequirementEvaluation {
  requireValid(requirement);
  const edges = edgesOf(vouches, requirement, profile.id);
  const unmet = judge(profile, requirement, { time, edges, walletSince });
  return { isMet: unmet.length === 0, unmet };
}

/** What the anchors staked on it, one of each; nobody stakes on itself. */
function edgesOf(
  vouches: NonNullable<RequirementFacts["vouches"]>,
  { anchors = [] }: Requirement,
  id: number,
): AnchorEdge[] {
  const onIt = vouches.filter(({ voucherId, subjectId }) => subjectId === id && voucherId !== id);
  const byVoucher = new Map(onIt.map((vouch) => [vouch.voucherId, vouch]));
  return [...new Set(anchors)].flatMap((anchor) => byVoucher.get(anchor) ?? []);
}
