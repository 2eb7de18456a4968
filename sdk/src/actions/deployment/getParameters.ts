import type { Address } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { vouchRegistryAbi } from "../../abi/vouchRegistry.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { readView } from "../../rpc/readView.ts";
import type { AnyClient } from "../../types/client.ts";
import type { DeploymentParameters } from "../../types/deployment.ts";
import type { AddressParameters } from "../../types/parameters.ts";

/** Parameters of `getParameters`. */
export type GetParametersParameters = AddressParameters;

/** Result of `getParameters`. */
export type GetParametersReturnType = DeploymentParameters;

/** What was read: a registry never changes it, so a client has to ask once. */
const read = new WeakMap<AnyClient, Map<string, Promise<DeploymentParameters>>>();

/** What `getParameters` throws. */
export type GetParametersErrorType = CommonErrorType;

/**
 * Reads what the registries were made with, and count by. It never changes, so a client asks once.
 *
 * @param client - Client.
 * @param parameters - {@link GetParametersParameters}
 * @returns The constructor arguments; a clock for `periodAt` and `periodEnd` among them.
 *
 * @example
 * const { timestamp } = await client.getBlock();
 * const current = periodAt(Number(timestamp), await getParameters(client));
 */
export async function getParameters(
  client: AnyClient,
  parameters: GetParametersParameters = {},
): Promise<GetParametersReturnType> {
  const identityRegistry = getRegistryAddress(client, "identityRegistry", parameters.addresses);
  const vouchRegistry = getRegistryAddress(client, "vouchRegistry", parameters.addresses);
  const known = read.get(client) ?? new Map<string, Promise<DeploymentParameters>>();
  read.set(client, known);
  const pair = `${identityRegistry} ${vouchRegistry}`;
  const answer = known.get(pair) ?? ask(client, identityRegistry, vouchRegistry);
  known.set(pair, answer);
  try {
    // A copy: what a caller does to it is its own business.
    return { ...(await answer) };
  } catch (error) {
    known.delete(pair);
    throw error;
  }
}

async function ask(
  client: AnyClient,
  identityRegistry: Address,
  vouchRegistry: Address,
): Promise<DeploymentParameters> {
  const identities = { address: identityRegistry, abi: identityRegistryAbi } as const;
  const vouches = { address: vouchRegistry, abi: vouchRegistryAbi } as const;
  const [maxSilence, recoveryDelay, origin, unit, period, cap] = await Promise.all([
    readView(client, { ...identities, functionName: "maxSilence" }),
    readView(client, { ...identities, functionName: "recoveryDelay" }),
    readView(client, { ...vouches, functionName: "origin" }),
    readView(client, { ...vouches, functionName: "unit" }),
    readView(client, { ...vouches, functionName: "period" }),
    readView(client, { ...vouches, functionName: "cap" }),
  ]);
  return { maxSilence, recoveryDelay, origin, unit, period, cap };
}
