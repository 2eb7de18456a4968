import { readFile, writeFile } from "node:fs/promises";
import { HONEST_SEED } from "./network.ts";
import { OTC_GOALS, type OtcRow } from "./otc.ts";
import type { SlanderRow } from "./slander.ts";
import { SPEED_SEED, type Speed } from "./speed.ts";
import { ATTACK_EDGES, type RivalRow, SYBIL_SEED, type SybilRow } from "./sybils.ts";

/** What one network, with sybils set on it, shows. */
export interface NetworkFigures {
  sybils: SybilRow[];
  rivals: RivalRow[];
  slander: SlanderRow[];
}

/** Everything that is measured. */
export interface Figures {
  seeds: Record<string, number>;
  otc?: { files: Record<string, string>; rows: OtcRow[] };
  networks: Record<string, NetworkFigures>;
  speed: Speed[];
}

export const seeds = { honest: HONEST_SEED, sybils: SYBIL_SEED, speed: SPEED_SEED };

const file = (folder: URL, ending: string) => new URL(`trust.${ending}`, folder);

/** What is committed. */
export async function knownFigures(folder: URL): Promise<Figures | undefined> {
  const text = await readFile(file(folder, "json"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Figures);
}

/** Without the times and the memory of one machine, which alone never change the committed files. */
function lasting({ speed, ...rest }: Figures): string {
  const sizes = speed.map(({ identities, edges, arrays, isWithinBound }) => ({
    identities,
    edges,
    arrays,
    isWithinBound,
  }));
  return JSON.stringify({ ...rest, sizes });
}

export async function writeTrust(figures: Figures, known: Figures | undefined, isTimed: boolean, folder: URL) {
  if (!isTimed && known !== undefined && lasting(known) === lasting(figures)) return;
  await writeFile(file(folder, "json"), `${JSON.stringify(figures, undefined, 2)}\n`);
  await writeFile(file(folder, "md"), trustMarkdown(figures));
}

function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [header, ...rows.map((row) => row.map((cell) => (typeof cell === "number" ? thousands(cell) : cell)))];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0), 3));
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  const line = (row: readonly string[]) => `| ${row.map(pad).join(" | ")} |`;
  const rule = `| ${widths.map((width, column) => `${"-".repeat(width - 1)}${column === 0 ? "-" : ":"}`).join(" | ")} |`;
  const [first = [], ...others] = cells;
  return [line(first), rule, ...others.map(line)].join("\n");
}

const thousands = (value: number) => value.toLocaleString("en-US");

export function trustMarkdown({ otc, networks, speed }: Figures): string {
  const text = [
    "# Trust",
    "",
    "Written by `npm run bench`, and by `npm run bench:trust -- --large` for the largest graph. All digits but times and peak",
    "memory are the same on every machine; seeds are in [trust.json](trust.json).",
  ];
  if (otc !== undefined) {
    text.push(
      "",
      "## Fraud on Bitcoin OTC",
      "",
      "35,000 ratings of a real market, with 36 judges as anchors, and 280 identities whom they labelled: 180 frauds. The",
      "judges' own ratings of the labelled are not in the input. AUC: how often a fraud ranks below a benign one; AP: average",
      `precision for frauds. Goals: ${OTC_GOALS.auc} and ${OTC_GOALS.ap}. Run with the folder of the three files in`,
      "`TENURE_BITCOIN_OTC`; the data set is soc-sign-bitcoin-otc of SNAP, states no licence and is not part of this",
      "repository (S. Kumar, F. Spezzano, V. S. Subrahmanian, C. Faloutsos, *Edge weight prediction in weighted signed",
      "networks*, ICDM 2016). Without it this table is left as it is.",
      "",
      table(
        ["method", "AUC", "AP"],
        otc.rows.map(({ method, auc, ap }) => [method, auc, ap]),
      ),
    );
  }
  for (const [name, { sybils, rivals, slander }] of Object.entries(networks)) {
    text.push(
      "",
      `## Sybils in the network ${name}`,
      "",
      `${ATTACK_EDGES} honest identities are fooled: each vouches for a sybil, as strongly as anybody here vouches. Sybils are as`,
      "old as anybody. They vouch for each other: at random (mesh), all for one (boost), one for all (fan), or each for the next",
      "(ring). *Bound* is `(1 - alpha) / alpha` times what flows over the attack edges; a run in which more is stolen fails.",
      "*Above median*: sybils that score more than half of the honest who are not anchors. *Best*: place of the best sybil",
      "among all.",
      "",
      table(
        ["fooled", "shape", "sybils", "stolen %", "bound %", "above median", "best", "of"],
        sybils.map((row) => [
          row.fooled,
          row.shape,
          row.sybils,
          row.stolen,
          row.bound,
          row.aboveMedian,
          row.bestRank,
          row.of,
        ]),
      ),
      "",
      "Share of all reputation that 10,000 sybils in a mesh have, where the fooled are among the most trusted:",
      "",
      table(
        ["method", "share %"],
        rivals.map(({ method, share }) => [method, share]),
      ),
      "",
      "Slander: the sybils of a mesh, where the fooled are among the most trusted, all warn about 20 honest identities as hard as",
      "they can. Median percentile of the victims among the honest, before and after:",
      "",
      table(
        ["sybils", "lambda", "before", "after", "distrusted"],
        slander.map((row) => [
          thousands(row.sybils),
          String(row.lambda),
          row.before,
          row.after,
          `${row.distrusted} of ${row.victims}`,
        ]),
      ),
    );
  }
  text.push(
    "",
    "## Speed",
    "",
    "One thread; times and peak memory are those of the machine and the run that wrote this, and never fail a run. *Arrays* are",
    "those of the graph and one vector. A *change* is one vouch made or replaced, with the trust brought up to date to a tenth",
    "of kappa: the mean of 2,000, and the slowest but for one in a hundred.",
    "",
    table(
      ["identities", "edges", "build s", "solve s", "arrays MB", "peak MB", "change ms", "slow ms"],
      speed.map((row) => [
        thousands(row.identities),
        thousands(row.edges),
        row.build.toFixed(2),
        row.solve.toFixed(2),
        row.arrays,
        row.peak.toFixed(0),
        row.mean.toFixed(2),
        row.slow.toFixed(1),
      ]),
    ),
    "",
  );
  return text.join("\n");
}
