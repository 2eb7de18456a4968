import { styleText } from "node:util";
import Table from "cli-table3";

/** Which columns are numbers, and therefore end on the right. */
type Alignment = "left" | "right";

/**
 * The command line draws tables as well, for a terminal's width and against what strangers write. No package may import from
 * here, it exports nothing, and the SDK takes no library of tables in: so there are two.
 *
 * A plain table: a head, rows, and no more lines than the eye needs. Colour only where the terminal wants it.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[], align: Alignment[] = []): string {
  const grid = new Table({
    head: head.map((title) => styleText("dim", title)),
    colAligns: head.map((_, column) => align[column] ?? "left"),
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 3 },
    chars: {
      top: "",
      "top-mid": "",
      "top-left": "",
      "top-right": "",
      bottom: "",
      "bottom-mid": "",
      "bottom-left": "",
      "bottom-right": "",
      left: "  ",
      "left-mid": "",
      mid: "",
      "mid-mid": "",
      right: "",
      "right-mid": "",
      middle: "",
    },
  });
  grid.push(...rows.map((row) => [...row]));
  return grid
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
