import { isNear } from "./isNear.ts";

/** What cannot be taken back, stops somebody, writes over something, or costs. */
const dangerous = new Set([
  ...["revoke", "retire", "rotate", "void", "suspend", "unlink", "warn", "deploy", "close", "burn", "disown"],
  ...["unset", "propose", "claim", "cancel", "advance", "fund", "set", "register", "remove", "--yes"],
]);

/** Words of their own, although one letter makes another word of them. */
const words = new Set(["avoid", "earn", "find", "turn", "warm", "word", "aim", "fun", "get", "let", "see"]);

/**
 * The message about an unknown command or option, without suggestions that lead a harmless word to a dangerous one: whoever
 * looks for `recover` must not be sent to `revoke`. Who missed one letter of it meant it.
 */
export function harmless(message: string): string {
  const [, typed = "", names = ""] = /'([^']*)'\s*\(Did you mean (?:one of )?(.*)\?\)$/s.exec(message) ?? [];
  if (names === "") return message;
  const kept = names.split(", ").filter((name) => !dangerous.has(name) || (isNear(typed, name) && !words.has(typed)));
  const start = message.slice(0, message.lastIndexOf("(Did you mean")).trimEnd();
  if (kept.length === 0) return start;
  return `${start}\n(Did you mean ${kept.length > 1 ? "one of " : ""}${kept.join(", ")}?)`;
}
