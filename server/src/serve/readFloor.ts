import { readdir, readFile } from "node:fs/promises";
import type { PolicyFile } from "../policy/index.ts";

/** The policies that lie under every tenant which decides about agents: those of the package. */
const FOLDER = new URL("../../policies/floor/", import.meta.url);

export async function readFloor(): Promise<PolicyFile[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith(".cedar")).sort();
  return Promise.all(
    files.map(async (file) => ({ file: `floor/${file}`, text: await readFile(new URL(file, FOLDER), "utf8") })),
  );
}
