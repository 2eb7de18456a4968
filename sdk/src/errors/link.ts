import type { Address } from "viem";
import { ContractError, type ErrorOptions } from "./base.ts";

/** The constructor's registry of identities is no contract. */
export class InvalidIdentityRegistryError extends ContractError<{ identities: Address }> {
  declare readonly name: "InvalidIdentityRegistryError";

  constructor(args: { identities: Address }, options?: ErrorOptions) {
    const { identities } = args;
    super(
      "InvalidIdentityRegistryError",
      args,
      `${identities} is no registry of identities.`,
      "Deploy the registry first.",
      options,
    );
  }
}

/** An identity is not linked to itself, nor to the contract that keeps the links. */
export class InvalidRegistryError extends ContractError<{ agentRegistry: Address }> {
  declare readonly name: "InvalidRegistryError";

  constructor(args: { agentRegistry: Address }, options?: ErrorOptions) {
    const { agentRegistry } = args;
    super(
      "InvalidRegistryError",
      args,
      `${agentRegistry} holds no transferable agents.`,
      "Give the contract of the agent's token; the identities themselves cannot be linked.",
      options,
    );
  }
}

/** The token contract does not say who owns the token. */
export class TokenUnreadableError extends ContractError<{ agentRegistry: Address; agentId: bigint }> {
  declare readonly name: "TokenUnreadableError";

  constructor(args: { agentRegistry: Address; agentId: bigint }, options?: ErrorOptions) {
    const { agentRegistry, agentId } = args;
    super(
      "TokenUnreadableError",
      args,
      `${agentRegistry} does not say who owns token ${agentId}.`,
      "Check the contract and the number; it has to be an ERC-721 token of this chain.",
      options,
    );
  }
}

/** The identity holds neither the token nor its agent wallet. */
export class TokenNotHeldError extends ContractError<TokenNotHeldArgs> {
  declare readonly name: "TokenNotHeldError";

  constructor(args: TokenNotHeldArgs, options?: ErrorOptions) {
    const { id, agentRegistry, agentId, tokenOwner } = args;
    super(
      "TokenNotHeldError",
      args,
      `Identity ${id} does not hold token ${agentId} of ${agentRegistry}, which ${tokenOwner} owns.`,
      "The token's owner or its agent wallet has to be owner or wallet of the identity.",
      options,
    );
  }
}

type TokenNotHeldArgs = {
  id: number;
  agentRegistry: Address;
  agentId: bigint;
  /** Who owns the token. */
  tokenOwner: Address;
};

/** The token has a link that is true. */
export class AlreadyLinkedError extends ContractError<AlreadyLinkedArgs> {
  declare readonly name: "AlreadyLinkedError";

  constructor(args: AlreadyLinkedArgs, options?: ErrorOptions) {
    const { agentRegistry, agentId, linkedId } = args;
    super(
      "AlreadyLinkedError",
      args,
      `Token ${agentId} of ${agentRegistry} is linked to identity ${linkedId}.`,
      "Only who owns the token takes the place of who holds its agent wallet.",
      options,
    );
  }
}

type AlreadyLinkedArgs = {
  agentRegistry: Address;
  agentId: bigint;
  /** The identity it is linked to. */
  linkedId: number;
};

/** The token has no link of this identity. */
export class LinkNotFoundError extends ContractError<{ id: number; agentRegistry: Address; agentId: bigint }> {
  declare readonly name: "LinkNotFoundError";

  constructor(args: { id: number; agentRegistry: Address; agentId: bigint }, options?: ErrorOptions) {
    const { id, agentRegistry, agentId } = args;
    super(
      "LinkNotFoundError",
      args,
      `Identity ${id} has no link to token ${agentId} of ${agentRegistry}.`,
      undefined,
      options,
    );
  }
}

/** The call had too little gas for what a token contract may take. */
export class InsufficientGasError extends ContractError<{ available: number; needed: number }> {
  declare readonly name: "InsufficientGasError";

  constructor(args: { available: number; needed: number }, options?: ErrorOptions) {
    const { available, needed } = args;
    super(
      "InsufficientGasError",
      args,
      `${available} gas was left for asking the token's contract, ${needed} needed.`,
      "Give the call more gas, or ask for fewer links at once.",
      options,
    );
  }
}
