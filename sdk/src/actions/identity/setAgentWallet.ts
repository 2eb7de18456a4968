import { type Address, getAddress } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { addressOf, bytesOf, idOf, timeOf } from "../../check/arguments.ts";
import { signedOf } from "../../check/signed.ts";
import { MetadataSet } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import {
  type AlreadyRegisteredError,
  DeadlineTooFarError,
  type IdentitySuspendedError,
  type InvalidSignatureError,
  type NonceUsedError,
  type NotAuthorizedError,
  type SignatureExpiredError,
} from "../../errors/identity.ts";
import type { SignatureFormError, SignerNotDeployedError } from "../../errors/signed.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import { requireUsable } from "../../signatures/requireUsable.ts";
import { unwrapped } from "../../signatures/unwrapped.ts";
import type { SignedAgentWallet } from "../../types/signed.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `setAgentWallet`. */
export type SetAgentWalletParameters = {
  /** What `signAgentWallet` returned to the wallet; of it, only these fields are read. */
  signed: Pick<SignedAgentWallet, "id" | "newWallet" | "deadline" | "signature">;
};

/** What comes of `setAgentWallet`. */
export type SetAgentWalletEvent = {
  /** The identity. */
  id: number;
  /** The address that acts for it from now on. */
  wallet: Address;
};

/** Result of `setAgentWalletSync`. */
export type SetAgentWalletSyncReturnType = SyncReturnType<SetAgentWalletEvent>;

/** What `setAgentWallet` throws. */
export type SetAgentWalletErrorType =
  | WriteErrorType
  | AlreadyRegisteredError
  | DeadlineTooFarError
  | IdentitySuspendedError
  | InvalidSignatureError
  | NonceUsedError
  | NotAuthorizedError
  | SignatureExpiredError
  | SignatureFormError
  | SignerNotDeployedError
  | UnknownIdentityError;

/**
 * Gives an identity a hot wallet, which consented with `signAgentWallet`, in the five minutes before its deadline.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link SetAgentWalletParameters}
 * @returns The hash of the transaction.
 * @throws {InvalidSignatureError} The wallet did not sign this.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {SignatureFormError} It is in a form that counts for no key.
 * @throws {SignerNotDeployedError} The smart account that signed is not deployed yet.
 * @throws {NonceUsedError} The wallet made it void.
 * @throws {DeadlineTooFarError} Its deadline is more than five minutes ahead.
 * @throws {AlreadyRegisteredError} The wallet is a key of another identity.
 * @throws {NotAuthorizedError} The account does not speak for it.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const consent = await signAgentWallet(hotKey, { id: 7 });
 * const hash = await setAgentWallet(client, { signed: consent });
 */
export const setAgentWallet: WriteAction<
  SetAgentWalletParameters,
  SetAgentWalletEvent,
  ContractCall<typeof identityRegistryAbi, "setAgentWallet">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "setAgentWallet",
  args: (parameters: SetAgentWalletParameters) => {
    const { id, newWallet, deadline, signature } = signedOf(parameters);
    return [idOf(id), addressOf(newWallet), timeOf(deadline, "deadline"), unwrapped(bytesOf(signature, "signature"))];
  },
  laterThan: DeadlineTooFarError,
  check: (client, parameters) => requireUsable(client, parameters, async (_, signed) => addressOf(signed.newWallet)),
  events: {
    MetadataSet: (args) => {
      const { id, key, value } = MetadataSet(args);
      return key === "agentWallet" ? { id, wallet: getAddress(value) } : undefined;
    },
  },
});

/** What `setAgentWalletSync` throws. */
export type SetAgentWalletSyncErrorType =
  | WriteErrorType
  | AlreadyRegisteredError
  | DeadlineTooFarError
  | IdentitySuspendedError
  | InvalidSignatureError
  | NonceUsedError
  | NotAuthorizedError
  | SignatureExpiredError
  | SignatureFormError
  | SignerNotDeployedError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `setAgentWallet`, and waits: the change.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link SetAgentWalletParameters}
 * @returns {@link SetAgentWalletSyncReturnType}
 * @throws {InvalidSignatureError} The wallet did not sign this.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {SignatureFormError} It is in a form that counts for no key.
 * @throws {SignerNotDeployedError} The smart account that signed is not deployed yet.
 * @throws {NonceUsedError} The wallet made it void.
 * @throws {DeadlineTooFarError} Its deadline is more than five minutes ahead.
 * @throws {AlreadyRegisteredError} The wallet is a key of another identity.
 * @throws {NotAuthorizedError} The account does not speak for it.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {UnknownIdentityError} It does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const consent = await signAgentWallet(hotKey, { id: 7 });
 * const { wallet } = await setAgentWalletSync(client, { signed: consent });
 */
export const setAgentWalletSync: SyncAction<SetAgentWalletParameters, SetAgentWalletEvent> =
  /*#__PURE__*/ defineSync(setAgentWallet);
