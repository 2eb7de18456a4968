import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../errors/cliError.ts";
import { surroundings } from "../surroundings.ts";
import { toJson } from "../view/output.ts";
import { homeFolder, isName, namesIn } from "./home.ts";
import { type KeystoreFile, parseKeystore } from "./keystoreFile.ts";

/** Where keystores are: TENURE_HOME/keystore, which is ~/.tenure/keystore unless that is set. */
export function keystoreFolder(): string {
  return homeFolder("keystore");
}

/** The names of all keystores there. */
export function keystoreNames(): string[] {
  return namesIn(keystoreFolder());
}

/** Reads a keystore by its name, or any file by its path. */
export function readKeystore(nameOrFile: string): KeystoreFile {
  const named = path.join(keystoreFolder(), `${nameOrFile}.json`);
  const file = isName(nameOrFile) && existsSync(located(named)) ? named : nameOrFile;
  let text: string;
  try {
    text = readFileSync(located(file), "utf8");
  } catch {
    const names = keystoreNames();
    throw new UsageError(
      `There is no keystore "${nameOrFile}".`,
      names.length === 0 ? "Make one with: tenure keystore create NAME" : `There are: ${names.join(", ")}.`,
    );
  }
  return parseKeystore(text, nameOrFile);
}

/** Refuses a name before a password is asked for. */
export function requireNewName(name: string): void {
  if (!isName(name)) {
    throw new UsageError(`"${name}" is not a name for a keystore.`, "Use letters, digits, dots, dashes, underscores.");
  }
  if (keystoreNames().includes(name)) throw new UsageError(`There is a keystore "${name}" already.`);
}

/** Writes a new keystore that only its owner can read; never over another. */
export function writeKeystore(name: string, keystore: KeystoreFile): string {
  const folder = keystoreFolder();
  mkdirSync(located(folder), { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${name}.json`);
  writeFileSync(located(file), `${toJson(keystore, 2)}\n`, { mode: 0o600, flag: "wx" });
  return file;
}

function located(file: string): string {
  return surroundings().locate(file);
}
