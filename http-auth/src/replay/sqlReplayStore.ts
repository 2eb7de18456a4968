import { InvalidOptionError } from "../errors/mistakes.ts";
import type { ReplayStore } from "./types.ts";

/** A pool or a client of `pg`, or whatever answers as it does. */
export interface PostgresDatabase {
  query(text: string, values?: unknown[]): Promise<{ readonly rowCount: number | null }>;
}

/** A database of `node:sqlite` or of `better-sqlite3`. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): { run(...values: (string | number)[]): { readonly changes: number | bigint } };
}

/** How nonces are kept. */
export interface SqlReplayStoreOptions {
  /** The name of the table, of small letters, digits and `_`; `tenure_nonces` where nothing is said. */
  readonly table?: string | undefined;
  /** Seconds between two looks for marks that have ended; 60 where nothing is said. */
  readonly cleanEvery?: number | undefined;
}

/** What the store asks of a database, whichever it is. */
interface Statements {
  /** Makes the tables where they are not there, however many processes begin at once. */
  setUp(): unknown;
  /** How many marks were made: one or none. */
  mark(keyid: string, nonce: string, until: number, now: number): number | Promise<number>;
  /** Forgets what ended before a second, and remembers that it did. */
  forget(before: number): unknown;
}

/**
 * Nonces in a SQL database that several processes share: Postgres by `pg`, or a file of SQLite by `node:sqlite` (Node 22.13 and
 * newer) or `better-sqlite3`. The tables are made with the first nonce. Marking is one statement, so that of any number of
 * requests at once, in any number of processes, one passes. Where the database fails, so does `consume`, and the request is not
 * let in.
 *
 * With Postgres, leave `synchronous_commit` on: a mark that a crash of the database forgets can be made again. SQLite waits for
 * the disk with each mark, unless you set `pragma journal_mode=wal` and `pragma synchronous=normal`: then a mark may be lost when
 * the machine loses power, and is made some thousand times a second.
 *
 * @param database Which database. It stays yours: the store never closes it.
 * @param options See {@link SqlReplayStoreOptions}.
 * @throws InvalidOptionError when the table's name or the interval cannot be used.
 */
export function sqlReplayStore(
  database: PostgresDatabase | SqliteDatabase,
  { table = "tenure_nonces", cleanEvery = 60 }: SqlReplayStoreOptions = {},
): ReplayStore {
  if (!/^[a-z_][a-z0-9_]{0,50}$/.test(table)) {
    throw new InvalidOptionError("table", "has to be of small letters, digits and `_`, and at most 51 of them.");
  }
  if (!Number.isFinite(cleanEvery) || cleanEvery < 0) {
    throw new InvalidOptionError("cleanEvery", "is no number of seconds.");
  }
  const statements = "query" in database ? postgres(database, table) : sqlite(database, table);
  let ready: Promise<unknown> | undefined;
  let cleaned: number | undefined;

  async function setUp(): Promise<void> {
    ready ??= Promise.resolve(statements.setUp());
    try {
      await ready;
    } catch (error) {
      // A database that was not there yet is asked anew.
      ready = undefined;
      throw error;
    }
  }

  async function forget(before: number): Promise<void> {
    await statements.forget(before);
  }

  return {
    async consume({ keyid, nonce, until, now }) {
      await setUp();
      const isFirst = (await statements.mark(keyid, nonce, until, now)) === 1;
      cleaned ??= now;
      if (now - cleaned >= cleanEvery) {
        cleaned = now;
        // What has ended may stay a while: a request is not refused because of it.
        await forget(now).catch(() => undefined);
      }
      return isFirst;
    },
  };
}

/**
 * What is stored. Beside the marks there is the second before which marks were forgotten: a process whose clock is behind would
 * otherwise take a nonce for new whose mark is gone.
 */
function tables(table: string): string {
  return `create table if not exists ${table} (
  keyid text not null, nonce text not null, ends bigint not null, primary key (keyid, nonce));
create index if not exists ${table}_ends on ${table} (ends);
create table if not exists ${table}_floor (one integer primary key check (one = 1), ends bigint not null);
insert into ${table}_floor (one, ends) values (1, 0) on conflict (one) do nothing;`;
}

/** A mark that has ended may be made again. `?1` to `?4` are account, nonce, its end, and now. */
function marking(table: string, parameter: (place: number) => string): string {
  const [keyid, nonce, until, now] = [1, 2, 3, 4].map(parameter);
  return `insert into ${table} (keyid, nonce, ends) select ${keyid}, ${nonce}, ${until}
where ${until} >= (select ends from ${table}_floor where one = 1)
on conflict (keyid, nonce) do update set ends = excluded.ends where ${table}.ends < ${now}`;
}

/** Any number will do, as long as all who make the tables take the same. */
const SETUP_LOCK = 8_128_000_001;

function postgres(database: PostgresDatabase, table: string): Statements {
  const mark = marking(table, (place) => `$${place}::${place < 3 ? "text" : "bigint"}`);
  return {
    // Several statements at once are one transaction. `if not exists` alone fails where two make the same table.
    setUp: () => database.query(`select pg_advisory_xact_lock(${SETUP_LOCK});\n${tables(table)}`),
    mark: async (...values) => (await database.query(mark, values)).rowCount ?? 0,
    forget: async (before) => {
      await database.query(`update ${table}_floor set ends = $1::bigint where ends < $1::bigint`, [before]);
      await database.query(`delete from ${table} where ends < $1::bigint`, [before]);
    },
  };
}

function sqlite(database: SqliteDatabase, table: string): Statements {
  const prepared = new Map<string, ReturnType<SqliteDatabase["prepare"]>>();
  const run = (sql: string, ...values: (string | number)[]): number => {
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    return Number(statement.run(...values).changes);
  };
  const mark = marking(table, (place) => `?${place}`);
  return {
    setUp: () => database.exec(tables(table)),
    mark: (...values) => run(mark, ...values),
    forget: (before) => {
      run(`update ${table}_floor set ends = ?1 where ends < ?1`, before);
      run(`delete from ${table} where ends < ?1`, before);
    },
  };
}
