import { zeroHash } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { bytes32Of, bytesOf, idOf, timeOf } from "../../check/arguments.ts";
import { signedOf } from "../../check/signed.ts";
import { Pulse } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import {
  AlreadySeenError,
  type IdentityRetiredError,
  type IdentitySuspendedError,
  type InvalidSignatureError,
  type NonceUsedError,
  type SignatureExpiredError,
} from "../../errors/identity.ts";
import type { SignatureFormError, SignerNotDeployedError } from "../../errors/signed.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import { agentOf, requireUsable } from "../../signatures/requireUsable.ts";
import { unwrapped } from "../../signatures/unwrapped.ts";
import type { SignedPulse } from "../../types/signed.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";
import type { PulseEvent } from "./pulse.ts";
import { CHECK_IN_GAS } from "./pulse.ts";

/** Parameters of `pulseFor`. */
export type PulseForParameters = {
  /** What `signPulse` returned; of it, only these fields are read. */
  signed: Pick<SignedPulse, "id" | "deadline" | "signature"> & Partial<Pick<SignedPulse, "checkpoint">>;
};

/** Result of `pulseForSync`. */
export type PulseForSyncReturnType = SyncReturnType<PulseEvent>;

/** What `pulseFor` throws. */
export type PulseForErrorType =
  | WriteErrorType
  | AlreadySeenError
  | IdentityRetiredError
  | IdentitySuspendedError
  | InvalidSignatureError
  | NonceUsedError
  | SignatureExpiredError
  | SignatureFormError
  | SignerNotDeployedError
  | UnknownIdentityError;

/**
 * `pulse`, by a signature made with `signPulse`; the account only pays, and may be the owner itself. It credits when it
 * lands, whenever it was signed, and where a key signed it, it proves that the owner is one. What it would earn, `.simulate` says: the new tenure is its result.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link PulseForParameters}
 * @returns The hash of the transaction.
 * @throws {InvalidSignatureError} The identity's owner did not sign this, or the identity has checked in, or has another key, since.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {SignatureFormError} It is in a form that counts for no key.
 * @throws {SignerNotDeployedError} The smart account that signed is not deployed yet.
 * @throws {NonceUsedError} Its signer made it void.
 * @throws {AlreadySeenError} The last check-in was in this very second.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {IdentityRetiredError} It is retired.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const signed = await signPulse(owner, { id: 7 });
 * const hash = await pulseFor(payer, { signed });
 */
export const pulseFor: WriteAction<
  PulseForParameters,
  PulseEvent,
  ContractCall<typeof identityRegistryAbi, "pulseFor">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "pulseFor",
  args: (parameters: PulseForParameters) => {
    const { id, checkpoint = zeroHash, deadline, signature } = signedOf(parameters);
    return [
      idOf(id),
      bytes32Of(checkpoint, "checkpoint"),
      timeOf(deadline, "deadline"),
      unwrapped(bytesOf(signature, "signature")),
    ];
  },
  spareGas: CHECK_IN_GAS,
  laterThan: AlreadySeenError,
  check: (client, parameters) => requireUsable(client, parameters, agentOf),
  events: { Pulse },
});

/** What `pulseForSync` throws. */
export type PulseForSyncErrorType =
  | WriteErrorType
  | AlreadySeenError
  | IdentityRetiredError
  | IdentitySuspendedError
  | InvalidSignatureError
  | NonceUsedError
  | SignatureExpiredError
  | SignatureFormError
  | SignerNotDeployedError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `pulseFor`, and waits: the check-in.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link PulseForParameters}
 * @returns {@link PulseForSyncReturnType}
 * @throws {InvalidSignatureError} The identity's owner did not sign this, or the identity has checked in, or has another key, since.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {SignatureFormError} It is in a form that counts for no key.
 * @throws {SignerNotDeployedError} The smart account that signed is not deployed yet.
 * @throws {NonceUsedError} Its signer made it void.
 * @throws {AlreadySeenError} The last check-in was in this very second.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {IdentityRetiredError} It is retired.
 * @throws {UnknownIdentityError} It does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const signed = await signPulse(owner, { id: 7 });
 * const { receipt } = await pulseForSync(payer, { signed });
 */
export const pulseForSync: SyncAction<PulseForParameters, PulseEvent> = /*#__PURE__*/ defineSync(pulseFor);
