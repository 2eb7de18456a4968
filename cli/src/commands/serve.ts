import { type Command, Option } from "commander";
import { Context } from "../context.ts";
import { RefusedError, UsageError } from "../errors/cliError.ts";
import { parseFile } from "../parse/values.ts";
import { loadConfigOf, loadServer } from "../server.ts";
import { surroundings } from "../surroundings.ts";
import { colors } from "../view/colors.ts";
import { stopProgress } from "../view/progress.ts";
import { plain } from "../view/text.ts";

type Options = { config: string; check?: true };

/** The configuration of a server, which its commands take. */
export const configOption = () =>
  new Option("--config <file>", "the server's configuration").argParser(parseFile).default("tenure.config.json");

export function addServe(program: Command): void {
  program
    .command("serve")
    .description("run the server of a platform: it knows agents, and decides by the platform's own policies")
    .addOption(configOption())
    .option("--check", "look whether everything in it holds, nodes and policies too, and start nothing")
    .addHelpText(
      "after",
      "\nIt needs the package @tenure/server beside the command. What it does goes to stdout, a line each.",
    )
    .action(async ({ config, check }: Options, self: Command) => {
      const context = new Context(self);
      const server = await loadServer();
      stopProgress();
      const { locate } = surroundings();
      if (check) return checkIt(context, server, locate(config));
      const loaded = await loadConfigOf(server, locate(config));
      const { stop } = await server.startServer(loaded, {
        version: version(self),
        write: (line) => void surroundings().stdout.write(line),
      });
      // Other commands end at once; this one ends what is under way first.
      for (const signal of ["SIGINT", "SIGTERM"]) process.removeAllListeners(signal);
      await new Promise<never>(() => {
        server.stopOnSignals(stop);
      });
    });
}

function version(command: Command): string {
  return (command.parent ?? command).version() ?? "0.0.0";
}

async function checkIt(
  context: Context,
  { checkServer }: Awaited<ReturnType<typeof loadServer>>,
  file: string,
): Promise<void> {
  const { problems, loaded } = await checkServer(file);
  const words = problems.map(({ path, message }) => plain(`  ${path} ${message}`)).join("\n");
  context.print(
    { file, problems },
    problems.length === 0 ? `${colors().green("✓")} Everything in ${plain(file)} holds.` : `${plain(file)}:\n${words}`,
  );
  if (problems.length === 0) return;
  const what = problems.length === 1 ? "One thing is" : `${problems.length} things are`;
  const sentence = `${what} not as it has to be.`.replace("things are not as it has", "things are not as they have");
  throw loaded === undefined ? new UsageError(sentence) : new RefusedError(sentence);
}
