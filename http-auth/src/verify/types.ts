import type { Client } from "viem";
import type { Invalidations, ReplayStore } from "../replay/types.ts";

/** Who sent a request, proved. */
export interface Caller {
  /** The account that is asked about: whom the platform decides on, as `eip155:1:0x…`. */
  readonly principal: string;
  /** The account that signed. The same one, as long as there are no grants. */
  readonly signer: string;
  /** What the signature binds: this request and no other. */
  readonly binding: "request-bound";
  /** Whether the same signature may come again. */
  readonly replayable: boolean;
  /** The last second, since 1970, in which the signature is good, skew left aside. */
  readonly expiresAt: number;
  /** Which of the verifier's origins the request was signed for. */
  readonly origin: string;
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
  /** Requests to this route end signatures before their time: they need a nonce, whatever `replay` says. */
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
  /** Whether an account is let in at all, asked before its signature is checked. */
  readonly isPrincipalAllowed?: ((principal: string) => boolean | Promise<boolean>) | undefined;
  /** Whether an account may leave out the nonce, where the route lets it. */
  readonly isReplayAllowed?: ((principal: string) => boolean | Promise<boolean>) | undefined;
  /** What routes demand that say nothing of their own. */
  readonly policy?: RoutePolicy | undefined;
  /** Seconds that clocks may be apart; 30 where nothing is said. */
  readonly clockSkew?: number | undefined;
  /** Bytes of content that are read at most; 1 MiB where nothing is said. */
  readonly contentLimit?: number | undefined;
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
   * @throws AccessError when it is not let in.
   * @throws InvalidOptionError when the policy cannot hold.
   * @throws ContentConsumedError when somebody has read the content before.
   */
  readonly verify: (request: Request, policy?: RoutePolicy) => Promise<Caller>;
}
