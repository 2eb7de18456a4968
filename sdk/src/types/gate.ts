/** What a platform demands of an identity. What is left out demands nothing, except `maxOpposition`. */
export type Requirement = {
  /** Seconds since it was registered, at least. */
  minAge?: number | undefined;
  /** Witnessed seconds, at least. */
  minTenure?: number | undefined;
  /** Seconds since its current owner key took over and, where a wallet is judged by address, since that consented. */
  minKeyAge?: number | undefined;
  /** Seconds since its last check-in, at most. */
  maxSilence?: number | undefined;
  /** Points staked for it, at least. */
  minSupport?: number | undefined;
  /**
   * Points staked against it, at most. Where left out, no warning at all is tolerated, as in `TrustGate`: then anybody with
   * one point can keep an identity out. Name what it shall cost to do so.
   */
  maxOpposition?: number | undefined;
  /** Identities that the platform itself trusts; naming one twice counts once. */
  anchors?: readonly number[] | undefined;
  /** How many anchors vouch for it, at least. An anchor counts while it is active itself. */
  minAnchors?: number | undefined;
};

/** Why an identity does not meet a requirement: the names of the bits of `TrustGate`, in their order. */
export type UnmetReason =
  | "unknown"
  | "formerKey"
  | "suspended"
  | "retired"
  | "age"
  | "tenure"
  | "keyAge"
  | "silence"
  | "support"
  | "opposition"
  | "anchors";

/** One thing that is not met. */
export type UnmetFact = {
  /** Which. */
  reason: UnmetReason;
  /** What was found: seconds, points or anchors; undefined where the reason is not about an amount. */
  actual: number | undefined;
  /** What was demanded, at least or at most. */
  demanded: number | undefined;
};
