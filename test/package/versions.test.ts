// The packages move together, and the changelog says by which changes.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { addRelease, parseChange } from "../../scripts/lib/changelog.ts";

const root = path.join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

type Manifest = { name: string; version: string; private?: boolean; dependencies?: Record<string, string> };

describe("versions", () => {
  const own: Manifest & { workspaces: string[] } = JSON.parse(read("package.json"));
  const packages = own.workspaces
    .map((folder): Manifest => JSON.parse(read(`${folder}/package.json`)))
    .filter((manifest) => !manifest.private);

  for (const { name, version, dependencies = {} } of packages) {
    it(`should be one and the same, in what depends on each other too: ${name}`, () => {
      expect(version).to.equal(own.version);
      const siblings = Object.entries(dependencies).filter(([other]) => packages.some((one) => one.name === other));
      for (const [other, wanted] of siblings) expect(wanted, other).to.equal(own.version);
    });
  }

  it("should have a text in the changelog, above that of any older one", () => {
    const [newest = ""] = read("CHANGELOG.md").match(/(?<=^## )\d+\.\d+\.\d+$/m) ?? [];
    expect(newest).to.equal(own.version);
  });
});

describe("a change that waits", () => {
  const file = '---\n"@tenure/sdk": minor\n"@tenure/cli": patch\n---\n\n`a` is `b`.\n\nMore of it.\n';

  it("should be read with its packages and its furthest move", () => {
    expect(parseChange(file)).to.deep.equal({
      bump: "minor",
      packages: ["@tenure/sdk", "@tenure/cli"],
      text: "`a` is `b`.\n\nMore of it.",
    });
  });

  for (const [what, wrong] of [
    ["no packages", "---\n---\n\nText.\n"],
    ["no text", '---\n"@tenure/sdk": minor\n---\n'],
    ["no head", "Text.\n"],
  ] as const) {
    it(`should be refused with ${what}`, () => {
      expect(() => parseChange(wrong)).to.throw("names a package");
    });
  }

  it("should stand in the changelog before what was released, what moves furthest first", () => {
    const repair = parseChange('---\n"@tenure/cli": patch\n---\n\nA repair.\n');
    expect(addRelease("# Changelog\n\nForm.\n\n## 0.1.0\n\nOld.\n", "0.2.0", [repair, parseChange(file)])).to.equal(
      "# Changelog\n\nForm.\n\n## 0.2.0\n\n### Minor\n\n- `@tenure/sdk`, `@tenure/cli`: `a` is `b`.\n\n  More of it.\n\n" +
        "### Patch\n\n- `@tenure/cli`: A repair.\n\n## 0.1.0\n\nOld.\n",
    );
  });

  it("should not be lost where the changelog has no release", () => {
    expect(() => addRelease("# Changelog\n", "0.2.0", [parseChange(file)])).to.throw("no release yet");
  });
});
