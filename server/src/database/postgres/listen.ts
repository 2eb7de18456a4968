import type { Bell } from "../bell.ts";
import { pause } from "../pause.ts";
import { dedicate } from "./dedicated.ts";

/** Milliseconds between two tries to connect. */
const INTERVAL = 1_000;

/** Rings for what other processes announce, until the signal. A connection that is lost is made anew, and then everybody looks. */
export async function listen(url: string, where: string, bell: Bell, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const own = await dedicate(url, where, "tenure listener").catch(() => undefined);
    if (own !== undefined) {
      own.client.on("notification", ({ payload }) => bell.ring(payload));
      await own.client.query("listen tenure").catch(() => own.end());
      bell.ring();
      await pause(2 ** 31 - 1, AbortSignal.any([own.ended, signal]));
      await own.end();
    }
    await pause(INTERVAL, signal);
  }
}
