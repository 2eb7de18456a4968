// What the runner lists by hand, held against the syntax trees of the contracts.
import { expect } from "chai";
import { TWINS } from "./operators.ts";
import { declaredNames, enums, filesWithCode } from "./syntax.ts";
import { subjects } from "./targets.ts";

describe("the lists of the mutation tests", function () {
  this.timeout(60_000);

  it("should have every file with code in it, once", () => {
    expect(subjects.map(({ file }) => file).sort()).to.deep.equal(filesWithCode().sort());
  });

  it("should swap names that the contracts have", () => {
    const names = declaredNames();
    expect(TWINS.flat().filter((name) => !names.has(name))).to.deep.equal([]);
  });

  it("should know the members of an enum as they are declared", () => {
    expect(enums().get("OwnerKind")).to.deep.equal(["None", "Key", "Unproven"]);
  });
});
