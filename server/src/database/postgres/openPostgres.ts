import pg from "pg";
import { Bell } from "../bell.ts";
import { changes } from "../changes.ts";
import { DatabaseClosedError } from "../errors.ts";
import { layGround, migrate } from "../migrate.ts";
import type { Database, Queries, Transaction, Writer } from "../types.ts";
import { acquireWriter, within } from "./acquireWriter.ts";
import { connection, types } from "./connection.ts";
import { endsSession } from "./endsSession.ts";
import { explainPostgres, placeOf } from "./explain.ts";
import { listen } from "./listen.ts";

/** Opens Postgres: a pool of connections, and one more for each right to write and for listening. */
export async function openPostgres(url: string, most: number): Promise<Database> {
  const where = placeOf(url);
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "tenure",
    max: most,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 60_000,
    // Where nobody says any more what came of it.
    query_timeout: 65_000,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    types,
  });
  // A connection that ends while nobody uses it is replaced when it is needed.
  pool.on("error", () => undefined);
  const database = assemble(url, where, pool);
  try {
    await layGround((work) => alone(database, work));
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** One process at a time, whichever room it migrates. */
function alone<result>(database: Database, work: (transaction: Transaction) => Promise<result>): Promise<result> {
  return database.transaction(async (transaction) => {
    await transaction.all("select pg_advisory_xact_lock(hashtext('tenure'), hashtext('migrations'))");
    return work(transaction);
  });
}

function assemble(url: string, where: string, pool: pg.Pool): Database {
  const bell = new Bell();
  const ended = new AbortController();
  const shared = connection(pool, where);
  const held = new Set<Promise<Writer | undefined>>();
  let listening: Promise<void> | undefined;

  const borrow = async <result>(work: (own: Omit<Transaction, "announce">) => Promise<result>): Promise<result> => {
    if (ended.signal.aborted) throw new DatabaseClosedError(where);
    const client = await pool.connect().catch((error: unknown) => {
      throw explainPostgres(where, error);
    });
    let broken: Error | undefined;
    const note = (error: Error) => {
      broken = error;
    };
    client.on("error", note);
    try {
      return await work(connection(client, where));
    } catch (error) {
      if (endsSession(error)) broken ??= error as Error;
      throw error;
    } finally {
      client.off("error", note);
      client.release(broken);
    }
  };
  const unlessClosed = <args extends unknown[], result>(ask: (...args: args) => Promise<result>) => {
    return async (...args: args) => {
      if (ended.signal.aborted) throw new DatabaseClosedError(where);
      return ask(...args);
    };
  };
  const queries = {
    engine: "postgres",
    all: unlessClosed(shared.all),
    get: unlessClosed(shared.get),
    lookup: unlessClosed(shared.lookup),
  } as Queries;
  const database: Database = {
    ...queries,
    transaction: (work) => borrow((own) => within(own, work)),
    snapshot: (work) =>
      borrow(async (own) => {
        await own.run("begin isolation level repeatable read read only");
        try {
          const result = await work(own);
          await own.run("rollback");
          return result;
        } catch (error) {
          if (!endsSession(error)) await own.run("rollback").catch(() => undefined);
          throw error;
        }
      }),
    migrate: (migrations) => migrate((work) => alone(database, work), migrations),
    acquireWriter: async (name, signal) => {
      if (ended.signal.aborted) throw new DatabaseClosedError(where);
      const all = signal === undefined ? ended.signal : AbortSignal.any([ended.signal, signal]);
      const writer = acquireWriter(url, where, name, all);
      held.add(writer);
      const forget = () => held.delete(writer);
      writer.then((own) => own?.lost.addEventListener("abort", forget, { once: true }), forget);
      return writer;
    },
    changes: (channel, signal) => {
      listening ??= listen(url, where, bell, ended.signal);
      return changes(queries, bell, channel, signal ? AbortSignal.any([ended.signal, signal]) : ended.signal);
    },
    close: async () => {
      if (ended.signal.aborted) return;
      ended.abort();
      const release = async (writer: Promise<Writer | undefined>) => (await writer)?.release();
      await Promise.allSettled([listening, ...[...held].map(release)]);
      await pool.end();
    },
  };
  return database;
}
