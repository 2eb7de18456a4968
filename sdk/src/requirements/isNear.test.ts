import { expect } from "chai";
import { isNear } from "./isNear.ts";

describe("isNear", () => {
  it("should know a word with at most one slip", () => {
    for (const slip of ["tenure", "tenur", "tenuree", "tenvre", "tenuer", "enure", "ttenure"]) {
      expect(isNear(slip, "tenure"), slip).to.equal(true);
      expect(isNear("tenure", slip), slip).to.equal(true);
    }
  });

  it("should not take another word for it", () => {
    for (const word of ["tenu", "ten", "", "tenures!", "nurtee", "tnvre", "eurnet"]) {
      expect(isNear(word, "tenure"), word).to.equal(false);
    }
  });
});
