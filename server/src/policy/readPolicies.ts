import type { DetailedError, Expr, PolicyJson } from "@cedar-policy/cedar-wasm/nodejs";
import type { Cedar } from "./cedar.ts";
import type { PolicyProblem } from "./errors.ts";
import { splitPolicies } from "./splitPolicies.ts";
import { childrenOf } from "./subExpressions.ts";

/** A file of policies. */
export interface PolicyFile {
  /** As it is named in the folder. */
  readonly file: string;
  readonly text: string;
}

/** One policy, by the name that its `@id` gives it: what decisions name. */
export interface NamedPolicy {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly text: string;
  /** What it says, as the engine understood it. */
  readonly json: PolicyJson;
}

/** Conditions that hang together, or brackets within each other: more than this is nobody's policy. */
const DEPTH_LIMIT = 500;

/** What is in files. */
export interface ReadPolicies {
  readonly policies: readonly NamedPolicy[];
  readonly problems: readonly PolicyProblem[];
}

/** Names that are easy to log, to search and to quote. */
const ID_FORM = /^[\w.:/-]{1,128}$/;

/**
 * Reads policies. The engine itself would number them, and a decision could only name `policy7`; so each is taken by itself, and
 * named by its `@id`.
 */
export function readPolicies(cedar: Cedar, files: readonly PolicyFile[]): ReadPolicies {
  const policies: NamedPolicy[] = [];
  const problems: PolicyProblem[] = [];
  const seen = new Map<string, NamedPolicy>();
  for (const { file, text } of files) {
    for (const { text: piece, line } of splitPolicies(text)) {
      const answer = cedar.policyToJson(piece);
      if (answer.type === "failure") {
        problems.push(...answer.errors.map((error) => problemOf(error, file, line, piece)));
        continue;
      }
      if (answer.json.conditions.some(({ body }) => isDeeper(body, DEPTH_LIMIT))) {
        problems.push({ file, line, message: `This policy is nested more than ${DEPTH_LIMIT} deep. Write several.` });
        continue;
      }
      const id = answer.json.annotations?.id;
      const refused = refusal(id, seen);
      if (refused !== undefined || id === undefined) {
        problems.push({ file, line, message: refused ?? "" });
        continue;
      }
      const policy = { id, file, line, text: piece, json: answer.json };
      seen.set(id, policy);
      policies.push(policy);
    }
  }
  return { policies, problems };
}

function isDeeper(expression: Expr, limit: number): boolean {
  return limit === 0 || childrenOf(expression).some((child) => isDeeper(child, limit - 1));
}

function refusal(id: string | undefined, seen: ReadonlyMap<string, NamedPolicy>): string | undefined {
  if (id === undefined)
    return 'This policy has no name. Write @id("some-name") before it: decisions name the policies that made them.';
  if (!ID_FORM.test(id))
    return `@id("${id.slice(0, 40)}"): a name is 1 to 128 letters, digits and _ . : / - and nothing else.`;
  const other = seen.get(id);
  return other && `@id("${id}") is already the name of the policy in ${other.file}, line ${other.line}.`;
}

/** What the engine says of a text that begins on a line of a file. */
export function problemOf(error: DetailedError, file: string, line: number, text: string): PolicyProblem {
  const { message, help, sourceLocations } = error;
  const start = sourceLocations?.[0]?.start;
  const label = sourceLocations?.[0]?.label;
  const details = [label, help].filter((part) => typeof part === "string" && part !== "");
  const plain = message.replace(/^failed to parse policy from string: /, "");
  return {
    file,
    line: start === undefined ? line : line + linesBefore(text, start),
    message: details.length === 0 ? plain : `${plain} (${details.join("; ")})`,
  };
}

/** The engine counts bytes of UTF-8. */
function linesBefore(text: string, offset: number): number {
  return Buffer.from(text, "utf8")
    .subarray(0, offset)
    .filter((byte) => byte === 10).length;
}
