// Databases of both engines for tests: a suite runs on each, with a fresh database wherever it asks for one.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { isPostgresInstalled, startPostgres } from "../../../http-auth/test/utils/postgres.ts";
import { type Database, type DatabaseSettings, openDatabase } from "../../src/database/index.ts";

/** Where fresh databases come from. */
export interface Databases {
  readonly engine: Database["engine"];
  /** The settings of a database that nobody used yet. */
  readonly fresh: () => Promise<DatabaseSettings>;
  /** Opens a fresh database, or the one of the settings; closed after the suite. */
  readonly open: (settings?: DatabaseSettings) => Promise<Database>;
}

/** The suite once for each engine. Where Postgres is not installed, what is left out is said. */
export function onEachDatabase(title: string, suite: (databases: Databases) => void): void {
  describe(`${title} on SQLite`, () => suite(sqliteDatabases()));
  describe(`${title} on Postgres`, () => {
    if (isPostgresInstalled()) suite(postgresDatabases());
    else it("needs Postgres");
  });
}

/** Folders for SQLite; within a `describe`. */
export function sqliteDatabases(): Databases {
  const folders: string[] = [];
  const fresh = async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "tenure-data-"));
    folders.push(folder);
    return { folder };
  };
  return databases("sqlite", fresh, () => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
}

/** A Postgres with databases; within a `describe`. */
export function postgresDatabases(): Databases {
  let server: Awaited<ReturnType<typeof startPostgres>> | undefined;
  let count = 0;
  const fresh = async () => {
    server ??= await startPostgres();
    const name = `own${++count}`;
    await administer(server.url, `create database ${name}`);
    return { url: server.url.replace(/\/postgres$/, `/${name}`) };
  };
  return databases("postgres", fresh, () => server?.close());
}

/** Runs a statement on a connection of its own. */
export async function administer(url: string, text: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await client.query(text, values);
  } finally {
    await client.end();
  }
}

function databases(engine: Database["engine"], fresh: Databases["fresh"], cleanUp: () => void): Databases {
  const opened: Database[] = [];
  after(async () => {
    for (const database of opened) await database.close();
    cleanUp();
  });
  return {
    engine,
    fresh,
    open: async (settings) => {
      const database = await openDatabase(settings ?? (await fresh()));
      opened.push(database);
      return database;
    },
  };
}
