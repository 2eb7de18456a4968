// Where the Mocha tests stand that `npm run hardhat -- test` runs.
import path from "node:path";
import type { TaskOverrideActionFunction } from "hardhat/types/tasks";
import { testFilesOf } from "./test-all/groups.ts";

/** Runs the files that are named; where none is, all there are. */
const action: TaskOverrideActionFunction = (taskArguments, hre, runSuper) => {
  if ((taskArguments.testFiles as string[]).length > 0) return runSuper(taskArguments);
  const { root } = hre.config.paths;
  return runSuper({ ...taskArguments, testFiles: testFilesOf(root).map((file) => path.join(root, file)) });
};

export default action;
