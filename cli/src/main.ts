import { Status } from "./errors/cliError.ts";
import { interrupt, run } from "./run.ts";
import { surroundings } from "./surroundings.ts";

const these = surroundings();
const args = process.argv.slice(2);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => process.exit(interrupt(args, these)));
}

// Whoever reads may stop early: `tenure history 7 | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(Status.ok);
});

const status = await run(args, these);
// Nothing that is still under way is waited for.
if (status === Status.interrupted) process.exit(status);
process.exitCode = status;
