import type { Address, Hash } from "viem";

/** What is asked of a registry of revocations (ERC-8395, section 5) about one grant. */
export interface StatusQuestion {
  readonly chainId: number;
  /** The registry's address on that chain. */
  readonly registry: Address;
  /** The account that can revoke the grant, in lower case. */
  readonly account: Address;
  /** Under which it is revoked. */
  readonly handle: Hash;
}

/** What a registry says of a grant. */
export interface GrantStatus {
  readonly isRevoked: boolean;
  /** The account's epoch now. */
  readonly epoch: bigint;
}

/** Who says what became of grants: a registry by its node, or an index that follows it. */
export interface StatusSource {
  /**
   * The statuses of the grants of a chain, in the order of the questions.
   *
   * @throws Anything, when it cannot say: the request is then not let in.
   */
  readonly statuses: (questions: readonly StatusQuestion[]) => readonly GrantStatus[] | Promise<readonly GrantStatus[]>;
}

/** That an account revoked a grant, or advanced its epoch. Whatever was believed of its grants is asked anew. */
export interface RevocationEvent {
  readonly chainId: number;
  readonly account: Address;
}

/** Whoever follows the registries, and tells of what they do. */
export interface RevocationEvents {
  /** Has a function called with each `Revoked` and `EpochAdvanced`. */
  readonly subscribe: (listener: (event: RevocationEvent) => void) => void;
}

/** How a platform checks grants. */
export interface DelegationOptions {
  /** The registry of revocations on each chain whose accounts may grant anything, by the chain's number. */
  readonly registries: Readonly<Record<number, Address>>;
  /** How many grants a chain may have; 4 where nothing is said. */
  readonly maxDepth?: number | undefined;
  /** Seconds from the beginning of a grant to its end, for every grant; any where nothing is said. */
  readonly maxGrantValidity?: number | undefined;
  /** Seconds for which a yes of a registry, or of an account's code, is believed: 60 at most, and where nothing is said. */
  readonly statusLifetime?: number | undefined;
  /** Who says what became of grants; the registries by their nodes, where nothing is said. */
  readonly status?: StatusSource | undefined;
  /** What ends that belief at once. */
  readonly events?: RevocationEvents | undefined;
  /**
   * Whether whoever is asked may be behind the head of the chain, as an index is, or a node among several. A grant of the very
   * next epoch is then good for a minute after its beginning.
   */
  readonly mayTrail?: boolean | undefined;
  /** The kinds of keys that grants may be for; all that are known where nothing is said. */
  readonly profiles?: readonly string[] | undefined;
  /** `false` where nothing here knows permissions: grants that give some at this origin are then refused. */
  readonly understandsPermissions?: boolean | undefined;
}

/** A grant by which a caller was let in. Times are in seconds since 1970. */
export interface CallerGrant {
  /** The root's account, or who the delegate of the grant above is. */
  readonly issuer: string;
  /** An account, or a public key as a JWK. */
  readonly delegate: string;
  /** Who that is: the account, or the thumbprint of the key. */
  readonly delegateId: string;
  /** What it permits at the origin of the request. */
  readonly permissions: readonly string[];
  readonly validAfter: number;
  readonly validUntil: number;
  /** Which one of the chain it is: 1 for the root's. */
  readonly depth: number;
  /** The account that can revoke it. */
  readonly revocationAccount: string;
  /** Under which it is revoked. */
  readonly revocationHandle: Hash;
  readonly digest: Hash;
}
