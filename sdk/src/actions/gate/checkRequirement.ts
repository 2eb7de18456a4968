import type { Address } from "viem";
import { getBlock } from "viem/actions";
import { InvalidTargetError } from "../../errors/arguments.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { finalReason, judge } from "../../requirements/judge.ts";
import { requireValid } from "../../requirements/requireValid.ts";
import { at } from "../../rpc/at.ts";
import { explain } from "../../rpc/explain.ts";
import type { AnyClient } from "../../types/client.ts";
import type { Requirement, UnmetFact } from "../../types/gate.ts";
import type { ReadParameters } from "../../types/parameters.ts";
import type { Profile } from "../../types/profile.ts";
import type { Vouch } from "../../types/vouch.ts";
import { getProfile } from "../identity/getProfile.ts";
import { resolveKey } from "../identity/resolveKey.ts";
import { getVouch } from "../vouch/getVouch.ts";

/** Parameters of `checkRequirement`: a requirement, and a number or an address. */
export type CheckRequirementParameters = ReadParameters & {
  /** What is demanded. */
  requirement: Requirement;
} & (
    | {
        /** The identity. */
        id: number;
        address?: undefined;
      }
    | {
        /** The address that calls: as in `TrustGate`, the owner or wallet of an identity. */
        address: Address;
        id?: undefined;
      }
  );

/** Result of `checkRequirement`. */
export type CheckRequirementReturnType = {
  /** Whether all is met. */
  isMet: boolean;
  /** What is not met, in the order of the bits of `TrustGate`. */
  unmet: UnmetFact[];
  /** The profile that was judged. */
  profile: Profile;
  /** The moment at which it was judged (unix seconds). */
  time: number;
};

/** What `checkRequirement` throws. */
export type CheckRequirementErrorType = CommonErrorType;

/**
 * Judges an identity by a requirement, as a contract behind a `TrustGate` does, and shows its arithmetic. Everything is
 * read at one block.
 *
 * @param client - Client.
 * @param parameters - {@link CheckRequirementParameters}
 * @returns Whether it is met, and if not, everything that is lacking.
 *
 * @example
 * const { isMet, unmet } = await checkRequirement(client, {
 *   address,
 *   requirement: { minTenure: 45 * 86_400, anchors: [1], minAnchors: 1, minAnchorStake: 5, anchorWarningLimit: 1 },
 * });
 */
export async function checkRequirement(
  client: AnyClient,
  parameters: CheckRequirementParameters,
): Promise<CheckRequirementReturnType> {
  const { requirement, id, address, addresses } = parameters;
  if ((id === undefined) === (address === undefined)) throw new InvalidTargetError();
  requireValid(requirement);
  const block = await explain(client, getBlock(client, at(parameters)));
  const read = { addresses, blockNumber: block.number };
  const profile = await getProfile(
    client,
    id === undefined ? { ...read, address: address as Address } : { ...read, id },
  );
  const time = Number(block.timestamp);
  // Where one reason settles it, nothing else is asked for.
  const isSettled = finalReason(profile) !== undefined;
  const [edges, walletSince] = isSettled
    ? [[]]
    : await Promise.all([
        anchorEdges(client, requirement, profile.id, read),
        walletSinceOf(client, profile, requirement, read),
      ]);
  const unmet = judge(profile, requirement, { time, edges, walletSince });
  return { isMet: unmet.length === 0, unmet, profile, time };
}

/** Since when the wallet that calls is one, where that matters. */
async function walletSinceOf(
  client: AnyClient,
  { role, key }: Profile,
  { minKeyAge = 0 }: Requirement,
  read: ReadParameters,
): Promise<number | undefined> {
  if (minKeyAge === 0 || role !== "wallet" || key === undefined) return undefined;
  return (await resolveKey(client, { ...read, address: key })).since;
}

/** Reads the edge of each anchor, where the requirement asks for any. */
async function anchorEdges(
  client: AnyClient,
  { anchors = [], minAnchors = 0, anchorWarningLimit = 0 }: Requirement,
  subjectId: number,
  read: ReadParameters,
): Promise<Vouch[]> {
  if (minAnchors === 0 && anchorWarningLimit === 0) return [];
  // Nobody stakes on itself; naming an anchor twice counts once.
  const asked = [...new Set(anchors)].filter((voucherId) => voucherId !== subjectId);
  return Promise.all(asked.map((voucherId) => getVouch(client, { ...read, voucherId, subjectId })));
}
