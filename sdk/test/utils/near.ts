import { expect } from "chai";

/** That two numbers are as near as asked. The `closeTo` of Hardhat's matchers takes whole numbers only. */
export function expectNear(actual: number, expected: number, most: number): void {
  const difference = Math.abs(actual - expected);
  expect(difference <= most, `${actual} is not within ${most} of ${expected}`).to.equal(true);
}
