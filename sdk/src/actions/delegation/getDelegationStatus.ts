import type { DeploymentNotFoundError, RegistryNotDeployedError } from "../../errors/arguments.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import type { ForeignDelegationRegistryError } from "../../errors/delegation.ts";
import type { AnyClient } from "../../types/client.ts";
import type { DelegationStatus, GrantReference } from "../../types/delegation.ts";
import type { ReadParameters } from "../../types/parameters.ts";
import { type CodeHashParameters, getDelegationStatuses } from "./getDelegationStatuses.ts";

/** Parameters of `getDelegationStatus`. */
export type GetDelegationStatusParameters = ReadParameters & CodeHashParameters & GrantReference;

/** Result of `getDelegationStatus`. */
export type GetDelegationStatusReturnType = DelegationStatus;

/** What `getDelegationStatus` throws. */
export type GetDelegationStatusErrorType =
  | CommonErrorType
  | DeploymentNotFoundError
  | ForeignDelegationRegistryError
  | RegistryNotDeployedError;

/**
 * Reads what makes a grant active or void (ERC-8395, section 5). Before an account signs a grant, it reads its `epoch` here.
 *
 * @param client - Client.
 * @param parameters - {@link GetDelegationStatusParameters}
 * @returns Whether the grant is revoked, and the epoch that it has to say.
 * @throws {DeploymentNotFoundError} No `DelegationRegistry` is known on this chain.
 * @throws {RegistryNotDeployedError} Nothing is at its address.
 * @throws {ForeignDelegationRegistryError} Something else is at its address.
 *
 * @example
 * const { isRevoked, epoch } = await getDelegationStatus(client, { issuer: address, handle });
 */
export async function getDelegationStatus(
  client: AnyClient,
  parameters: GetDelegationStatusParameters,
): Promise<GetDelegationStatusReturnType> {
  const { issuer, handle, ...others } = parameters;
  const { statuses } = await getDelegationStatuses(client, { ...others, grants: [{ issuer, handle }] });
  return statuses[0] as DelegationStatus;
}
