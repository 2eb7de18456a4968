import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { DeploymentRecord } from "@tenure/sdk";

/** Writes FOLDER/CHAIN.json and answers its path. */
export async function recordDeployment(folder: string, record: DeploymentRecord): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${record.chainId}.json`);
  await writeFile(file, `${JSON.stringify(record, null, 2)}\n`);
  return file;
}
