import type { BlockMoment } from "./chain.ts";
import type { AccessQuestion } from "./question.ts";

/**
 * What came of a question. `allowed`; `refused`: the policies say no; `unknown`: too little is known of the subject for a yes;
 * `failed`: something that has to be known or to run did not, which is no answer about the subject.
 */
export type Outcome = "allowed" | "refused" | "unknown" | "failed";

/**
 * How what is demanded compares: `atLeast` and `atMost` a number; `is` and `isNot` a value; `includes` and `excludes` one member,
 * `includesAny`, `includesAll` and `excludesAll` of a list; `isSaid` where something has to be there at all.
 */
export type Comparison =
  | "atLeast"
  | "atMost"
  | "is"
  | "isNot"
  | "includes"
  | "includesAny"
  | "includesAll"
  | "excludes"
  | "excludesAll"
  | "isSaid";

/** A fact that a policy or requirement demands otherwise. */
export interface UnmetFact {
  /** Its path, such as `stakes.support`; of what is no fact, from its variable on, such as `resource.owner`. */
  readonly fact: string;
  readonly comparison: Comparison;
  readonly actual: unknown;
  readonly demanded: unknown;
}

/** What would change the answer. */
export type Obligation =
  /** The same request, signed by the owner key with a fresh nonce. */
  | { readonly type: "step_up"; readonly proof: "owner" | "fresh" }
  /** A vouch by one of these identities. */
  | { readonly type: "approve"; readonly anchors: readonly string[] }
  /** The same question again, at this time or later (unix seconds). */
  | { readonly type: "wait"; readonly until: number };

/** Why something failed, for whoever runs the server. */
export interface Failure {
  /** Which part. */
  readonly part: "node" | "index" | "database" | "policy" | "facts" | "clock" | "log" | "busy";
  readonly message: string;
}

/** An answer of the decision point. */
export interface Decision {
  /** Unique, and in the log. */
  readonly id: string;
  /** Whom it is about: the identity as CAIP-19 in lower case where a registry knows it, else as it was asked. */
  readonly subject: string;
  readonly outcome: Outcome;
  /** Names of the policies that determined it. */
  readonly policies: readonly string[];
  readonly unmet: readonly UnmetFact[];
  /** In plain words, for whoever was refused. */
  readonly reason: string;
  readonly obligations: readonly Obligation[];
  /** Unix seconds until which it may be remembered; that of the decision itself where it may not. */
  readonly expiresAt: number;
  /**
   * The first second at which it could turn out otherwise though nothing happens: an age reaches a limit, a grant ends, a period of
   * the registry ends. `undefined` where time alone changes nothing. Never before `expiresAt`, unless it may not be remembered.
   */
  readonly flipsAt: number | undefined;
  /** Paths of the facts that it rests on. */
  readonly restsOn: readonly string[];
  /** SHA-256 in hex of the facts, and of the policies with their schema and entities. */
  readonly factsHash: string;
  readonly policyHash: string;
  /** The blocks that the facts are of, one for each chain that was asked. */
  readonly blocks: readonly BlockMoment[];
  /** Unix seconds. */
  readonly decidedAt: number;
  readonly failure?: Failure | undefined;
}

/** The decision point. It does not throw: what goes wrong is an outcome. */
export interface DecisionPoint {
  readonly decide: (question: AccessQuestion) => Promise<Decision>;
}

/** Where decisions are written down before they are told. */
export interface DecisionLog {
  /** Resolves once the line is durable. Throws where it cannot be: the decision is not told then. */
  readonly append: (question: AccessQuestion, decision: Decision) => Promise<void>;
}
