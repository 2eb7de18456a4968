import type { Address } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { idOf, textOf } from "../../check/arguments.ts";
import { URIUpdated } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { IdentitySuspendedError, NotAuthorizedError } from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `setAgentURI`. */
export type SetAgentURIParameters = {
  /** The identity. */
  id: number;
  /** The new place; empty brings back the document made on chain. */
  agentURI: string;
};

/** What comes of `setAgentURI`. */
export type SetAgentURIEvent = {
  /** The identity. */
  id: number;
  /** The new place. */
  agentURI: string;
  /** Who changed it. */
  by: Address;
};

/** Result of `setAgentURISync`. */
export type SetAgentURISyncReturnType = SyncReturnType<SetAgentURIEvent>;

/** What `setAgentURI` throws. */
export type SetAgentURIErrorType = WriteErrorType | IdentitySuspendedError | NotAuthorizedError | UnknownIdentityError;

/**
 * Changes where the ERC-8004 registration file is.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link SetAgentURIParameters}
 * @returns The hash of the transaction.
 * @throws {NotAuthorizedError} The account does not speak for it.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const hash = await setAgentURI(client, { id: 7, agentURI: "ipfs://bafy…" });
 */
export const setAgentURI: WriteAction<
  SetAgentURIParameters,
  SetAgentURIEvent,
  ContractCall<typeof identityRegistryAbi, "setAgentURI">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "setAgentURI",
  args: ({ id, agentURI }: SetAgentURIParameters) => [idOf(id), textOf(agentURI, "agentURI")],
  events: { URIUpdated },
});

/** What `setAgentURISync` throws. */
export type SetAgentURISyncErrorType =
  | WriteErrorType
  | IdentitySuspendedError
  | NotAuthorizedError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `setAgentURI`, and waits: the change.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link SetAgentURIParameters}
 * @returns {@link SetAgentURISyncReturnType}
 * @throws {NotAuthorizedError} The account does not speak for it.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {UnknownIdentityError} It does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { agentURI } = await setAgentURISync(client, { id: 7, agentURI: "ipfs://bafy…" });
 */
export const setAgentURISync: SyncAction<SetAgentURIParameters, SetAgentURIEvent> =
  /*#__PURE__*/ defineSync(setAgentURI);
