import type { Address } from "viem";
import { vouchRegistryAbi } from "../../abi/vouchRegistry.ts";
import { defineSync, defineWrite } from "../../internal/defineWrite.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../internal/types.ts";

/** Parameters of `invalidateNonce`: none of its own. */
export type InvalidateNonceParameters = object;

/** What comes of `invalidateNonce`. */
export type InvalidateNonceEvent = {
  /** The key whose signatures are void. */
  owner: Address;
  /** The nonce that is used up. */
  nonce: number;
};

/** Result of `invalidateNonceSync`. */
export type InvalidateNonceSyncReturnType = SyncReturnType<InvalidateNonceEvent>;

/**
 * Makes every vouch, warning and revocation void that the account has signed and that nobody has sent yet.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends: the one that signed.
 * @param parameters - {@link InvalidateNonceParameters}
 * @returns The hash of the transaction.
 *
 * @example
 * const hash = await invalidateNonce(client, {});
 */
export const invalidateNonce: WriteAction<
  InvalidateNonceParameters,
  InvalidateNonceEvent,
  ContractCall<typeof vouchRegistryAbi, "invalidateNonce">
> = /*#__PURE__*/ defineWrite({
  registry: "vouchRegistry",
  abi: vouchRegistryAbi,
  functionName: "invalidateNonce",
  args: (_: InvalidateNonceParameters) => [],
  events: {
    NonceInvalidated: ({ owner, nonce }) => ({ owner, nonce: Number(nonce) }),
  },
});

/**
 * `invalidateNonce`, and waits: the nonce that is used up.
 *
 * @param client - Client with the account that sends: the one that signed.
 * @param parameters - {@link InvalidateNonceParameters}
 * @returns {@link InvalidateNonceSyncReturnType}
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { nonce } = await invalidateNonceSync(client, {});
 */
export const invalidateNonceSync: SyncAction<InvalidateNonceParameters, InvalidateNonceEvent> =
  /*#__PURE__*/ defineSync(invalidateNonce);
