import type { Address } from "viem";
import { uint256Of } from "../../check/arguments.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { isUsed } from "../../facts/nonces.ts";
import type { AnyClient } from "../../types/client.ts";
import type { ReadParameters } from "../../types/parameters.ts";
import type { NonceRegistry } from "../../types/registry.ts";

/** Parameters of `isNonceUsed`. */
export type IsNonceUsedParameters = ReadParameters & {
  /** The registry that would take the signature. */
  registry: NonceRegistry;
  /** Who signed. */
  owner: Address;
  /** The nonce. */
  nonce: number | bigint;
};

/** What `isNonceUsed` throws. */
export type IsNonceUsedErrorType = CommonErrorType;

/**
 * Says whether a nonce is used up: by a signature that carried it, or because its signer made it void.
 *
 * @param client - Client.
 * @param parameters - {@link IsNonceUsedParameters}
 * @returns True where no signature with it counts any more.
 *
 * @example
 * await isNonceUsed(client, { registry: "vouchRegistry", owner: address, nonce: 3 }); // false
 */
export async function isNonceUsed(client: AnyClient, parameters: IsNonceUsedParameters): Promise<boolean> {
  return isUsed(client, { ...parameters, nonce: uint256Of(parameters.nonce, "nonce") });
}
