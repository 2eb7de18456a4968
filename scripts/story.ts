import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

export interface StoryArguments {
  /** End after the story instead of keeping the chain up. */
  once: boolean;
  /** Where the chain listens, on 127.0.0.1. */
  port: number;
}

// A stand-in: the story is not written yet.
export default async function story({ once, port }: StoryArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  await hre.tasks.getTask("build").run({ quiet: true });
  console.error(`story: not written yet (once: ${once}, port: ${port})`);
  process.exitCode = 1;
}
