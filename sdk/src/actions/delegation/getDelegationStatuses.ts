import type { Hex } from "viem";
import { addressOf, bytes32Of } from "../../check/arguments.ts";
import { delegationRegistryCodeHash } from "../../deployments/generated.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { DeploymentNotFoundError, RegistryNotDeployedError } from "../../errors/arguments.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { type ForeignDelegationRegistryError, TooManyGrantsError } from "../../errors/delegation.ts";
import { MOST_GRANTS } from "../../facts/delegationProgram.ts";
import { readDelegations } from "../../facts/readDelegations.ts";
import type { AnyClient } from "../../types/client.ts";
import type { DelegationStatus, GrantReference } from "../../types/delegation.ts";
import type { ReadParameters } from "../../types/parameters.ts";

/** What the code of the registry has to be. */
export type CodeHashParameters = {
  /** The hash that the registry's code must have; `delegationRegistryCodeHash` where left out. */
  codeHash?: Hex | undefined;
};

/** Parameters of `getDelegationStatuses`. */
export type GetDelegationStatusesParameters = ReadParameters &
  CodeHashParameters & {
    /** The grants, 256 at most; of a chain of grants, each of its links. */
    grants: readonly GrantReference[];
  };

/** Result of `getDelegationStatuses`. */
export type GetDelegationStatusesReturnType = {
  /** In the order asked. */
  statuses: DelegationStatus[];
  /**
   * The block that all of it is of, as the chain tells it to contracts: on Arbitrum its number is near that of Ethereum's
   * block.
   */
  block: {
    /** Its number. */
    number: bigint;
    /** Its time (unix seconds). */
    timestamp: number;
  };
};

/** What `getDelegationStatuses` throws. */
export type GetDelegationStatusesErrorType =
  | CommonErrorType
  | DeploymentNotFoundError
  | ForeignDelegationRegistryError
  | RegistryNotDeployedError
  | TooManyGrantsError;

/**
 * Reads what makes grants active or void (ERC-8395, section 5): a whole chain of grants at one block, in one request; a node
 * that runs no code but what is deployed is asked for one after the other. What is not the registry is not believed.
 *
 * A grant is active where `isRevoked` is false and `epoch` is the epoch that the grant says. That there is such a grant, and
 * that its issuer signed it, is not asked here.
 *
 * @param client - Client.
 * @param parameters - {@link GetDelegationStatusesParameters}
 * @returns A status for each grant, and the block.
 * @throws {DeploymentNotFoundError} No `DelegationRegistry` is known on this chain.
 * @throws {RegistryNotDeployedError} Nothing is at its address.
 * @throws {ForeignDelegationRegistryError} Something else is at its address.
 * @throws {TooManyGrantsError} More than 256.
 *
 * @example
 * const { statuses, block } = await getDelegationStatuses(client, {
 *   grants: [
 *     { issuer: address, handle },
 *     { issuer: address, handle: keccak256(handle) },
 *   ],
 * });
 * const isRevoked = statuses.some((status) => status.isRevoked);
 */
export async function getDelegationStatuses(
  client: AnyClient,
  parameters: GetDelegationStatusesParameters,
): Promise<GetDelegationStatusesReturnType> {
  const { addresses, blockNumber } = parameters;
  const registry = getRegistryAddress(client, "delegationRegistry", addresses);
  const expected = bytes32Of(parameters.codeHash ?? delegationRegistryCodeHash, "codeHash").toLowerCase() as Hex;
  const grants = parameters.grants.map(({ issuer, handle }) => ({
    issuer: addressOf(issuer),
    handle: bytes32Of(handle, "handle"),
  }));
  if (grants.length > MOST_GRANTS) throw new TooManyGrantsError({ count: grants.length, most: MOST_GRANTS });
  const { statuses, block } = await readDelegations(client, { registry, expected, grants, blockNumber });
  return { statuses, block };
}
