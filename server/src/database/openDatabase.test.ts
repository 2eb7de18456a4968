import { expect } from "chai";
import { rejection } from "../../../sdk/test/utils/rejection.ts";
import { onEachDatabase } from "../../test/utils/databases.ts";
import {
  type Database,
  DatabaseClosedError,
  DatabaseFullError,
  DatabaseSettingsError,
  type Migration,
  NewerSchemaError,
  openDatabase,
  type Writer,
  WriterLostError,
} from "./index.ts";

const keys = { id: "bigint" } as const;
const columns = { word: "bytea", note: "text" } as const;
const notes: Migration = {
  room: "notes",
  version: 1,
  up: async (own) => {
    await own.run("create table note (id bigint primary key, word bytea, note text)");
  },
};

/** The first so many values of a channel. */
async function heard(database: Database, channel: string, count: number, act: () => unknown = () => {}) {
  const values: number[] = [];
  for await (const value of database.changes(channel)) {
    if (values.length === 0) act();
    if (values.push(value) === count) break;
  }
  return values;
}

onEachDatabase("openDatabase", ({ engine, fresh, open }) => {
  let database: Database;
  beforeEach(async () => {
    database = await open();
    await database.migrate([notes]);
  });
  afterEach(() => database.close());

  const put = (id: number, note: string) =>
    database.transaction((own) => own.run("insert into note (id, note) values ($1, $2)", [id, note]));
  const all = async () => (await database.all<{ id: number }>("select id from note order by id")).map(({ id }) => id);

  it("should give back bytes, texts and numbers as they were written", async () => {
    const word = Uint8Array.from({ length: 32 }, (_, place) => 255 - place);
    const rows = [
      [1, word, 'a "text" with \\ and \u{1f600}'],
      [2n ** 53n - 1n, null, ""],
      [3, new Uint8Array(0), null],
    ];
    await database.transaction((own) => own.upsert({ table: "note", keys, columns, rows }));
    const found = await database.all<{ id: number; word: Uint8Array | null; note: string | null }>(
      "select id, word, note from note order by id",
    );
    expect(found.map(({ id, word, note }) => [id, word && [...word], note])).to.deep.equal([
      [1, [...word], 'a "text" with \\ and \u{1f600}'],
      [3, [], null],
      [2 ** 53 - 1, null, ""],
    ]);
    const one = await database.get<{ note: string }>("select note from note where id = $1 and word = $2", [1, word]);
    expect(one?.note).to.equal(found[0]?.note);
  });

  it("should write, find and remove many rows at once", async () => {
    const rows = Array.from({ length: 3_000 }, (_, id) => [id, new Uint8Array([id % 256]), `note ${id}`]);
    await database.transaction(async (own) => {
      await own.upsert({ table: "note", keys, columns, rows });
      await own.upsert({ table: "note", keys, columns: { note: "text" }, rows: [[7, "changed"]] });
      await own.upsert({ table: "note", keys, columns: {}, rows: [[8], [9_000]] });
      await own.remove({ table: "note", keys, rows: [[9], [10]] });
      await own.upsert({ table: "note", keys, columns, rows: [] });
      await own.remove({ table: "note", keys, rows: [] });
    });
    const wanted = { table: "note", keys, columns: ["note"], rows: [[7], [8], [9], [9_000], [9_001]] };
    const found = await database.lookup<{ id: number; note: string | null }>(wanted);
    expect(found.map(({ id, note }) => [id, note]).sort()).to.deep.equal([
      [7, "changed"],
      [8, "note 8"],
      [9_000, null],
    ]);
    expect(await database.lookup({ ...wanted, rows: [] })).to.deep.equal([]);
    expect((await all()).length).to.equal(2_999);
  });

  it("should write all of a transaction or nothing, and show nothing of it before", async () => {
    const failure = rejection(
      database.transaction(async (own) => {
        await own.run("insert into note (id) values (1)");
        expect(await own.get("select id from note")).to.include({ id: 1 });
        expect(await all()).to.deep.equal([]);
        throw new Error("changed my mind");
      }),
    );
    expect((await failure).message).to.equal("changed my mind");
    expect(await all()).to.deep.equal([]);
    await Promise.all([put(1, "a"), put(2, "b"), put(3, "c")]);
    expect(await all()).to.deep.equal([1, 2, 3]);
  });

  it("should read several things as they are at one moment", async () => {
    await put(1, "a");
    const counts = await database.snapshot(async (queries) => {
      const count = async () => (await queries.get<{ count: number }>("select count(*) as count from note"))?.count;
      const before = await count();
      await put(2, "b");
      return [before, await count()];
    });
    expect(counts).to.deep.equal([1, 1]);
    expect(await all()).to.deep.equal([1, 2]);
    await rejection(database.snapshot((queries) => queries.get("select nothing from note")));
    expect(await database.snapshot((queries) => queries.get("select 1 as one"))).to.include({ one: 1 });
  });

  it("should refuse a number that a number does not hold", async () => {
    const failure = await rejection(database.get("select 9007199254740993 as large"));
    expect(failure).to.be.instanceOf(RangeError);
  });

  describe("migrations", () => {
    const second: Migration = {
      room: "notes",
      version: 2,
      up: async (own) => {
        await own.run("alter table note add column author text");
        await own.run("update note set author = 'nobody'");
      },
    };

    it("should bring what the version before wrote to what the code knows", async () => {
      await put(1, "a");
      await database.migrate([second, notes]);
      expect(await database.all("select id, author from note")).to.deep.equal([{ id: 1, author: "nobody" }]);
      await database.migrate([notes, second]);
    });

    it("should refuse tables that are newer than the code, and leave them", async () => {
      await database.migrate([notes, second]);
      const failure = await rejection(database.migrate([notes]));
      expect(failure).to.be.instanceOf(NewerSchemaError);
      expect(failure.message).to.equal(
        "The tables of `notes` have version 2, and this version of the server knows 1. Start the newer server, or put back a backup from before its first start.",
      );
    });

    it("should take a step whole or not at all", async () => {
      const broken: Migration = {
        room: "notes",
        version: 2,
        up: (own) => second.up(own).then(() => Promise.reject("no")),
      };
      await database.migrate([notes, broken]).catch(() => undefined);
      await database.migrate([notes, second]);
      expect(await database.all("select author from note")).to.deep.equal([]);
    });

    it("should be taken once, however many begin at once", async () => {
      const others: Migration[] = [1, 2, 3].map((version) => ({
        room: "others",
        version,
        up: async (own) => void (await own.run(`create table other${version} (id bigint)`)),
      }));
      await Promise.all([database.migrate(others), database.migrate(others), database.migrate([notes, ...others])]);
      expect(await database.get("select count(*) as count from tenure_migration where room = 'others'")).to.include({
        count: 3,
      });
    });

    it("should be 1, 2, 3 without gaps", async () => {
      const failure = await rejection(database.migrate([{ ...second, version: 3 }, notes]));
      expect(failure.message).to.equal("The migrations of `notes` have no version 2, or have it twice.");
    });
  });

  describe("the right to write", () => {
    it("should be one's at a time", async () => {
      const first = (await database.acquireWriter("index")) as Writer;
      const other = (await database.acquireWriter("log")) as Writer;
      const waiting = new AbortController();
      setTimeout(() => waiting.abort(), 50);
      expect(await database.acquireWriter("index", waiting.signal)).to.equal(undefined);
      const second = database.acquireWriter("index");
      await first.transaction((own) => own.run("insert into note (id) values (1)"));
      await first.release();
      expect(first.lost.aborted).to.equal(true);
      const failure = await rejection(first.transaction((own) => own.run("insert into note (id) values (2)")));
      expect(failure).to.be.instanceOf(WriterLostError);
      await (await second)?.transaction((own) => own.run("insert into note (id) values (3)"));
      expect(await all()).to.deep.equal([1, 3]);
      await other.release();
    });

    it("should end with the database", async () => {
      const writer = (await database.acquireWriter("index")) as Writer;
      const waiting = database.acquireWriter("index");
      await database.close();
      expect(writer.lost.aborted).to.equal(true);
      expect(await waiting).to.equal(undefined);
      expect(await rejection(writer.transaction(async () => {}))).to.be.instanceOf(Error);
    });
  });

  describe("changes", () => {
    it("should be told when they are durable, and not when they are undone", async () => {
      const act = async () => {
        await database.transaction((own) => own.announce("other"));
        await rejection(
          database.transaction(async (own) => {
            await own.announce("blocks");
            throw new Error("undone");
          }),
        );
        await database.transaction((own) => own.announce("blocks"));
      };
      expect(await heard(database, "blocks", 2, act)).to.deep.equal([0, 1]);
      expect(await heard(database, "blocks", 1)).to.deep.equal([1]);
    });

    it("should end with their signal, and with the database", async () => {
      const ended = new AbortController();
      const told: number[] = [];
      for await (const value of database.changes("blocks", ended.signal)) {
        told.push(value);
        setTimeout(() => ended.abort(), 10);
      }
      for await (const value of database.changes("blocks")) {
        told.push(value);
        setTimeout(() => void database.close(), 10);
      }
      expect(told).to.deep.equal([0, 0]);
    });
  });

  it("should say that it was closed", async () => {
    await database.close();
    await database.close();
    for (const ask of [() => all(), () => put(1, "a"), () => database.snapshot(async () => 1)]) {
      expect(await rejection(ask())).to.be.instanceOf(DatabaseClosedError);
    }
  });

  it("should open again with what was written", async () => {
    const settings = await fresh();
    const first = await open(settings);
    await first.migrate([notes]);
    await first.transaction((own) => own.run("insert into note (id) values (5)"));
    await first.close();
    const second = await open(settings);
    await second.migrate([notes]);
    expect(await second.all("select id from note")).to.deep.equal([{ id: 5 }]);
    await second.close();
  });

  it("should say that there is no room left, and go on when there is", async () => {
    const rows = Array.from({ length: 200 }, (_, id) => [id, new Uint8Array(4_000), ""]);
    const fill = database.transaction(async (own) => {
      if (engine === "sqlite") await own.run("pragma max_page_count = 20");
      await own.upsert({ table: "note", keys, columns, rows });
      // What Postgres itself says where its disk is full.
      if (engine === "postgres") {
        await own.run(
          "do $$ begin raise 'could not extend file: No space left on device' using errcode = '53100'; end $$",
        );
      }
    });
    const failure = await rejection(fill);
    expect(failure).to.be.instanceOf(DatabaseFullError);
    expect(failure.message).to.match(/has no room left: .*Make room on its disk\.$/);
    expect(await all()).to.deep.equal([]);
    if (engine === "sqlite") await database.transaction((own) => own.run("pragma max_page_count = 1000000"));
    await put(1, "a");
    expect(await all()).to.deep.equal([1]);
  });
});

describe("openDatabase", () => {
  it("should say what a setting has to be", async () => {
    const wrong = [
      {},
      { folder: "", url: "" },
      { folder: "" },
      { url: "mysql://localhost/a" },
      { url: "postgres://[" },
    ];
    for (const settings of wrong) {
      const failure = await rejection(openDatabase(settings as never));
      expect(failure, JSON.stringify(settings)).to.be.instanceOf(DatabaseSettingsError);
    }
  });
});
