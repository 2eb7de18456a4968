import type { Entity } from "./question.ts";

/** Which entities may be found, from where on. */
export interface CandidateQuestion {
  readonly tenant: string;
  /** What they would be in a question. */
  readonly role: "subject" | "resource";
  readonly type: string;
  /** The id after which they come, in the order of whoever answers; from the beginning where left out. */
  readonly after?: string | undefined;
  /** How many at most. */
  readonly limit: number;
}

/**
 * What a tenant's search goes through: it asks about each whether they may. The order stays as it is while entities come and go.
 * A type that nobody knows has none, which is no error.
 */
export interface Candidates {
  /** At most `limit` entities; fewer only where there are no more. */
  readonly entities: (question: CandidateQuestion) => Promise<readonly Entity[]>;
  /** Names of the actions that a policy of the tenant could permit on resources of a type, sorted, each once. */
  readonly actions: (question: {
    readonly tenant: string;
    readonly resourceType: string;
  }) => Promise<readonly string[]>;
}
