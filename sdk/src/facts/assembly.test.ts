import { expect } from "chai";
import { assemble } from "./assembly.ts";

describe("assemble", () => {
  it("should push numbers in as few bytes as they need, and bytes as they are", () => {
    expect(assemble("0 1 255 256 0x0001 0x00000000000000000000000000000000000000aa")).to.equal(
      "0x6000600160ff6101006100017300000000000000000000000000000000000000aa",
    );
  });

  it("should know where places are, and where what is appended begins", () => {
    expect(assemble("1 @later JUMPI first: 0 0 REVERT later: @first @end GT")).to.equal(
      "0x600161000c575b60006000fd5b61000661001411",
    );
  });

  it("should refuse what is no word", () => {
    expect(() => assemble("1 2 PLUS")).to.throw("PLUS");
    expect(() => assemble("@nowhere JUMPI")).to.throw("nowhere");
  });
});
