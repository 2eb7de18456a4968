import type { Address } from "viem";
import { getBlock } from "viem/actions";
import { InvalidRequirementError, InvalidTargetError } from "../../errors/arguments.ts";
import type { AnyClient, ReadParameters } from "../../internal/types.ts";
import { idOf } from "../../internal/validate.ts";
import type { Requirement, UnmetReason } from "../../types/gate.ts";
import type { Profile } from "../../types/profile.ts";
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

/** One thing that is not met. */
export type UnmetFact = {
  /** Which. */
  reason: UnmetReason;
  /** What was found: seconds, points or anchors; undefined where the reason is not about an amount. */
  actual: number | undefined;
  /** What was demanded, at least or at most. */
  demanded: number | undefined;
};

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
 *   requirement: { minTenure: 604_800, anchors: [1], minAnchors: 1 },
 * });
 */
export async function checkRequirement(
  client: AnyClient,
  parameters: CheckRequirementParameters,
): Promise<CheckRequirementReturnType> {
  const { requirement, id, address, addresses } = parameters;
  if ((id === undefined) === (address === undefined)) throw new InvalidTargetError();
  validate(requirement);
  const block = await getBlock(
    client,
    parameters.blockNumber === undefined ? {} : { blockNumber: parameters.blockNumber },
  );
  const read = { addresses, blockNumber: block.number };
  const profile = await getProfile(
    client,
    id === undefined ? { ...read, address: address as Address } : { ...read, id },
  );
  const time = Number(block.timestamp);
  const final = finalReason(profile);
  if (final) return { isMet: false, unmet: [{ reason: final, actual: undefined, demanded: undefined }], profile, time };

  const anchors = await countAnchors(client, requirement, profile.id, read);
  const keySince = await keySinceOf(client, profile, requirement, read);
  const unmet = unmetFacts(profile, requirement, time, { anchors, keySince });
  return { isMet: unmet.length === 0, unmet, profile, time };
}

/** A reason that makes every other question pointless. */
function finalReason({ role, status }: Profile): UnmetReason | undefined {
  if (role === "former") return "formerKey";
  if (status === "unknown") return "unknown";
  if (status === "retired") return "retired";
  return undefined;
}

/** Since when the youngest key that matters is one: a wallet that calls has an age of its own. */
async function keySinceOf(
  client: AnyClient,
  { role, key, keySince }: Profile,
  { minKeyAge = 0 }: Requirement,
  read: ReadParameters,
): Promise<number> {
  if (minKeyAge === 0 || role !== "wallet" || key === undefined) return keySince;
  const { since } = await resolveKey(client, { ...read, address: key });
  return Math.max(keySince, since);
}

function unmetFacts(
  profile: Profile,
  requirement: Requirement,
  time: number,
  { anchors, keySince }: { anchors: number; keySince: number },
): UnmetFact[] {
  const { minAge = 0, minTenure = 0, minKeyAge = 0, maxSilence = 0 } = requirement;
  const { minSupport = 0, maxOpposition = 0, minAnchors = 0 } = requirement;
  const age = time - profile.firstSeen;
  const keyAge = time - keySince;
  const silence = time - profile.lastSeen;
  const { tenure, support, opposition } = profile;
  const checks: [isUnmet: boolean, reason: UnmetReason, actual: number | undefined, demanded: number | undefined][] = [
    [profile.status === "suspended", "suspended", undefined, undefined],
    [age < minAge, "age", age, minAge],
    [tenure < minTenure, "tenure", tenure, minTenure],
    [keyAge < minKeyAge, "keyAge", keyAge, minKeyAge],
    [maxSilence !== 0 && silence > maxSilence, "silence", silence, maxSilence],
    [support < minSupport, "support", support, minSupport],
    [opposition > maxOpposition, "opposition", opposition, maxOpposition],
    [anchors < minAnchors, "anchors", anchors, minAnchors],
  ];
  return checks.filter(([isUnmet]) => isUnmet).map(([, reason, actual, demanded]) => ({ reason, actual, demanded }));
}

async function countAnchors(
  client: AnyClient,
  { anchors = [], minAnchors = 0 }: Requirement,
  subjectId: number,
  read: ReadParameters,
): Promise<number> {
  // Nobody vouches for himself; naming an anchor twice counts once.
  const asked = minAnchors === 0 ? [] : [...new Set(anchors)].filter((voucherId) => voucherId !== subjectId);
  const vouches = await Promise.all(asked.map((voucherId) => getVouch(client, { ...read, voucherId, subjectId })));
  return vouches.filter(
    ({ isActive, stance, voucherStatus }) => isActive && stance === "for" && voucherStatus === "active",
  ).length;
}

/** The widths of `Requirement` in the contracts. */
const widths = {
  minAge: 40,
  minTenure: 40,
  minKeyAge: 40,
  maxSilence: 40,
  minSupport: 32,
  maxOpposition: 32,
  minAnchors: 8,
} as const;

function validate(requirement: Requirement): void {
  for (const anchor of requirement.anchors ?? []) idOf(anchor, "anchors");
  for (const [field, width] of Object.entries(widths) as [keyof typeof widths, number][]) {
    const value = requirement[field];
    const most = 2 ** width - 1;
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0 && value <= most)) {
      throw new InvalidRequirementError({ field, value, most });
    }
  }
}
