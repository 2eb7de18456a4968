import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { isPostgresInstalled } from "../../../http-auth/test/utils/postgres.ts";
import { rejection } from "../../../sdk/test/utils/rejection.ts";
import { administer, postgresDatabases } from "../../test/utils/databases.ts";
import { decision, question } from "../../test/utils/decisions.ts";
import { temporaryFolders } from "../../test/utils/folder.ts";
import { openDatabase } from "../database/index.ts";
import {
  openDecisionLog,
  openFileReader,
  openFileStore,
  openSqlStore,
  readDecisions,
  verifyLog,
} from "../log/index.ts";
import { backupDataFolder } from "./backupDataFolder.ts";
import { BackupError } from "./errors.ts";
import { restoreDataFolder } from "./restoreDataFolder.ts";

const notes = {
  room: "notes",
  version: 1,
  up: async (own: { run: (text: string) => Promise<number> }) => {
    await own.run("create table note (id bigint primary key)");
  },
};

describe("backup and restore", function () {
  this.timeout(60_000);
  const newFolder = temporaryFolders();

  it("should copy a data folder while it is written to, and restore it", async () => {
    const folder = path.join(newFolder(), "data");
    const to = path.join(newFolder(), "backup");
    const database = await openDatabase({ folder });
    await database.migrate([notes]);
    const log = openDecisionLog(await openFileStore({ folder: path.join(folder, "log"), segmentHeight: 4 }));
    let isWriting = true;
    let count = 0;
    const before = Array.from({ length: 40 }, () => decision());
    for (const made of before) await log.append(question(), made);
    const writing = (async () => {
      while (isWriting) {
        await log.append(question(), decision());
        await database.transaction((own) => own.run("insert into note (id) values ($1)", [count++]));
      }
    })();
    const manifest = await backupDataFolder({ folder, to });
    isWriting = false;
    await writing;
    const here = await log.checkpoint(manifest.log?.size);
    expect(manifest.log?.root).to.equal(here.root);
    await log.close();
    await database.close();

    const restored = path.join(newFolder(), "restored");
    expect(await restoreDataFolder({ from: to, folder: restored })).to.deep.equal(manifest);
    const again = await openDatabase({ folder: restored });
    const rows = await again.get<{ count: number }>("select count(*) as count from note");
    expect(rows?.count).to.be.at.most(count);
    await again.close();
    const store = await openFileStore({ folder: path.join(restored, "log") });
    const { decisions } = await readDecisions(store, { limit: 40 });
    expect(decisions.map(({ id }) => id)).to.deep.equal(before.map(({ id }) => id));
    const more = openDecisionLog(store);
    await more.append(question(), decision());
    await more.close();
    const verified = await verifyLog(await openFileReader(path.join(restored, "log")));
    expect(verified).to.deep.include({ size: (manifest.log?.size ?? 0) + 1, findings: [] });
  });

  it("should refuse to overwrite anything, and to restore what is not whole", async () => {
    const folder = path.join(newFolder(), "data");
    const log = openDecisionLog(await openFileStore({ folder: path.join(folder, "log") }));
    await log.append(question(), decision());
    await log.close();
    const to = path.join(newFolder(), "backup");
    await backupDataFolder({ folder, to });
    expect(await rejection(backupDataFolder({ folder, to }))).to.be.instanceOf(BackupError);
    expect(await rejection(restoreDataFolder({ from: to, folder }))).to.be.instanceOf(BackupError);
    appendFileSync(path.join(to, "log", "0000000000.jsonl"), "{}\n");
    const target = path.join(newFolder(), "restored");
    const error = await rejection(restoreDataFolder({ from: to, folder: target }));
    expect((error as Error).message)
      .to.contain(path.join("log", "0000000000.jsonl"))
      .and.to.contain("is not what was backed up");
    expect(existsSync(target)).to.equal(false);
    writeFileSync(path.join(to, "backup.json"), '{"format":1,"files":[{"name":"../../x","bytes":0,"sha256":""}]}');
    expect(((await rejection(restoreDataFolder({ from: to, folder: target }))) as Error).message).to.contain(
      "no backup",
    );
    const empty = newFolder();
    mkdirSync(path.join(empty, "none"));
    expect(await rejection(backupDataFolder({ folder: empty, to: path.join(empty, "b") }))).to.be.instanceOf(
      BackupError,
    );
    expect(await rejection(restoreDataFolder({ from: empty, folder: target }))).to.be.instanceOf(BackupError);
  });

  it("should refuse to back up a log that is damaged, and leave nothing behind", async () => {
    const folder = path.join(newFolder(), "data");
    const log = openDecisionLog(await openFileStore({ folder: path.join(folder, "log") }));
    await log.append(question(), decision());
    await log.close();
    appendFileSync(path.join(folder, "log", "0000000000.jsonl"), "{}\n");
    const parent = newFolder();
    const error = await rejection(backupDataFolder({ folder, to: path.join(parent, "backup") }));
    expect((error as Error).message).to.contain("is damaged");
    expect(readdirSync(parent)).to.deep.equal([]);
  });

  describe("of Postgres", () => {
    const { fresh } = postgresDatabases();

    it("should go by pg_dump and pg_restore while servers write", async function () {
      if (!isPostgresInstalled()) this.skip();
      const settings = await fresh();
      const database = await openDatabase(settings);
      const log = openDecisionLog(await openSqlStore({ database, segmentHeight: 3 }));
      for (let index = 0; index < 30; index++) await log.append(question(), decision());
      let isWriting = true;
      const writing = (async () => {
        while (isWriting) await log.append(question(), decision());
      })();
      const { url } = settings as { url: string };
      const file = path.join(newFolder(), "tenure.dump");
      execFileSync("pg_dump", ["--format=custom", `--file=${file}`, url]);
      isWriting = false;
      await writing;
      const name = `restored${Date.now()}`;
      await administer(url, `create database ${name}`);
      const target = Object.assign(new URL(url), { pathname: `/${name}` }).href;
      execFileSync("pg_restore", ["--exit-on-error", "--no-owner", `--dbname=${target}`, file]);
      const restored = await openDatabase({ url: target });
      try {
        const copy = openDecisionLog(await openSqlStore({ database: restored }));
        const { size, root } = await copy.checkpoint();
        expect(size).to.be.at.least(30);
        expect((await log.checkpoint(size)).root).to.equal(root);
        await copy.append(question(), decision());
        expect(await verifyLog(copy.reader)).to.deep.include({ size: size + 1, findings: [] });
      } finally {
        await restored.close();
        await database.close();
      }
    });
  });
});
