import type { Action } from "./program/action.ts";
import type { Actor } from "./program/actors.ts";

/** A call as a reader would write it: people by their numbers, long bytes by their beginning. */
export function callOf({ registry, name, caller, args }: Action, actors: readonly Actor[]): string {
  const numbers = new Map(actors.map(({ address }, number) => [address, `actor${number}`]));
  const word = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(word).join(", ")}]`;
    if (typeof value === "string") {
      const isLong = /^0x[0-9a-f]{41,}$/i.test(value);
      return numbers.get(value) ?? (isLong ? `${value.slice(0, 10)}…(${value.length / 2 - 1} bytes)` : `"${value}"`);
    }
    if (typeof value !== "object" || value === null) return String(value);
    if ("rule" in value) return call(value as Action);
    return `{ ${Object.entries(value)
      .map(([field, part]) => `${field}: ${word(part)}`)
      .join(", ")} }`;
  };
  const call = (action: Pick<Action, "name" | "args">) =>
    `${action.name.replace(/\(.*/, "")}(${action.args.map(word).join(", ")})`;
  return `${numbers.get(caller) ?? caller}: ${registry}.${call({ name, args })}`;
}
