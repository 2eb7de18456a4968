import { expect } from "chai";
import { Problem } from "./problem.ts";
import { rateLimit } from "./rateLimit.ts";

describe("rateLimit", () => {
  it("should let a burst through, then so many a second, each sender for themselves", () => {
    let time = 0;
    const take = rateLimit({ perSecond: 2, burst: 3 }, () => time);
    const goes = (sender: string) => {
      try {
        take(sender);
        return true;
      } catch (error) {
        expect(error).to.be.instanceOf(Problem).with.property("status", 429);
        return false;
      }
    };
    expect([1, 2, 3, 4].map(() => goes("a"))).to.deep.equal([true, true, true, false]);
    expect(goes("b")).to.equal(true);
    time = 1_000;
    expect([1, 2, 3].map(() => goes("a"))).to.deep.equal([true, true, false]);
    // A clock that goes back gives nothing.
    time = 0;
    expect(goes("a")).to.equal(false);
  });
});
