import type { Client } from "viem";
import type { Recover } from "../account/recover.ts";
import type { CallerGrant, DelegationOptions } from "../delegation/types.ts";
import type { CallerIdentity, IdentityReader } from "../identity/types.ts";
import type { Invalidations, ReplayStore } from "../replay/types.ts";

/** Who sent a request, proved. */
export interface Caller {
  /** The account that is asked about: whom the platform decides on, as `eip155:1:0x…`. With grants, the root's. */
  readonly principal: string;
  /** Who signed: the same account; with grants, the last delegate, an account or the thumbprint of a key. */
  readonly signer: string;
  /** What the signature binds: this request and no other, or all requests that are alike in what it covers. */
  readonly binding: "request-bound" | "class-bound" | "former-draft";
  /** Whether the same signature may come again. */
  readonly replayable: boolean;
  /** The last second, since 1970, in which the signature is good, skew left aside. */
  readonly expiresAt: number;
  /** Which of the verifier's origins the request was signed for. */
  readonly origin: string;
  /** The grants from the root's to the one for the signer; none where the account signed itself. */
  readonly grants: readonly CallerGrant[];
  /** What these let the signer do at this origin; `undefined` where the account signed itself, which nothing narrows. */
  readonly permissions: readonly string[] | undefined;
  /** Whom the registries have the principal for; `undefined` where they know nobody, or nobody asks them. */
  readonly identity: CallerIdentity | undefined;
}

/** What a route demands of a request. */
export interface RoutePolicy {
  /** Seconds that a signature may be valid: 60 or more, as signers rely on 60. */
  readonly maxValidity?: number | undefined;
  /** What has to be covered beyond the baseline, such as `idempotency-key`. */
  readonly requiredComponents?: readonly string[] | undefined;
  /** `required`: a digest of no content too. */
  readonly contentDigest?: "request-body" | "required" | undefined;
  /** `either` lets signatures without a nonce in, which may come again until they end. */
  readonly replay?: "non-replayable" | "either" | undefined;
  /**
   * What a signature has to cover at least, beside `@authority`, where it may bind a class of requests and not just one. Where
   * nothing is said, every signature has to bind one request.
   */
  readonly classBound?: readonly string[] | undefined;
  /** Whether requests may be signed by grants. Nothing else makes them welcome, `permissions` neither. */
  readonly delegation?: boolean | undefined;
  /** What grants have to permit at this origin, all of it. It says nothing about accounts that sign themselves. */
  readonly permissions?: readonly string[] | undefined;
  /** How many grants there may be, where that is less than the verifier's own limit. */
  readonly maxDepth?: number | undefined;
  /** Seconds from the beginning of the last grant to its end. */
  readonly maxGrantWindow?: number | undefined;
  /** `required`: only owners and wallets of active identities, also where they sign themselves. It needs the `reader`. */
  readonly identity?: "optional" | "required" | undefined;
  /**
   * Requests to this route end signatures before their time: they need a nonce and bind one request, whatever `replay` and
   * `classBound` say, and accounts sign them themselves.
   */
  readonly isInvalidationEndpoint?: boolean | undefined;
  /** The platform's own decision. It comes before the nonce is used up: a refused request spends nothing. */
  readonly decide?: ((caller: Caller) => boolean | Promise<boolean>) | undefined;
}

/** How a platform checks who sent a request. */
export interface VerifierOptions {
  /** A client for each chain whose accounts are served. Each has its `chain`. */
  readonly clients: readonly Client[];
  /**
   * Where callers send their requests, such as `https://api.example`. What a request says of its scheme and host is never taken
   * from it: with one origin, that is the one; with several, the request's host chooses among them.
   */
  readonly origins: readonly string[];
  /** Where nonces are used up. */
  readonly replay: ReplayStore;
  /** What ends signatures without a nonce. Only with this may a route have `replay: "either"`. */
  readonly invalidations?: Invalidations | undefined;
  /** How grants are checked. Without it, requests that are signed by grants are refused. */
  readonly delegation?: DelegationOptions | undefined;
  /**
   * Who knows identities: a `Reader` of the SDK, at the newest block. With it, grants are good only while the root is the owner
   * or the wallet of an active identity, and a former key is refused whatever it signs.
   */
  readonly reader?: IdentityReader | undefined;
  /** The chain of the reader's registries. It has to be said where there are several clients. */
  readonly identityChain?: number | undefined;
  /** Whether an account is let in at all, asked before its signature is checked. With grants, the root's. */
  readonly isPrincipalAllowed?: ((principal: string) => boolean | Promise<boolean>) | undefined;
  /** Whether an account may leave out the nonce, where the route lets it. */
  readonly isReplayAllowed?: ((principal: string) => boolean | Promise<boolean>) | undefined;
  /** What routes demand that say nothing of their own. */
  readonly policy?: RoutePolicy | undefined;
  /** Seconds that clocks may be apart; 30 where nothing is said. */
  readonly clockSkew?: number | undefined;
  /** Bytes of content that are read at most; 1 MiB where nothing is said. */
  readonly contentLimit?: number | undefined;
  /**
   * Whether signatures of the form that the draft began with are taken too, as `@slicekit/erc8128` 0.2 makes them. They do not cover
   * the scheme and the type of the content, so that somebody who carries a request may change these: `caller.binding` is
   * `former-draft` then.
   */
  readonly acceptFormerDraft?: boolean | undefined;
  /** Finds the key that signed, of accounts that are keys; viem where nothing is said. See `@tenure/http-auth/fast`. */
  readonly recover?: Recover | undefined;
  /** Milliseconds that a node may take for an answer; 5,000 where nothing is said. */
  readonly timeout?: number | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** Checks requests. */
export interface Verifier {
  /**
   * Who sent a request.
   *
   * @param request The request, before anybody has read its content. It can be read afterwards.
   * @param policy What its route demands. What it leaves out is as the verifier has it.
   * @param foundDigest Where the content is not in the request, because somebody else received it and only tells of it: its digest
   * as they found it, in the form of `Content-Digest`. It is believed: give what comes from your own gateway, and nothing else.
   * @throws AccessError when it is not let in.
   * @throws InvalidOptionError when the policy cannot hold.
   * @throws ContentConsumedError when somebody has read the content before.
   */
  readonly verify: (request: Request, policy?: RoutePolicy, foundDigest?: string) => Promise<Caller>;
}
