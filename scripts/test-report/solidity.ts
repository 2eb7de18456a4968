// Runs the Solidity tests as Hardhat does, and leaves their counts for .ci/run.
import type { TaskOverrideActionFunction } from "hardhat/types/tasks";
import { writeReport } from "./write.cjs";

const action: TaskOverrideActionFunction = async (taskArguments, _hre, runSuper) => {
  const result = await runSuper(taskArguments);
  const { summary } = result.success ? result.value : result.error;
  writeReport("solidity", { passed: summary.passed, failed: summary.failed, skipped: summary.skipped });
  return result;
};

export default action;
