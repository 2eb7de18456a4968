import { expect } from "chai";
import { Recent } from "./recent.ts";

describe("what was kept lately", () => {
  it("should be bounded, and keep what is asked for", () => {
    const recent = new Recent<number, string>(10);
    recent.set(-1, "used");
    for (let index = 0; index < 1_000; index++) {
      recent.set(index, "once");
      expect(recent.get(-1), `after ${index}`).to.equal("used");
    }
    const kept = Array.from({ length: 1_000 }, (_, index) => recent.get(index)).filter((value) => value !== undefined);
    expect(kept.length).to.be.at.least(3).and.at.most(10);
  });

  it("should give the newest value", () => {
    const recent = new Recent<string, number>(2);
    recent.set("a", 1);
    recent.set("b", 2);
    recent.set("a", 3);
    expect([recent.get("a"), recent.get("b")]).to.deep.equal([3, 2]);
  });
});
