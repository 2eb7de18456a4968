import type { Command } from "commander";
import { Context } from "../context.ts";
import { RefusedError } from "../errors/cliError.ts";
import { loadConfigOf, loadServer } from "../server.ts";
import { surroundings } from "../surroundings.ts";
import { colors } from "../view/colors.ts";
import { waiting } from "../view/progress.ts";
import { plain } from "../view/text.ts";
import { configOption } from "./serve.ts";

type Options = { config: string };

export function addLog(program: Command): void {
  const log = program.command("log").description("the decisions that a server wrote down");
  log
    .command("verify")
    .description("read the whole log, and find what was changed since it was written; status 1 where something was")
    .addOption(configOption())
    .addHelpText(
      "after",
      "\nWhere its root is put on a chain, the log is held against that too: else an end that was cut off shows not.",
    )
    .action(async ({ config }: Options, self: Command) => {
      const context = new Context(self);
      const server = await loadServer();
      const loaded = await loadConfigOf(server, surroundings().locate(config));
      const verified = await waiting("Reading", server.verifyServerLog(loaded));
      const { size, first, root, findings, confirmed } = verified;
      const isWhole = findings.length === 0;
      const lines = [
        `${isWhole ? colors().green("✓") : "✗"} ${size - first} lines of ${size}, root ${root}.`,
        confirmed.length === 0
          ? "  No root of it is known from elsewhere: whether its end was cut off shows not."
          : `  The chain knows ${confirmed.length} of its roots, the newest of ${confirmed.at(-1)?.size} lines.`,
        ...findings.map((finding) => plain(`  ${JSON.stringify(finding)}`)),
      ];
      context.print(verified, lines.join("\n"));
      if (!isWhole) throw new RefusedError(`The log is not as it was written: ${findings.length} findings.`);
    });
  log
    .command("prove")
    .description("print the proof that a decision is in the log, for whoever has its root")
    .argument("<id>", "the decision")
    .addOption(configOption())
    .action(async (id: string, { config }: Options, self: Command) => {
      const context = new Context(self);
      const server = await loadServer();
      const loaded = await loadConfigOf(server, surroundings().locate(config));
      const proof = await server.proveServerDecision(loaded, id);
      context.print(proof, JSON.stringify(proof, undefined, 2));
    });
}
