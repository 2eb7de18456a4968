import { readFile, writeFile } from "node:fs/promises";
import { type Figure, sections, thousands } from "./figures.ts";

/** The figures of a commit that is past. */
export interface Before {
  commit: string;
  /** How to measure them again. */
  note: string;
  figures: Figure[];
}

/** What a unit of gas is taken to cost. Both are assumptions: see what the chain of your choice asks today. */
const PRICES = [
  { chain: "L2", gwei: 0.01 },
  { chain: "L1", gwei: 1 },
] as const;

const beforeFile = (folder: URL) => new URL("economics/before.json", folder);

export async function readBefore(folder: URL): Promise<Before> {
  return JSON.parse(await readFile(beforeFile(folder), "utf8")) as Before;
}

export async function writeBefore({ commit, figures }: Omit<Before, "note">, folder: URL): Promise<void> {
  const note =
    `Measured with the contracts of ${commit}. To measure again, check out the last commit that changed this file, whose ` +
    `contracts are those of ${commit}, and run TENURE_COMMIT=${commit} npm run bench:economics.`;
  const before: Before = { commit, note, figures };
  await writeFile(beforeFile(folder), `${JSON.stringify(before, undefined, 2)}\n`);
}

const ether = (gas: number, gwei: number) =>
  Number(((gas * gwei) / 1e9).toPrecision(2))
    .toFixed(12)
    .replace(/0+$/, "");

function cells(figure: Figure | undefined): string[] {
  const nothing = PRICES.map(() => "");
  if (figure === undefined) return ["—", ...nothing];
  const { value, unit } = figure;
  if (value === null) return ["not possible", ...nothing];
  if (unit !== "gas") return [`${thousands(value)}${unit === "%" ? " %" : ` ${unit}`}`, ...nothing];
  return [thousands(value), ...PRICES.map(({ gwei }) => ether(value, gwei))];
}

/** The figures of then and now, side by side. */
export function economicsMarkdown(before: Before, figures: readonly Figure[]): string {
  const header = ["", "before", ...PRICES.map(({ chain }) => `ETH, ${chain}`), "after"];
  const columns = [...header, ...PRICES.map(({ chain }) => `ETH, ${chain}`)];
  return Object.entries(sections)
    .flatMap(([section, { title, text }]) => {
      const [then, now] = [before.figures, figures].map((all) => all.filter((figure) => figure.section === section));
      const gone = (then ?? []).filter(({ id }) => !now?.some((figure) => figure.id === id));
      const notes: string[] = [];
      const rows = [...(now ?? []), ...gone].map((figure) => {
        const old = then?.find(({ id }) => id === figure.id);
        const current = now?.find(({ id }) => id === figure.id);
        return [figure.what + noteOf(notes, old, current), ...cells(old), ...cells(current)];
      });
      return ["", `## ${title}`, "", text, "", table(columns, rows), ...(notes.length > 0 ? ["", ...notes] : [])];
    })
    .join("\n");
}

/** Adds what is to be said about a figure, and answers its mark. */
function noteOf(notes: string[], old: Figure | undefined, current: Figure | undefined): string {
  const said =
    old?.how === current?.how
      ? [current?.how]
      : [old?.how && `before: ${old.how}`, current?.how && (old?.how ? `after: ${current.how}` : current.how)];
  const words = said.filter((part) => part !== undefined).join("; ");
  if (words === "") return "";
  notes.push(`${notes.length + 1}. ${words}.`);
  return ` [${notes.length}]`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(3, ...all.map((row) => row[column]?.length ?? 0)));
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  const line = (row: readonly string[]) => `| ${row.map(pad).join(" | ")} |`;
  const rule = `| ${widths.map((width, column) => `${"-".repeat(width - 1)}${column === 0 ? "-" : ":"}`).join(" | ")} |`;
  return [line(header), rule, ...rows.map(line)].join("\n");
}

/** Writes the committed table, and the same figures as JSON. */
export async function writeEconomics(before: Before, figures: readonly Figure[], folder: URL): Promise<void> {
  const [l2, l1] = PRICES;
  const text = [
    "# Economics",
    "",
    "What attacks cost, written by `npm run bench:economics`: gas of whole transactions on Hardhat's simulated L1 with the",
    `production parameters, and what that is in ETH at ${l2.gwei} gwei (${l2.chain}) and ${l1.gwei} gwei (${l1.chain}), which are assumptions; the fee`,
    "that an L2 asks for data comes on top. *Before* is commit",
    `\`${before.commit}\` ([before.json](economics/before.json), which says how to measure it again), *after* is this commit`,
    "([economics.json](economics.json)). Requirements are read from the guides and the example contract; each attack is",
    "run, and one that is *not possible* was tried and failed. —: not measured.",
    economicsMarkdown(before, figures),
  ].join("\n");
  await writeFile(new URL("economics.md", folder), `${text.trimEnd()}\n`);
  await writeFile(new URL("economics.json", folder), `${JSON.stringify(figures, undefined, 2)}\n`);
}
