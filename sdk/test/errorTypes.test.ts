// Each action names in a type what its documentation says that it throws: neither forgets what the other knows.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";

const source = path.join(import.meta.dirname, "../src");
const wallet = readFileSync(path.join(source, "decorators/wallet.ts"), "utf8");
const index = readFileSync(path.join(source, "index.ts"), "utf8");

/** A comment that documents something, and the name of the function that follows it. */
const DOCUMENTED = /\/\*\*\n((?: \*(?!\/).*\n)+) \*\/\nexport (?:async )?(?:function\*?|const) (\w+)/g;

/** What every action of its sort may throw: one that reads, signs or sends. */
function commonOf(file: string, name: string): string {
  const takesAccount = wallet.includes(`/${path.basename(file)}"`) || name === "deployRegistries";
  if (!takesAccount) return "CommonErrorType";
  return name.startsWith("sign") ? "SignErrorType" : "WriteErrorType";
}

describe("the error types of actions", () => {
  const files = readdirSync(path.join(source, "actions"), { recursive: true, encoding: "utf8" });
  const functions = files
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .flatMap((file) => {
      const text = readFileSync(path.join(source, "actions", file), "utf8");
      return [...text.matchAll(DOCUMENTED)].map(([, comment = "", name = ""]) => {
        return { name, comment, text, common: commonOf(file, name) };
      });
    })
    .filter(({ name }) => new RegExp(`\\b${name}\\b`).test(index));

  it("should be there for each", () => {
    expect(functions.length).to.be.greaterThan(90);
  });

  for (const { name, comment, text, common } of functions) {
    it(`should be of ${name} what it says that it throws`, () => {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}ErrorType`;
      const [, members = ""] = new RegExp(`export type ${type} =([^;]*);`).exec(text) ?? [];
      const thrown = [...comment.matchAll(/@throws \{(\w+)\}/g)].map(([, error]) => error);
      const named = members.split("|").map((member) => member.trim());
      expect(named.filter((member) => member !== "")).to.have.members([...new Set([common, ...thrown])]);
      expect(index).to.match(new RegExp(`\\btype ${type}\\b`));
    });
  }
});
