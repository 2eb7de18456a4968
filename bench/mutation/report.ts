import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { mutantsOf } from "./mutants.ts";
import type { Result } from "./run.ts";
import { subjects } from "./targets.ts";

const read = (name: string) => {
  const file = path.join(import.meta.dirname, name);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};

const results = read("results.jsonl")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Result);

/** Why a mutant behaves like the original, by where and what it changes. */
const reasons = JSON.parse(read("equivalent.json") || "{}") as Record<string, string>;
const nameOf = ({ file, line, column, from, to }: Result) =>
  `${file.replace("contracts/", "")}:${line}:${column} ${from} → ${to}`;
const reasonFor = (result: Result): string | undefined =>
  reasons[`${result.file}:${result.line}:${result.column}|${result.from}|${result.to}`];

const rows = subjects.map(({ file }) => {
  const tried = results.filter((result) => result.file === file);
  const count = (fate: Result["fate"]) => tried.filter((result) => result.fate === fate).length;
  const survived = tried.filter((result) => result.fate === "survived");
  const explained = survived.filter((result) => reasonFor(result) !== undefined).length;
  const cells = [mutantsOf(file).length, tried.length, count("invalid"), count("same"), count("killed")];
  return { file, cells: [...cells, explained, survived.length - explained] };
});
const totals = rows.reduce((sum, { cells }) => cells.map((cell, i) => cell + (sum[i] ?? 0)), [] as number[]);
const line = (cells: (string | number)[]) => `| ${cells.join(" | ")} |`;
const survivors = results.filter(({ fate }) => fate === "survived");
const list = survivors.map((result) => `- \`${nameOf(result)}\`: ${reasonFor(result) ?? "**not explained**"}`);

const text = [
  read("introduction.md").trimEnd(),
  "",
  line(["File", "Mutants", "Tried", "Do not compile", "Same bytecode", "Killed", "Survived, equivalent", "Survived"]),
  line(["---", ...Array<string>(7).fill("---:")]),
  ...rows.map(({ file, cells }) => line([file.replace("contracts/", ""), ...cells])),
  line(["**all**", ...totals]),
  "",
  "## Survivors",
  "",
  ...(list.length > 0 ? list : ["None."]),
  "",
].join("\n");
writeFileSync(path.join(import.meta.dirname, "report.md"), text);
console.log(text);
