// What the pages for contributors name is there: paths, folders and npm scripts. No folder is left out of the map, and each
// test stands where its name says.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";

const root = path.join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

const pages = [
  "README.md",
  "ARCHITECTURE.md",
  "AGENTS.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
  "docs/README.md",
];

/** A path of this project, and no pattern with a part that a reader has to fill in. */
const PATH =
  /(?<![\w@/-])(?:\.ci|\.github|bench|cli|contracts|docs|http-auth|scripts|sdk|server|test|verification)\/[\w./-]*(?![\w<*…])/g;

/** Whatever stands between backticks, and in blocks of code. */
const quoted = (text: string) => (text.match(/^```[\s\S]*?^```$|`[^`\n]+`/gm) ?? []).join("\n");

function foldersIn(folder: string): string[] {
  const inside = readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !["node_modules", "dist", "vendor"].includes(entry.name))
    .flatMap((entry) => foldersIn(path.posix.join(folder, entry.name)));
  return [folder, ...inside];
}

const hasFiles = (folder: string) =>
  readdirSync(path.join(root, folder), { withFileTypes: true }).some(
    (entry) => entry.isFile() && !entry.name.startsWith("."),
  );

describe("the tests of the packages", () => {
  it("should stand beside the file that they are named after; what has none is in the test folder of its package", () => {
    const tests = ["sdk/src", "http-auth/src", "cli/src"].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".test.ts"))
        .map((file) => path.join(folder, file)),
    );
    expect(tests).to.have.length.above(20);
    const alone = tests.filter((file) => !existsSync(path.join(root, file.replace(/\.test\.ts$/, ".ts"))));
    expect(alone).to.deep.equal([]);
  });

  for (const folder of ["sdk/test", "http-auth/test", "cli/test"]) {
    it(`should be in the list of ${folder}/README.md`, () => {
      const tests = readdirSync(path.join(root, folder)).filter((file) => file.endsWith(".test.ts"));
      const listed = [...read(`${folder}/README.md`).matchAll(/^\| `([^`]+)`/gm)].map(([, file]) => file);
      expect(listed).to.deep.equal(tests.sort());
    });
  }
});

describe("the pages for contributors", () => {
  for (const page of pages) {
    it(`should name paths that there are: ${page}`, () => {
      const named = new Set(quoted(read(page)).match(PATH) ?? []);
      expect([...named].filter((place) => !existsSync(path.join(root, place)))).to.deep.equal([]);
    });

    it(`should name npm scripts that there are: ${page}`, () => {
      const { scripts } = JSON.parse(read("package.json"));
      const named = [...quoted(read(page)).matchAll(/npm run (?:--silent )?([a-z][a-z:]*)/g)].map(([, name]) => name);
      expect(named.filter((name) => !(name && name in scripts))).to.deep.equal([]);
    });
  }

  it("should have each folder on the map, in one line", () => {
    const lines = read("ARCHITECTURE.md")
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .map((line) => line.split(" | ")[0] ?? "");
    const map = lines.flatMap((line) => [...line.matchAll(/`([^`]+\/)`/g)].map(([, folder = ""]) => folder));
    const folders = [
      "bench",
      "cli/bin",
      "cli/src",
      "cli/test",
      "contracts",
      "docs",
      "http-auth/src",
      "http-auth/test",
      "scripts",
      "sdk/src",
      "sdk/test",
      "server/container",
      "server/policies",
      "server/src",
      "server/test",
      "test",
      "verification",
    ]
      .flatMap(foldersIn)
      .filter(hasFiles)
      .map((folder) => `${folder}/`);
    expect(folders.filter((folder) => !map.includes(folder))).to.deep.equal([]);
    expect(map).to.deep.equal([...new Set(map)]);
  });
});
