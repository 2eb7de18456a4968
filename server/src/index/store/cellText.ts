// Cells as texts: their names in memory and in the journal, and what was in them before a block.

import type { Hex } from "viem";
import type { Columns, Row, Value } from "../../database/index.ts";
import type { CellName, Cells, Kind } from "../apply/cells.ts";
import { bytesOfHex, hexOf } from "../words/bytes.ts";
import { type Layout, layouts } from "./layouts.ts";

/** The name of a cell as a text, each its own. */
export function cellText<kind extends Kind>(kind: kind, key: Cells[kind]["key"]): string {
  return `${kind} ${JSON.stringify(key.map((part) => (typeof part === "bigint" ? `${part}` : part)))}`;
}

/** The name that such a text is of. */
export function cellName(text: string): CellName {
  const at = text.indexOf(" ");
  const kind = text.slice(0, at) as Kind;
  const key = JSON.parse(text.slice(at + 1)) as (string | number)[];
  return [kind, ...(kind === "link" ? [key[0], BigInt(key[1] as string)] : key)] as unknown as CellName;
}

/** What is in a cell, as a text; undefined where there is nothing. */
export function valueText<kind extends Kind>(kind: kind, value: Cells[kind]["value"] | undefined): string | undefined {
  if (value === undefined) return undefined;
  const { toValues } = layouts[kind] as Layout<kind>;
  return JSON.stringify(toValues(value).map((part) => (part instanceof Uint8Array ? hexOf(part) : part)));
}

/** What was in a cell, of its text. */
export function cellValue<kind extends Kind>(kind: kind, text: string): Cells[kind]["value"] {
  const { columns, fromRow } = layouts[kind] as Layout<kind>;
  return fromRow(rowOf(columns, JSON.parse(text) as (string | number | null)[]));
}

function rowOf(columns: Columns, parts: readonly (string | number | null)[]): Row {
  const entries = Object.entries(columns).map(([name, type], place): [string, Value] => {
    const part = parts[place] ?? null;
    return [name, type === "bytea" && part !== null ? bytesOfHex(part as Hex) : part];
  });
  return Object.fromEntries(entries);
}
