/** What a column holds: `null`, numbers (whole ones are exact up to 2^53), large numbers, texts, bytes. No booleans: SQLite has none. */
export type Value = null | number | bigint | string | Uint8Array;

/** A row, by the names of its columns. */
export type Row = Readonly<Record<string, Value>>;

/** The types of columns that are given as lists: both engines understand these words. */
export type ColumnType = "bigint" | "bytea" | "text";

/** Names of columns and their types. */
export type Columns = Readonly<Record<string, ColumnType>>;

/** Rows that are written at once, each with its values in the order of the keys and then of the columns. */
export interface Upsert {
  readonly table: string;
  /** Columns that tell one row from another. */
  readonly keys: Columns;
  /** The other columns. A row that is there already gets them; none: such a row stays as it is. */
  readonly columns: Columns;
  readonly rows: readonly (readonly Value[])[];
}

/** Rows that are read or removed at once, by their keys. */
export interface Lookup {
  readonly table: string;
  readonly keys: Columns;
  readonly rows: readonly (readonly Value[])[];
}

/**
 * What can be asked of a database. A text of SQL is one that both engines understand, with `$1`, `$2` … for its values; `bytea`,
 * `bigint`, `text` and `integer` are types of both.
 */
export interface Queries {
  readonly engine: "sqlite" | "postgres";
  /** All rows of a statement. */
  readonly all: <row extends object = Row>(text: string, values?: readonly Value[]) => Promise<row[]>;
  /** The first row of a statement. */
  readonly get: <row extends object = Row>(text: string, values?: readonly Value[]) => Promise<row | undefined>;
  /** The rows with these keys that are there, in no order, with the keys and the columns named. */
  readonly lookup: <row extends object = Row>(
    wanted: Lookup & { readonly columns: readonly string[] },
  ) => Promise<row[]>;
}

/** What can be asked and done within a transaction. Everything in it comes to be at once, or not at all. */
export interface Transaction extends Queries {
  /** Runs a statement, and says how many rows it changed. */
  readonly run: (text: string, values?: readonly Value[]) => Promise<number>;
  /** Writes many rows: one request to Postgres, one prepared statement in SQLite. */
  readonly upsert: (what: Upsert) => Promise<void>;
  /** Removes many rows, by their keys. */
  readonly remove: (what: Lookup) => Promise<void>;
  /**
   * Tells everybody who follows the channel, in this process or another one, that there is something new, once this transaction is
   * durable. Transactions that announce on one channel wait for each other.
   */
  readonly announce: (channel: string) => Promise<void>;
}

/** One step of a room's tables. */
export interface Migration {
  /** Whose tables: the name of a room. */
  readonly room: string;
  /** 1, 2, 3 … without gaps. */
  readonly version: number;
  /** Makes or changes the tables; in a transaction of its own. */
  readonly up: (transaction: Transaction) => Promise<void>;
}

/** The right to be the only one who writes something, for as long as it is held. */
export interface Writer {
  readonly name: string;
  /** Comes when the right is lost: with its connection to Postgres, or by `release`. */
  readonly lost: AbortSignal;
  /**
   * A transaction that can only be done while the right is held: where it is lost, whatever is under way is undone.
   *
   * @throws WriterLostError where it is lost.
   */
  readonly transaction: <result>(work: (transaction: Transaction) => Promise<result>) => Promise<result>;
  /** Gives the right back. */
  readonly release: () => Promise<void>;
}

/** A database: a file of SQLite, or Postgres. */
export interface Database extends Queries {
  /**
   * Does something at once, or not at all. In SQLite, transactions of a process wait for each other: within one, use what it is
   * given and not the database.
   */
  readonly transaction: <result>(work: (transaction: Transaction) => Promise<result>) => Promise<result>;
  /** Reads several things as they are at one moment, whatever is written meanwhile. */
  readonly snapshot: <result>(work: (queries: Queries) => Promise<result>) => Promise<result>;
  /**
   * Brings a room's tables to what its code knows, each step in a transaction, in order; steps that were taken are left out. Any
   * number of processes may call it at once.
   *
   * @throws NewerSchemaError where the tables are newer than the code.
   */
  readonly migrate: (migrations: readonly Migration[]) => Promise<void>;
  /**
   * Waits until nobody else holds the right of that name, and takes it.
   *
   * @returns Undefined where the signal came first.
   */
  readonly acquireWriter: (name: string, signal?: AbortSignal) => Promise<Writer | undefined>;
  /**
   * How often something was announced on a channel: now, and whenever that has grown. Of several announcements in a row only the
   * last may be told. A notification that is lost delays it by some seconds.
   */
  readonly changes: (channel: string, signal?: AbortSignal) => AsyncGenerator<number, void, undefined>;
  /** Ends what is under way, and lets go of files and connections. */
  readonly close: () => Promise<void>;
}
