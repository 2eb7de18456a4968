import type { Address } from "viem";
import { agentLinksAbi } from "../../abi/agentLinks.ts";
import { addressOf, idOf, uint256Of } from "../../check/arguments.ts";
import { AgentUnlinked } from "../../codecs/eventDecoders.ts";
import type { DeploymentNotFoundError, TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { NotOwnerError } from "../../errors/identity.ts";
import type { LinkNotFoundError } from "../../errors/link.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `unlink`. */
export type UnlinkParameters = {
  /** The identity. */
  id: number;
  /** The token contract: an ERC-8004 registry, or any ERC-721 contract of this chain. */
  agentRegistry: Address;
  /** The token. */
  agentId: number | bigint;
};

/** What comes of `unlink`. */
export type UnlinkEvent = {
  /** The identity. */
  id: number;
  /** The token contract. */
  agentRegistry: Address;
  /** The token. */
  agentId: bigint;
};

/** Result of `unlinkSync`. */
export type UnlinkSyncReturnType = SyncReturnType<UnlinkEvent>;

/** What `unlink` throws. */
export type UnlinkErrorType = WriteErrorType | DeploymentNotFoundError | LinkNotFoundError | NotOwnerError;

/**
 * Takes a link back, broken or not. By the owner of the identity, suspended or not.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends: the owner of the identity.
 * @param parameters - {@link UnlinkParameters}
 * @returns The hash of the transaction.
 * @throws {NotOwnerError} The account does not own the identity.
 * @throws {LinkNotFoundError} The token has no link of this identity.
 * @throws {DeploymentNotFoundError} No `AgentLinks` is known on this chain.
 *
 * @example
 * const hash = await unlink(client, { id: 7, agentRegistry, agentId: 22 });
 */
export const unlink: WriteAction<
  UnlinkParameters,
  UnlinkEvent,
  ContractCall<typeof agentLinksAbi, "unlink">
> = /*#__PURE__*/ defineWrite({
  registry: "agentLinks",
  abi: agentLinksAbi,
  functionName: "unlink",
  args: ({ id, agentRegistry, agentId }: UnlinkParameters) => [
    idOf(id),
    addressOf(agentRegistry),
    uint256Of(agentId, "agentId"),
  ],
  events: { AgentUnlinked },
});

/** What `unlinkSync` throws. */
export type UnlinkSyncErrorType =
  | WriteErrorType
  | DeploymentNotFoundError
  | LinkNotFoundError
  | NotOwnerError
  | TransactionRefusedError;

/**
 * `unlink`, and waits: what was linked.
 *
 * @param client - Client with the account that sends: the owner of the identity.
 * @param parameters - {@link UnlinkParameters}
 * @returns {@link UnlinkSyncReturnType}
 * @throws {NotOwnerError} The account does not own the identity.
 * @throws {LinkNotFoundError} The token has no link of this identity.
 * @throws {DeploymentNotFoundError} No `AgentLinks` is known on this chain.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { agentId } = await unlinkSync(client, { id: 7, agentRegistry, agentId: 22 });
 */
export const unlinkSync: SyncAction<UnlinkParameters, UnlinkEvent> = /*#__PURE__*/ defineSync(unlink);
