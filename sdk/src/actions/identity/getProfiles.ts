import { type Address, concatHex, encodeAbiParameters, parseAbiParameters } from "viem";
import { readContract } from "viem/actions";
import { registryLensAbi } from "../../abi/registryLens.ts";
import { registryLensBytecode } from "../../bytecode/registryLens.ts";
import { getLensAddress, getRegistryAddress } from "../../deployments/resolve.ts";
import { InvalidTargetError } from "../../errors/arguments.ts";
import { toProfile } from "../../internal/decode.ts";
import { explain } from "../../internal/explain.ts";
import { at } from "../../internal/read.ts";
import type { AnyClient, ReadParameters } from "../../internal/types.ts";
import { addressOf, idOf } from "../../internal/validate.ts";
import type { Profile } from "../../types/profile.ts";

/** Parameters of `getProfiles`: numbers or addresses, any number of them. */
export type GetProfilesParameters = ReadParameters &
  (
    | {
        /** The identities. */
        ids: readonly number[];
        keys?: undefined;
      }
    | {
        /** Owners, wallets or former keys. */
        keys: readonly Address[];
        ids?: undefined;
      }
  );

/** Result of `getProfiles`. */
export type GetProfilesReturnType = Profile[];

/** Profiles in one call of a deployed lens; a profile takes about 130,000 gas to read, cold. */
const PAGE = 100;

/** A call without deployment answers at most 24,576 bytes, and a profile takes 704. */
const DEPLOYLESS_PAGE = 32;

/**
 * Reads complete profiles, in the order asked: one call a page, through the lens where one is known, else by sending the
 * lens's code in the call.
 *
 * @param client - Client.
 * @param parameters - {@link GetProfilesParameters}
 * @returns One profile for each that was asked about; an unknown one has status `unknown`.
 *
 * @example
 * const profiles = await getProfiles(client, { ids: [1, 2, 3] });
 */
export async function getProfiles(
  client: AnyClient,
  parameters: GetProfilesParameters,
): Promise<GetProfilesReturnType> {
  const { ids, keys } = parameters as { ids?: readonly number[]; keys?: readonly Address[] };
  if ((ids === undefined) === (keys === undefined)) throw new InvalidTargetError();
  const asked = ids?.map((id) => idOf(id)) ?? (keys ?? []).map(addressOf);
  const lens = getLensAddress(client, parameters.addresses);
  const page = lens === undefined ? DEPLOYLESS_PAGE : PAGE;
  const target =
    lens === undefined
      ? { code: lensCode(getRegistryAddress(client, "vouchRegistry", parameters.addresses)) }
      : { address: lens };
  const pages = [];
  for (let start = 0; start < asked.length; start += page) pages.push(asked.slice(start, start + page));

  const profiles: Profile[] = [];
  for (const members of pages) {
    const call =
      ids === undefined
        ? ({ functionName: "profilesOf", args: [members as Address[]] } as const)
        : ({ functionName: "profiles", args: [members as bigint[]] } as const);
    const raw = await explain(
      readContract(client, { ...target, ...at(parameters), abi: registryLensAbi, ...call } as never) as Promise<
        Parameters<typeof toProfile>[0][]
      >,
    );
    for (const profile of raw) profiles.push(toProfile(profile, ids?.[profiles.length] ?? 0));
  }
  return profiles;
}

/** Creation code of a lens over a registry: what a call without deployment runs. */
function lensCode(vouchRegistry: Address) {
  return concatHex([registryLensBytecode, encodeAbiParameters(parseAbiParameters("address"), [vouchRegistry])]);
}
