import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./compiler.ts";
import type { Verdict } from "./judge.ts";
import { factsOf, type GenericFacts, keyOfGeneric, mutantsOf } from "./mutants.ts";
import { originOf, rowHead, short } from "./origin.ts";
import { type Result, Results } from "./results.ts";
import { keyOfSlip, type SlipFacts, semanticMutants } from "./semantic.ts";
import { subjects } from "./targets.ts";

const read = (name: string) => {
  const file = path.join(import.meta.dirname, name);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};

const line = (cells: (string | number)[]) =>
  `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;

/** What was found out about what is there now, and not about another text of a contract. */
function current<Facts extends object>(name: string, keyOf: (facts: Facts) => string, all: Facts[]): Result<Facts>[] {
  const wanted = new Set(all.map(keyOf));
  return new Results<Facts>(name, keyOf).read().filter((result) => wanted.has(keyOf(result)));
}

const numberOf = (results: Verdict[], fate: Verdict["fate"]) => results.filter((result) => result.fate === fate).length;

/** The test that noticed, without what it said: titles have colons too. */
const testOf = ({ by = "" }: Verdict) => {
  const title = by
    .replace(/^test: /, "")
    .replace(/: (?:expected|Expected|VM Exception|Error|Timeout|Transaction).*$/s, "");
  return title.length < by.length - "test: ".length ? title : title.replace(/: .*$/s, "");
};

function semanticReport(): string[] {
  const all = semanticMutants().map(({ facts }) => facts);
  const results = current<SlipFacts>("semantic.jsonl", keyOfSlip, all);
  const verdicts = new Map(results.map((result) => [keyOfSlip(result), result]));
  const files = [...new Set(all.map(({ file }) => file))];
  const killed = numberOf(results, "killed");
  return [
    "## Against the rules",
    "",
    `${all.length} mistakes, ${results.length} tried, ${killed} noticed. ${originOf(all.map(keyOfSlip))}`,
    ...files.flatMap((file) => [
      "",
      `### ${short(file)}`,
      "",
      line(["Rule", "First noticed by"]),
      line(["---", "---"]),
      ...all
        .filter((facts) => facts.file === file)
        .map((facts) => {
          const verdict = verdicts.get(keyOfSlip(facts));
          if (verdict === undefined) return line([facts.rule, "**not tried**"]);
          return line([facts.rule, verdict.fate === "killed" ? testOf(verdict) : `**${verdict.fate}**`]);
        }),
    ]),
  ];
}

function genericReport(): string[] {
  const all = subjects.flatMap(({ file }) => mutantsOf(file).map(factsOf));
  const results = current<GenericFacts>("results.jsonl", keyOfGeneric, all);
  /** Why a mutant behaves like the original, by where and what it changes. */
  const reasons = JSON.parse(read("equivalent.json") || "{}") as Record<string, string>;
  const reasonFor = ({ file, line, column, from, to }: GenericFacts) =>
    reasons[`${file}:${line}:${column}|${from}|${to}`];
  const survivors = results.filter(({ fate }) => fate === "survived");
  const rows = subjects.map(({ file }) => {
    const of = <Facts extends { file: string }>(facts: Facts[]) => facts.filter((each) => each.file === file);
    const tried = of(results);
    const explained = of(survivors).filter((result) => reasonFor(result) !== undefined).length;
    const fates = (["invalid", "same", "killed"] as const).map((fate) => numberOf(tried, fate));
    return { file, cells: [of(all).length, tried.length, ...fates, explained, of(survivors).length - explained] };
  });
  const totals = rows.reduce((sum, { cells }) => cells.map((cell, i) => cell + (sum[i] ?? 0)), [] as number[]);
  const list = survivors.map((result) => {
    const { file, line, column, from, to } = result;
    return `- \`${short(file)}:${line}:${column} ${from} → ${to}\`: ${reasonFor(result) ?? "**not explained**"}`;
  });
  return [
    "## By operators",
    "",
    originOf(all.map(keyOfGeneric)),
    "",
    line([
      "File",
      "Text",
      "Mutants",
      "Tried",
      "Do not compile",
      "Same bytecode",
      "Killed",
      "Survived, equivalent",
      "Survived",
    ]),
    line(["---", "---", ...Array<string>(7).fill("---:")]),
    ...rows.map(({ file, cells }) => {
      return rowHead(file, readFileSync(path.join(ROOT, file), "utf8")) + line(cells).slice(1);
    }),
    line(["**all**", "", ...totals]),
    "",
    "### Survivors",
    "",
    ...(list.length > 0 ? list.sort() : ["None."]),
  ];
}

/** They are many and of one machine, so that they are not in the repository: without them there is nothing to report. */
if (read("semantic.jsonl") === "" && read("results.jsonl") === "") {
  throw new Error(
    "No results are here: neither verification/mutation/semantic.jsonl nor results.jsonl. The committed report.md stays as it is; `npm run mutate` makes new results.",
  );
}

const text = [read("introduction.md").trimEnd(), "", ...semanticReport(), "", ...genericReport(), ""].join("\n");
writeFileSync(path.join(import.meta.dirname, "report.md"), text);
console.log(text);
