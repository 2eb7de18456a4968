/** A nonce that a signature uses up. */
export interface Nonce {
  /** Who signed: an account in its canonical form, or the thumbprint of a key. */
  readonly keyid: string;
  readonly nonce: string;
  /** The last second, since 1970, in which the signature could be accepted. The mark has to stay until it has passed. */
  readonly until: number;
  /** The verifier's clock, in the same seconds. */
  readonly now: number;
}

/** Where nonces are marked as used, shared by all who let the same callers in. */
export interface ReplayStore {
  /**
   * Marks a nonce in one step, so that of any number of requests at once exactly one gets `true`.
   *
   * @returns `false` where it was marked before.
   * @throws Anything, when it cannot say: the request is then not let in.
   */
  consume(nonce: Nonce): boolean | Promise<boolean>;
}

/** A signature without a nonce, which may come again until it ends. */
export interface ReplayableSignature {
  /** Who signed: an account in its canonical form, or the thumbprint of a key. */
  readonly keyid: string;
  /** When it was signed, in seconds since 1970. */
  readonly created: number;
  /** The hash that was signed. */
  readonly hash: string;
}

/** What ends signatures without a nonce before their time. The draft lets nobody accept these without it. */
export interface Invalidations {
  /** @throws Anything, when it cannot say: the request is then not let in. */
  isInvalidated(signature: ReplayableSignature): boolean | Promise<boolean>;
}
