import { inspect } from "node:util";
import { type Command, CommanderError } from "commander";
import { rpcUrl, shownUrl, withoutSecrets } from "./chain/connect.ts";
import { withDates } from "./chain/dates.ts";
import { transactionSent } from "./chain/send.ts";
import { Status } from "./errors/cliError.ts";
import { explain } from "./errors/explain.ts";
import { withTransaction } from "./errors/outcome.ts";
import { makeProgram } from "./program.ts";
import { printError } from "./view/output.ts";
import { stopProgress } from "./view/progress.ts";
import { plain } from "./view/text.ts";

/** What was asked for; unknown until it is clear that it can be done. */
let running: Command | undefined;

const program = makeProgram().hook("preAction", (_, command) => {
  running = command;
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    stopProgress();
    const sent = transactionSent();
    if (sent !== undefined) {
      const fate = sent.isMined ? "is mined" : "is sent, and may still be mined";
      process.stderr.write(`tenure: Transaction ${sent.hash} ${fate}.\n`);
    }
    process.exit(Status.interrupted);
  });
}

// Whoever reads may stop early: `tenure history 7 | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(Status.ok);
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = fail(await withDates(error));
} finally {
  stopProgress();
}

function fail(error: unknown): number {
  // Help and version are no errors.
  if (error instanceof CommanderError && error.exitCode === 0) return Status.ok;
  const isHelp = error instanceof CommanderError && error.code === "commander.help";
  if (isHelp) return Status.usage;
  const { rpc, json } = program.opts<{ rpc?: string; json?: true }>();
  const where = whereOf(rpc);
  const explained = withTransaction(explain(error, where, running), transactionSent());
  // The options may not have been read yet when one of them is wrong.
  printError(json === true || process.argv.includes("--json"), explained);
  if (process.env.TENURE_DEBUG) {
    const whole = withoutSecrets(inspect(error), where).split("\n").map(plain).join("\n");
    process.stderr.write(`${whole}\n`);
  }
  return explained.status;
}

function whereOf(rpc: string | undefined): string {
  try {
    return shownUrl(rpcUrl(rpc));
  } catch {
    return "the address given";
  }
}
