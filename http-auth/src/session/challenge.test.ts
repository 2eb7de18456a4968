import { expect } from "chai";
import fc from "fast-check";
import { readChallenges } from "./challenge.ts";

describe("the challenges of a server", () => {
  it("should be read with their parameters, several in one field", () => {
    const field =
      'Basic realm="a, b", , ERC8128 error="x\\"y", chains = "eip155:1" ,a=b,Negotiate, Bearer AAAA==, Digest q=1';
    expect(readChallenges(field)).to.deep.equal([
      { scheme: "basic", parameters: [{ name: "realm", value: "a, b", isQuoted: true }] },
      {
        scheme: "erc8128",
        parameters: [
          { name: "error", value: 'x"y', isQuoted: true },
          { name: "chains", value: "eip155:1", isQuoted: true },
          { name: "a", value: "b", isQuoted: false },
        ],
      },
      { scheme: "negotiate", parameters: [] },
      { scheme: "bearer", parameters: [] },
      { scheme: "digest", parameters: [{ name: "q", value: "1", isQuoted: false }] },
    ]);
  });

  it("should be none where they cannot be read", () => {
    for (const field of [
      "",
      ",",
      '"',
      "=",
      "a=b=c",
      'ERC8128 a="b',
      "ERC8128 a=",
      "ERC8128 a=b c=d",
      "x".repeat(16_385),
    ]) {
      const parameters = readChallenges(field).flatMap((challenge) => challenge.parameters);
      expect(parameters, field.slice(0, 40)).to.deep.equal([]);
    }
  });

  it("should end, whatever the field is", () => {
    const anything = fc.property(fc.string({ unit: "binary", maxLength: 200 }), (field) => {
      expect(readChallenges(field)).to.be.an("array");
    });
    fc.assert(anything, { numRuns: 2_000 });
    for (const part of [" ", ",", "a", "a=", '"', "a ", "=", 'a="\\']) readChallenges(part.repeat(8_000 / part.length));
  });
});
