import type { Explained } from "../errors/explain.ts";
import { surroundings } from "../surroundings.ts";
import { errorColors } from "./colors.ts";
import { stopProgress } from "./progress.ts";
import { escapeSteering, plain } from "./text.ts";
import { fitted } from "./wrap.ts";

/** JSON as documented: every field is always there, `null` where it has no value; amounts beyond 2^53 are strings. */
export function toJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(
    value,
    (_, field: unknown) => (field === undefined ? null : typeof field === "bigint" ? field.toString() : field),
    indent,
  );
  return escapeSteering(json);
}

/** The result of a command: for programs the value, for people the text. */
export function print(isJson: boolean, value: unknown, text: string): void {
  stopProgress();
  // What is no terminal is read line by line.
  const { stdout } = surroundings();
  const lines = stdout.isTTY ? fitted(text, stdout) : text;
  stdout.write(`${isJson ? toJson(value, 2) : lines}\n`);
}

/** An error on stderr: for programs one line of JSON, for people one sentence and what to do. */
export function printError(isJson: boolean, { name, message, hint, ...others }: Explained): void {
  stopProgress();
  const { stderr } = surroundings();
  if (isJson) {
    stderr.write(`${toJson({ error: { name, message, hint, ...("hash" in others && { hash: others.hash }) } })}\n`);
    return;
  }
  // Nodes, files and whoever writes on chain have a word in messages.
  const text = plain(`${message}${hint === undefined ? "" : ` ${hint}`}`.replace(/\s+/g, " "));
  stderr.write(`${fitted(`${errorColors().red("tenure:")} ${text}`, stderr)}\n`);
}
