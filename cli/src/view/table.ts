import Table from "cli-table3";
import { colors } from "./colors.ts";
import { clip, plain } from "./text.ts";
import { outputWidth } from "./width.ts";

/** One column. The one that is `flexible` is cut where the terminal ends. */
export type Column = { title: string; align?: "left" | "right"; isFlexible?: boolean };

const MARGIN = 2;
const GAP = 2;

const bare = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"],
  ].map((name) => [name, ""]),
);

/** What of a cell the table is given: it cuts character by character, and a stranger's long text would take it minutes. */
export function drawable(cell: string): string {
  return clip(plain(cell), outputWidth());
}

/** A plain table: a head, rows, and no more lines than the eye needs. Never wider than the terminal. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(drawable));
  const natural = columns.map(({ title }, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const taken = natural.reduce((sum, width) => sum + width + GAP, MARGIN);
  const excess = Math.max(0, taken - outputWidth());
  const grid = new Table({
    head: columns.map(({ title }) => colors.dim(title)),
    colAligns: columns.map(({ align }) => align ?? "left"),
    colWidths: columns.map(
      ({ isFlexible }, column) => Math.max(4, (natural[column] ?? 0) - (isFlexible ? excess : 0)) + GAP,
    ),
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": GAP },
    chars: { ...bare, left: " ".repeat(MARGIN) },
  });
  grid.push(...cells);
  return grid
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
