// Where the Mocha tests stand that `npm test` runs. Hardhat itself knows one folder only.
import { readdir } from "node:fs/promises";
import path from "node:path";
import type { TaskOverrideActionFunction } from "hardhat/types/tasks";

const FOLDERS = ["test", "verification", "bench"];

async function testFilesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith(".test.ts")).map((name) => path.join(folder, name));
}

/** Runs the files that are named; where none is, all there are. */
const action: TaskOverrideActionFunction = async (taskArguments, hre, runSuper) => {
  if ((taskArguments.testFiles as string[]).length > 0) return runSuper(taskArguments);
  const found = await Promise.all(FOLDERS.map((folder) => testFilesOf(path.join(hre.config.paths.root, folder))));
  return runSuper({ ...taskArguments, testFiles: found.flat().sort() });
};

export default action;
