import type { ConfigProblem } from "./problems.ts";

/** The configuration is not as it has to be. Its message lists everything that is wrong, a line each. */
export class ConfigError extends Error {
  override name = "ConfigError";
  readonly problems: readonly ConfigProblem[];
  constructor(file: string, problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ path, message }) => `  ${path === "" ? "" : `${path} `}${message}`);
    super(`${file} has ${problems.length === 1 ? "a problem" : `${problems.length} problems`}:\n${lines.join("\n")}`);
    this.problems = problems;
  }
}
