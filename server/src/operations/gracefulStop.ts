import type { Logger } from "./logger.ts";

/** Something that is done when the server stops. */
export interface StopStep {
  /** What, such as `requests`, `log`, `database`. */
  readonly name: string;
  /** Throws where it could not be done as it should. */
  readonly run: () => Promise<unknown>;
}

/** How a server stops. */
export interface GracefulStopParameters {
  /** One after the other: first no more requests, then the log, the database last. */
  readonly steps: readonly StopStep[];
  /** Seconds for all of them together. */
  readonly limitSeconds: number;
  readonly logger: Logger;
  /** Aborted before the first step: not ready, event streams end. */
  readonly stopping: AbortController;
}

/**
 * Stops a server, once however often it is called: each step after the one before it, the later ones also where one fails.
 *
 * @returns The status to exit with: 0 where every step was done in time, else 1.
 */
export function gracefulStop({ steps, limitSeconds, logger, stopping }: GracefulStopParameters): () => Promise<number> {
  let stopped: Promise<number> | undefined;
  const stop = async () => {
    stopping.abort();
    let status = 0;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), limitSeconds * 1000);
    });
    for (const { name, run } of steps) {
      try {
        if ((await Promise.race([run(), late])) !== "late") continue;
        logger.error("The server did not stop in time.", { step: name, limitSeconds });
        status = 1;
        break;
      } catch (error) {
        status = 1;
        logger.error("A step of stopping failed.", { step: name, error });
      }
    }
    clearTimeout(timer);
    logger.info("The server has stopped.", { status });
    return status;
  };
  return () => {
    stopped ??= stop();
    return stopped;
  };
}

/** Stops at SIGTERM and SIGINT, and exits; a second signal exits at once with status 1. Returns what takes that back. */
export function stopOnSignals(stop: () => Promise<number>, exit: (status: number) => void = process.exit): () => void {
  let count = 0;
  const listener = () => {
    count++;
    if (count > 1) exit(1);
    else void stop().then(exit);
  };
  process.on("SIGTERM", listener);
  process.on("SIGINT", listener);
  return () => {
    process.off("SIGTERM", listener);
    process.off("SIGINT", listener);
  };
}
