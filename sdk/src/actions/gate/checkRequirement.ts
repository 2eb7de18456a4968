import type { Address } from "viem";
import { getBlock } from "viem/actions";
import type { CommonErrorType } from "../../errors/common.ts";
import { readRequirementFacts } from "../../facts/readRequirementFacts.ts";
import { checkRequirementWith, targetOf } from "../../requirements/checkRequirementWith.ts";
import { evaluateRequirement } from "../../requirements/evaluateRequirement.ts";
import { requireValid } from "../../requirements/requireValid.ts";
import { at } from "../../rpc/at.ts";
import { explain } from "../../rpc/explain.ts";
import type { AnyClient } from "../../types/client.ts";
import type { Requirement, UnmetFact } from "../../types/gate.ts";
import type { ReadParameters } from "../../types/parameters.ts";
import type { Profile } from "../../types/profile.ts";
import type { ProfileTarget } from "../../types/reader.ts";
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
 * read at one block, in one request; a node that runs no code but what is deployed is asked for one thing after the other.
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
  const { requirement, id, address, addresses, blockNumber } = parameters;
  const target = targetOf({ id, address } as ProfileTarget);
  requireValid(requirement);
  const facts = await readRequirementFacts(client, { ...target, requirement, addresses, blockNumber });
  if (facts !== undefined) {
    const { profile, time } = facts;
    return { ...evaluateRequirement(requirement, facts), profile, time };
  }
  return checkRequirementWith(
    {
      head: async () => {
        const { number, hash, timestamp } = await explain(client, getBlock(client, at(parameters)));
        return { number, hash, timestamp: Number(timestamp) };
      },
      profile: (wanted) => getProfile(client, { ...wanted, addresses }),
      key: (wanted) => resolveKey(client, { ...wanted, addresses }),
      vouch: (wanted) => getVouch(client, { ...wanted, addresses }),
    },
    { ...target, requirement },
  );
}
