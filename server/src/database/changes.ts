import type { Bell } from "./bell.ts";
import { DatabaseUnavailableError } from "./errors.ts";
import type { Queries } from "./types.ts";

/** Milliseconds after which a channel is looked at though nobody rang: a notification may be lost with its connection. */
const PATIENCE = 2_000;

/** Counts one announcement more. The row stays locked until the transaction ends, so that counts come in their order. */
export const announcement = `insert into tenure_cursor (channel, value) values ($1, 1)
  on conflict (channel) do update set value = tenure_cursor.value + 1`;

/** See `Database.changes`. */
export async function* changes(
  queries: Queries,
  bell: Bell,
  channel: string,
  signal: AbortSignal,
): AsyncGenerator<number, void, undefined> {
  const ear = bell.hear(channel);
  try {
    for (let told = -1; !signal.aborted; ) {
      const value = await counted(queries, channel);
      if (value !== undefined && value !== told) {
        told = value;
        yield value;
      } else await ear.wait(PATIENCE, signal);
    }
  } finally {
    ear.stop();
  }
}

/** Undefined where the database does not answer now: who follows a channel waits until it does. */
async function counted(queries: Queries, channel: string): Promise<number | undefined> {
  try {
    const text = "select value from tenure_cursor where channel = $1";
    return (await queries.get<{ value: number }>(text, [channel]))?.value ?? 0;
  } catch (error) {
    if (error instanceof DatabaseUnavailableError) return undefined;
    throw error;
  }
}
