/** What a platform demands of an identity. What is left out, or zero, demands nothing; something has to be demanded. */
export type Requirement = {
  /** Seconds since it was registered, at least. */
  minAge?: number | undefined;
  /** Witnessed seconds, at least. Only check-ins earn them: up to the registry's `maxSilence`, one is enough. */
  minTenure?: number | undefined;
  /** Seconds since its current owner key took over and, where a wallet is judged by address, since that consented. */
  minKeyAge?: number | undefined;
  /** Seconds since its last check-in, at most. */
  maxSilence?: number | undefined;
  /** Points staked for it, at least. */
  minSupport?: number | undefined;
  /**
   * Refused from so many points against it on. Anybody with that many keeps an identity out: name what it shall cost, or
   * ask `anchorWarningLimit` instead.
   */
  oppositionLimit?: number | undefined;
  /** Identities that the platform itself trusts; naming one twice counts once. */
  anchors?: readonly number[] | undefined;
  /** How many anchors vouch for it, at least. An anchor counts while it is active itself. */
  minAnchors?: number | undefined;
  /** Points from which on an anchor's vouch or warning counts. */
  minAnchorStake?: number | undefined;
  /** Refused when at least so many anchors warn about it. An anchor counts while it is active itself. */
  anchorWarningLimit?: number | undefined;
  /**
   * Refused when its owner was not proven to be a key: whoever controls a contract that owns an identity can be replaced
   * unseen.
   */
  keyOwned?: boolean | undefined;
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
  | "anchors"
  | "anchorWarnings"
  | "unprovenOwner";

/** One thing that is not met. */
export type UnmetFact = {
  /** Which. */
  reason: UnmetReason;
  /** What was found: seconds, points or anchors; undefined where the reason is not about an amount. */
  actual: number | undefined;
  /** What was demanded: at least, for `silence` at most, for `opposition` and `anchorWarnings` less than that. */
  demanded: number | undefined;
};
