import type { Address } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { addressOf, bytesOf, idOf, timeOf } from "../../check/arguments.ts";
import { signedOf } from "../../check/signed.ts";
import { KeyRotated } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type {
  AlreadyRegisteredError,
  IdentitySuspendedError,
  InvalidSignatureError,
  KeyEpochExhaustedError,
  NonceUsedError,
  NotOwnerError,
  SignatureExpiredError,
} from "../../errors/identity.ts";
import type { SignatureFormError, SignerNotDeployedError } from "../../errors/signed.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import { requireUsable } from "../../signatures/requireUsable.ts";
import { unwrapped } from "../../signatures/unwrapped.ts";
import type { SignedRotateKey } from "../../types/signed.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `rotateKey`. */
export type RotateKeyParameters = {
  /** What `signRotateKey` returned to the next key; of it, only these fields are read. */
  signed: Pick<SignedRotateKey, "id" | "newOwner" | "deadline" | "signature">;
};

/** What comes of `rotateKey`. */
export type RotateKeyEvent = {
  /** The identity. */
  id: number;
  /** The key that is a former key now. */
  oldOwner: Address;
  /** The key that owns it now. */
  newOwner: Address;
  /** How many times its key has changed, this time included. */
  keyEpoch: number;
};

/** Result of `rotateKeySync`. */
export type RotateKeySyncReturnType = SyncReturnType<RotateKeyEvent>;

/** What `rotateKey` throws. */
export type RotateKeyErrorType =
  | WriteErrorType
  | AlreadyRegisteredError
  | IdentitySuspendedError
  | InvalidSignatureError
  | KeyEpochExhaustedError
  | NonceUsedError
  | NotOwnerError
  | SignatureExpiredError
  | SignatureFormError
  | SignerNotDeployedError
  | UnknownIdentityError;

/**
 * Hands an identity to another key, which consented with `signRotateKey`. Its age stays; vouches for it lapse until they are renewed.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RotateKeyParameters}
 * @returns The hash of the transaction.
 * @throws {NotOwnerError} The account is not its owner.
 * @throws {InvalidSignatureError} The next key did not sign this.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {SignatureFormError} It is in a form that counts for no key.
 * @throws {SignerNotDeployedError} The smart account that signed is not deployed yet.
 * @throws {NonceUsedError} The next key made it void.
 * @throws {AlreadyRegisteredError} The next key is, or once was, a key here.
 * @throws {KeyEpochExhaustedError} The key has changed 255 times.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const consent = await signRotateKey(nextKey, { id: 7 });
 * const hash = await rotateKey(client, { signed: consent });
 */
export const rotateKey: WriteAction<
  RotateKeyParameters,
  RotateKeyEvent,
  ContractCall<typeof identityRegistryAbi, "rotateKey">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "rotateKey",
  args: (parameters: RotateKeyParameters) => {
    const { id, newOwner, deadline, signature } = signedOf(parameters);
    return [idOf(id), addressOf(newOwner), timeOf(deadline, "deadline"), unwrapped(bytesOf(signature, "signature"))];
  },
  check: (client, parameters) => requireUsable(client, parameters, async (_, signed) => addressOf(signed.newOwner)),
  events: { KeyRotated },
});

/** What `rotateKeySync` throws. */
export type RotateKeySyncErrorType =
  | WriteErrorType
  | AlreadyRegisteredError
  | IdentitySuspendedError
  | InvalidSignatureError
  | KeyEpochExhaustedError
  | NonceUsedError
  | NotOwnerError
  | SignatureExpiredError
  | SignatureFormError
  | SignerNotDeployedError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `rotateKey`, and waits: the change.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RotateKeyParameters}
 * @returns {@link RotateKeySyncReturnType}
 * @throws {NotOwnerError} The account is not its owner.
 * @throws {InvalidSignatureError} The next key did not sign this.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {SignatureFormError} It is in a form that counts for no key.
 * @throws {SignerNotDeployedError} The smart account that signed is not deployed yet.
 * @throws {NonceUsedError} The next key made it void.
 * @throws {AlreadyRegisteredError} The next key is, or once was, a key here.
 * @throws {KeyEpochExhaustedError} The key has changed 255 times.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {UnknownIdentityError} It does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const consent = await signRotateKey(nextKey, { id: 7 });
 * const { keyEpoch } = await rotateKeySync(client, { signed: consent });
 */
export const rotateKeySync: SyncAction<RotateKeyParameters, RotateKeyEvent> = /*#__PURE__*/ defineSync(rotateKey);
