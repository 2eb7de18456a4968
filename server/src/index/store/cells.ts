import type { Queries, Row, Transaction, Value } from "../../database/index.ts";
import type { CellName, Cells, Kind } from "../apply/cells.ts";
import { cellText } from "./cellText.ts";
import { kinds, type Layout, layouts } from "./layouts.ts";

/** What is in cells, by their names as texts. A name without an entry is of a cell with nothing in it. */
export type CellValues = Map<string, Cells[Kind]["value"]>;

/** Reads cells, each once, in one request a kind. */
export async function readCells(queries: Queries, chain: number, names: Iterable<CellName>): Promise<CellValues> {
  const values: CellValues = new Map();
  const wanted = new Map<Kind, Map<string, CellName>>();
  for (const name of names) {
    const [kind, ...key] = name;
    const own = wanted.get(kind) ?? new Map<string, CellName>();
    wanted.set(kind, own.set(cellText(kind, key as never), name));
  }
  for (const [kind, own] of wanted) {
    const { table, keys, columns, toKey, fromRow } = layouts[kind] as unknown as Layout<Kind>;
    const texts = new Map<string, string>();
    const rows: Value[][] = [];
    for (const [text, [, ...key]] of own) {
      const parts = toKey(key as never);
      texts.set(partsText(parts), text);
      rows.push([chain, ...parts]);
    }
    const names = Object.keys(keys);
    const found = await queries.lookup<Row>({
      table,
      keys: { chain: "bigint", ...keys },
      columns: Object.keys(columns),
      rows,
    });
    for (const row of found) {
      const text = texts.get(partsText(names.map((name) => row[name] ?? null)));
      if (text !== undefined) values.set(text, fromRow(row));
    }
  }
  return values;
}

/** One of those that were read. */
export function cellOf<kind extends Kind>(
  values: ReadonlyMap<string, Cells[Kind]["value"]>,
  kind: kind,
  ...key: Cells[kind]["key"]
): Cells[kind]["value"] | undefined {
  return values.get(cellText(kind, key)) as Cells[kind]["value"] | undefined;
}

/** Writes cells; those with nothing in them are removed. */
export async function writeCells(
  transaction: Transaction,
  chain: number,
  changes: Iterable<readonly [CellName, Cells[Kind]["value"] | undefined]>,
): Promise<void> {
  const written = new Map<Kind, { rows: Value[][]; gone: Value[][] }>(
    kinds.map((kind) => [kind, { rows: [], gone: [] }]),
  );
  for (const [[kind, ...key], value] of changes) {
    const { toKey, toValues } = layouts[kind] as unknown as Layout<Kind>;
    const { rows, gone } = written.get(kind) as { rows: Value[][]; gone: Value[][] };
    const own = [chain, ...toKey(key as never)];
    if (value === undefined) gone.push(own);
    else rows.push([...own, ...toValues(value)]);
  }
  for (const [kind, { rows, gone }] of written) {
    const { table, columns } = layouts[kind];
    const keys = { chain: "bigint", ...layouts[kind].keys } as const;
    if (rows.length > 0) await transaction.upsert({ table, keys, columns, rows });
    if (gone.length > 0) await transaction.remove({ table, keys, rows: gone });
  }
}

function partsText(parts: readonly Value[]): string {
  return parts.map((part) => (part instanceof Uint8Array ? Buffer.from(part).toString("hex") : String(part))).join(" ");
}
