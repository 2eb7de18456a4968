import type { Address, Hex } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { addressOf, bytesOf, textOf, timeOf, uint256Of } from "../../check/arguments.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";
import type { RegisterEvent } from "./register.ts";

/** Parameters of `registerFor`. */
export type RegisterForParameters = {
  /** The key that will own the identity. */
  owner: Address;
  /** Where the registration file is; as it was signed. */
  agentURI?: string | undefined;
  /** The nonce that was signed; not the nonce of the transaction. */
  signatureNonce: number;
  /** Last second (unix time) at which the signature counts. */
  deadline: number;
  /** Its signature. */
  signature: Hex;
};

/** Result of `registerForSync`. */
export type RegisterForSyncReturnType = SyncReturnType<RegisterEvent>;

/**
 * Registers somebody who consented with `signRegister`, and pays for it.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * What comes from somebody else goes through `parseSigned` first: whatever else is in it, such as `maxFeePerGas`,
 * `account` or `addresses`, would be taken as the account's own.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RegisterForParameters}
 * @returns The hash of the transaction.
 * @throws {InvalidSignatureError} It did not sign this.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {NonceUsedError} The signature was used, or made void.
 * @throws {AlreadyRegisteredError} It is, or once was, a key here.
 *
 * @example
 * const hash = await registerFor(payer, await signRegister(agent, {}));
 */
export const registerFor: WriteAction<
  RegisterForParameters,
  RegisterEvent,
  ContractCall<typeof identityRegistryAbi, "registerFor">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "registerFor",
  args: ({ owner, agentURI = "", signatureNonce, deadline, signature }: RegisterForParameters) => [
    addressOf(owner),
    textOf(agentURI, "agentURI"),
    uint256Of(signatureNonce, "signatureNonce"),
    timeOf(deadline, "deadline"),
    bytesOf(signature, "signature"),
  ],
  events: {
    Registered: ({ agentId, agentURI, owner }) => ({ id: Number(agentId), agentURI, owner }),
  },
});

/**
 * `registerFor`, and waits: the new identity.
 *
 * What comes from somebody else goes through `parseSigned` first: whatever else is in it, such as `maxFeePerGas`,
 * `account` or `addresses`, would be taken as the account's own.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RegisterForParameters}
 * @returns {@link RegisterForSyncReturnType}
 * @throws {InvalidSignatureError} It did not sign this.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {NonceUsedError} The signature was used, or made void.
 * @throws {AlreadyRegisteredError} It is, or once was, a key here.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { id } = await registerForSync(payer, await signRegister(agent, {}));
 */
export const registerForSync: SyncAction<RegisterForParameters, RegisterEvent> = /*#__PURE__*/ defineSync(registerFor);
