import { expect } from "chai";
import { gasBeside } from "./crowd.ts";

/** TENURE_CROWD=10000 takes a minute. */
const SIZE = Number(process.env.TENURE_CROWD ?? "1000");

describe("the cost of an action", function () {
  this.timeout(0);

  it(`should be the same to the unit beside 2 others and beside ${SIZE}`, async () => {
    const beside2 = await gasBeside(2);
    expect(Object.keys(beside2)).to.have.length.greaterThan(35);
    expect(await gasBeside(SIZE)).to.deep.equal(beside2);
  });
});
