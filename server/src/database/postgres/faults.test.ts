import { expect } from "chai";
import { isPostgresInstalled, startPostgres } from "../../../../http-auth/test/utils/postgres.ts";
import { interruptible } from "../../../../sdk/test/utils/interruptible.ts";
import { rejection } from "../../../../sdk/test/utils/rejection.ts";
import { administer } from "../../../test/utils/databases.ts";
import {
  type Database,
  DatabaseLockedError,
  DatabaseRefusedError,
  DatabaseUnavailableError,
  openDatabase,
  type Writer,
  WriterLostError,
} from "../index.ts";

describe("Postgres", () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  let way: Awaited<ReturnType<typeof interruptible>>;
  let database: Database;
  let near: string;
  before(async function () {
    if (!isPostgresInstalled()) this.skip();
    server = await startPostgres();
  });
  after(() => server?.close());
  beforeEach(async () => {
    way = await interruptible(Number(new URL(server.url).port));
    near = server.url.replace(new URL(server.url).host, new URL(way.url).host);
    database = await openDatabase({ url: near });
    await database.transaction((own) => own.run("create table if not exists line (id bigint primary key)"));
    await database.transaction((own) => own.run("delete from line"));
  });
  afterEach(async () => {
    await database.close();
    await way.cut();
  });

  const count = async () => (await database.get<{ count: number }>("select count(*) as count from line"))?.count;
  const endSessions = (name: string) =>
    administer(server.url, "select pg_terminate_backend(pid) from pg_stat_activity where application_name like $1", [
      name,
    ]);

  it("should be said to be down, and be used again when it is back", async () => {
    await way.cut();
    for (const ask of [count, () => database.transaction(async () => 1), () => database.snapshot(async () => 1)]) {
      const failure = await rejection(ask());
      expect(failure).to.be.instanceOf(DatabaseUnavailableError);
      expect(failure.message).to.match(/^The database at postgres:\/\/127\.0\.0\.1:\d+\/postgres does not answer: /);
    }
    expect(await rejection(openDatabase({ url: near }))).to.be.instanceOf(DatabaseUnavailableError);
    await way.mend();
    expect(await count()).to.equal(0);
  });

  it("should undo a transaction whose connection ends", async () => {
    const failure = await rejection(
      database.transaction(async (own) => {
        await own.run("insert into line (id) values (1)");
        await endSessions("tenure");
        await own.run("insert into line (id) values (2)");
      }),
    );
    expect(failure).to.be.instanceOf(DatabaseUnavailableError);
    expect(await count()).to.equal(0);
  });

  it("should fail in a snapshot whose connection ends, and be used again, however often", async () => {
    // What is between may not tell that the server has gone: whoever asked for more would wait for ever.
    for (let times = 0; times < 30; times++) {
      const failure = await rejection(
        database.snapshot(async (own) => {
          await own.all("select 1 as one");
          await endSessions("tenure");
          return own.all("select 2 as two");
        }),
      );
      expect(failure).to.be.instanceOf(DatabaseUnavailableError);
      expect(await count()).to.equal(0);
    }
  });

  it("should refuse what is not there, without telling the password", async () => {
    const url = near.replace("tenure@", "tenure:secret@").replace(/postgres$/, "elsewhere");
    const failure = await rejection(openDatabase({ url }));
    expect(failure).to.be.instanceOf(DatabaseRefusedError);
    expect(failure.message).to.match(/refuses: database "elsewhere" does not exist\. Check its name/);
    expect(failure.message).to.not.contain("secret");
  });

  it("should say that somebody else holds what has to be written", async () => {
    const failure = await rejection(
      database.transaction(async (own) => {
        await own.run("lock table line in access exclusive mode");
        await database.transaction(async (other) => {
          await other.run("lock table line in access exclusive mode nowait");
        });
      }),
    );
    expect(failure).to.be.instanceOf(DatabaseLockedError);
  });

  it("should give the right to write to another process when its holder's connection ends, and tell the holder", async () => {
    const second = await openDatabase({ url: server.url });
    try {
      const writer = (await database.acquireWriter("index")) as Writer;
      const taking = second.acquireWriter("index");
      const failure = rejection(
        writer.transaction(async (own) => {
          await own.run("insert into line (id) values (1)");
          await way.cut();
          await own.run("insert into line (id) values (2)");
        }),
      );
      expect(await failure).to.be.instanceOf(WriterLostError);
      expect(writer.lost.aborted).to.equal(true);
      const other = (await taking) as Writer;
      await other.transaction((own) => own.run("insert into line (id) values (3)"));
      await way.mend();
      expect(await database.all("select id from line")).to.deep.equal([{ id: 3 }]);
      expect(await rejection(writer.transaction(async () => {}))).to.be.instanceOf(WriterLostError);
      await other.release();
      await (await database.acquireWriter("index"))?.release();
    } finally {
      await second.close();
    }
  });

  it("should carry changes from one process to another, also those whose notification was lost", async () => {
    const second = await openDatabase({ url: server.url });
    try {
      const told: number[] = [];
      for await (const value of database.changes("blocks")) {
        told.push(value);
        if (told.length === 2) await endSessions("tenure listener");
        if (told.length === 4) break;
        setTimeout(() => void second.transaction((own) => own.announce("blocks")), 20);
      }
      expect(told).to.deep.equal([0, 1, 2, 3]);
      // Of a database that is down, nothing is told, and nothing is lost.
      const later: number[] = [];
      for await (const value of database.changes("blocks")) {
        later.push(value);
        if (later.length === 2) break;
        await way.cut();
        await second.transaction((own) => own.announce("blocks"));
        setTimeout(() => void way.mend(), 100);
      }
      expect(later).to.deep.equal([3, 4]);
    } finally {
      await second.close();
    }
  });
});
