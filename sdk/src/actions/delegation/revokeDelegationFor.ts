import type { Address } from "viem";
import { delegationRegistryAbi } from "../../abi/delegationRegistry.ts";
import { addressOf, bytes32Of, bytesOf } from "../../check/arguments.ts";
import { signedOf } from "../../check/signed.ts";
import { GrantRevoked } from "../../codecs/eventDecoders.ts";
import type { DeploymentNotFoundError, TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { InvalidSignatureError } from "../../errors/identity.ts";
import type { SignatureFormError, SignerNotDeployedError } from "../../errors/signed.ts";
import { requireUsable } from "../../signatures/requireUsable.ts";
import { unwrapped } from "../../signatures/unwrapped.ts";
import type { AnyClient } from "../../types/client.ts";
import type { SignedDelegationRevocation } from "../../types/signed.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";
import type { RevokeDelegationEvent } from "./revokeDelegation.ts";

/** Parameters of `revokeDelegationFor`. */
export type RevokeDelegationForParameters = {
  /** What `signDelegationRevocation` returned; of it, only these fields are read. */
  signed: Pick<SignedDelegationRevocation, "issuer" | "handle" | "signature">;
};

/** Result of `revokeDelegationForSync`. */
export type RevokeDelegationForSyncReturnType = SyncReturnType<RevokeDelegationEvent>;

/** What `revokeDelegationFor` throws. */
export type RevokeDelegationForErrorType =
  | WriteErrorType
  | DeploymentNotFoundError
  | InvalidSignatureError
  | SignatureFormError
  | SignerNotDeployedError;

/**
 * `revokeDelegation`, by a signature made with `signDelegationRevocation`; the account only pays. The same signature can be
 * sent again, which changes nothing.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RevokeDelegationForParameters}
 * @returns The hash of the transaction.
 * @throws {DeploymentNotFoundError} No `DelegationRegistry` is known on this chain.
 * @throws {InvalidSignatureError} The issuer did not sign this, or the code of its account does not take it.
 * @throws {SignatureFormError} It is in a form that counts for no key.
 * @throws {SignerNotDeployedError} The smart account that signed is not deployed yet.
 *
 * @example
 * const signed = await signDelegationRevocation(client, { handle });
 * const hash = await revokeDelegationFor(payer, { signed });
 */
export const revokeDelegationFor: WriteAction<
  RevokeDelegationForParameters,
  RevokeDelegationEvent,
  ContractCall<typeof delegationRegistryAbi, "revokeBySig">
> = /*#__PURE__*/ defineWrite({
  registry: "delegationRegistry",
  abi: delegationRegistryAbi,
  functionName: "revokeBySig",
  args: (parameters: RevokeDelegationForParameters) => {
    const { issuer, handle, signature } = signedOf(parameters);
    return [addressOf(issuer), bytes32Of(handle, "handle"), unwrapped(bytesOf(signature, "signature"))];
  },
  check: (client, parameters) => requireUsable(client, parameters, issuerOf),
  events: { Revoked: GrantRevoked },
});

async function issuerOf(_: AnyClient, { issuer }: { issuer: Address }): Promise<Address> {
  return addressOf(issuer);
}

/** What `revokeDelegationForSync` throws. */
export type RevokeDelegationForSyncErrorType =
  | WriteErrorType
  | DeploymentNotFoundError
  | InvalidSignatureError
  | SignatureFormError
  | SignerNotDeployedError
  | TransactionRefusedError;

/**
 * `revokeDelegationFor`, and waits: whose grant was revoked, and which.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RevokeDelegationForParameters}
 * @returns {@link RevokeDelegationForSyncReturnType}
 * @throws {DeploymentNotFoundError} No `DelegationRegistry` is known on this chain.
 * @throws {InvalidSignatureError} The issuer did not sign this, or the code of its account does not take it.
 * @throws {SignatureFormError} It is in a form that counts for no key.
 * @throws {SignerNotDeployedError} The smart account that signed is not deployed yet.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const signed = await signDelegationRevocation(client, { handle });
 * const { issuer } = await revokeDelegationForSync(payer, { signed });
 */
export const revokeDelegationForSync: SyncAction<RevokeDelegationForParameters, RevokeDelegationEvent> =
  /*#__PURE__*/ defineSync(revokeDelegationFor);
