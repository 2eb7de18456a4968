import { formatDuration } from "@tenure/sdk";
import type { Command } from "commander";
import { getBlock, increaseTime, mine } from "viem/actions";
import type { ReadClient } from "../chain/connect.ts";
import { isUnknownMethod, requireLocal, testClient } from "../chain/local.ts";
import { Context } from "../context.ts";
import { RefusedError, UsageError } from "../errors/cliError.ts";
import { parseDuration } from "../parse/values.ts";
import { colors } from "../view/colors.ts";
import { waiting } from "../view/progress.ts";
import { moment } from "../view/text.ts";

/** The registries count time in 40 bits. */
const END = 2 ** 40 - 1;

export function addAdvance(program: Command): void {
  program
    .command("advance")
    .description("move the clock of a local chain forward; nothing moves it back")
    .argument("<span>", "how far: 60d, 12h, 90m, 45s", parseDuration)
    .action(async (seconds: number, _: object, command: Command) => {
      const context = new Context(command);
      if (seconds === 0) throw new UsageError("Nothing would move.", 'Write "60d", "12h", "90m" or "45s".');
      const client = await context.bare();
      requireLocal(client, "its clock is nobody's to move");
      const { timestamp } = await getBlock(client);
      if (Number(timestamp) + seconds > END) throw new UsageError("The registries' time ends before that.");
      await waiting("Moving the clock", move(client, seconds));
      const { timestamp: now, number } = await getBlock(client);
      const time = Number(now);
      context.print(
        { seconds, time, blockNumber: Number(number) },
        `${colors().green("✓")} The chain is ${formatDuration(seconds)} on: ${moment(time)} UTC.`,
      );
    });
}

async function move(client: ReadClient, seconds: number): Promise<void> {
  const chain = testClient(client);
  try {
    await increaseTime(chain, { seconds });
    await mine(chain, { blocks: 1 });
  } catch (error) {
    if (!isUnknownMethod(error)) throw error;
    throw new RefusedError("This node does not let its clock be moved.", "Hardhat's and anvil's do.");
  }
}
