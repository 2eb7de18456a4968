import type { Address, Client, Hash, Hex } from "viem";
import type { GRANT_DOMAIN, GRANT_TYPES } from "../constants.ts";
import type { AudiencePermission, ChainedGrant, Grant } from "../grants/types.ts";
import type { SigningAccount } from "../sign/options.ts";
import type { Fetch, Send } from "../sign/signedBy.ts";

/** A grant as a wallet signs it, EIP-712. */
export interface GrantTypedData {
  readonly domain: typeof GRANT_DOMAIN & { readonly chainId: bigint };
  readonly types: typeof GRANT_TYPES;
  readonly primaryType: "Delegation";
  readonly message: Grant;
}

/** Whoever grants: an account of viem, a smart account too, or anything that signs typed data. */
export interface GrantingAccount {
  readonly address: Address;
  readonly signTypedData: (typedData: GrantTypedData) => Promise<Hex>;
}

/** An account that acts by grants: it signs requests, and can hand on where it signs typed data too. */
export type DelegateAccount = SigningAccount & Partial<Pick<GrantingAccount, "signTypedData">>;

/** What a session's key is. Ed25519 and P-256 live in WebCrypto, and need no account of Ethereum. */
export type KeyType = "ed25519" | "p256" | "secp256k1";

/** A key as RFC 7517 writes it, as far as it is read here. A type of its own, as not every project has the browser's. */
export interface Jwk {
  readonly kty?: string | undefined;
  readonly crv?: string | undefined;
  readonly x?: string | undefined;
  readonly y?: string | undefined;
  /** The private key, secret. */
  readonly d?: string | undefined;
}

/** A key of WebCrypto, by whatever name the project has it. */
type WebKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** A pair of keys of WebCrypto. */
export interface WebKeyPair {
  readonly publicKey: WebKey;
  readonly privateKey: WebKey;
}

/** A key that acts by grants. Whatever is secret of it is in no property, and in no text that is made of it. */
export interface SessionKey {
  /** Who it is: the `keyid` of its requests. */
  readonly keyid: string;
  /** What a grant names as its delegate: an account, or the public key as a JWK in the form of RFC 7638. */
  readonly delegate: string;
  readonly profile: string;
  readonly signRequest: (base: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
  /** Signs a grant to somebody else: an account its typed data, a key its 66 bytes. */
  readonly signGrant: (typedData: GrantTypedData, signingInput: Uint8Array<ArrayBuffer>) => Promise<Hex>;
  /**
   * The private key.
   *
   * @throws SessionKeyError unless it was made or restored with `extractable`.
   */
  readonly exportSecret: () => Promise<Jwk>;
}

/** Where the epochs of issuers are read. */
export interface Revocations {
  /** A client of the chain that the issuer is on. */
  readonly client: Client;
  readonly registry: Address;
}

/** What a grant allows. */
export interface GrantOptions {
  /** Https origins, at each of which all of `permissions` may be used. */
  readonly audiences?: readonly string[] | undefined;
  readonly permissions?: readonly string[] | undefined;
  /** Instead of both: what may be used at which origin. */
  readonly audiencePermissions?: readonly AudiencePermission[] | undefined;
  /** Seconds from now on. Or `validUntil`. */
  readonly validFor?: number | undefined;
  /** The last second, since 1970. */
  readonly validUntil?: number | undefined;
  /** The first second, since 1970; now, where nothing is said. */
  readonly validAfter?: number | undefined;
  /** How many levels of grants may come below this one. None, where nothing is said. */
  readonly remainingDelegations?: number | undefined;
  /** Seconds that a request may be valid: 60 where nothing is said, and no more than the grant above allows. */
  readonly maxRequestValidity?: number | undefined;
  /** Each request comes once. So where nothing is said. */
  readonly requireNonReplayable?: boolean | undefined;
  /** What requests have to cover beyond the baseline. */
  readonly requiredComponents?: readonly string[] | undefined;
  /** By which the grant can be revoked; a random one where nothing is said. */
  readonly id?: Hash | undefined;
  /** The issuer's epoch, where no registry is asked. A key that is no account has that of the grant above, whatever is said. */
  readonly epoch?: bigint | undefined;
}

/** How a session's requests are signed and sent. */
export interface SessionRequestOptions {
  /** The platform's `fetch` where nothing is said. It gets requests whose `redirect` is `manual`, and must not follow any. */
  readonly fetch?: Send | undefined;
  /** Components that are covered beyond what the grants and the baseline demand. */
  readonly components?: readonly string[] | undefined;
  /** Seconds that a request is valid: 60 where nothing is said, or what the grants allow where that is less. */
  readonly requestValidity?: number | undefined;
  /** Bytes of content that are read to digest it; 1 MiB where nothing is said. */
  readonly contentLimit?: number | undefined;
  /** Where the epoch of an issuer is read. */
  readonly revocations?: Revocations | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** Whom a session hands on to: a session's key, a public key, or an account as CAIP-10 writes it. */
export type DelegateKey =
  | Pick<SessionKey, "profile" | "delegate">
  | Jwk
  | {
      readonly account: string;
      /** Its key alone counts, whatever code it may get. */
      readonly isKey?: boolean | undefined;
    };

/** What a session hands on. */
export interface DelegateOptions extends GrantOptions {
  readonly key: DelegateKey;
}

/** What whoever was granted something needs, beside its own key. */
export interface Delegated {
  readonly grant: ChainedGrant;
  /** From the root to that one. */
  readonly grants: readonly ChainedGrant[];
  /** The same as text. Nothing in it is secret. */
  readonly field: string;
}

/** A key that acts for an account, within its grants. */
export interface Session {
  /** Whose key it is. */
  readonly keyid: string;
  /** The account that it acts for. */
  readonly principal: string;
  /** The session's own grant, the last of all. */
  readonly grant: ChainedGrant;
  /** From the root to that one. */
  readonly grants: readonly ChainedGrant[];
  /** The last second, since 1970, in which a request may be signed. */
  readonly expiresAt: number;
  /**
   * Signs as the session's key, and sends. As that of `createSignedFetch`, and besides:
   *
   * @throws OutsideAudienceError when no grant is for the origin.
   * @throws SessionEndedError when the grants have ended.
   */
  readonly fetch: Fetch;
  /** The same, and sends nothing. `nonce` is one that a verifier gave, or `null` for a request that may come again. */
  readonly signRequest: (request: Request, options?: { nonce?: string | null | undefined }) => Promise<Request>;
  /**
   * Grants somebody else a part of what the session may do. The session's key signs; nobody is asked, but the registry where
   * the key is that of an account.
   *
   * @throws GrantTooWideError when anything of it is wider than the session's own grant.
   * @throws GrantError when nobody could read it, or the chain gets too long.
   * @throws SessionEndedError when the grants have ended.
   * @throws InvalidOptionError when the options contradict each other.
   * @throws EpochUnavailableError when the registry does not answer.
   */
  readonly delegate: (options: DelegateOptions) => Promise<Delegated>;
  /** What may be seen of it. */
  readonly toJSON: () => { keyid: string; principal: string; expiresAt: number; grants: string };
}
