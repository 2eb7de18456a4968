import type { Address } from "viem";
import { unorderedNoncesAbi } from "../../abi/unorderedNonces.ts";
import { uint256Of } from "../../check/arguments.ts";
import { NoncesInvalidated } from "../../codecs/eventDecoders.ts";
import { placeOf } from "../../codecs/nonces.ts";
import { NoncesApartError, type TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { NonceRegistry } from "../../types/registry.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `invalidateNonces`. */
export type InvalidateNoncesParameters = {
  /**
   * The registry that would take the signatures: `vouchRegistry` for vouches, warnings and revocations, `identityRegistry`
   * for registrations. Each has its own nonces.
   */
  registry: NonceRegistry;
  /** The `signatureNonce` of each signature. All of one word: the same when divided by 256. */
  nonces: readonly (number | bigint)[];
};

/** What comes of `invalidateNonces`. */
export type InvalidateNoncesEvent = {
  /** The key whose signatures are void. */
  owner: Address;
  /** The nonces that are used up, smallest first. */
  nonces: bigint[];
};

/** Result of `invalidateNoncesSync`. */
export type InvalidateNoncesSyncReturnType = SyncReturnType<InvalidateNoncesEvent>;

/** What `invalidateNonces` throws. */
export type InvalidateNoncesErrorType = WriteErrorType | NoncesApartError;

/**
 * Makes every signature void that the account gave with one of these nonces and that nobody has used. No other signature
 * becomes valid or void by that. What has no nonce (`signRotateKey`, `signAgentWallet`, `signPulse`) is taken back with
 * `voidConsent`.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends: the one that signed.
 * @param parameters - {@link InvalidateNoncesParameters}
 * @returns The hash of the transaction.
 * @throws {NoncesApartError} They are of several words, or none is given.
 *
 * @example
 * const signed = await signVouch(client, { voucherId: 7, subjectId: 9, stake: 30, periods: 2 });
 * const hash = await invalidateNonces(client, { registry: "vouchRegistry", nonces: [signed.signatureNonce] });
 */
export const invalidateNonces: WriteAction<
  InvalidateNoncesParameters,
  InvalidateNoncesEvent,
  ContractCall<typeof unorderedNoncesAbi, "invalidateNonces">
> = /*#__PURE__*/ defineWrite({
  registry: ({ registry }: InvalidateNoncesParameters) => registry,
  abi: unorderedNoncesAbi,
  functionName: "invalidateNonces",
  args: ({ nonces }: InvalidateNoncesParameters) => {
    const places = nonces.map((nonce) => placeOf(uint256Of(nonce, "nonces")));
    const [first] = places;
    if (first === undefined || places.some(({ word }) => word !== first.word)) {
      throw new NoncesApartError({ nonces: nonces.length });
    }
    return [first.word, places.reduce((mask, place) => mask | place.mask, 0n)];
  },
  events: { NoncesInvalidated },
});

/** What `invalidateNoncesSync` throws. */
export type InvalidateNoncesSyncErrorType = WriteErrorType | NoncesApartError | TransactionRefusedError;

/**
 * `invalidateNonces`, and waits: the nonces that are used up.
 *
 * @param client - Client with the account that sends: the one that signed.
 * @param parameters - {@link InvalidateNoncesParameters}
 * @returns {@link InvalidateNoncesSyncReturnType}
 * @throws {NoncesApartError} They are of several words, or none is given.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { nonces } = await invalidateNoncesSync(client, { registry: "vouchRegistry", nonces: [3, 4] });
 */
export const invalidateNoncesSync: SyncAction<InvalidateNoncesParameters, InvalidateNoncesEvent> =
  /*#__PURE__*/ defineSync(invalidateNonces);
