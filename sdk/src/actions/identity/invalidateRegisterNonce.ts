import type { Address } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { defineSync, defineWrite } from "../../internal/defineWrite.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../internal/types.ts";

/** Parameters of `invalidateRegisterNonce`: none of its own. */
export type InvalidateRegisterNonceParameters = object;

/** What comes of `invalidateRegisterNonce`. */
export type InvalidateRegisterNonceEvent = {
  /** The key whose signatures are void. */
  owner: Address;
  /** The nonce that is used up. */
  nonce: number;
};

/** Result of `invalidateRegisterNonceSync`. */
export type InvalidateRegisterNonceSyncReturnType = SyncReturnType<InvalidateRegisterNonceEvent>;

/**
 * Makes every consent of `signRegister` void that the account has signed and that nobody has sent yet.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends: the one that signed.
 * @param parameters - {@link InvalidateRegisterNonceParameters}
 * @returns The hash of the transaction.
 *
 * @example
 * const hash = await invalidateRegisterNonce(client, {});
 */
export const invalidateRegisterNonce: WriteAction<
  InvalidateRegisterNonceParameters,
  InvalidateRegisterNonceEvent,
  ContractCall<typeof identityRegistryAbi, "invalidateNonce">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "invalidateNonce",
  args: (_: InvalidateRegisterNonceParameters) => [],
  events: {
    NonceInvalidated: ({ owner, nonce }) => ({ owner, nonce: Number(nonce) }),
  },
});

/**
 * `invalidateRegisterNonce`, and waits: the nonce that is used up.
 *
 * @param client - Client with the account that sends: the one that signed.
 * @param parameters - {@link InvalidateRegisterNonceParameters}
 * @returns {@link InvalidateRegisterNonceSyncReturnType}
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { nonce } = await invalidateRegisterNonceSync(client, {});
 */
export const invalidateRegisterNonceSync: SyncAction<InvalidateRegisterNonceParameters, InvalidateRegisterNonceEvent> =
  /*#__PURE__*/ defineSync(invalidateRegisterNonce);
