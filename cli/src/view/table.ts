import { colors } from "./colors.ts";
import { clip, plain } from "./text.ts";
import { outputWidth } from "./width.ts";
import { columnsOf, cut } from "./wrap.ts";

/** One column. The one that is `flexible` is cut where the terminal ends, before any other. */
export type Column = { title: string; align?: "left" | "right"; isFlexible?: boolean };

const MARGIN = "  ";
const GAP = "  ";

/** What is cut keeps so many columns, to be told apart by. */
const LEAST = 4;

/** What of a cell the table is given: measuring goes character by character, and a stranger may have written very many. */
export function drawable(cell: string): string {
  return clip(plain(cell), outputWidth());
}

/** A plain table: a head, rows, and no more lines than the eye needs. Never wider than the terminal. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(drawable));
  const natural = columns.map(({ title }, column) =>
    cells.reduce((most, row) => Math.max(most, columnsOf(row[column] ?? "")), columnsOf(title)),
  );
  const widths = fit(columns, natural);
  const draw = (row: readonly string[], color: (text: string) => string) =>
    `${MARGIN}${columns.map((column, index) => color(pad(row[index] ?? "", widths[index] ?? 0, column))).join(GAP)}`;
  const head = columns.map(({ title }) => title);
  return [draw(head, colors().dim), ...cells.map((row) => draw(row, String))].map((line) => line.trimEnd()).join("\n");
}

/** As wide as they want to be, unless that is too much: then the flexible column gives way, and after it the widest. */
function fit(columns: readonly Column[], natural: readonly number[]): number[] {
  const widths = [...natural];
  const taken = widths.reduce((sum, width) => sum + width + GAP.length, MARGIN.length - GAP.length);
  let excess = taken - outputWidth();
  const flexible = columns.findIndex(({ isFlexible }) => isFlexible);
  while (excess > 0) {
    const most = Math.max(...widths);
    const column = (widths[flexible] ?? 0) > LEAST ? flexible : widths.indexOf(most);
    if ((widths[column] ?? 0) <= LEAST) break;
    widths[column] = (widths[column] ?? 0) - 1;
    excess--;
  }
  return widths;
}

function pad(cell: string, width: number, { align }: Column): string {
  const text = cut(cell, width);
  const room = " ".repeat(Math.max(0, width - columnsOf(text)));
  return align === "right" ? `${room}${text}` : `${text}${room}`;
}
