// Runs the Solidity tests as Hardhat does, and leaves what came of them for .ci/run.
import type { TaskOverrideActionFunction } from "hardhat/types/tasks";
import { writeReport } from "./write.cjs";

/** Of Hardhat's results, what is counted here. Its own sums are zero where the task is run by itself. */
type Outcome = {
  suiteResults: readonly {
    id: { source: string; name: string };
    testResults: readonly { name: string; status: string; reason?: string }[];
  }[];
};

const action: TaskOverrideActionFunction = async (taskArguments, _hre, runSuper) => {
  const result = await runSuper(taskArguments);
  const { suiteResults } = (result.success ? result.value : result.error) as Outcome;
  // Each has its fields on its prototype, so that they are named here.
  const tests = suiteResults.flatMap(({ id, testResults }) =>
    testResults.map(({ name, status, reason }) => ({ suite: id.name, name, status, reason })),
  );
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  const failures = tests.filter(({ status }) => status === "Failure");
  const notes = failures.map(({ suite, name, reason }) => `${suite} ${name}\n${reason ?? "no reason given"}`);
  writeReport("solidity", {
    passed: count("Success"),
    failed: count("Failure"),
    skipped: count("Skipped"),
    notes: notes.join("\n\n"),
  });
  return result;
};

export default action;
