/** Something that a question is about, as AuthZEN and Cedar name it. `properties` are whoever's who asks: nothing rests on them. */
export interface Entity {
  readonly type: string;
  readonly id: string;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}

/** How it was shown that a request is the subject's own. */
export interface Proof {
  /**
   * `erc8128`: the account signed the request. `erc8395`: somebody with grants of the account did. `asserted`: somebody says so,
   * and nobody checked it.
   */
  readonly scheme: "erc8128" | "erc8395" | "asserted";
  /** What was signed: this request and no other, or all that are alike in what the signature covers. */
  readonly binding: "request-bound" | "class-bound" | "none";
  /** Whether the same signature may come again. */
  readonly replayable: boolean;
  /** The account that is answerable, `eip155:1:0x…`. */
  readonly principal: string;
  /** Who signed: the same account; with grants the last delegate, an account or the thumbprint of a key. */
  readonly signer: string;
  readonly signerKind: "account" | "session";
  /** Grants from the account to the signer, its own first; none where it signed itself. */
  readonly grants: readonly ProofGrant[];
  /** What all grants together permit; `undefined` where the account signed itself, which nothing narrows. */
  readonly permissions: readonly string[] | undefined;
}

/** One of the grants by which somebody acts. */
export interface ProofGrant {
  readonly digest: string;
  readonly handle: string;
  readonly issuer: string;
  readonly delegate: string;
  /** Unix seconds. */
  readonly validAfter: number;
  readonly validUntil: number;
}

/** A question to the decision point: whether a subject may do something to a resource. */
export interface AccessQuestion {
  readonly tenant: string;
  readonly subject: Entity;
  readonly action: { readonly name: string; readonly properties?: Readonly<Record<string, unknown>> | undefined };
  readonly resource: Entity;
  /** What the enforcement point says beside it. Facts and proof are never taken from it. */
  readonly context: Readonly<Record<string, unknown>>;
  /** What was verified, by this server or by an enforcement point that may say so. */
  readonly proof: Proof;
  /** Which enforcement point asks. */
  readonly askedBy: string;
  /** What the enforcement point calls the request, to find it in both logs. */
  readonly correlationId?: string | undefined;
}
