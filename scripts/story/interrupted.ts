import { setTimeout as sleep } from "node:timers/promises";

/** How long the same Ctrl-C may take to arrive a second time. */
const ECHO = 250;

/**
 * Resolves at Ctrl-C. The signal may come twice, from the terminal and from what started this process; Node stops
 * listening for signals when it exits, and a late one would then look like a crash, so this waits for it. If closing
 * takes long, because somebody is still connected, the process ends all the same.
 */
export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, async () => {
        setTimeout(() => process.exit(0), 2_000).unref();
        await sleep(ECHO);
        resolve();
      });
    }
  });
}
