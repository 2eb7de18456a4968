import { readFileSync } from "node:fs";
import { read } from "read";
import { InterruptedError, UsageError } from "../errors/cliError.ts";
import { whyUnreadable } from "../errors/unreadable.ts";
import { surroundings } from "../surroundings.ts";
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
  const { stdin, stderr } = surroundings();
  try {
    const text = await read({ prompt, silent: isSecret, input: stdin, output: stderr });
    // The return key was as silent as the rest.
    if (isSecret) stderr.write("\n");
    startProgress();
    return text;
  } catch {
    // `read` rejects at Ctrl-C, and at the end of input.
    stderr.write("\n");
    throw new InterruptedError();
  }
}

/** Whether there is somebody to ask. */
export function canAsk(): boolean {
  const { stdin, stderr } = surroundings();
  return stdin.isTTY === true && stderr.isTTY === true;
}

/** A password from VARIABLE, from the file that VARIABLE_FILE names, or undefined. */
function fromEnvironment(variable: string): string | undefined {
  const { env, locate } = surroundings();
  const password = env[variable];
  if (password) return password;
  const file = env[`${variable}_FILE`];
  if (!file) return undefined;
  try {
    return readFileSync(locate(file), "utf8").replace(/\r?\n$/, "");
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
