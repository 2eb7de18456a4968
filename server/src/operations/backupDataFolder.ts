import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
// Whole: the first versions of Node 22 have no `backup`, and an import of that by name would keep the server from being loaded.
import * as sqlite from "node:sqlite";
import { copyLog, openFileReader, verifyLog } from "../log/index.ts";
import { type BackupManifest, dataFiles, digestOf, syncFile } from "./backupFiles.ts";
import { BackupError } from "./errors.ts";

/** What is backed up, and to where. */
export interface BackupParameters {
  /** The data folder. A server may be using it. */
  readonly folder: string;
  /** A folder that is not there yet. */
  readonly to: string;
}

/**
 * Copies a data folder while a server uses it: the database as of one moment, then the log, which so has every decision that came before.
 * The copied log is read whole and verified. The backup is there under its name only once it is whole and durable.
 *
 * @throws {BackupError} There is something at `to` already, there is no data, its log is damaged, or Node is too old.
 */
export async function backupDataFolder({ folder, to }: BackupParameters): Promise<BackupManifest> {
  if (existsSync(to)) throw new BackupError(`There is something at ${to} already. Name a folder that is not there.`);
  if (typeof sqlite.backup !== "function") {
    throw new BackupError(
      `Node ${process.versions.node} cannot back up a database. Run this with Node 22.16 or newer.`,
    );
  }
  const database = path.join(folder, dataFiles.database);
  const log = path.join(folder, dataFiles.log);
  if (!existsSync(database) && !existsSync(log)) throw new BackupError(`There is no data in ${folder}.`);
  const part = `${to}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true, mode: 0o700 });
  try {
    if (existsSync(database)) {
      const source = new sqlite.DatabaseSync(database, { readOnly: true });
      try {
        await sqlite.backup(source, path.join(part, dataFiles.database));
      } finally {
        source.close();
      }
    }
    let copied: BackupManifest["log"];
    if (existsSync(log)) {
      const target = path.join(part, dataFiles.log);
      await copyLog(log, target);
      const { size, root, findings } = await verifyLog(await openFileReader(target));
      if (findings[0] !== undefined) throw new BackupError(`The log in ${log} is damaged. ${findings[0].message}`);
      copied = { size, root };
    }
    const names = (await readdir(part, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(part, path.join(entry.parentPath, entry.name)))
      .sort();
    const files: BackupManifest["files"][number][] = [];
    for (const name of names) {
      await syncFile(path.join(part, name));
      files.push({ name, ...(await digestOf(path.join(part, name))) });
    }
    const manifest: BackupManifest = { format: 1, madeAt: new Date().toISOString(), files, log: copied };
    const file = path.join(part, dataFiles.manifest);
    await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    await syncFile(file);
    await syncFile(part);
    await rename(part, to);
    await syncFile(path.dirname(path.resolve(to)));
    return manifest;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}
