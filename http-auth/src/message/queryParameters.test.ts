import { expect } from "chai";
import { queryParameters } from "./queryParameters.ts";

/** The query of RFC 9421, section 2.2.8. */
const standard = "?var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something";

describe("a parameter of a query", () => {
  const found: Readonly<Record<string, [query: string, name: string, value: string]>> = {
    "a line break of the standard": [standard, "var", "this%20is%20a%20big%0Amultiline%20value"],
    "a plus of the standard": [standard, "bar", "with%20plus%20whitespace"],
    "a name of the standard": [standard, "fa%C3%A7ade%22%3A%20", "something"],
    "no value": ["?qux=&a", "qux", ""],
    "no sign of equality": ["?qux=&a", "a", ""],
    "what a form encodes and others do not": ["?a=!'()~*-._", "a", "%21%27%28%29%7E*-._"],
    "what is no UTF-8": ["?a=%ff", "a", "%EF%BF%BD"],
    "a name that is found in no object by chance": ["?constructor=1", "constructor", "1"],
  };
  for (const [what, [query, name, value]] of Object.entries(found)) {
    it(`should be written as the standard has it: ${what}`, () => {
      expect(queryParameters(query).get(name)).to.equal(value);
    });
  }

  const missing: Readonly<Record<string, [query: string, name: string]>> = {
    "it is not there": ["?a=1", "b"],
    "there is no query": ["?", "a"],
    "it is there twice": ["?a=1&b=2&a=1", "a"],
    "it is there twice, written in two ways": ["?a=1&%61=2", "a"],
    "its name is written in another way": ["?a%20b=1", "a+b"],
    "its name is not encoded": ["?fa%C3%A7ade=1", "façade"],
  };
  for (const [what, [query, name]] of Object.entries(missing)) {
    it(`should not be there where ${what}`, () => {
      expect(queryParameters(query).get(name)).to.equal(undefined);
    });
  }
});
