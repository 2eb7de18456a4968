import { expect } from "chai";
import fc from "fast-check";
import { splitPolicies } from "./splitPolicies.ts";

describe("splitPolicies", () => {
  it("should end policies at semicolons, but not at those within strings and comments", () => {
    const text = '// ;\n\na("x;\\";") /* ;\n b // ;"\n c;d;\n;\n"unclosed; \\" // \n;';
    expect(splitPolicies(text)).to.deep.equal([
      { text: 'a("x;\\";") /* ;', line: 3 },
      { text: 'b // ;"\n c;', line: 4 },
      { text: "d;", line: 5 },
      { text: ";", line: 6 },
      { text: '"unclosed; \\" // \n;', line: 7 },
    ]);
    expect(splitPolicies(" \n// nothing")).to.deep.equal([]);
  });

  it("should lose nothing but comments and space between policies, whatever the text", () => {
    const part = fc.constantFrom("a", ";", '"', "\\", "/", "//", "\n", " ", "é");
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join("");
        let rest = text;
        for (const piece of splitPolicies(text)) {
          const at = rest.indexOf(piece.text);
          expect(
            rest
              .slice(0, at)
              .replace(/\/\/[^\n]*/g, "")
              .trim(),
          ).to.equal("");
          const before = text.length - rest.length + at;
          expect(piece.line).to.equal(text.slice(0, before).split("\n").length);
          rest = rest.slice(at + piece.text.length);
        }
        expect(rest.replace(/\/\/[^\n]*/g, "").trim()).to.equal("");
      }),
    );
  });

  it("should come to an end with text that only looks like strings", () => {
    expect(splitPolicies('\\"'.repeat(1_000_000))).to.have.length(1);
    expect(splitPolicies(`"${"x".repeat(4_000_000)}"`)).to.have.length(1);
  });
});
