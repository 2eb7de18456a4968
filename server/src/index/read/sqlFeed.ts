import { type Database, DatabaseClosedError, pause } from "../../database/index.ts";
import { CursorGoneError, type EventFeed } from "../../types/directory.ts";
import type { ChainName } from "../store/chainRow.ts";
import { channelOf } from "../store/channelOf.ts";
import { requireWhole } from "./moment.ts";
import { readTold } from "./readEvents.ts";

/** Milliseconds after which a database that does not answer is asked again. */
const INTERVAL = 500;

/** A cursor names the rows of a chain, and what was told last. */
const FORM = /^(\d{1,9})-(\d{1,15})$/;

/** The events of a registry as they were told, removals among them: all that ever were, under cursors that outlive the process. */
export function sqlFeed(database: Database, name: ChainName): EventFeed {
  const row = () => database.snapshot((queries) => requireWhole(queries, name));
  return {
    end: async () => {
      const { chain, nextSeq } = await row();
      return `${chain}-${nextSeq - 1}`;
    },
    after: (cursor, limit) =>
      database.snapshot(async (queries) => {
        const { chain, nextSeq } = await requireWhole(queries, name);
        const [, of, told] = FORM.exec(cursor ?? `${chain}-0`) ?? [];
        // What was told under a number that is yet to come is of another database.
        if (Number(of) !== chain || !(Number(told) < nextSeq)) throw new CursorGoneError();
        const page = await readTold(queries, { chain, limit, after: Number(told) });
        return page.map(({ seq, event }) => ({ cursor: `${chain}-${seq}`, event }));
      }),
    onMore: (listener) => {
      const ended = new AbortController();
      void follow(async () => {
        const { chain } = await row();
        for await (const _ of database.changes(channelOf(chain), ended.signal)) listener();
      }, ended.signal);
      return () => ended.abort();
    },
  };
}

/** Does it again and again until the signal: a database that is away comes back. */
async function follow(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      if (error instanceof DatabaseClosedError) return;
    }
    await pause(INTERVAL, signal);
  }
}
