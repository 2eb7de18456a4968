import { InvalidIdError, InvalidLimitError, type Status } from "@tenure/sdk";
import type { Database, Queries, Value } from "../../database/index.ts";
import type { CellName } from "../apply/cells.ts";
import { type CellValues, cellOf } from "../store/cells.ts";
import type { ChainName, Cursor } from "../store/chainRow.ts";
import { addressIn } from "../words/word.ts";
import { BlockForgottenError, InvalidListCursorError } from "./errors.ts";
import { identityOf, standingOf, supportOf, vouchOf } from "./facts.ts";
import { decodeListCursor, encodeListCursor } from "./listCursor.ts";
import { type Moment, momentOf, readCellsAt } from "./moment.ts";
import type { KnownProfile } from "./sqlFacts.ts";

/** Which identities, and how many at once. */
export interface ListParameters {
  /** Where to go on, as the page before said. */
  readonly cursor?: string | undefined;
  /** The number after which a list begins; of no matter where there is a cursor. */
  readonly after?: number | undefined;
  /** Identities of a page at most; 1 to 500. */
  readonly limit: number;
  readonly status?: Exclude<Status, "unknown"> | undefined;
  /** Points for it, at least. */
  readonly minSupport?: number | undefined;
  /** The identity that vouches for it now. */
  readonly vouchedBy?: number | undefined;
  /** The block of a first page; the newest where left out. */
  readonly blockNumber?: bigint | undefined;
}

/** A page of a list. */
export interface ListPage {
  readonly items: readonly KnownProfile[];
  /** Where to go on; undefined at the end. A page may hold fewer than were asked for, or none, and not be the last. */
  readonly next: string | undefined;
  /** The block that all pages of the list are of. */
  readonly block: Cursor;
}

/** Identities that are looked at once, and for one page at most: a filter that few pass must not make one request dear. */
const [STEP, MOST] = [500, 10_000];

const MOST_ITEMS = 500;

const statusNumbers = { active: 1, suspended: 2, retired: 3 } as const;

/**
 * A list of identities by their numbers, lowest first. Every page is of the block at which the list began, whatever happens
 * meanwhile, for as long as the index remembers that block: its cursor names it.
 *
 * @throws InvalidListCursorError where the list cannot be gone on with: its block was taken back, or is forgotten.
 */
export async function listIdentities(
  database: Database,
  name: ChainName,
  parameters: ListParameters,
): Promise<ListPage> {
  const { limit, vouchedBy } = parameters;
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > MOST_ITEMS) {
    throw new InvalidLimitError({ limit, argument: "limit" });
  }
  if (vouchedBy !== undefined && (!Number.isSafeInteger(vouchedBy) || vouchedBy < 1)) {
    throw new InvalidIdError({ id: vouchedBy, argument: "vouchedBy" });
  }
  const begun = parameters.cursor === undefined ? undefined : decodeListCursor(parameters.cursor);
  return database.snapshot(async (queries) => {
    const moment = await momentOfList(queries, name, begun, parameters.blockNumber);
    return readPage(queries, moment, begun?.id ?? parameters.after ?? 0, parameters);
  });
}

async function momentOfList(
  queries: Queries,
  name: ChainName,
  begun: ReturnType<typeof decodeListCursor> | undefined,
  blockNumber: bigint | undefined,
): Promise<Moment> {
  if (begun === undefined) return momentOf(queries, name, blockNumber);
  const moment = await momentOf(queries, name, begun.number).catch((error: unknown) => {
    if (!(error instanceof BlockForgottenError)) throw error;
    throw new InvalidListCursorError(`the list began at block ${begun.number}, which is too long ago.`);
  });
  if (moment.block.hash.startsWith(begun.hash)) return moment;
  throw new InvalidListCursorError(`the list began at a block ${begun.number} that a reorganisation took back.`);
}

async function readPage(
  queries: Queries,
  moment: Moment,
  start: number,
  parameters: ListParameters,
): Promise<ListPage> {
  const { limit, status, minSupport = 0, vouchedBy } = parameters;
  const items: KnownProfile[] = [];
  let after = start;
  for (let seen = 0; seen < MOST; ) {
    const step = Math.min(STEP, Math.max(2 * limit, 50));
    const ids = await candidates(queries, moment, after, step, parameters);
    seen += ids.length;
    const names = ids.map((id): CellName => ["identity", id]);
    const edges = vouchedBy === undefined ? [] : ids.map((id): CellName => ["edge", vouchedBy, id]);
    const own: CellName[] = vouchedBy === undefined ? [] : [["identity", vouchedBy]];
    const values = await readCellsAt(queries, moment, [...names, ...edges, ...own]);
    const keys = await readCellsAt(queries, moment, ownersOf(values, ids));
    for (const id of ids) {
      const words = cellOf(values, "identity", id);
      after = id;
      if (words === undefined) continue;
      const entry = cellOf(keys, "key", addressIn(words.record));
      const identity = identityOf(id, words, entry, moment);
      const support = supportOf(words, moment);
      if (status !== undefined && identity.status !== status) continue;
      if (support.support < minSupport) continue;
      if (vouchedBy !== undefined && !isVouchedFor(values, vouchedBy, id, moment)) continue;
      items.push({ ...identity, ...standingOf(words, moment), ...support, key: undefined, role: "none" });
      if (items.length === limit) return { items, next: encodeListCursor(moment.block, after), block: moment.block };
    }
    if (ids.length < step) return { items, next: undefined, block: moment.block };
  }
  return { items, next: encodeListCursor(moment.block, after), block: moment.block };
}

/** Identities that may be of the list. What changed since its block is looked at whatever it is now. */
async function candidates(
  queries: Queries,
  { chain, block, isNewest }: Moment,
  after: number,
  limit: number,
  { status, vouchedBy }: ListParameters,
): Promise<number[]> {
  if (vouchedBy !== undefined) {
    const rows = await queries.all<{ subject: number }>(
      "select subject from index_edge where chain = $1 and voucher = $2 and subject > $3 order by subject limit $4",
      [chain, vouchedBy, after, limit],
    );
    return rows.map(({ subject }) => subject);
  }
  const values: Value[] = [chain, after, limit];
  let also = "";
  if (status !== undefined) {
    values.push(statusNumbers[status]);
    also = "and status = $4";
  }
  if (status !== undefined && !isNewest) {
    values.push(block.number);
    also = `and (status = $4 or exists (select 1 from index_journal past
      where past.chain = $1 and past.cell = 'identity [' || own.id || ']' and past.number > $5))`;
  }
  const rows = await queries.all<{ id: number }>(
    `select id from index_identity own where chain = $1 and id > $2 ${also} order by id limit $3`,
    values,
  );
  return rows.map(({ id }) => id);
}

function ownersOf(values: CellValues, ids: readonly number[]): CellName[] {
  return ids.flatMap((id): CellName[] => {
    const words = cellOf(values, "identity", id);
    return words === undefined ? [] : [["key", addressIn(words.record)]];
  });
}

function isVouchedFor(values: CellValues, voucherId: number, subjectId: number, moment: Moment): boolean {
  const words = {
    edge: cellOf(values, "edge", voucherId, subjectId)?.word,
    voucher: cellOf(values, "identity", voucherId),
    subject: cellOf(values, "identity", subjectId),
    arbiter: undefined,
  };
  const { isActive, stance } = vouchOf(voucherId, subjectId, words, moment);
  return isActive && stance === "for";
}
