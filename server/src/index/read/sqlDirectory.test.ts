import { expect } from "chai";
import { type Databases, onEachDatabase } from "../../../test/utils/databases.ts";
import { startFollowing, untilCaughtUp } from "../../../test/utils/following.ts";
import { type RpcDirectory, rpcDirectory } from "../../../test/utils/rpcDirectory.ts";
import { openStory, type Story } from "../../../test/utils/story.ts";
import type { Database } from "../../database/index.ts";
import { CursorGoneError, type Directory, type DirectoryPage, InvalidCursorError } from "../../types/directory.ts";
import { askNode, sqlDirectory } from "../index.ts";

/** A list, page by page. */
async function whole<Entry>(read: (cursor: string | undefined) => Promise<DirectoryPage<Entry>>): Promise<Entry[]> {
  const found: Entry[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await read(cursor);
    found.push(...items);
    cursor = next;
  } while (cursor !== undefined);
  return found;
}

onEachDatabase("a directory out of the index", ({ open }: Databases) => {
  let story: Story;
  let database: Database;
  let following: ReturnType<typeof startFollowing>;
  let sql: Directory;
  let rpc: RpcDirectory;
  before(async () => {
    story = await openStory("short", 7);
    await story.act(120);
    database = await open();
    const { client, addresses, name } = story;
    following = startFollowing({ database, client, addresses, reach: 60 });
    await untilCaughtUp(database, name, client);
    const limits = { maxLag: 3_600 };
    sql = sqlDirectory({ database, name, isDelegated: askNode(client), limits });
    rpc = rpcDirectory(client, addresses.identityRegistry, { addresses });
  });
  after(async () => {
    await rpc.feed.close();
    await following.stop();
  });

  it("should answer what the node answers, in pages of any size", async () => {
    const ids = Array.from({ length: story.count() }, (_, at) => at + 1);
    const filters = [
      {},
      { status: "active" },
      { status: "retired" },
      { minSupport: 1 },
      { after: 2 },
      ...ids.slice(0, 4).map((vouchedBy) => ({ vouchedBy })),
    ] as const;
    for (const limit of [1, 3, 100]) {
      for (const filter of filters) {
        const of = (directory: Directory) => whole((cursor) => directory.list({ ...filter, cursor, limit }));
        const expected = (await of(rpc)).map(({ isDelegated: _, ...known }) => known);
        expect(await of(sql), JSON.stringify({ limit, ...filter })).to.deep.equal(expected);
      }
      for (const id of ids) {
        for (const direction of ["received", "given"] as const) {
          const of = (directory: Directory) => whole((cursor) => directory.vouches({ id, direction, cursor, limit }));
          expect(await of(sql), `${direction} ${id}`).to.deep.equal(await of(rpc));
        }
        const history = (directory: Directory) => whole((cursor) => directory.history({ id, cursor, limit }));
        expect(await history(sql), `history of ${id}`).to.deep.equal(await history(rpc));
      }
    }
    const { block, isFresh } = await sql.freshness();
    expect([block, isFresh]).to.deep.equal([(await rpc.freshness()).block, true]);
  });

  it("should tell all that was told, in steps of any size, and go on from any cursor", async () => {
    const all = await sql.feed.after(undefined, 100_000);
    expect(all.length).to.be.greaterThan(100);
    expect(await sql.feed.end()).to.equal(all.at(-1)?.cursor);
    const found: unknown[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await sql.feed.after(cursor, 7);
      found.push(...page);
      if (page.length === 0) break;
      cursor = page.at(-1)?.cursor;
    }
    expect(found).to.deep.equal(all);
    expect(await sql.feed.after(all[20]?.cursor, 1_000_000)).to.deep.equal(all.slice(21));
    for (const cursor of ["x", "", "9-1", `${await sql.feed.end()}0`]) {
      expect(await sql.feed.after(cursor, 1).catch((error: unknown) => error), cursor).to.be.instanceOf(
        CursorGoneError,
      );
    }
  });

  it("should say that there is more when there is, and refuse cursors of nothing", async () => {
    const end = await sql.feed.end();
    let heard = () => {};
    const more = new Promise<void>((resolve) => (heard = resolve));
    const stop = sql.feed.onMore(async () => {
      if ((await sql.feed.after(end, 1)).length > 0) heard();
    });
    await story.act(3);
    await more;
    stop();
    const refused = (asked: Promise<unknown>) => asked.catch((error: unknown) => error);
    for (const cursor of ["x", "", "1-2", `1-0x${"a".repeat(64)}-1`]) {
      expect(await refused(sql.list({ cursor, limit: 1 })), cursor).to.be.instanceOf(InvalidCursorError);
      const vouches = sql.vouches({ id: 1, direction: "given", cursor, limit: 1 });
      expect(await refused(vouches), cursor).to.be.instanceOf(InvalidCursorError);
    }
    expect(await refused(sql.history({ id: 1, cursor: "x", limit: 1 }))).to.be.instanceOf(InvalidCursorError);
  });
});
