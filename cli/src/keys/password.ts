import { readFileSync } from "node:fs";
import { read } from "read";
import { Status, UsageError } from "../errors/cliError.ts";
import { whyUnreadable } from "../errors/unreadable.ts";
import { startProgress, stopProgress } from "../view/progress.ts";

/** Asks without showing what is typed. */
export function ask(prompt: string): Promise<string> {
  return answer(prompt, true);
}

/** Asks for what may be seen. */
export function askOpenly(prompt: string): Promise<string> {
  return answer(prompt, false);
}

async function answer(prompt: string, isSecret: boolean): Promise<string> {
  stopProgress();
  try {
    const text = await read({ prompt, silent: isSecret, output: process.stderr });
    // The return key was as silent as the rest.
    if (isSecret) process.stderr.write("\n");
    startProgress();
    return text;
  } catch {
    // `read` rejects at Ctrl-C, and at the end of input.
    process.stderr.write("\n");
    process.exit(Status.interrupted);
  }
}

/** Whether there is somebody to ask. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** A password from VARIABLE, from the file that VARIABLE_FILE names, or undefined. */
function fromEnvironment(variable: string): string | undefined {
  const password = process.env[variable];
  if (password) return password;
  const file = process.env[`${variable}_FILE`];
  if (!file) return undefined;
  try {
    return readFileSync(file, "utf8").replace(/\r?\n$/, "");
  } catch (error) {
    throw new UsageError(`The file ${file}, which ${variable}_FILE names, cannot be read: ${whyUnreadable(error)}.`);
  }
}

/** The password of a keystore: from the environment, else from whoever sits at the terminal. */
export async function readPassword(name: string, variable: string): Promise<string> {
  const password = fromEnvironment(variable);
  if (password !== undefined) return password;
  if (!canAsk()) {
    throw new UsageError(
      `Keystore "${name}" needs its password, and there is no terminal to ask for it.`,
      `Set ${variable}, or ${variable}_FILE.`,
    );
  }
  return ask(`Password of keystore "${name}": `);
}

/** What is said of a password, and how to have none. */
const RULE = "Any text that is not blank will do, however short; say --empty-password if you want none.";

/**
 * A password for a new keystore: from the environment, else asked for twice. An empty one protects nothing, and is what an unset
 * variable or a file that was not written gives: it is taken only where it was asked for.
 */
export async function newPassword(name: string, variable: string, isEmptyMeant: boolean): Promise<string> {
  const given = fromEnvironment(variable);
  if (isEmptyMeant) {
    if (given) throw new UsageError("There is a password, and --empty-password.", `Leave one out: ${variable}.`);
    return "";
  }
  if (given !== undefined) return notBlank(given);
  if (!canAsk()) {
    throw new UsageError(
      `Keystore "${name}" needs a password, and there is no terminal to ask for it.`,
      `Set ${variable}, or ${variable}_FILE. ${RULE}`,
    );
  }
  const first = notBlank(await ask(`New password of keystore "${name}": `));
  if (first !== (await ask("Again: "))) throw new UsageError("The two passwords differ.");
  return first;
}

function notBlank(password: string): string {
  if (/\S/.test(password)) return password;
  throw new UsageError("An empty password protects nothing.", RULE);
}
