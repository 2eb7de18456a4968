import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { addressOf, bytesOf, textOf, timeOf, uint256Of } from "../../check/arguments.ts";
import { signedOf } from "../../check/signed.ts";
import { Registered } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type {
  AlreadyRegisteredError,
  InvalidSignatureError,
  NonceUsedError,
  SignatureExpiredError,
} from "../../errors/identity.ts";
import type { SignatureFormError, SignerNotDeployedError } from "../../errors/signed.ts";
import { requireUsable } from "../../signatures/requireUsable.ts";
import { unwrapped } from "../../signatures/unwrapped.ts";
import type { SignedRegister } from "../../types/signed.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";
import type { RegisterEvent } from "./register.ts";

/** Parameters of `registerFor`. */
export type RegisterForParameters = {
  /** What `signRegister` returned; of it, only these fields are read. */
  signed: Pick<SignedRegister, "owner" | "signatureNonce" | "deadline" | "signature"> &
    Partial<Pick<SignedRegister, "agentURI">>;
};

/** Result of `registerForSync`. */
export type RegisterForSyncReturnType = SyncReturnType<RegisterEvent>;

/** What `registerFor` throws. */
export type RegisterForErrorType =
  | WriteErrorType
  | AlreadyRegisteredError
  | InvalidSignatureError
  | NonceUsedError
  | SignatureExpiredError
  | SignatureFormError
  | SignerNotDeployedError;

/**
 * Registers somebody who consented with `signRegister`, and pays for it.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RegisterForParameters}
 * @returns The hash of the transaction.
 * @throws {InvalidSignatureError} It did not sign this.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {SignatureFormError} It is in a form that counts for no key.
 * @throws {SignerNotDeployedError} The smart account that signed is not deployed yet.
 * @throws {NonceUsedError} The signature was used, or made void.
 * @throws {AlreadyRegisteredError} It is, or once was, a key here.
 *
 * @example
 * const hash = await registerFor(payer, { signed: await signRegister(agent, {}) });
 */
export const registerFor: WriteAction<
  RegisterForParameters,
  RegisterEvent,
  ContractCall<typeof identityRegistryAbi, "registerFor">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "registerFor",
  args: (parameters: RegisterForParameters) => {
    const { owner, agentURI = "", signatureNonce, deadline, signature } = signedOf(parameters);
    return [
      addressOf(owner),
      textOf(agentURI, "agentURI"),
      uint256Of(signatureNonce, "signatureNonce"),
      timeOf(deadline, "deadline"),
      unwrapped(bytesOf(signature, "signature")),
    ];
  },
  check: (client, parameters) => requireUsable(client, parameters, async (_, signed) => addressOf(signed.owner)),
  events: { Registered },
});

/** What `registerForSync` throws. */
export type RegisterForSyncErrorType =
  | WriteErrorType
  | AlreadyRegisteredError
  | InvalidSignatureError
  | NonceUsedError
  | SignatureExpiredError
  | SignatureFormError
  | SignerNotDeployedError
  | TransactionRefusedError;

/**
 * `registerFor`, and waits: the new identity.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RegisterForParameters}
 * @returns {@link RegisterForSyncReturnType}
 * @throws {InvalidSignatureError} It did not sign this.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {SignatureFormError} It is in a form that counts for no key.
 * @throws {SignerNotDeployedError} The smart account that signed is not deployed yet.
 * @throws {NonceUsedError} The signature was used, or made void.
 * @throws {AlreadyRegisteredError} It is, or once was, a key here.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { id } = await registerForSync(payer, { signed: await signRegister(agent, {}) });
 */
export const registerForSync: SyncAction<RegisterForParameters, RegisterEvent> = /*#__PURE__*/ defineSync(registerFor);
