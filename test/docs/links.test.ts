// Every relative link in the documentation leads somewhere, headings included.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";

const root = path.join(import.meta.dirname, "../..");

const markdown = (file: string) => file.endsWith(".md");

const files = [
  ...readdirSync(root).filter(markdown),
  "contracts/README.md",
  "examples/README.md",
  "sdk/README.md",
  "http-auth/README.md",
  "cli/README.md",
  "server/README.md",
  "server/policies/README.md",
  "server/container/README.md",
  "examples/gateway-nginx/README.md",
  ...["docs", "bench", "verification", ".changeset", ".github"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter(markdown)
      .map((file) => path.join(folder, file)),
  ),
];

/** As GitHub makes the name of a heading. */
function anchorsOf(markdown: string): Set<string> {
  const headings = [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) => title);
  return new Set(
    headings.map((title) =>
      title
        .toLowerCase()
        .replace(/[^\w\- ]/g, "")
        .replace(/ /g, "-"),
    ),
  );
}

describe("the links of the documentation", () => {
  for (const file of files) {
    it(`should lead somewhere from ${file}`, () => {
      const text = readFileSync(path.join(root, file), "utf8").replace(/^```[\s\S]*?^```/gm, "");
      const broken: string[] = [];
      for (const [, target = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        const [place = "", anchor] = target.split("#");
        const there = place === "" ? path.join(root, file) : path.join(root, path.dirname(file), place);
        const isThere = existsSync(there);
        if (!isThere || (anchor && !anchorsOf(readFileSync(there, "utf8")).has(anchor))) broken.push(target);
      }
      expect(broken).to.deep.equal([]);
    });
  }
});
