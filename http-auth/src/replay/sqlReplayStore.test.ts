import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import pg from "pg";
import { isPostgresInstalled, startPostgres } from "../../test/utils/postgres.ts";
import { InvalidOptionError } from "../errors/mistakes.ts";
import { type PostgresDatabase, type SqliteDatabase, sqlReplayStore } from "./sqlReplayStore.ts";

const nonce = { keyid: "eip155:1:0x01", nonce: "a", until: 100, now: 10 };

/** A fresh database, and as many connections to it as processes would have. */
interface Fresh {
  connect(): PostgresDatabase | SqliteDatabase;
  count(table: string): Promise<number>;
  /** Runs something while nobody can write, which ends with the database as it was before. */
  away(run: () => Promise<void>): Promise<void>;
  /** From now on nothing that is asked succeeds. */
  fail(): void | Promise<void>;
  close(): void | Promise<void>;
}

function openSqlite(): Promise<Fresh> {
  const folder = mkdtempSync(path.join(tmpdir(), "tenure-nonces-"));
  const databases: DatabaseSync[] = [];
  const file = path.join(folder, "nonces.db");
  const connect = () => {
    const database = new DatabaseSync(file, { timeout: 100 });
    databases.push(database);
    return database;
  };
  const close = () => {
    for (const database of databases) if (database.isOpen) database.close();
  };
  return Promise.resolve({
    connect,
    count: async (table) => Number(connect().prepare(`select count(*) as n from ${table}`).get()?.n),
    // Another process is in the middle of a transaction, for longer than anybody waits.
    away: async (run) => {
      const other = new DatabaseSync(file);
      other.exec("begin immediate");
      await run();
      other.exec("rollback");
      other.close();
    },
    fail: close,
    close: () => {
      close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

async function openPostgres(): Promise<Fresh> {
  const { url, start, stop, close } = await startPostgres();
  const pools: pg.Pool[] = [];
  const connect = () => {
    const pool = new pg.Pool({ connectionString: url, max: 8 });
    // A connection that idles, or is being ended, when the server stops tells of it, and nobody asked.
    pool.on("error", () => undefined);
    pool.on("connect", (connection) => connection.on("error", () => undefined));
    pools.push(pool);
    return pool;
  };
  return {
    connect,
    count: async (table) => Number((await connect().query(`select count(*) as n from ${table}`)).rows[0]?.n),
    away: async (run) => {
      stop();
      await run();
      start();
    },
    fail: close,
    close: async () => {
      await Promise.all(pools.map((pool) => pool.end()));
      try {
        close();
      } catch {
        // It was stopped before.
      }
    },
  };
}

const databases = [
  { name: "SQLite", isInstalled: () => true, open: openSqlite },
  { name: "Postgres", isInstalled: isPostgresInstalled, open: openPostgres },
];

for (const { name, isInstalled, open } of databases) {
  describe(`nonces in ${name}`, () => {
    let fresh: Fresh;
    let table = "";
    let tables = 0;
    before(async function () {
      if (!isInstalled()) this.skip();
      this.timeout(120_000);
      fresh = await open();
    });
    beforeEach(() => {
      tables += 1;
      table = `nonces_${tables}`;
    });
    after(() => fresh?.close());

    it("should be used up once, until they end", async () => {
      const store = sqlReplayStore(fresh.connect(), { table });
      expect(await store.consume(nonce)).to.equal(true);
      expect(await store.consume(nonce)).to.equal(false);
      expect(await store.consume({ ...nonce, until: 140 })).to.equal(false);
      expect(await store.consume({ ...nonce, now: 100 })).to.equal(false);
      expect(await store.consume({ ...nonce, now: 101, until: 160 })).to.equal(true);
      expect(await store.consume({ ...nonce, now: 150, until: 200 })).to.equal(false);
    });

    it("should be those of one account each, whatever they are made of", async () => {
      const store = sqlReplayStore(fresh.connect(), { table });
      for (const one of [
        nonce,
        { ...nonce, keyid: "eip155:1:0x02" },
        { ...nonce, nonce: "A" },
        { ...nonce, nonce: "" },
        { ...nonce, nonce: "'; drop table nonces; --" },
        { ...nonce, nonce: "a ".repeat(64) },
      ]) {
        expect(await store.consume(one)).to.equal(true);
        expect(await store.consume(one)).to.equal(false);
      }
    });

    it("should pass one of 10,000 at once, of several connections that all begin with it", async function () {
      this.timeout(120_000);
      const stores = Array.from({ length: 4 }, () => sqlReplayStore(fresh.connect(), { table }));
      const uses = Array.from({ length: 10_000 }, (_, index) => stores[index % stores.length]?.consume(nonce));
      const passed = (await Promise.all(uses)).filter((isFirst) => isFirst === true);
      expect(passed).to.have.length(1);
    });

    it("should be forgotten when they have ended, and not before", async () => {
      const store = sqlReplayStore(fresh.connect(), { table, cleanEvery: 30 });
      await store.consume(nonce);
      await store.consume({ ...nonce, nonce: "b", until: 200 });
      await store.consume({ ...nonce, nonce: "c", now: 101, until: 200 });
      expect(await fresh.count(table)).to.equal(2);
      expect(await store.consume({ ...nonce, nonce: "b", now: 101, until: 200 })).to.equal(false);
    });

    it("should not come back with a clock that is behind", async () => {
      const [ahead, behind] = [0, 0].map(() => sqlReplayStore(fresh.connect(), { table, cleanEvery: 0 }));
      expect(await behind?.consume(nonce)).to.equal(true);
      expect(await ahead?.consume({ ...nonce, nonce: "b", now: 200, until: 260 })).to.equal(true);
      expect(await fresh.count(table)).to.equal(1);
      expect(await behind?.consume(nonce)).to.equal(false);
      expect(await behind?.consume({ ...nonce, nonce: "c" })).to.equal(false);
      expect(await behind?.consume({ ...nonce, nonce: "c", until: 230 })).to.equal(true);
    });

    it("should not be said to be new while nobody can write, and be remembered afterwards", async () => {
      const store = sqlReplayStore(fresh.connect(), { table });
      expect(await store.consume(nonce)).to.equal(true);
      await fresh.away(async () => {
        for (const one of [nonce, { ...nonce, nonce: "b" }]) {
          const answer = await Promise.resolve()
            .then(() => store.consume(one))
            .catch((error: unknown) => error);
          expect(answer).to.be.an.instanceOf(Error);
        }
      });
      expect(await store.consume(nonce)).to.equal(false);
      expect(await store.consume({ ...nonce, nonce: "b" })).to.equal(true);
    });

    it("should refuse options that cannot hold", () => {
      for (const wrong of ["", "Nonces", "a; drop table b", "1a", "a".repeat(52)]) {
        expect(() => sqlReplayStore(fresh.connect(), { table: wrong })).to.throw(InvalidOptionError, "`table`");
      }
      for (const cleanEvery of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(() => sqlReplayStore(fresh.connect(), { cleanEvery })).to.throw(InvalidOptionError, "`cleanEvery`");
      }
    });

    // The last: the database is gone then.
    it("should fail where the database does, and not say that a nonce is new", async () => {
      const store = sqlReplayStore(fresh.connect(), { table });
      const unused = sqlReplayStore(fresh.connect(), { table });
      await store.consume(nonce);
      await fresh.fail();
      for (const one of [store, unused]) {
        const answer = await Promise.resolve(one.consume({ ...nonce, nonce: "b" })).catch((error: unknown) => error);
        expect(answer).to.be.an.instanceOf(Error);
      }
    });
  });
}
