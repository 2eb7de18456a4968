import { type Address, concatHex, encodeAbiParameters, type Hex, parseAbiParameters } from "viem";
import { getCode, readContract } from "viem/actions";
import { registryLensAbi } from "../../abi/registryLens.ts";
import { registryLensBytecode } from "../../bytecode/registryLens.ts";
import { getLensAddress, getRegistryAddress } from "../../deployments/resolve.ts";
import { InvalidTargetError, RegistryNotDeployedError } from "../../errors/arguments.ts";
import { isTenureError } from "../../errors/base.ts";
import { toProfile } from "../../internal/decode.ts";
import { explain, explained } from "../../internal/explain.ts";
import { isRefusal } from "../../internal/logs.ts";
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

/**
 * Profiles in one call of a deployed lens: about 28,000 gas each and the memory, and some nodes give a call no more than
 * a transaction, 16.7 million (EIP-7825): 500 are refused. Fewer where even this is.
 */
const PAGE = 250;

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
  if (lens !== undefined) {
    try {
      return await readPages(client, parameters, asked, { address: lens }, PAGE);
    } catch (error) {
      // The lens is a convenience: where it is not deployed after all, its code does as well.
      if (!(isTenureError(error) && error.name === "RegistryNotDeployedError")) throw error;
    }
  }
  const registry = getRegistryAddress(client, "vouchRegistry", parameters.addresses);
  try {
    return await readPages(client, parameters, asked, { code: lensCode(registry) }, DEPLOYLESS_PAGE);
  } catch (error) {
    // Over an address without code the lens cannot be made, and says nothing.
    const isMissing =
      !isTenureError(error) && (await explain(client, getCode(client, { address: registry }))) === undefined;
    if (!isMissing) throw error;
    throw await explained(client, new RegistryNotDeployedError({ address: registry }, { cause: error as Error }));
  }
}

async function readPages(
  client: AnyClient,
  parameters: GetProfilesParameters,
  asked: readonly (bigint | Address)[],
  target: { address: Address } | { code: Hex },
  size: number,
): Promise<Profile[]> {
  const profiles: Profile[] = [];
  let step = size;
  while (profiles.length < asked.length) {
    const members = asked.slice(profiles.length, profiles.length + step);
    const call =
      parameters.ids === undefined
        ? ({ functionName: "profilesOf", args: [members as Address[]] } as const)
        : ({ functionName: "profiles", args: [members as bigint[]] } as const);
    const page = { ...target, ...at(parameters), abi: registryLensAbi, ...call };
    let raw: Parameters<typeof toProfile>[0][];
    try {
      raw = (await explain(client, readContract(client, page as never))) as typeof raw;
    } catch (error) {
      // Too much gas, too long an answer, too long a wait: what a node accepts at most is known to nobody else.
      if (isTenureError(error) || members.length === 1 || !isRefusal(error)) throw error;
      step = Math.ceil(members.length / 2);
      continue;
    }
    for (const profile of raw) profiles.push(toProfile(profile, parameters.ids?.[profiles.length] ?? 0));
  }
  return profiles;
}

/** Creation code of a lens over a registry: what a call without deployment runs. */
function lensCode(vouchRegistry: Address) {
  return concatHex([registryLensBytecode, encodeAbiParameters(parseAbiParameters("address"), [vouchRegistry])]);
}
