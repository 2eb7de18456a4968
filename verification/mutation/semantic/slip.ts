/** Source text that is there once, and what stands in its place. */
export interface Change {
  from: string;
  to: string;
}

/** A mistake that an engineer could make who forgot, or did not understand, a rule. */
export interface Slip extends Change {
  /** The rule that it breaks, as it should be. */
  rule: string;
  more?: Change[];
  /** Test files that state the rule: they are tried first, so that the report names the test that should notice. */
  first?: string[];
}

export interface Slips {
  file: string;
  slips: Slip[];
}
