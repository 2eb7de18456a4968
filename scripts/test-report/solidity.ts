// Runs the Solidity tests as Hardhat does, and leaves what came of them for .ci/run.
import type { TaskOverrideActionFunction } from "hardhat/types/tasks";
import { writeReport } from "./write.cjs";

const action: TaskOverrideActionFunction = async (taskArguments, _hre, runSuper) => {
  const result = await runSuper(taskArguments);
  const { summary } = result.success ? result.value : result.error;
  const { passed, failed, skipped, failureOutput = "" } = summary;
  writeReport("solidity", { passed, failed, skipped, notes: failureOutput });
  return result;
};

export default action;
