import type { Command } from "commander";
import { type Address, formatEther } from "viem";
import { fund, requireLocal } from "../chain/local.ts";
import { Context } from "../context.ts";
import { parseHolder } from "../keys/account.ts";
import { parseEther } from "../parse/values.ts";
import { colors } from "../view/colors.ts";
import { waiting } from "../view/progress.ts";

export function addFund(program: Command): void {
  program
    .command("fund")
    .description("give an address ether, on a local chain")
    .argument("<address>", "an address, or the name of a keystore", parseHolder)
    .argument("[amount]", "in ether", parseEther, 10n ** 19n)
    .action(async (address: Address, amount: bigint, _: object, command: Command) => {
      const context = new Context(command);
      const client = await context.bare();
      requireLocal(client, "ether is not given away there");
      const balance = await waiting("Funding", fund(client, address, amount));
      const has = `${address} has ${formatEther(balance)} ether.`;
      context.print({ address, amount, balance }, `${colors().green("✓")} ${has}`);
    });
}
