// The page says for each line which test shows it, and its versions and numbers are those of what was run.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { Interface } from "ethers";
import { artifacts } from "hardhat";

const read = (file: string) => readFileSync(path.join(import.meta.dirname, "../..", file), "utf8");
const text = read("docs/erc8004.md");

/** The rows of the tables below a heading, as cells. */
function rowsOf(section: string): string[][] {
  const lines = section.split("\n").filter((line) => line.startsWith("| "));
  return lines.map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "").trim()));
}

const sections = text.split("\n## ").map((section) => section.split("\n")[0] ?? "");
const sectionOf = (title: string) => text.split("\n## ").find((section) => section.startsWith(title)) ?? "";

describe("docs/erc8004.md", () => {
  for (const title of sections.slice(1)) {
    const rows = rowsOf(sectionOf(title)).filter((cells) => cells.at(-1) !== "shown by");
    if (rows.length === 0 || title === "Errors") continue;
    it(`should name a test for each line of ${title.toLowerCase()}`, () => {
      for (const cells of rows) expect(cells.at(-1), cells[0]).to.match(/^\[.*\]\(\.\.\/test\/.*\)$/);
    });
  }

  it("should tell the first four bytes of each error", async () => {
    const { abi } = await artifacts.readArtifact("IdentityRegistry");
    const errors = new Interface(abi);
    const rows = rowsOf(sectionOf("Errors")).slice(1);
    expect(rows).to.have.length(11);
    for (const [reference = "", tenure = "", bytes] of rows) {
      const [name = ""] = /\w+(?=\()/.exec(tenure === "the same" ? reference : tenure) ?? [];
      expect(errors.getError(name)?.selector, name).to.equal(bytes?.replaceAll("`", ""));
    }
    for (const [, bytes] of text.matchAll(/`(0x[0-9a-f]{8})`/g)) {
      expect(
        errors.fragments.some((fragment) => "selector" in fragment && fragment.selector === bytes),
        bytes,
      ).to.equal(true);
    }
  });

  it("should tell the versions that the tests run", () => {
    const { devDependencies } = JSON.parse(read("package.json"));
    for (const name of ["agent0-sdk", "@buildersgarden/siwa"]) {
      const [, version] = rowsOf(text).find(([cell]) => cell?.includes(`\`${name}\``)) ?? [];
      expect(version).to.equal(devDependencies[name]);
    }
    expect(text).to.include(`OpenZeppelin ${devDependencies["@openzeppelin/contracts-upgradeable"]}`);
    const [, commit] = /commit\n?`([0-9a-f]{40})`/.exec(read("test/field/vendor/README.md")) ?? [];
    expect(text).to.include(`commit [\`${commit?.slice(0, 7)}\`]`);
  });
});
