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

  it("should split as the grammar of comments and strings says, whatever the text", () => {
    const part = fc.constantFrom("a", ";", '"', "\\", "/", "//", "\n", " ", "é");
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join("");
        expect(splitPolicies(text)).to.deep.equal(splitByGrammar(text));
      }),
      { numRuns: 500 },
    );
  });

  it("should come to an end with text that only looks like strings", () => {
    expect(splitPolicies('\\"'.repeat(1_000_000))).to.have.length(1);
    expect(splitPolicies(`"${"x".repeat(4_000_000)}"`)).to.have.length(1);
  });
});

/** The same by a regular expression, which is short and, with strings that are not closed, slow. */
function splitByGrammar(text: string) {
  const pieces: { text: string; line: number }[] = [];
  let line = 1;
  let open: { text: string; line: number } | undefined;
  for (const [part] of text.matchAll(/\/\/[^\n]*|"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|[\s\S]/g)) {
    if (open !== undefined || !(part.startsWith("//") || part.trim() === "")) {
      open ??= { text: "", line };
      open.text += part;
    }
    if (part === ";" && open !== undefined) {
      pieces.push(open);
      open = undefined;
    }
    line += part.split("\n").length - 1;
  }
  return open === undefined ? pieces : [...pieces, open];
}
