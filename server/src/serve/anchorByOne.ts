import { type Database, pause } from "../database/index.ts";
import { anchorLog } from "../log/index.ts";
import type { OpenDecisions } from "./openDecisions.ts";
import type { OnProblem, ServerSettings } from "./settings.ts";

/** Milliseconds after which anchoring that failed is tried anew. */
const RETRY = 10_000;

/** Of several servers with one log, one puts its root on the chain; another goes on when that ends. */
export async function anchorByOne(
  { log: { anchor } }: ServerSettings,
  database: Database,
  { log }: OpenDecisions,
  signal: AbortSignal,
  onProblem: OnProblem,
): Promise<void> {
  if (anchor === undefined) return;
  const { client, id, everySeconds } = anchor;
  const tell = (error: unknown) => onProblem("anchor of the log", error);
  while (!signal.aborted) {
    try {
      const writer = await database.acquireWriter("anchor of the log", signal);
      if (writer === undefined) return;
      const anchoring = await anchorLog({ client, id, everySeconds, log, onError: tell });
      const ended = AbortSignal.any([signal, writer.lost]);
      await new Promise<void>((resolve) => {
        if (ended.aborted) resolve();
        ended.addEventListener("abort", () => resolve());
      });
      await anchoring.stop();
      await writer.release();
    } catch (error) {
      if (!signal.aborted) tell(error);
      await pause(RETRY, signal);
    }
  }
}
