// The committed report is of the contracts and of the mistakes that there are now, and so are the numbers in the docs.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { ROOT } from "./compiler.ts";
import { factsOf, keyOfGeneric, mutantsOf } from "./mutants.ts";
import { originOf, rowHead } from "./origin.ts";
import { keyOfSlip, semanticMutants } from "./semantic.ts";
import { subjects } from "./targets.ts";

const read = (file: string) => readFileSync(path.join(ROOT, file), "utf8");
const grouped = (number: number) => number.toLocaleString("en-US");

describe("the report of the mutation tests", function () {
  // Each contract is parsed, by a compiler that is started for it.
  this.timeout(300_000);
  const report = read("verification/mutation/report.md");
  const security = read("docs/security.md").replace(/\s+/g, " ");

  it("should be of the contracts as they are: otherwise run npm run mutate and npm run mutate:report", () => {
    for (const { file } of subjects) expect(report).to.include(`\n${rowHead(file, read(file))}`);
  });

  it("should be of the mistakes by operators that there are", () => {
    const all = subjects.flatMap(({ file }) => mutantsOf(file).map(factsOf));
    expect(report).to.include(`\n${originOf(all.map(keyOfGeneric))}\n`);
    expect(report).to.include(`\n| **all** |  | ${all.length} |`);
    expect(security).to.include(`${grouped(all.length)} small mistakes by operators`);
  });

  it("should be of the mistakes against the rules that there are", () => {
    const all = semanticMutants().map(({ facts }) => facts);
    expect(report).to.include(`\n${all.length} mistakes, `);
    expect(report).to.include(originOf(all.map(keyOfSlip)));
    for (const { rule } of all) expect(report).to.include(`\n| ${rule.replaceAll("|", "\\|")} |`);
    expect(security).to.include(`and ${grouped(all.length)} against one rule each`);
  });

  it("should be of mistakes that were all tried, and noticed or explained", () => {
    const [, rules, tried, noticed] = report.match(/^(\d+) mistakes, (\d+) tried, (\d+) noticed\./m) ?? [];
    expect([tried, noticed]).to.deep.equal([rules, rules]);
    const [, , mutants, triedToo, ...fates] = (report.match(/^\| \*\*all\*\* .*$/m)?.[0] ?? "").split("|").slice(1, -1);
    expect(triedToo).to.equal(mutants);
    expect(Number(fates.at(-1)), "not explained").to.equal(0);
  });
});
