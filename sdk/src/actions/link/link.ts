import type { Address } from "viem";
import { agentLinksAbi } from "../../abi/agentLinks.ts";
import { addressOf, idOf, uint256Of } from "../../check/arguments.ts";
import { AgentLinked } from "../../codecs/eventDecoders.ts";
import type { DeploymentNotFoundError, TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { IdentitySuspendedError, NotOwnerError } from "../../errors/identity.ts";
import type { AlreadyLinkedError, TokenNotHeldError, TokenUnreadableError } from "../../errors/link.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `link`. */
export type LinkParameters = {
  /** The identity. */
  id: number;
  /** The token contract: an ERC-8004 registry, or any ERC-721 contract of this chain. */
  agentRegistry: Address;
  /** The token. */
  agentId: number | bigint;
};

/** What comes of `link`. */
export type LinkEvent = {
  /** The identity. */
  id: number;
  /** The token contract. */
  agentRegistry: Address;
  /** The token. */
  agentId: bigint;
  /** Who owns the token. */
  tokenOwner: Address;
  /** How often the identity's key has changed. */
  keyEpoch: number;
  /** Whether the identity holds the token's agent wallet, and not the token itself. */
  throughWallet: boolean;
};

/** Result of `linkSync`. */
export type LinkSyncReturnType = SyncReturnType<LinkEvent>;

/** What `link` throws. */
export type LinkErrorType =
  | WriteErrorType
  | AlreadyLinkedError
  | DeploymentNotFoundError
  | IdentitySuspendedError
  | NotOwnerError
  | TokenNotHeldError
  | TokenUnreadableError;

/**
 * Says which transferable agent an identity operates: one whose token, or whose ERC-8004 agent wallet, belongs to the owner or
 * the wallet of the identity. The link is true for as long as both sides are in the same hands: selling the agent or rotating
 * the key breaks it, at once and without a transaction. A link of another identity gives way where it is broken, or where it
 * was proven by the agent wallet and this one is by the token.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends: the owner of the identity.
 * @param parameters - {@link LinkParameters}
 * @returns The hash of the transaction.
 * @throws {NotOwnerError} The account does not own the identity.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {TokenNotHeldError} It holds neither the token nor its agent wallet.
 * @throws {TokenUnreadableError} The token contract does not say who owns the token.
 * @throws {AlreadyLinkedError} The token has a link that is true.
 * @throws {DeploymentNotFoundError} No `AgentLinks` is known on this chain.
 *
 * @example
 * const hash = await link(client, { id: 7, agentRegistry, agentId: 22 });
 */
export const link: WriteAction<
  LinkParameters,
  LinkEvent,
  ContractCall<typeof agentLinksAbi, "link">
> = /*#__PURE__*/ defineWrite({
  registry: "agentLinks",
  abi: agentLinksAbi,
  functionName: "link",
  args: ({ id, agentRegistry, agentId }: LinkParameters) => [
    idOf(id),
    addressOf(agentRegistry),
    uint256Of(agentId, "agentId"),
  ],
  events: { AgentLinked },
});

/** What `linkSync` throws. */
export type LinkSyncErrorType =
  | WriteErrorType
  | AlreadyLinkedError
  | DeploymentNotFoundError
  | IdentitySuspendedError
  | NotOwnerError
  | TokenNotHeldError
  | TokenUnreadableError
  | TransactionRefusedError;

/**
 * `link`, and waits: the link.
 *
 * @param client - Client with the account that sends: the owner of the identity.
 * @param parameters - {@link LinkParameters}
 * @returns {@link LinkSyncReturnType}
 * @throws {NotOwnerError} The account does not own the identity.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {TokenNotHeldError} It holds neither the token nor its agent wallet.
 * @throws {TokenUnreadableError} The token contract does not say who owns the token.
 * @throws {AlreadyLinkedError} The token has a link that is true.
 * @throws {DeploymentNotFoundError} No `AgentLinks` is known on this chain.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { throughWallet } = await linkSync(client, { id: 7, agentRegistry, agentId: 22 });
 */
export const linkSync: SyncAction<LinkParameters, LinkEvent> = /*#__PURE__*/ defineSync(link);
