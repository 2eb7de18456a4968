// The threat model says for each line which test shows it, and its numbers are those of the code.
import { readFileSync } from "node:fs";
import path from "node:path";
import { productionParameters } from "@tenure/sdk";
import { expect } from "chai";

const read = (file: string) => readFileSync(path.join(import.meta.dirname, "../..", file), "utf8");

const text = read("docs/security.md");
const prose = text.replace(/\s+/g, " ");
const SHOWN = /\]\(\.\.\/(?:test\/|verification\/model\/|(?:sdk|cli)\/[\w/]+\.test\.ts)|invariant \d/;

/** A constant of a contract or of a test, by its name. */
function constant(file: string, name: string): number {
  const value = new RegExp(`\\b${name} = (\\d+);`).exec(read(file))?.[1];
  if (value === undefined) throw new Error(`no ${name} in ${file}`);
  return Number(value);
}

const grouped = (number: number) => number.toLocaleString("en-US");

describe("docs/security.md", () => {
  const actors = text.slice(text.indexOf("## Who could try"), text.indexOf("### Who deploys"));

  for (const part of actors.split("\n### ").slice(1)) {
    const [title = "", ...lines] = part.split("\n");
    it(`should name a test for each line of ${title.toLowerCase()}`, () => {
      const rows = lines.filter((line) => line.startsWith("| ")).slice(1);
      expect(rows).to.not.have.length(0);
      for (const row of rows) {
        const cells = row.split("|").slice(1, -1);
        expect(cells, row).to.have.length(4);
        expect(cells.at(-1), row).to.match(SHOWN);
      }
    });
  }

  it("should name a test for each thing that remains possible", () => {
    const points = text
      .slice(text.indexOf("## What remains possible"))
      .split(/^\d+\. /m)
      .slice(1);
    expect(points).to.not.have.length(0);
    for (const point of points) expect(point).to.match(SHOWN);
  });

  it("should name invariants that there are", () => {
    const checked = read("test/solidity/invariants/Registries.invariant.t.sol");
    for (const [, number] of text.matchAll(/invariant (\d+)/g)) expect(checked).to.include(`invariant_${number}_`);
    expect(checked.match(/function invariant_/g)).to.have.length(13);
    expect(prose).to.include("The thirteen [invariants]");
  });

  it("should tell the numbers of the code", () => {
    const actorsFile = "test/solidity/invariants/Actors.sol";
    expect(constant(actorsFile, "EOAS") + constant(actorsFile, "ACCOUNTS")).to.equal(60);
    expect(prose).to.include("by sixty actors");

    const capacity = 2 ** constant("contracts/libraries/SubjectRing.sol", "WIDTH") - 2;
    expect(prose).to.include(`holds ${grouped(capacity)} points`);
    expect(prose).to.include(`commands ${grouped(Math.ceil(capacity / productionParameters.cap))} identities`);

    const unrationed = constant("contracts/IdentityRegistry.sol", "UNRATIONED_KEY_EPOCHS");
    expect(prose).to.include(`from the ${unrationed + 1}th on`);

    const years = (seconds: number) => Math.floor(seconds / 31_556_952);
    expect(prose).to.include(`to the year ${grouped(1970 + years(2 ** 40))}`);
    const periods = 2 ** 18;
    const thousands = Math.floor(years(periods * productionParameters.period) / 1_000);
    expect(prose).to.include(`(${thousands},000 years of ${productionParameters.period / 86_400} days;`);
    expect(prose).to.include(`a minute after ${Math.floor((periods * 60) / 86_400)} days)`);
  });

  it("should name the prices that were measured", () => {
    const measured = read("bench/economics.md");
    const section = text.slice(text.indexOf("## Economics"));
    const prices = section.match(/\b\d{1,3}(?:,\d{3})+\b/g) ?? [];
    expect(prices.length).to.be.above(20);
    for (const price of prices.filter((figure) => figure !== "1,000")) expect(measured).to.include(price);

    const [, point = ""] = /^\| a point of support, at least \| (\d+) \|/m.exec(section) ?? [];
    expect(measured).to.match(new RegExp(`minimal proxies in 1,000 days .*\\| +${point} \\|`));
    expect(read("README.md")).to.include(`[${point} gas a point](docs/security.md#economics)`);
  });
});
