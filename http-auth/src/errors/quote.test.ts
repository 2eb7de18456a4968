import { expect } from "chai";
import fc from "fast-check";
import { quote } from "./quote.ts";

describe("what a stranger sent, in an error", () => {
  it("should be at most 80 characters of it", () => {
    expect(quote("a".repeat(80))).to.equal(`"${"a".repeat(80)}"`);
    expect(quote("a".repeat(81))).to.equal(`"${"a".repeat(80)}…"`);
  });

  it("should have no character that does something", () => {
    expect(quote("\u001b[31m\r\n\u202e\u0085")).to.equal('"\\u001b[31m\\r\\n\\u202e\\u0085"');
    const anything = fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(quote(text)).to.match(/^[\x20-\x7e…]*$/);
    });
    fc.assert(anything);
  });
});
