import type { Address, Hex } from "viem";

/** A grant, as the registry of revocations knows it. */
export type GrantReference = {
  /**
   * Who can revoke it: the account that issued it or, where a key without an account did, the nearest account above
   * (ERC-8395: *Revocation Account*).
   */
  issuer: Address;
  /**
   * The grant's `id` where an account issued it, `keccak256(parentGrantHash || id)` where a key without an account did
   * (ERC-8395: *registry handle*).
   */
  handle: Hex;
};

/** What makes a grant active or void: it is active while it is not revoked, and says this epoch. */
export type DelegationStatus = {
  /** Whether its issuer revoked it. */
  isRevoked: boolean;
  /** The epoch that the issuer's grants have to say; zero until the issuer advances it. */
  epoch: bigint;
};

/** What is asked of the registry of revocations of some chain about one grant. */
export type DelegationQuestion = {
  /** The chain. */
  chainId: number;
  /** The registry's address on it. */
  registry: Address;
  /** Who can revoke the grant: `issuer` of a {@link GrantReference}. */
  account: Address;
  /** Under which it is revoked. */
  handle: Hex;
};

/** The port of whoever checks grants: what became of them, over RPC (`rpcStatusSource`) or of whatever follows the chains. */
export type DelegationStatusSource = {
  /** The statuses, in the order of the questions. It throws where it cannot say. */
  statuses: (questions: readonly Readonly<DelegationQuestion>[]) => Promise<DelegationStatus[]>;
};
