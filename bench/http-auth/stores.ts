import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { memoryReplayStore, type ReplayStore, sqlReplayStore } from "@tenure/http-auth";
import pg from "pg";
import { isPostgresInstalled, startPostgres } from "../../http-auth/test/utils/postgres.ts";

/** Nonces that are used up one by one, and the same one at once. */
const EACH = 2_000;
const SAME = 10_000;

/** What a store of nonces does. */
export interface StoreRate {
  store: string;
  /** Different nonces in a second, 32 at once. */
  perSecond: number;
  /** How many of 10,000 requests with one nonce at once passed. */
  passed: number;
}

const AT_ONCE = 32;

const nonceOf = (nonce: string) => ({ keyid: "eip155:1:0x01", nonce, until: 100, now: 10 });

async function measure(store: string, { consume }: ReplayStore): Promise<StoreRate> {
  await consume(nonceOf("first"));
  let next = 0;
  const one = async () => {
    while (next < EACH) await consume(nonceOf(`n${next++}`));
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  const perSecond = (EACH / (performance.now() - begun)) * 1_000;
  const answers = await Promise.all(Array.from({ length: SAME }, () => consume(nonceOf("same"))));
  return { store, perSecond, passed: answers.filter((isFirst) => isFirst).length };
}

/** Each commit waits for the disk otherwise. A mark may be lost when the machine loses power, not when a process ends. */
const WAL = "pragma journal_mode=wal; pragma synchronous=normal";

async function measureSqlite(name: string, settings: string): Promise<StoreRate> {
  const folder = mkdtempSync(path.join(tmpdir(), "tenure-bench-"));
  const database = new DatabaseSync(path.join(folder, "nonces.db"));
  try {
    database.exec(settings);
    return await measure(name, sqlReplayStore(database));
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Memory, a file of SQLite, and Postgres where it is installed. */
export async function measureStores(): Promise<StoreRate[]> {
  const rates = [await measure("memory", memoryReplayStore())];
  rates.push(await measureSqlite("SQLite, as it is", ""));
  rates.push(await measureSqlite("SQLite, WAL, `synchronous=normal`", WAL));
  if (!isPostgresInstalled()) {
    console.log("Postgres: not installed, so its row is missing");
    return rates;
  }
  const { url, close } = await startPostgres();
  const pool = new pg.Pool({ connectionString: url, max: AT_ONCE });
  try {
    rates.push(await measure("Postgres", sqlReplayStore(pool)));
  } finally {
    await pool.end();
    close();
  }
  return rates;
}
