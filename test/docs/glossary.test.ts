// The glossary can be searched by eye, says where each word is defined, and every guide links it.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";

const docs = path.join(import.meta.dirname, "../../docs");
const read = (file: string) => readFileSync(path.join(docs, file), "utf8");

const guides = readdirSync(docs).filter((file) => file.endsWith(".md") && file !== "glossary.md");

/** A reader who does not know a word has not read far yet. */
const NEAR_THE_TOP = 12;

describe("docs/glossary.md", () => {
  const [, ...entries] = read("glossary.md").split(/^## /m);
  const words = entries.map((entry) => entry.split("\n")[0] ?? "");

  it("should be in alphabetical order, with each word once", () => {
    expect(words).to.deep.equal([...new Set(words)].sort());
    expect(words).to.not.have.length(0);
  });

  it("should define each word in one or two sentences, and say where it is defined", () => {
    for (const entry of entries) {
      const [word, definition = "", source = "", ...more] = entry.trim().split("\n\n");
      expect(more, word).to.deep.equal([]);
      expect(definition.match(/[.?!](?=\s|$)/g)?.length, word).to.be.within(1, 2);
      expect(source, word).to.match(/^Defined in: [\s\S]*\]\([^)]+\)[\s\S]*\.$/);
    }
  });

  for (const guide of guides) {
    it(`should be linked once, near the top, by ${guide}`, () => {
      const lines = read(guide).split("\n");
      const links = lines.flatMap((line, index) => (line.includes("](glossary.md") ? [index + 1] : []));
      expect(links).to.have.length(1);
      expect(links[0]).to.be.at.most(NEAR_THE_TOP);
    });
  }
});
