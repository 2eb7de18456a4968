import { writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import { rejection } from "../../../../sdk/test/utils/rejection.ts";
import { sqliteDatabases } from "../../../test/utils/databases.ts";
import { type Other, startOther } from "../../../test/utils/processes.ts";
import {
  DatabaseDamagedError,
  DatabaseLockedError,
  DatabaseRefusedError,
  FolderInUseError,
  openDatabase,
} from "../index.ts";

const owner = path.join(import.meta.dirname, "../../../test/utils/ownFolder.ts");

describe("the file in a data folder", () => {
  const { fresh, open } = sqliteDatabases();
  const folderOf = async () => (await fresh()).folder as string;
  let other: Other | undefined;
  afterEach(() => other?.kill());

  it("should be one process's own: another one is told so, or waits", async () => {
    const folder = await folderOf();
    other = startOther(owner, folder);
    expect(await other.line()).to.equal("ready");
    const failure = await rejection(openDatabase({ folder }));
    expect(failure).to.be.instanceOf(FolderInUseError);
    expect(failure.message).to.equal(
      `Another process uses the data folder ${folder}. End it, or give this one a folder of its own; for several servers on the same data, use Postgres.`,
    );
    const waiting = open({ folder, wait: 60_000 } as never);
    await other.kill();
    const { count } = (await (await waiting).get<{ count: number }>("select count(*) as count from pair")) ?? {
      count: 1,
    };
    expect(count % 2).to.equal(0);
  });

  it("should be one opening's own within a process too", async () => {
    const folder = await folderOf();
    const database = await open({ folder });
    expect(await rejection(openDatabase({ folder }))).to.be.instanceOf(FolderInUseError);
    await database.close();
    await (await open({ folder })).close();
  });

  it("should hold whole transactions whenever the process was killed", async () => {
    const folder = await folderOf();
    let least = 0;
    for (let round = 0; round < 8; round++) {
      other = startOther(owner, folder);
      await other.line();
      await new Promise((resolve) => setTimeout(resolve, 40 * Math.random()));
      await other.kill();
      const database = await open({ folder });
      const text = "select count(*) as count from pair where half = $1";
      const [first, second] = await Promise.all([1, 2].map((half) => database.get<{ count: number }>(text, [half])));
      expect(first).to.deep.equal(second);
      expect(first?.count).to.be.at.least(least);
      least = first?.count ?? 0;
      await database.close();
    }
    expect(least).to.be.greaterThan(0);
  });

  it("should say that another program holds it, and go on when that ends", async () => {
    const folder = await folderOf();
    const database = await open({ folder });
    const console = new DatabaseSync(path.join(folder, "tenure.sqlite"));
    console.exec("begin immediate");
    const failure = rejection(database.transaction((own) => own.run("create table a (b bigint)")));
    // Who reads waits for nobody, and neither does the process.
    expect(await database.get("select 1 as one")).to.include({ one: 1 });
    expect(await failure).to.be.instanceOf(DatabaseLockedError);
    const later = database.transaction((own) => own.run("create table a (b bigint)"));
    setTimeout(() => console.exec("rollback"), 100);
    await later;
    console.close();
    await database.close();
  });

  it("should say that it is damaged, or cannot be made", async () => {
    const folder = await folderOf();
    writeFileSync(path.join(folder, "tenure.sqlite"), "this is no database at all, whatever it is".repeat(100));
    const failure = await rejection(openDatabase({ folder }));
    expect(failure).to.be.instanceOf(DatabaseDamagedError);
    const none = path.join(folder, "tenure.sqlite", "data");
    const refused = await rejection(openDatabase({ folder: none }));
    expect(refused).to.be.instanceOf(DatabaseRefusedError);
    expect(refused.message).to.match(new RegExp(`^The database at ${none} refuses: `));
  });
});
