import { isDeepStrictEqual } from "node:util";

/** One request, and the whole answer that it has to have. */
export interface Case {
  readonly title: string;
  /** Below `/access/v1/`. */
  readonly endpoint: string;
  readonly request: unknown;
  readonly status: number;
  /** The whole body; `<boolean>` stands for either, `<context>` for any object. `undefined`: a problem in JSON, with a message. */
  readonly expected: unknown;
}

/** What a decision point answered. */
export interface Answered {
  readonly status: number;
  readonly type: string | null;
  readonly body: unknown;
}

/** Where a decision point is, and how it is asked. */
export interface Where {
  readonly url: string;
  readonly token: string;
}

export async function ask({ url, token }: Where, endpoint: string, request: unknown): Promise<Answered> {
  const response = await fetch(`${url}/access/v1/${endpoint}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status: response.status, type: response.headers.get("content-type"), body };
}

/** Fills what stands for any with what came, where that is one. */
function filled(expected: unknown, actual: unknown): unknown {
  if (expected === "<boolean>" && typeof actual === "boolean") return actual;
  if (expected === "<context>" && typeof actual === "object" && actual !== null) return actual;
  if (Array.isArray(expected))
    return expected.map((item, at) => filled(item, Array.isArray(actual) ? actual[at] : undefined));
  if (typeof expected !== "object" || expected === null) return expected;
  const members = typeof actual === "object" && actual !== null ? (actual as Record<string, unknown>) : {};
  return Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, filled(value, members[name])]));
}

/** Results in one order, as the standard promises none. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("results" in value) || !Array.isArray(value.results))
    return value;
  const results = value.results.map((result) => JSON.stringify(sortedNames(result))).sort();
  return { ...value, results };
}

function sortedNames(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What is wrong with an answer; `undefined` where it is the whole answer that was expected, and no more. */
export function wrongWith({ status, expected }: Case, answered: Answered): string | undefined {
  if (answered.status !== status) return `status ${answered.status}, not ${status}`;
  if (status !== 200) {
    const detail = (answered.body as { detail?: unknown } | undefined)?.detail;
    return typeof detail === "string" && detail !== "" ? undefined : "no error message";
  }
  if (answered.type !== "application/json") return `type ${answered.type}`;
  const demanded = sorted(filled(expected, answered.body));
  if (demanded === undefined) return "nothing was expected: the case is not complete";
  if (isDeepStrictEqual(sorted(answered.body), demanded)) return undefined;
  return `${JSON.stringify(answered.body)}, not ${JSON.stringify(expected)}`;
}

/** Asks each, and says what is wrong with which. */
export async function runCases(where: Where, cases: readonly Case[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const one of cases) {
    const problem = wrongWith(one, await ask(where, one.endpoint, one.request));
    if (problem !== undefined) wrong.push(`${one.title} ${JSON.stringify(one.request)}: ${problem}`);
  }
  return wrong;
}
