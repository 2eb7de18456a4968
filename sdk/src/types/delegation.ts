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
