import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import { prepareStatement } from "./statement.ts";

describe("a prepared statement", () => {
  const file = new DatabaseSync(":memory:");
  after(() => file.close());

  for (const [what, text, expected] of [
    ["in order", "select $1 as a, $2 as b", { a: 7, b: 8 }],
    ["in another order", "select $2 as a, $1 as b", { a: 8, b: 7 }],
    ["again", "select ?1 as a, ?2 as b, ?1 as c", { a: 7, b: 8, c: 7 }],
  ] as const) {
    it(`should take values by their numbers: ${what}`, () => {
      const statement = prepareStatement(file, text);
      expect({ ...(statement.get([7, 8]) as object) }).to.deep.equal(expected);
      expect(statement.all([7, 8])).to.have.length(1);
    });
  }

  it("should leave no number in a text, which earlier versions of Node take for a name", () => {
    const texts: string[] = [];
    const spied = { prepare: (text: string) => file.prepare(texts[texts.push(text) - 1] ?? "") } as DatabaseSync;
    prepareStatement(spied, "select $1, ?2, $10").all([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(texts).to.deep.equal(["select ?, ?, ?"]);
  });
});
