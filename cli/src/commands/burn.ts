// What an arbiter does about a stake whose voucher chose it.
import { burn, formatCount } from "@tenure/sdk";
import type { Command } from "commander";
import { idOfTarget } from "../chain/identity.ts";
import { send } from "../chain/send.ts";
import { Context } from "../context.ts";
import { parsePoints, parseTarget, type Target } from "../parse/values.ts";
import { done } from "./common.ts";
import { type ConfirmOptions, confirm, requireConfirmation } from "./confirm.ts";

type Options = ConfirmOptions & { amount: number; evidence?: string };

export function addBurn(program: Command): void {
  program
    .command("burn")
    .description("burn staked points for ever, as the arbiter that the voucher chose; nobody is paid")
    .argument("<voucher>", "who staked: number or address", parseTarget)
    .argument("<subject>", "for or against whom: number or address", parseTarget)
    .requiredOption("--amount <points>", "how many", parsePoints)
    .option("--evidence <uri>", "where the evidence is")
    .option("--yes", "do not ask")
    .action(async (voucher: Target, subject: Target, options: Options, command: Command) => {
      const context = new Context(command);
      requireConfirmation(options, "Burning");
      const client = await context.write();
      const [voucherId, subjectId] = [await idOfTarget(client, voucher), await idOfTarget(client, subject)];
      const { amount, evidence } = options;
      const points = formatCount(amount, "point");
      await confirm(options, `Burning ${points} that identity ${voucherId} staked`, voucherId);
      const result = await send(client, burn, { voucherId, subjectId, amount, evidence });
      const left = formatCount(result.edge.stake, "point");
      const sentence = `Identity ${voucherId} has lost ${points} that it staked on ${subjectId}; ${left} of it left.`;
      done(context, result, sentence);
    });
}
