import { disown } from "@tenure/sdk";
import type { Command } from "commander";
import { idOfTarget } from "../chain/identity.ts";
import { send } from "../chain/send.ts";
import { Context } from "../context.ts";
import { parseId, parseTarget, type Target } from "../parse/values.ts";
import { actor, done } from "./common.ts";
import { type ConfirmOptions, confirm, requireConfirmation } from "./confirm.ts";

type Options = ConfirmOptions & { as?: number };

export function addDisown(program: Command): void {
  program
    .command("disown")
    .description("refuse a vouch for it that it does not want: the vouch counts no more")
    .argument("<voucher>", "who vouches: number or address", parseTarget)
    .option("--as <id>", "who is vouched for; the key's own identity where left out", parseId)
    .option("--yes", "do not ask")
    .action(async (voucher: Target, options: Options, command: Command) => {
      const context = new Context(command);
      requireConfirmation(options, "Disowning");
      const client = await context.write();
      const pair = { voucherId: await idOfTarget(client, voucher), subjectId: await actor(client, options.as) };
      await confirm(options, `Disowning the vouch of identity ${pair.voucherId}`, pair.voucherId);
      const result = await send(client, disown, pair);
      done(context, result, `The vouch of identity ${pair.voucherId} for ${pair.subjectId} counts no more.`);
    });
}
