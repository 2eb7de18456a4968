import { writeFile } from "node:fs/promises";
import type { Measurement } from "./measurement.ts";

const NOTES = [
  "A tenth of the whole transaction, so a tenth of its 21,000 is in it: the floor is that of the price list for exactly this transaction. The design's figures (floor 34k, goal 36k) leave that share out and lie below what the chain charges; what is above the floor is mostly each item's copy, call and dispatch.",
  "The design's floor (one word, one call) leaves out the identity's record, whose key epoch says whether the support was given to the present key: 2,100 more. The goal is the design's margin, 6,000 / 4,700, over the floor with it. Where a subject was ever warned about, the ring of warnings is one more word.",
  "The design would like 1.10 times the facts for vouch and revoke, and 1.15 for ten vouches in one transaction, and is not met. Of what a vouch costs beyond its facts, 2,600 are the second contract (one would be beyond EIP-170's limit), 960 the zeros of arguments that Solidity's ABI pads to words, 768 the empty topic and evidence of its event (two events a vouch would be the price of leaving them out), and the rest, 3,660, computation: 1,600 of it moves on the stack, 1,200 jumps and arithmetic, 250 hashes; the identities' own contract takes 580. The goal would leave 1,570. Assembly in the two calls to the identities and in divisions would save 300 more (1.128), and is not worth its risk. The goals in this column only hold what is reached.",
] as const;

const number = (value: number) => value.toLocaleString("en-US");
const ratio = ({ gas, floor }: Measurement) => (floor === undefined ? undefined : gas / floor);
const factsRatio = ({ gas, facts }: Measurement) => (facts === undefined ? undefined : gas / facts);
const atMost = (goal: number | undefined) => (goal === undefined ? "" : `≤ ${goal.toFixed(2)}`);

/** A goal that is not reached: of the floor, or of the facts. */
export interface Miss {
  operation: string;
  gas: number;
  ratio: number;
  goal: number;
}

/** The operations that cost more than their goals allow. */
export function missedGoals(rows: readonly Measurement[]): Miss[] {
  return rows.flatMap((row) => {
    const { operation, gas, goal, factsGoal } = row;
    const pairs = [
      [ratio(row), goal],
      [factsRatio(row), factsGoal],
    ] as const;
    return pairs.flatMap(([value, most]) =>
      value !== undefined && most !== undefined && value > most ? [{ operation, gas, ratio: value, goal: most }] : [],
    );
  });
}

/** The measurements as a Markdown table with its notes. */
export function markdown(rows: readonly Measurement[]): string {
  const header = [
    "operation",
    "gas",
    "fresh words",
    "floor",
    "ratio",
    "goal",
    "facts",
    "ratio",
    "goal",
    "calldata",
    "peers",
  ];
  const cells = rows.map((row) => [
    row.note === undefined ? row.operation : `${row.operation} [${row.note}]`,
    number(row.gas),
    String(row.freshWords),
    row.floor === undefined ? "" : number(row.floor),
    ratio(row)?.toFixed(3) ?? "",
    atMost(row.goal),
    row.facts === undefined ? "" : number(row.facts),
    factsRatio(row)?.toFixed(3) ?? "",
    atMost(row.factsGoal),
    row.calldata === undefined ? "" : number(row.calldata),
    row.peer ?? "",
  ]);
  const widths = header.map((title, column) =>
    Math.max(title.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const isNumber = (column: number) => column > 0 && column < header.length - 1;
  const pad = (cell: string, column: number) =>
    isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  const line = (values: readonly string[]) => `| ${values.map(pad).join(" | ")} |`;
  const rule = `| ${widths.map((width, column) => "-".repeat(width - 1) + (isNumber(column) ? ":" : "-")).join(" | ")} |`;
  return [line(header), rule, ...cells.map(line), "", ...NOTES.map((note, index) => `[${index + 1}] ${note}`)].join(
    "\n",
  );
}

/** Writes the committed table and the same figures as JSON. */
export async function writeReport(rows: readonly Measurement[], folder: URL): Promise<void> {
  const text = [
    "# Gas",
    "",
    "Written by `npm run bench`; gas is exact, so a change of any figure is a change of the contracts. Whole transactions",
    "on Hardhat's simulated L1 with the production parameters. *Floor*: what the EVM's price list charges for the words,",
    "calls and logs that the operation cannot do without. *Facts*: what it charges for what is said, whatever the design:",
    "arguments as wide as they are stored, no second contract, no empty field in a log. *Peers*: the same kind of",
    "operation elsewhere, measured in the same way. *Calldata*: bytes of a signed transaction, or of its share in a batch,",
    "which a rollup charges for. *Fresh words* is the figure that ages well: a draft price list (EIP-8037) charges about",
    "110,000 for one.",
    "",
    markdown(rows),
    "",
  ].join("\n");
  await writeFile(new URL("gas.md", folder), text);
  await writeFile(new URL("gas.json", folder), `${JSON.stringify(rows, undefined, 2)}\n`);
}
