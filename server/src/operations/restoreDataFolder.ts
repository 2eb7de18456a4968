import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { type BackupManifest, dataFiles, digestOf, syncFile } from "./backupFiles.ts";
import { BackupError } from "./errors.ts";

/** What is restored, and to where. */
export interface RestoreParameters {
  /** The backup. */
  readonly from: string;
  /** The data folder: not there yet, or empty. */
  readonly folder: string;
}

/**
 * Restores a data folder from a backup, after every file in it was held against what was noted when it was made.
 *
 * @throws {BackupError} The backup is not whole, or the folder holds data.
 */
export async function restoreDataFolder({ from, folder }: RestoreParameters): Promise<BackupManifest> {
  if (existsSync(folder) && (await readdir(folder)).length > 0) {
    throw new BackupError(`${folder} holds data. Move it away, or restore to another folder.`);
  }
  const manifest = await readManifest(from);
  for (const { name, bytes, sha256 } of manifest.files) {
    const there = await digestOf(path.join(from, name)).catch(() => undefined);
    if (there?.bytes !== bytes || there.sha256 !== sha256) {
      throw new BackupError(`${name} in ${from} is not what was backed up. Take another backup.`);
    }
  }
  const part = `${path.resolve(folder)}.part`;
  await rm(part, { recursive: true, force: true });
  for (const { name } of manifest.files) {
    const target = path.join(part, name);
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    await copyFile(path.join(from, name), target);
    await syncFile(target);
  }
  await rm(folder, { recursive: true, force: true });
  await rename(part, folder);
  await syncFile(path.dirname(path.resolve(folder)));
  return manifest;
}

async function readManifest(from: string): Promise<BackupManifest> {
  const file = path.join(from, dataFiles.manifest);
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) throw new BackupError(`There is no backup in ${from}: ${file} cannot be read.`);
  try {
    const manifest: BackupManifest = JSON.parse(text);
    const isSafe = manifest.files.every(({ name }) => !path.isAbsolute(name) && !name.split(/[\\/]/).includes(".."));
    if (manifest.format === 1 && isSafe) return manifest;
  } catch {
    // It is told below.
  }
  throw new BackupError(`${file} is of no backup that this version makes.`);
}
