import { InvalidTargetError } from "../errors/arguments.ts";
import type { Requirement } from "../types/gate.ts";
import type { Profile } from "../types/profile.ts";
import type { BlockReference, ProfileTarget, Reader } from "../types/reader.ts";
import type { Vouch } from "../types/vouch.ts";
import { evaluateRequirement, type RequirementEvaluation } from "./evaluateRequirement.ts";
import { finalReason } from "./judge.ts";
import { requireValid } from "./requireValid.ts";

/** What of a reader is asked. */
export type RequirementReader = Pick<Reader, "head" | "profile" | "key" | "vouch">;

/** Parameters of `checkRequirementWith`: a requirement, and a number or an address. */
export type CheckRequirementWithParameters = ProfileTarget & {
  /** What is demanded. */
  requirement: Requirement;
  /** The block of which it is judged; the newest that the reader knows where left out. */
  block?: Pick<BlockReference, "number" | "timestamp"> | undefined;
};

/** Result of `checkRequirementWith`. */
export type CheckRequirementWithReturnType = RequirementEvaluation & {
  /** The profile that was judged. */
  profile: Profile;
  /** The moment at which it was judged (unix seconds). */
  time: number;
};

/**
 * Judges an identity by a requirement, as a contract behind a `TrustGate` does, with the facts of any reader. All of them
 * are of one block, and what cannot change the answer is not asked for.
 *
 * @param reader - `rpcReader`, or whatever else implements the port.
 * @param parameters - {@link CheckRequirementWithParameters}
 * @returns Whether it is met, and if not, everything that is lacking.
 * @throws {InvalidTargetError} Neither a number nor an address is given, or both are.
 * @throws {InvalidRequirementError} No contract could demand this, or it demands nothing or not what it seems to.
 *
 * @example
 * const { isMet, unmet } = await checkRequirementWith(rpcReader(client), { address, requirement: { minSupport: 5 } });
 */
export async function checkRequirementWith(
  reader: RequirementReader,
  parameters: CheckRequirementWithParameters,
): Promise<CheckRequirementWithReturnType> {
  const { requirement, block } = parameters;
  const target = targetOf(parameters);
  requireValid(requirement);
  const { number: blockNumber, timestamp: time } = block ?? (await reader.head());
  const profile = await reader.profile({ ...target, blockNumber });
  // Where one reason settles it, nothing else is asked for.
  const isSettled = finalReason(profile) !== undefined;
  const [vouches, walletSince] = isSettled
    ? []
    : await Promise.all([
        anchorVouches(reader, requirement, profile.id, blockNumber),
        walletSinceOf(reader, requirement, profile, blockNumber),
      ]);
  return { ...evaluateRequirement(requirement, { profile, time, vouches, walletSince }), profile, time };
}

/** An identity is named by its number or by an address, not by both and not by neither. */
export function targetOf({ id, address }: ProfileTarget): ProfileTarget {
  if (id !== undefined && address === undefined) return { id };
  if (address !== undefined && id === undefined) return { address };
  throw new InvalidTargetError();
}

/** Since when the wallet that calls is one, where that matters. */
async function walletSinceOf(
  reader: RequirementReader,
  { minKeyAge = 0 }: Requirement,
  { role, key }: Profile,
  blockNumber: bigint,
): Promise<number | undefined> {
  if (minKeyAge === 0 || role !== "wallet" || key === undefined) return undefined;
  return (await reader.key({ address: key, blockNumber })).since;
}

/** What each anchor staked on it, where the requirement asks for any. */
async function anchorVouches(
  reader: RequirementReader,
  { anchors = [], minAnchors = 0, anchorWarningLimit = 0 }: Requirement,
  subjectId: number,
  blockNumber: bigint,
): Promise<Vouch[]> {
  if (minAnchors === 0 && anchorWarningLimit === 0) return [];
  const asked = [...new Set(anchors)].filter((voucherId) => voucherId !== subjectId);
  return Promise.all(asked.map((voucherId) => reader.vouch({ voucherId, subjectId, blockNumber })));
}
