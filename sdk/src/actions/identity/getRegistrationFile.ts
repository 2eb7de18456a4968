import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { idOf } from "../../check/arguments.ts";
import { parseRegistrationFile } from "../../codecs/registrationFile.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import type {
  GatewayRequiredError,
  InvalidRegistrationFileError,
  RegistrationFileUnavailableError,
  UnsupportedURIError,
} from "../../errors/registrationFile.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import { type FetchParameters, fetchFile } from "../../files/fetchFile.ts";
import { at } from "../../rpc/at.ts";
import { chainIdOf } from "../../rpc/chainId.ts";
import { readView } from "../../rpc/readView.ts";
import type { AnyClient } from "../../types/client.ts";
import type { ReadParameters } from "../../types/parameters.ts";
import type { RegistrationFile } from "../../types/registrationFile.ts";

/** Parameters of `getRegistrationFile`. */
export type GetRegistrationFileParameters = ReadParameters &
  FetchParameters & {
    /** The identity. */
    id: number;
  };

/** Result of `getRegistrationFile`. */
export type GetRegistrationFileReturnType = {
  /** Where it is. */
  uri: string;
  /** What it says: the agent's own claims. */
  file: RegistrationFile;
  /**
   * Whether the file names this identity in this registry. Where it does not, anybody's file may have been pointed at. An
   * entry that was skipped names nobody.
   */
  isConfirmed: boolean;
};

/** What `getRegistrationFile` throws. */
export type GetRegistrationFileErrorType =
  | CommonErrorType
  | GatewayRequiredError
  | InvalidRegistrationFileError
  | RegistrationFileUnavailableError
  | UnknownIdentityError
  | UnsupportedURIError;

/**
 * Fetches and reads the ERC-8004 registration file of an identity: from the chain itself (`data:`), by `https:`, or
 * from IPFS through a gateway of the caller's choice. No other scheme is opened, and none is led to: from place to place it
 * follows at most five times, and only to `https:` or within the gateway: in its folder, and from there to the subdomains
 * `http://{cid}.ipfs.…` of its host and port. A browser does not tell where a place leads to, so that there none is
 * followed: a gateway on the same machine leads nowhere if it is named `http://127.0.0.1:8080/ipfs/`.
 *
 * An entry of the file that is not as the standard has it hides nothing but itself: `file.skipped` names it, and it counts
 * as not said.
 *
 * @param client - Client.
 * @param parameters - {@link GetRegistrationFileParameters}
 * @returns Its place, what it says, and whether it names this identity.
 * @throws {UnknownIdentityError} It does not exist, or is retired.
 * @throws {UnsupportedURIError} Its place is of another scheme, or no proper URL.
 * @throws {GatewayRequiredError} It is on IPFS, and no gateway was given.
 * @throws {RegistrationFileUnavailableError} It cannot be fetched, or is too long.
 * @throws {InvalidRegistrationFileError} It is not JSON, or no object.
 *
 * @example
 * const { file } = await getRegistrationFile(client, { id: 7, ipfsGateway });
 * file.skipped; // []
 */
export async function getRegistrationFile(
  client: AnyClient,
  parameters: GetRegistrationFileParameters,
): Promise<GetRegistrationFileReturnType> {
  const { id, addresses } = parameters;
  const registry = getRegistryAddress(client, "identityRegistry", addresses);
  const call = { address: registry, abi: identityRegistryAbi, functionName: "tokenURI", args: [idOf(id)] } as const;
  const uri = await readView(client, { ...call, ...at(parameters) });
  const file = parseRegistrationFile(await fetchFile(uri, parameters));
  const place = `eip155:${await chainIdOf(client)}:${registry}`.toLowerCase();
  const isConfirmed = file.registrations.some(
    ({ agentId, agentRegistry }) => agentId === id && agentRegistry.toLowerCase() === place,
  );
  return { uri, file, isConfirmed };
}
