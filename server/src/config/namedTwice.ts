import { type ConfigProblem, pathOf } from "./problems.ts";

/** The tokens of JSON that say where in it something stands. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

/** An object or a list that is open: its names so far, and where in it what is read stands. */
interface Open {
  readonly names: Set<string> | undefined;
  at: string | number;
  isName: boolean;
}

/** Names that stand twice in an object. Of these a reader takes the first, or the last, and none says so. */
export function namedTwice(json: string): ConfigProblem[] {
  const open: Open[] = [];
  const problems: ConfigProblem[] = [];
  for (const [token] of json.matchAll(TOKENS)) {
    const top = open.at(-1);
    if (token === "{") open.push({ names: new Set(), at: "", isName: true });
    else if (token === "[") open.push({ names: undefined, at: 0, isName: false });
    else if (token === "}" || token === "]") open.pop();
    else if (token === "," && top !== undefined) {
      if (typeof top.at === "number") top.at += 1;
      top.isName = top.names !== undefined;
    } else if (top?.isName && top.names !== undefined) {
      const name = JSON.parse(token) as string;
      top.at = name;
      top.isName = false;
      const path = pathOf(open.map(({ at }) => at));
      if (top.names.has(name)) problems.push({ path, message: "stands there twice. Remove one." });
      top.names.add(name);
    }
  }
  return problems;
}
