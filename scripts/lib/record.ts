import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { DeploymentParameters, RegistryAddresses } from "@tenure/sdk";

/** A deployment as the address book keeps it. Nothing in it depends on when it was written. */
export interface DeploymentRecord {
  chainId: number;
  addresses: RegistryAddresses;
  parameters: DeploymentParameters;
}

/** Writes FOLDER/CHAIN.json and answers its path. */
export async function recordDeployment(folder: string, record: DeploymentRecord): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${record.chainId}.json`);
  await writeFile(file, `${JSON.stringify(record, null, 2)}\n`);
  return file;
}
