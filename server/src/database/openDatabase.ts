import { DatabaseSettingsError } from "./errors.ts";
import { openPostgres } from "./postgres/openPostgres.ts";
import { openSqlite } from "./sqlite/openSqlite.ts";
import type { Database } from "./types.ts";

/** Which database: a folder of this machine, or a Postgres. */
export type DatabaseSettings =
  | {
      /** A folder, which is made where it is not there. It is one process's own, for as long as that runs. */
      readonly folder: string;
      /** Milliseconds to wait for another process that uses the folder and is about to end; 0 where left out. */
      readonly wait?: number | undefined;
      readonly url?: undefined;
    }
  | {
      /** `postgres://user:password@host:port/name`. */
      readonly url: string;
      /** Connections at most, besides one for each right to write and one to listen; 10 where left out. */
      readonly connections?: number | undefined;
      readonly folder?: undefined;
    };

/**
 * Opens a database.
 *
 * @throws DatabaseSettingsError where the settings name none.
 * @throws FolderInUseError where another process uses the folder.
 * @throws DatabaseUnavailableError, DatabaseRefusedError, DatabaseFullError, DatabaseDamagedError as their names say.
 *
 * @example
 * const database = await openDatabase({ folder: "./data" });
 * await database.migrate([{ room: "notes", version: 1, up: async (own) => void (await own.run("create table note (text text)")) }]);
 */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  const { folder, url } = settings;
  if ((folder === undefined) === (url === undefined)) {
    throw new DatabaseSettingsError("A database is named by a `folder` or by a `url`, and not by both.");
  }
  if (folder !== undefined) {
    if (folder === "") throw new DatabaseSettingsError("The `folder` of the database is empty. Name one.");
    return openSqlite(folder, settings.wait ?? 0);
  }
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new DatabaseSettingsError(
      "The `url` of the database is none of Postgres. It looks like `postgres://user:password@host:5432/name`.",
    );
  }
  return openPostgres(url, settings.connections ?? 10);
}
