import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { InvalidPoliciesError, type PolicyProblem } from "./errors.ts";
import type { PolicyFile } from "./readPolicies.ts";
import type { TenantFiles } from "./tenantFiles.ts";

/** A tenant's folder as it was found. */
export interface FoundFolder {
  /** Differs where a file that counts was added, changed or removed. */
  readonly fingerprint: string;
  /** Names of the files that count, sorted. */
  readonly names: readonly string[];
  /** Bytes of them together. */
  readonly size: number;
}

/** Looks at a folder without reading its files. */
export async function lookAtFolder(folder: string): Promise<FoundFolder> {
  const names = (await readdir(folder)).filter(counts).sort();
  const stats = await Promise.all(names.map((name) => stat(join(folder, name))));
  const marks = stats.map(({ size, mtimeMs, ctimeMs, ino }, index) => [names[index], size, mtimeMs, ctimeMs, ino]);
  return { fingerprint: JSON.stringify(marks), names, size: stats.reduce((sum, { size }) => sum + size, 0) };
}

/**
 * Reads what a folder holds. Files that are neither policies, schema, entities nor settings are left alone.
 *
 * @param limit - Bytes; a folder that has more is not read at all.
 * @throws {InvalidPoliciesError} It is too large, has two schemas, or a file is no UTF-8.
 */
export async function readTenantFolder(
  folder: string,
  { names, size }: FoundFolder,
  limit: number,
): Promise<TenantFiles> {
  if (size > limit) {
    throw new InvalidPoliciesError([
      {
        file: "*",
        message: `The files of this tenant have ${size} bytes, and ${limit} are allowed. Nothing of them was read.`,
      },
    ]);
  }
  const problems: PolicyProblem[] = [];
  const files = await Promise.all(names.map((name) => readText(folder, name, problems)));
  const ending = (end: string) => files.filter(({ file }) => file.endsWith(end));
  const [schema, another] = ending(".cedarschema");
  if (another !== undefined) {
    problems.push({
      file: another.file,
      message: `There is a schema in ${schema?.file} already. Put both into one file.`,
    });
  }
  if (problems.length > 0) throw new InvalidPoliciesError(problems);
  const [[entities], [settings]] = [ending("entities.json"), ending("tenant.json")];
  return { policies: ending(".cedar"), schema, entities, settings };
}

function counts(name: string): boolean {
  // Editors keep their own files beside these, and their names begin with a dot.
  const isKind =
    name.endsWith(".cedar") || name.endsWith(".cedarschema") || name === "entities.json" || name === "tenant.json";
  return isKind && !name.startsWith(".");
}

async function readText(folder: string, name: string, problems: PolicyProblem[]): Promise<PolicyFile> {
  const bytes = await readFile(join(folder, name));
  try {
    return { file: name, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    problems.push({ file: name, message: "This is no text in UTF-8." });
    return { file: name, text: "" };
  }
}
