import type { Address } from "viem";
import { InvalidTargetError } from "../../errors/arguments.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import type { AnyClient } from "../../types/client.ts";
import type { ReadParameters } from "../../types/parameters.ts";
import type { Profile } from "../../types/profile.ts";
import { getProfiles } from "./getProfiles.ts";

/** Parameters of `getProfile`: a number or an address. */
export type GetProfileParameters = ReadParameters &
  (
    | {
        /** The identity. */
        id: number;
        address?: undefined;
      }
    | {
        /** Its owner, its wallet or a former key. */
        address: Address;
        id?: undefined;
      }
  );

/** Result of `getProfile`. */
export type GetProfileReturnType = Profile;

/** What `getProfile` throws. */
export type GetProfileErrorType = CommonErrorType;

/**
 * Reads all there is to know of one identity now, in one call: who it is, since when, its standing, and what is staked
 * for and against it.
 *
 * @param client - Client.
 * @param parameters - {@link GetProfileParameters}
 * @returns The profile; an unknown one has status `unknown`. Mind `role`: a `former` key speaks for nobody.
 *
 * @example
 * const { status, firstSeen, support } = await getProfile(client, { id: 7 });
 */
export async function getProfile(client: AnyClient, parameters: GetProfileParameters): Promise<GetProfileReturnType> {
  const { id, address, ...rest } = parameters;
  if ((id === undefined) === (address === undefined)) throw new InvalidTargetError();
  const [profile] = await getProfiles(
    client,
    address === undefined ? { ...rest, ids: [id as number] } : { ...rest, address: [address] },
  );
  return profile as Profile;
}
