import { inspect } from "node:util";
import { type Command, CommanderError } from "commander";
import { rpcUrl, shownUrl, withoutSecrets } from "./chain/connect.ts";
import { withDates } from "./chain/dates.ts";
import { transactionSent } from "./chain/send.ts";
import { InterruptedError, Status } from "./errors/cliError.ts";
import { explain } from "./errors/explain.ts";
import { withTransaction } from "./errors/outcome.ts";
import { makeProgram } from "./program.ts";
import { answeredStatus } from "./status.ts";
import { type Surroundings, surroundings, within } from "./surroundings.ts";
import { printError } from "./view/output.ts";
import { stopProgress } from "./view/progress.ts";
import { plain } from "./view/text.ts";

/**
 * Runs one command and answers its exit status. All that it reads and writes besides files and nodes is in its surroundings,
 * of which no two runs have the same.
 */
export function run(args: readonly string[], these: Surroundings): Promise<number> {
  return within(these, async () => {
    /** What was asked for; unknown until it is clear that it can be done. */
    let running: Command | undefined;
    const program = makeProgram().hook("preAction", (_, command) => {
      running = command;
    });
    try {
      await program.parseAsync(args, { from: "user" });
      return answeredStatus();
    } catch (error) {
      return fail(await withDates(error), { program, running, args });
    } finally {
      stopProgress();
    }
  });
}

/** Says what may still come of a run that is interrupted, and answers its exit status. */
export function interrupt(args: readonly string[], these: Surroundings): number {
  return within(these, () => {
    stopProgress();
    const sent = transactionSent();
    if (sent === undefined) return Status.interrupted;
    const { hash, isMined } = sent;
    const message = `Transaction ${hash} ${isMined ? "is mined" : "is sent, and may still be mined"}.`;
    // Whoever interrupts wants no more of a sentence than that; a program reads it as it reads every error.
    if (args.includes("--json")) {
      printError(true, { status: Status.interrupted, name: "InterruptedError", message, hint: undefined, hash });
    } else these.stderr.write(`tenure: ${message}\n`);
    return Status.interrupted;
  });
}

type Failed = { program: Command; running: Command | undefined; args: readonly string[] };

function fail(error: unknown, { program, running, args }: Failed): number {
  if (error instanceof InterruptedError) return Status.interrupted;
  // Help and version are no errors.
  if (error instanceof CommanderError && error.exitCode === 0) return Status.ok;
  const isHelp = error instanceof CommanderError && error.code === "commander.help";
  if (isHelp) return Status.usage;
  const { rpc, json } = program.opts<{ rpc?: string; json?: true }>();
  const where = whereOf(rpc);
  const explained = withTransaction(explain(error, where, running), transactionSent());
  // The options may not have been read yet when one of them is wrong.
  printError(json === true || args.includes("--json"), explained);
  const { env, stderr } = surroundings();
  if (env.TENURE_DEBUG) {
    const whole = withoutSecrets(inspect(error), where).split("\n").map(plain).join("\n");
    stderr.write(`${whole}\n`);
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
