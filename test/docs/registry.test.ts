// No page and no text of a command tells anybody to run a stranger's package: `tenure` is a free name in the registry, and
// people type private keys beside it.
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { excluded } from "../../scripts/site/files.ts";

const root = path.join(import.meta.dirname, "../..");

const files = globSync("{**/*.md,.changeset/*.md,.github/**/*.md,{cli/src,cli/bin,cli/build,scripts}/**/*.{ts,js}}", {
  cwd: root,
  exclude: [...excluded, "**/vendor/**"],
}).filter((file) => !file.endsWith(".test.ts"));

/** What asks a registry for a package that nobody installed. Within a workspace, npm looks nowhere else. */
const FETCHES =
  /\b(?:npx|bunx|(?:npm|pnpm|bun) (?:exec|x)|(?:pnpm|yarn) dlx)((?: --?[\w-]+(?:=\S+)?| cli)*)\s+tenure(?![\w/-])/g;

const fetchesIn = (text: string) =>
  [...text.matchAll(FETCHES)].filter(([, options]) => !options?.includes("--workspace")).map(([command]) => command);

describe("the bare name of the command", () => {
  for (const command of [
    "npx tenure show 2",
    "npx --yes tenure",
    "npm exec -- tenure",
    "TENURE_PRIVATE_KEY=0x… npx tenure x",
  ]) {
    it(`should be told as asking a registry: ${command}`, () => expect(fetchesIn(command)).to.have.length(1));
  }
  for (const command of ["npm exec --workspace cli -- tenure show 2", "npx @tenure/cli show 2", "npx tenure-like"]) {
    it(`should not be seen in: ${command}`, () => expect(fetchesIn(command)).to.deep.equal([]));
  }

  it("should not be run from a registry anywhere", () => {
    expect(files).to.include.members([
      "README.md",
      "cli/README.md",
      "docs/cli.md",
      "cli/src/main.ts",
      "scripts/story/finale.ts",
    ]);
    const found = files.flatMap((file) =>
      fetchesIn(readFileSync(path.join(root, file), "utf8")).map((command) => `${file}: ${command}`),
    );
    expect(found).to.deep.equal([]);
  });
});
