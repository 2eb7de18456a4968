import { announcement } from "../changes.ts";
import { DatabaseUnavailableError, WriterLostError } from "../errors.ts";
import { pause } from "../pause.ts";
import { Turns } from "../turns.ts";
import type { Transaction, Writer } from "../types.ts";
import { connection } from "./connection.ts";
import { type Dedicated, dedicate } from "./dedicated.ts";
import { endsSession } from "./endsSession.ts";
import { explainPostgres } from "./explain.ts";

/** Milliseconds between two tries to get the right, or to connect. */
const INTERVAL = 500;

/** Milliseconds between two questions whether the server is still there, and how long it may take to answer. */
const HEARTBEAT = 3_000;
const SILENCE = 4_000;

/**
 * Takes the right of that name: an advisory lock of a connection, on which alone the writer's transactions run. Both end
 * together, so that nobody can write with a right that is somebody else's. A pool of connections in between that hands a
 * connection to somebody else after each transaction (PgBouncer in transaction mode) breaks that: connect to Postgres itself.
 */
export async function acquireWriter(
  url: string,
  where: string,
  name: string,
  signal: AbortSignal,
): Promise<Writer | undefined> {
  let own: Dedicated | undefined;
  while (!signal.aborted) {
    try {
      own ??= await dedicate(url, where, `tenure writer ${name}`);
      if (own.ended.aborted) {
        own = undefined;
        continue;
      }
      const text = "select pg_try_advisory_lock(hashtext('tenure'), hashtext($1)) as taken";
      const { rows } = await own.client.query<{ taken: boolean }>(text, [name]);
      if (rows[0]?.taken && !signal.aborted) return hold(own, where, name);
      if (signal.aborted) break;
    } catch (error) {
      await own?.end();
      own = undefined;
      const known = explainPostgres(where, error);
      if (!(known instanceof DatabaseUnavailableError)) throw known;
    }
    await pause(INTERVAL, signal);
  }
  await own?.end();
  return undefined;
}

function hold(own: Dedicated, where: string, name: string): Writer {
  const turns = new Turns();
  const queries = connection(own.client, where);
  void beat(own, turns);
  const transaction = <result>(work: (transaction: Transaction) => Promise<result>) =>
    turns.take(async () => {
      if (own.ended.aborted) throw new WriterLostError(name);
      try {
        return await within(queries, work);
      } catch (error) {
        throw own.ended.aborted ? new WriterLostError(name, error) : error;
      }
    });
  return { name, lost: own.ended, transaction, release: () => turns.take(() => own.end()) };
}

/** Runs a transaction on a connection that nobody else uses. */
export async function within<result>(
  queries: Omit<Transaction, "announce">,
  work: (transaction: Transaction) => Promise<result>,
): Promise<result> {
  const announced = new Set<string>();
  await queries.run("begin");
  try {
    const result = await work({
      ...queries,
      announce: async (channel) => {
        await queries.run(announcement, [channel]);
        announced.add(channel);
      },
    });
    // Told by the server when the transaction is durable, and not at all where it is undone.
    for (const channel of announced) await queries.run("select pg_notify('tenure', $1)", [channel]);
    await queries.run("commit");
    return result;
  } catch (error) {
    // The server undoes by itself what a session leaves that has ended.
    if (!endsSession(error)) await queries.run("rollback").catch(() => undefined);
    throw error;
  }
}

/** Asks from time to time whether the server is still there: a network that swallows everything ends no connection. */
async function beat(own: Dedicated, turns: Turns): Promise<void> {
  while (!own.ended.aborted) {
    await pause(HEARTBEAT, own.ended);
    if (own.ended.aborted) return;
    await turns.take(async () => {
      const silence = setTimeout(() => void own.end(), SILENCE);
      await own.client.query("select 1").catch(() => own.end());
      clearTimeout(silence);
    });
  }
}
