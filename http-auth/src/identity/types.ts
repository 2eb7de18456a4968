import type { Address } from "viem";

/** Whom the registries have an account for. */
export interface CallerIdentity {
  /** The identity's number. */
  readonly id: number;
  /** What the account is to it. One that is both is its owner. */
  readonly role: "owner" | "wallet";
  /** Only `active` where the route requires an identity, and where there are grants. */
  readonly status: "active" | "suspended" | "retired";
  /** How many times the identity's owner changed. */
  readonly keyEpoch: number;
}

/** What is read of an account: to which identity it belongs, or once belonged. */
interface KeyFact {
  readonly id: number | undefined;
  readonly role: "none" | "owner" | "wallet" | "former";
}

/** What is read of an identity. */
interface IdentityFact {
  readonly id: number;
  readonly status: "unknown" | "active" | "suspended" | "retired";
  readonly owner: Address | undefined;
  readonly wallet: Address | undefined;
  readonly keyEpoch: number;
}

/**
 * Who knows identities: what is needed here of the `Reader` of `@tenure/sdk`, such as `rpcReader(client)`. Said here again, so that
 * whoever uses no identities needs no SDK.
 */
export interface IdentityReader {
  readonly key: (parameters: { address: Address }) => Promise<KeyFact>;
  readonly identity: (parameters: { id: number }) => Promise<IdentityFact>;
}
