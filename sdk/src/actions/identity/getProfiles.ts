import type { Address } from "viem";
import { targetsOf } from "../../check/targets.ts";
import { toProfile } from "../../codecs/answers.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { readProfiles } from "../../profiles/ladder.ts";
import type { ReadVia } from "../../profiles/rung.ts";
import type { AnyClient } from "../../types/client.ts";
import type { ReadParameters } from "../../types/parameters.ts";
import type { Profile } from "../../types/profile.ts";

/** A page of profiles that has arrived. */
export type ProfilesPage = {
  /**
   * How it was read: from the deployed lens (`lens`), from the lens's code put in an empty place for the length of the
   * call (`override`) or deployed for its length (`deployless`), from the registries through Multicall3 (`multicall`), or
   * view by view (`single`).
   */
  via: ReadVia;
  /** How many profiles. */
  count: number;
};

/** Parameters of `getProfiles`: numbers or addresses, any number of them. */
export type GetProfilesParameters = ReadParameters & {
  /** Told of every page that arrives: for showing progress, and to see how this node is read. */
  onPage?: ((page: ProfilesPage) => void) | undefined;
} & (
    | {
        /** The identities. */
        ids: readonly number[];
        address?: undefined;
      }
    | {
        /** Owners, wallets or former keys. `addresses` says where the registries are, here as everywhere. */
        address: readonly Address[];
        ids?: undefined;
      }
  );

/** Result of `getProfiles`. */
export type GetProfilesReturnType = Profile[];

/** What `getProfiles` throws. */
export type GetProfilesErrorType = CommonErrorType;

/**
 * Reads complete profiles, in the order asked: a thousand in one call, where the node allows it, in smaller calls side by
 * side where it does not. They come from the deployed lens; without it, by the best way that the node offers, which is
 * found once for each client. A page is of one block, and pages may be of several: give `blockNumber` for one.
 *
 * @param client - Client.
 * @param parameters - {@link GetProfilesParameters}
 * @returns One profile for each that was asked about; an unknown one has status `unknown`.
 *
 * @example
 * const profiles = await getProfiles(client, { ids: [1, 2, 3], onPage: ({ via, count }) => console.log(via, count) });
 */
export async function getProfiles(
  client: AnyClient,
  parameters: GetProfilesParameters,
): Promise<GetProfilesReturnType> {
  const { ids, onPage } = parameters;
  const profiles = await readProfiles(client, parameters, targetsOf(parameters), onPage);
  return profiles.map((profile, index) => toProfile(profile, ids?.[index] ?? 0));
}
