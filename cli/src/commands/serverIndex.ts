import type { Command } from "commander";
import { Context } from "../context.ts";
import { RefusedError } from "../errors/cliError.ts";
import { parseCount } from "../parse/values.ts";
import { loadConfigOf, loadServer } from "../server.ts";
import { surroundings } from "../surroundings.ts";
import { colors } from "../view/colors.ts";
import { waiting } from "../view/progress.ts";
import { configOption } from "./serve.ts";

type Options = { config: string; sample?: number };

export function addIndex(program: Command): void {
  const index = program.command("index").description("what a server knows of the registries");
  index
    .command("verify")
    .description("compare the words of the index with what the chains store; status 1 where they differ")
    .addOption(configOption())
    .option(
      "--sample <count>",
      "compare so many identities of each chain, drawn by lot; all where left out",
      parseCount,
    )
    .action(async ({ config, sample }: Options, self: Command) => {
      const context = new Context(self);
      const server = await loadServer();
      const loaded = await loadConfigOf(server, surroundings().locate(config));
      const chains = await waiting("Comparing", server.verifyServerIndex(loaded, sample));
      const different = chains.reduce((sum, { differences }) => sum + differences.length, 0);
      const text = chains.map(({ chainId, block, words, differences }) => {
        const head = `Chain ${chainId}, block ${block.number}: ${words} words compared, ${differences.length} differ.`;
        const each = differences.map(
          ({ what, indexed, stored }) => `  ${what}\n    indexed ${indexed}\n    stored  ${stored}`,
        );
        return [`${differences.length === 0 ? colors().green("✓") : "✗"} ${head}`, ...each].join("\n");
      });
      context.print({ chains }, text.join("\n"));
      if (different > 0) {
        throw new RefusedError(
          `The index differs from the chain in ${different} words.`,
          "It is made anew when the server finds that itself; to be sure, remove it from the data folder.",
        );
      }
    });
}
