import { expect } from "chai";
import fc from "fast-check";
import { JsonError, parseJson } from "./parseJson.ts";

const refusal = (text: string, depth = 32) => {
  try {
    return parseJson(text, depth);
  } catch (error) {
    if (error instanceof JsonError) return error.message;
    throw error;
  }
};

describe("parseJson", () => {
  it("should read what JSON.parse reads, for any value in any spacing", () => {
    const values = fc.jsonValue({ maxDepth: 5 }).filter((value) => {
      const text = JSON.stringify(value);
      return !/\\u[dD][89a-fA-F]/.test(text) && !/\d{16}/.test(text) && !text.includes("__proto__");
    });
    fc.assert(
      fc.property(values, fc.constantFrom(undefined, 1, "\t"), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        expect(parseJson(text, 32)).to.deep.equal(JSON.parse(text));
      }),
    );
  });

  it("should refuse a name that comes twice, however it is written", () => {
    for (const text of ['{"a":1,"a":2}', '{"a":1,"b":[{}],"\\u0061":2}', '[{"x":{"":1,"":1}}]', '{"a":"a","a":{}}']) {
      expect(refusal(text), text).to.equal("An object has the same name twice.");
    }
    expect(parseJson('{"a":{"a":["a",{"a":1}]},"b":"a"}', 9)).to.deep.equal({ a: { a: ["a", { a: 1 }] }, b: "a" });
  });

  it("should refuse numbers that would come to be others", () => {
    for (const text of [
      "9007199254740993",
      "[-9007199254740993]",
      '{"a":1e999}',
      "[0,123456789012345678901234567890]",
    ]) {
      expect(refusal(text), text).to.match(/^A number is larger/);
    }
    expect(parseJson("[9007199254740991,-1.5,1e3,0,-0.25E-2]", 2)).to.deep.equal([
      9007199254740991, -1.5, 1000, 0, -0.0025,
    ]);
  });

  it("should refuse halves of characters, and leave what means something to JavaScript alone", () => {
    expect(refusal('"\\ud800"')).to.match(/^A string has half/);
    expect(refusal('{"\\udc00x":1}')).to.match(/^A string has half/);
    const value = parseJson('{"__proto__":{"isAdmin":true},"a":[{"\\u005f_proto__":1,"b":2}],"constructor":1}', 9);
    expect(JSON.stringify(value)).to.equal('{"a":[{"b":2}],"constructor":1}');
    expect(Object.getPrototypeOf(value)).to.equal(Object.prototype);
    expect((value as { isAdmin?: boolean }).isAdmin).to.equal(undefined);
  });

  it("should refuse what lies too deep, and read what does not, however long", () => {
    const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    expect(refusal(nested(33))).to.equal("More than 32 objects and arrays lie in each other.");
    expect(refusal(`${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`)).to.match(/^More than 32/);
    expect(refusal(nested(32))).to.be.an("array");
    expect(refusal(`[${"[],".repeat(50_000)}[]]`)).to.have.length(50_001);
  });

  it("should refuse what is no JSON", () => {
    for (const text of [
      "",
      "{",
      '{"a":1,}',
      "nul",
      "1 2",
      "'a'",
      '"\n"',
      "\u00a0{}",
      "NaN",
      "[1,,2]",
      '{"a" 1}',
      "﻿\u0000",
    ]) {
      expect(refusal(text), text).to.equal("The content is not JSON.");
    }
  });

  it("should refuse or read any text, and throw nothing else", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'{}[]:,"\\u0e-1. a\u0000é')), (parts) => {
        refusal(parts.join(""));
      }),
      { numRuns: 2_000 },
    );
  });
});
