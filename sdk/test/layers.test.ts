// The linter holds which way imports may point. Here it is shown what it refuses, on small trees of files.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";

const root = path.join(import.meta.dirname, "../..");
const biome = path.join(root, "node_modules/@biomejs/biome/bin/biome");

type Finding = { category: string; location: { path: string | { file: string } } };

/** The project's own settings over a few files: which file breaks which rule. */
function lint(files: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), "tenure-layers-"));
  try {
    const settings = JSON.parse(readFileSync(path.join(root, "biome.json"), "utf8"));
    const alone = { ...settings, root: true, $schema: undefined, vcs: { enabled: false } };
    writeFileSync(path.join(folder, "biome.json"), JSON.stringify(alone));
    cpSync(path.join(root, "scripts/lint"), path.join(folder, "scripts/lint"), { recursive: true });
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
    const { stdout } = spawnSync(process.execPath, [biome, "lint", "--reporter=json", "."], { cwd: folder });
    const { diagnostics } = JSON.parse(String(stdout)) as { diagnostics: Finding[] };
    return diagnostics
      .filter(({ category }) => /noImportCycles|noRestrictedImports|plugin/.test(category))
      .map(({ category, location }) => {
        const file = typeof location.path === "string" ? location.path : location.path.file;
        return `${file.replace(/^\.\//, "")}: ${category.split("/").at(-1)}`;
      })
      .sort();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An import of one name, from somewhere. */
function importing(from: string): string {
  return `import { a } from "${from}";\nexport const b = a;\n`;
}

describe("which way imports may point", function () {
  this.timeout(60_000);

  const refused: Readonly<Record<string, readonly [file: string, from: string]>> = {
    "an action in a lower folder": ["sdk/src/signatures/sign.ts", "../actions/identity/getIdentity.ts"],
    "an upper folder in a lower one": ["sdk/src/facts/keys.ts", "../signatures/sign.ts"],
    "the folder of nodes in what is pure": ["sdk/src/codecs/edge.ts", "../rpc/explain.ts"],
    "the entry point": ["sdk/src/facts/keys.ts", "../index.ts"],
    "the binding in an action": ["sdk/src/actions/vouch/vouch.ts", "../../decorators/bind.ts"],
    "anything in the types": ["sdk/src/types/vouch.ts", "../codecs/edge.ts"],
    "Node in the types": ["sdk/src/types/vouch.ts", "node:fs"],
    "a package other than viem in the types": ["sdk/src/types/vouch.ts", "ox"],
    "the entry point, by a detour": ["sdk/src/facts/keys.ts", "./../index.ts"],
    "the repository's scripts in the SDK": ["sdk/src/facts/keys.ts", "../../../scripts/lib/table.ts"],
    "what the SDK is built into in the command line": ["cli/src/view/table.ts", "../../../sdk/dist/index.js"],
    "a command in what is below it, by a detour": ["cli/src/view/table.ts", "./../commands/show.ts"],
    "the SDK's sources in a script": ["scripts/vouch.ts", "../sdk/src/index.ts"],
    "the command line's sources in a benchmark": ["bench/run.ts", "../cli/src/chain/ports.ts"],
    "something outside the engine": ["sdk/src/trust/engine/solve.ts", "../../types/vouch.ts"],
    "a package in the engine": ["sdk/src/trust/engine/solve.ts", "viem"],
    "something outside the engine, by a detour": ["sdk/src/trust/engine/solve.ts", "./../chain/snapshot.ts"],
    "the contracts' sources in the SDK": ["sdk/src/check/arguments.ts", "../../../contracts/ts/addresses.ts"],
    "the contracts' package in the SDK's entry point": ["sdk/src/index.ts", "@tenure/contracts"],
    "the contracts' sources in the command line": ["cli/src/context.ts", "../../contracts/ts/hardhat.ts"],
    "the SDK's sources in the contracts' package": ["contracts/ts/addresses.ts", "../../sdk/src/index.ts"],
    "the SDK in the contracts' package": ["contracts/ts/addresses.ts", "@tenure/sdk"],
    "the chain in a policy": ["sdk/src/trust/policy/evaluateTrust.ts", "../chain/snapshot.ts"],
    "the command line in the SDK": ["sdk/src/actions/vouch/vouch.ts", "@tenure/cli"],
    "the SDK's sources in the command line": ["cli/src/commands/vouch.ts", "../../../sdk/src/index.ts"],
    "what the SDK does not export in the command line": ["cli/src/chain/send.ts", "@tenure/sdk/dist/rpc/explain.js"],
    "what signs in what verifies": ["http-auth/src/verify/judge.ts", "../sign/sign.ts"],
    "what verifies in the signature's base": ["http-auth/src/message/base.ts", "../verify/judge.ts"],
    "a message in a structured field": ["http-auth/src/fields/parse.ts", "../message/base.ts"],
    "a module of Node in what signs": ["http-auth/src/sign/sign.ts", "node:crypto"],
    "the SDK's sources in signed requests": ["http-auth/src/verify/judge.ts", "../../../sdk/src/rpc/explain.ts"],
    "signed requests in the SDK": ["sdk/src/codecs/edge.ts", "@tenure/http-auth"],
    "policies in the facts of a server": ["server/src/facts/createFacts.ts", "../policy/index.ts"],
    "the index in the HTTP of a server": ["server/src/http/http.ts", "../index/index.ts"],
    "a room in the types of a server": ["server/src/types/decision.ts", "../facts/index.ts"],
    "what joins the rooms in one of them": ["server/src/authzen/authzen.ts", "../serve/createServer.ts"],
    "the SDK's sources in a server": ["server/src/index/index.ts", "../../../sdk/src/index.ts"],
    "a command in what is below it": ["cli/src/view/table.ts", "../commands/show.ts"],
  };
  /** What is found in each tree of these files: as many trees as the file that is there most often needs. */
  let findings: ReadonlyMap<string, readonly string[]>;
  before(() => {
    const trees: Record<string, string>[] = [];
    const treeOf = new Map<string, Record<string, string>>();
    for (const [what, [file, from]] of Object.entries(refused)) {
      const tree = trees.find((other) => !(file in other)) ?? {};
      if (!trees.includes(tree)) trees.push(tree);
      tree[file] = importing(from);
      treeOf.set(what, tree);
    }
    const found = new Map(trees.map((tree) => [tree, lint(tree)]));
    findings = new Map([...treeOf].map(([what, tree]) => [what, found.get(tree) ?? []]));
  });

  for (const [what, [file]] of Object.entries(refused)) {
    it(`should refuse ${what}`, () => {
      const own = findings.get(what)?.filter((finding) => finding.startsWith(`${file}: `));
      expect(own).to.deep.equal([`${file}: noRestrictedImports`]);
    });
  }

  it("should refuse an arrow of types alone, and one that hands on", () => {
    const file = "sdk/src/facts/keys.ts";
    const from = "../actions/vouch/vouch.ts";
    expect(lint({ [file]: `export type { A } from "${from}";\n` })).to.deep.equal([`${file}: noRestrictedImports`]);
    expect(lint({ [file]: `import type { A } from "${from}";\nexport type B = A;\n` })).to.deep.equal([
      `${file}: noRestrictedImports`,
    ]);
  });

  it("should refuse files that import each other in a circle, types included", () => {
    const next = (name: string) => `import type { ${name} } from "./${name}.ts";\nexport type`;
    const files = {
      "sdk/src/types/A.ts": `${next("B")} A = B | 1;\n`,
      "sdk/src/types/B.ts": `${next("C")} B = C | 2;\n`,
      "sdk/src/types/C.ts": `${next("A")} C = A | 3;\n`,
    };
    expect(lint(files)).to.deep.equal(Object.keys(files).map((file) => `${file}: noImportCycles`));
  });

  it("should refuse an import within a type, which no other rule sees", () => {
    const files = {
      "sdk/src/facts/keys.ts": 'export type A = import("../actions/vouch/vouch.ts").B;\n',
      "sdk/src/trust/engine/solve.ts": 'export type A = typeof import("../../types/vouch.ts");\n',
      "sdk/src/types/vouch.ts": 'export function a(b: import("./event.ts").C): void {\n  void b;\n}\n',
    };
    expect(lint(files)).to.deep.equal(Object.keys(files).map((file) => `${file}: plugin`));
  });

  it("should take what points down", () => {
    const files = {
      "sdk/src/types/vouch.ts": "export const a = 1;\n",
      "sdk/src/facts/keys.ts": importing("../types/vouch.ts"),
      "sdk/src/signatures/sign.ts": importing("../facts/keys.ts"),
      "sdk/src/trust/engine/solve.ts": importing("./graph.ts"),
      "sdk/src/trust/policy/evaluateTrust.ts": importing("../engine/solve.ts"),
      "cli/src/commands/show.ts": importing("@tenure/sdk/trust"),
    };
    expect(lint(files)).to.deep.equal([]);
  });
});
