import type { Hash, Hex } from "viem";

/** What a delegate may do at one origin. */
export interface AudiencePermission {
  /** An https origin, such as `https://api.example`. */
  readonly audience: string;
  readonly permissions: readonly string[];
}

/** What an issuer grants a delegate. The names are those of the message that is signed. */
export interface Grant {
  /** The root's account, or for a child the identifier of its parent's delegate. */
  readonly issuer: string;
  /** An account as CAIP-10 writes it, or a public key as a JWK in the form of RFC 7638. */
  readonly delegate: string;
  readonly audiencePermissions: readonly AudiencePermission[];
  /** By which it can be revoked. */
  readonly id: Hash;
  /** The issuer's epoch in the registry of revocations. */
  readonly epoch: bigint;
  /** Seconds since 1970. */
  readonly validAfter: bigint;
  /** Seconds since 1970. */
  readonly validUntil: bigint;
  readonly maxRequestValiditySeconds: number;
  /** How many levels of grants may come below this one. */
  readonly remainingDelegations: number;
  readonly delegateProfile: string;
  readonly requireNonReplayable: boolean;
  /** What requests have to cover, as `content-type` or `x-list;key="a"`. */
  readonly requiredComponents: readonly string[];
  /** The digest of the parent; zeros for the root. */
  readonly parentGrantHash: Hash;
}

/** A grant with its issuer's signature. */
export interface SignedGrant {
  readonly grant: Grant;
  readonly signature: Hex;
}

/** A signed grant in its chain, with what follows of it. Its signature is not checked. */
export interface ChainedGrant extends SignedGrant {
  /** What identifies it, and what an account signs of it. */
  readonly digest: Hash;
  /** The 66 bytes of which that is the hash, and which a JWK signs. */
  readonly signingInput: Hex;
  /** Who the delegate is: the `keyid` of its requests, and the issuer of its grants. */
  readonly delegateId: string;
  /** The account that can revoke it. */
  readonly revocationAccount: string;
  /** Under which it is revoked. */
  readonly revocationHandle: Hash;
}
