/** Something in a tenant's folder that keeps its policies from being used. */
export interface PolicyProblem {
  /** The file, as it is named in the folder. */
  readonly file: string;
  /** Line, from 1; undefined where it is about the file as a whole. */
  readonly line?: number | undefined;
  readonly message: string;
}

/** Policies that cannot be used, with everything that is wrong with them at once. */
export class InvalidPoliciesError extends Error {
  override readonly name = "InvalidPoliciesError";
  readonly problems: readonly PolicyProblem[];

  constructor(problems: readonly PolicyProblem[]) {
    super(
      problems
        .map(({ file, line, message }) => `${file}${line === undefined ? "" : `:${line}`}: ${message}`)
        .join("\n"),
    );
    this.problems = problems;
  }
}

/** The policy engine does not run, or does not take what it is given: that is no answer about a subject. */
export class PolicyEngineError extends Error {
  override readonly name = "PolicyEngineError";
}

/** No policies are active for a tenant. */
export class NoPoliciesError extends Error {
  override readonly name = "NoPoliciesError";
}
