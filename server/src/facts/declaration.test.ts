import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { factsAsCedarTypes } from "./cedarTypes.ts";
import { factsTable } from "./docsTable.ts";

describe("factDeclaration", () => {
  it("should be what the README's table says", async () => {
    const readme = await readFile(new URL("README.md", import.meta.url), "utf8");
    expect(readme).to.include(`${factsTable()}\n`);
  });

  it("should be a Cedar type for each group, and one of them all", () => {
    const text = factsAsCedarTypes();
    expect(text).to.include('"tenure": Long, // seconds: witnessed: only check-ins add to it');
    expect(text).to.match(/type Facts = \{\n {4}"identity": Identity,/);
    expect(text.match(/^ {2}type /gm)).to.have.length(10);
  });
});
