// Whether vouches and warnings may name it as their arbiter.
import { setArbitration } from "@tenure/sdk";
import { Argument, type Command } from "commander";
import { send } from "../chain/send.ts";
import { Context } from "../context.ts";
import { parseId } from "../parse/values.ts";
import { actor, done } from "./common.ts";

export function addArbitration(program: Command): void {
  program
    .command("arbitration")
    .description("agree to be named as arbiter of vouches and warnings, or do so no longer")
    .addArgument(new Argument("<what>", "open or close it").choices(["open", "close"]))
    .argument("[id]", "the identity; the key's own where left out", parseId)
    .action(async (what: "open" | "close", id: number | undefined, _: object, command: Command) => {
      const context = new Context(command);
      const client = await context.write();
      const result = await send(client, setArbitration, { id: await actor(client, id), isOpen: what === "open" });
      const sentence = result.isOpen
        ? `Vouches and warnings may name identity ${result.id} as their arbiter.`
        : `No new vouch or warning may name identity ${result.id} as its arbiter; those that do stay as they are.`;
      done(context, result, sentence);
    });
}
