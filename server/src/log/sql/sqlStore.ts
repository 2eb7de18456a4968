import type { Database, Queries } from "../../database/index.ts";
import { LogPlaceError } from "../errors.ts";
import { Frontier } from "../merkle/frontier.ts";
import type { Hash } from "../merkle/hash.ts";
import type { LogStore } from "../store.ts";
import { insertLines } from "./insertLines.ts";
import { logTables } from "./tables.ts";

/** The channel on which every line is announced; who announces on it waits for the others, so that lines are added one transaction after the other. */
export const LOG_CHANNEL = "log";

/** Lines of one transaction, and of one page that is read. */
const MOST = 1024;

/** Where a log lies, and how. */
export interface SqlStoreParameters {
  readonly database: Database;
  /** Lines of a segment, as a power of two: 14 where left out. A log keeps what it was begun with. */
  readonly segmentHeight?: number | undefined;
}

/** Opens a log in a database, for any number of processes that write: it is one log, and has no forks. The database stays open. */
export async function openSqlStore({ database, segmentHeight = 14 }: SqlStoreParameters): Promise<LogStore> {
  await database.migrate(logTables);
  const begin = "insert into decision_log_format (one, height) values (1, $1) on conflict (one) do nothing";
  await database.transaction((own) => own.run(begin, [segmentHeight]));
  const format = await database.get<{ height: number }>("select height from decision_log_format where one = 1");
  const height = format?.height ?? segmentHeight;
  const capacity = 2 ** height;

  const extentOf = async (queries: Queries) => {
    const text = "select min(n) as first, max(n) as newest from decision_log";
    const row = await queries.get<{ first: number | null; newest: number | null }>(text);
    return { first: row?.first ?? 0, size: (row?.newest ?? -1) + 1 };
  };
  const leavesOf = async (queries: Queries, segment: number) => {
    const text = "select leaf from decision_log where n >= $1 and n < $2 order by n";
    const rows = await queries.all<{ leaf: Uint8Array }>(text, [segment * capacity, (segment + 1) * capacity]);
    return Buffer.concat(rows.map(({ leaf }) => leaf));
  };
  const rootOf = async (queries: Queries, segment: number): Promise<{ root: Hash; isNoted: boolean }> => {
    const text = "select root from decision_log_segment where segment = $1";
    const noted = await queries.get<{ root: Uint8Array }>(text, [segment]);
    if (noted !== undefined) return { root: noted.root, isNoted: true };
    const leaves = await leavesOf(queries, segment);
    if (leaves.length !== capacity * 32) throw new LogPlaceError(`Segment ${segment} of the log is not whole.`);
    const tree = new Frontier();
    for (let at = 0; at < leaves.length; at += 32) tree.push(leaves.subarray(at, at + 32));
    return { root: tree.root(), isNoted: false };
  };
  const note = "insert into decision_log_segment (segment, root) values ($1, $2) on conflict (segment) do nothing";

  return {
    segmentHeight: height,
    extent: () => extentOf(database),
    lines: async function* (from, to = Number.MAX_SAFE_INTEGER) {
      const text = `select n, line from decision_log where n >= $1 and n < $2 order by n limit ${MOST}`;
      for (let next = from; ; ) {
        const rows = await database.all<{ n: number; line: Uint8Array }>(text, [next, to]);
        for (const { line } of rows) yield line;
        const last = rows.at(-1);
        if (last === undefined || rows.length < MOST) return;
        next = last.n + 1;
      }
    },
    placeOf: async (id) => (await database.get<{ n: number }>("select n from decision_log where id = $1", [id]))?.n,
    leaves: (segment) => leavesOf(database, segment),
    segmentRoot: async (segment) => {
      const { root, isNoted } = await rootOf(database, segment);
      if (!isNoted) await database.transaction((own) => own.run(note, [segment, root]));
      return root;
    },
    append: (make) =>
      database.transaction(async (own) => {
        await own.announce(LOG_CHANNEL);
        const text = "select n, leaf from decision_log order by n desc limit 1";
        const newest = await own.get<{ n: number; leaf: Uint8Array }>(text);
        const size = (newest?.n ?? -1) + 1;
        const lines = make({ size, previous: newest?.leaf ?? new Uint8Array(32), room: MOST });
        await insertLines(own, size, lines);
      }),
    removeBefore: (place) =>
      database.transaction(async (own) => {
        await own.announce(LOG_CHANNEL);
        const { first, size } = await extentOf(own);
        // The newest line stays: the next one follows from it.
        const end = Math.floor(Math.max(first, Math.min(place, size - 1)) / capacity);
        for (let segment = Math.floor(first / capacity); segment < end; segment++) {
          await own.run(note, [segment, (await rootOf(own, segment)).root]);
        }
        await own.run("delete from decision_log where n < $1", [end * capacity]);
        return (await extentOf(own)).first;
      }),
    close: async () => {},
  };
}
