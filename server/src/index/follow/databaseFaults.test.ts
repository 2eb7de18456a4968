import { expect } from "chai";
import { isPostgresInstalled } from "../../../../http-auth/test/utils/postgres.ts";
import { interruptible } from "../../../../sdk/test/utils/interruptible.ts";
import { postgresDatabases, sqliteDatabases } from "../../../test/utils/databases.ts";
import { expectSameEvents, startFollowing, untilCaughtUp } from "../../../test/utils/following.ts";
import { openStory } from "../../../test/utils/story.ts";
import { DatabaseFullError, DatabaseUnavailableError, openDatabase, WriterLostError } from "../../database/index.ts";

describe("a follower whose database fails", () => {
  const until = async (condition: () => boolean) => {
    for (const end = Date.now() + 30_000; !condition(); ) {
      if (Date.now() > end) throw new Error("It did not come to that.");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  describe("for want of room, on SQLite", () => {
    const { open } = sqliteDatabases();

    it("should say so, lose nothing, and go on when there is room", async () => {
      const story = await openStory("short", 61);
      const { client, addresses, name } = story;
      const database = await open();
      const following = startFollowing({ database, client, addresses });
      await story.act(20);
      await untilCaughtUp(database, name, client);
      const limit = (pages: number) => database.transaction((own) => own.all(`pragma max_page_count = ${pages}`));
      await limit(1);
      await story.act(120);
      await until(() => following.problems.some((error) => error instanceof DatabaseFullError));
      await limit(1_000_000);
      await untilCaughtUp(database, name, client);
      await expectSameEvents(database, story);
      await following.stop();
      await database.close();
    });
  });

  describe("by going down, on Postgres", () => {
    if (!isPostgresInstalled()) {
      it("needs Postgres");
      return;
    }
    const { fresh, open } = postgresDatabases();

    it("should lose its right to write, and go on when it is back", async () => {
      const story = await openStory("short", 62);
      const { client, addresses, name } = story;
      const { url } = (await fresh()) as { url: string };
      const way = await interruptible(Number(new URL(url).port));
      const database = await openDatabase({ url: url.replace(new URL(url).host, new URL(way.url).host) });
      const following = startFollowing({ database, client, addresses });
      await story.act(30);
      await untilCaughtUp(database, name, client);
      for (const _ of [1, 2]) {
        await way.cut();
        await story.act(20);
        await new Promise((resolve) => setTimeout(resolve, 200));
        await way.mend();
        await untilCaughtUp(database, name, client);
      }
      const known = following.problems.every(
        (error) => error instanceof DatabaseUnavailableError || error instanceof WriterLostError,
      );
      expect(known, following.problems.join("\n")).to.equal(true);
      const other = await open({ url });
      await expectSameEvents(other, story);
      await following.stop();
      await database.close();
      await way.cut();
    });
  });
});
