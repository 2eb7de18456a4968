// The page about zero trust says for each row which test shows it, by its title.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";

const docs = path.join(import.meta.dirname, "../../docs");
const [page, ...sections] = readFileSync(path.join(docs, "zero-trust.md"), "utf8").split(/^## /m);

/** A test, by its title and where it stands. */
const SHOWN = /"([^"]+)" in \[[^\]]+\]\(([^)]+\.test\.ts)\)/g;

/** The rows of what is not there: nothing shows them. */
const NOTHING = ["continuous diagnostics of devices", "traffic that cannot be looked into (5.4)"];

const rowsOf = (section: string) =>
  section
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(1)
    .map((line) =>
      line
        .split("|")
        .map((cell) => cell.trim())
        .slice(1, -1),
    );

describe("docs/zero-trust.md", () => {
  const tables = sections.filter((section) => rowsOf(section).length > 0);

  it("should have the components, the seven tenets, and the seven threats", () => {
    expect(page).to.include("SP 800-207");
    expect(tables.map((section) => [section.split("\n")[0], rowsOf(section).length])).to.deep.equal([
      ["Components", 8],
      ["The seven tenets", 7],
      ["Threats", 7],
    ]);
  });

  for (const section of tables) {
    for (const [what = "", , shown = ""] of rowsOf(section)) {
      it(`should name tests that there are: ${what}`, () => {
        const named = [...shown.matchAll(SHOWN)];
        if (NOTHING.includes(what)) return expect(shown).to.equal("–");
        expect(shown.replace(SHOWN, "").replace(/[; ]/g, "")).to.equal("");
        expect(named).to.not.have.length(0);
        for (const [, title = "", file = ""] of named) {
          const text = readFileSync(path.join(docs, file), "utf8");
          expect(text.includes(`it("${title}"`), `${title} in ${file}`).to.equal(true);
        }
      });
    }
  }
});
