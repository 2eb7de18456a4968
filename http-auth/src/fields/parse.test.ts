import { expect } from "chai";
import fc from "fast-check";
import * as oracle from "structured-headers";
import { parseDictionary, parseItem } from "./parse.ts";
import { serializeDictionary, serializeMember } from "./serialize.ts";
import { FieldSyntaxError } from "./syntaxError.ts";

/** What it is once it was read and written, or that it is refused. */
function reading(text: string): string | undefined {
  try {
    return serializeDictionary(parseDictionary(text));
  } catch (error) {
    if (error instanceof FieldSyntaxError) return undefined;
    throw error;
  }
}

function oracleReading(text: string): string | undefined {
  try {
    return oracle.serializeDictionary(oracle.parseDictionary(text));
  } catch {
    return undefined;
  }
}

/** Texts that are nearly fields: random characters seldom get past the first. */
const nearlyFields = fc
  .array(
    fc.constantFrom(
      ...["a", "b=", "key", "*", "=", ";", ",", " ", "\t", "(", ")", '"', "\\", ":", "?0", "?1", "?"],
      ...["@scheme", '"text"', ":aGk=:", ":aGk:", "token/x", "17", "-3", "123456789012345", "1234567890123456"],
      ...["a=1", "a=1, b=2", ";created=1700000000", '("x" "y")', '"a\\"b"', "é", "\u0000", '%"a%c3%a9"', '%"%ff"', "%"],
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(""));

const hasNumbersThatTheOracleConfuses = /@|\d\.|-0/;

describe("a structured field", () => {
  it("should be read as another library reads it, whatever it is", () => {
    const property = fc.property(fc.oneof(nearlyFields, fc.string({ unit: "binary" })), (text) => {
      fc.pre(!hasNumbersThatTheOracleConfuses.test(text));
      expect(reading(text)).to.equal(oracleReading(text));
    });
    fc.assert(property, { numRuns: 20_000 });
  });

  it("should be read again to the same text", () => {
    const property = fc.property(nearlyFields, (text) => {
      const once = reading(text);
      fc.pre(once !== undefined);
      expect(reading(once)).to.equal(once);
    });
    fc.assert(property, { numRuns: 5_000 });
  });

  const kept: Readonly<Record<string, string>> = {
    "": "",
    "a=1": "a=1",
    "a=-0": "a=0",
    "a=1.50": "a=1.5",
    "a=1.0": "a=1.0",
    "a=-0.25": "a=-0.25",
    "a=-0.0": "a=0.0",
    "a=999999999999.999": "a=999999999999.999",
    "a=@1700000000;b=@-1;c": "a=@1700000000;b=@-1;c",
    "a=1, b=2,\ta=3": "a=3, b=2",
    "a;x=1;y;x=2": "a;x=2;y",
    "a=?1;b=?0": "a;b=?0",
    "a=:aGk:": "a=:aGk=:",
    'a=(  "x";k  1.0 )': 'a=("x";k 1.0)',
    'a=%"f%c3%bc%22"': 'a=%"f%c3%bc%22"',
    'a="q\\"\\\\"': 'a="q\\"\\\\"',
  };
  for (const [text, expected] of Object.entries(kept)) {
    it(`should be written in one way: ${JSON.stringify(text)}`, () => expect(reading(text)).to.equal(expected));
  }

  for (const text of [
    ...[
      "a=",
      "A=1",
      "a=1,",
      "a=1 b",
      ",",
      "a=1.",
      "a=1.1234",
      "a=1234567890123.1",
      "a=1234567890123456",
      "a=@1.0",
      "a=@",
    ],
    ...[
      'a="x',
      'a="\\x"',
      'a="\u007f"',
      "a=:a:",
      "a=:a b:",
      "a=(1",
      "a=(1 2",
      'a=("x""y")',
      "a=?2",
      "a;",
      "a;B",
      'a=%"%FF"',
    ],
    ...['a=%"%ff"', "\ta=1", "a=1\n", "=1", "a=--1", "a=((1))"],
  ]) {
    it(`should be refused: ${JSON.stringify(text)}`, () => expect(reading(text)).to.equal(undefined));
  }

  it("should be read in time that grows with its length, and never deeper", () => {
    for (const part of ["a", "(", '"', '\\"', ";a", ",a", "a=(", '"x" ', "%", ":", "1", "a=1,"]) {
      expect(() => parseDictionary(`a="${part.repeat(200_000)}`)).to.throw(FieldSyntaxError);
      expect(() => parseDictionary(`a=(${part.repeat(200_000)}`)).to.throw(FieldSyntaxError);
    }
  });

  it("should be read with thousands of members", () => {
    const members = Array.from({ length: 10_000 }, (_, index) => `k${index}=${index}`).join(",");
    expect(parseDictionary(members).size).to.equal(10_000);
  });
});

describe("an item that is a whole text", () => {
  it("should keep its parameters", () => {
    expect(serializeMember(parseItem(' "x-list";sf '))).to.equal('"x-list";sf');
    expect(serializeMember(parseItem('"@query-param";name="a b"'))).to.equal('"@query-param";name="a b"');
  });

  it("should be refused with more behind it", () => {
    for (const text of ["", "1 2", '"a", "b"', "(1)"]) expect(() => parseItem(text), text).to.throw(FieldSyntaxError);
  });
});
