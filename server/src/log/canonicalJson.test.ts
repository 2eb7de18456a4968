import { expect } from "chai";
import { canonicalJson } from "./canonicalJson.ts";

describe("canonicalJson", () => {
  it("should have one spelling for each value", () => {
    expect(canonicalJson({ b: 1, a: [undefined, { d: 2n ** 70n, c: "é\n" }], e: undefined })).to.equal(
      '{"a":[null,{"c":"é\\n","d":"1180591620717411303424"}],"b":1}',
    );
  });

  it("should sort keys that are numbers as text, as RFC 8785 has them", () => {
    expect(canonicalJson({ 9: 1, 10: 2, "\u20ac": 3, "\r": 4, 1: 5 })).to.equal('{"\\r":4,"1":5,"10":2,"9":1,"€":3}');
  });

  it("should be JSON whatever it is given", () => {
    expect(canonicalJson(undefined)).to.equal("null");
    expect(canonicalJson([1, Number.NaN, null, true])).to.equal("[1,null,null,true]");
  });
});
