import { readdir, readFile } from "node:fs/promises";
import type { PolicyFile, TenantFiles } from "../../src/policy/index.ts";

/** The files of one of the sets to begin with. */
export async function starterSet(name: string): Promise<readonly PolicyFile[]> {
  const folder = new URL(`../../policies/${name}/`, import.meta.url);
  const names = (await readdir(folder)).filter((file) => file.endsWith(".cedar")).sort();
  return await Promise.all(names.map(async (file) => ({ file, text: await readFile(new URL(file, folder), "utf8") })));
}

/** A tenant of one file of policies. */
export function tenantOf(text: string, more: Partial<TenantFiles> = {}): TenantFiles {
  return { policies: [{ file: "policies.cedar", text }], ...more };
}
