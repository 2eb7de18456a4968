import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { build } from "esbuild";
import * as sdk from "../src/index.ts";
import * as trust from "../src/trust/index.ts";

const root = path.join(import.meta.dirname, "../..");
const source = path.join(root, "sdk/src/trust");

/** The files that a program is made of. */
async function inputsOf(program: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: program, resolveDir: root, loader: "ts" },
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
  });
  const outputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  return outputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file);
}

describe("trust > surface", () => {
  it("should import nothing in the engine but the engine", async () => {
    const files = (await readdir(path.join(source, "engine"))).filter((file) => !file.endsWith(".test.ts"));
    expect(files).to.have.length.above(10);
    for (const file of files) {
      const text = await readFile(path.join(source, "engine", file), "utf8");
      for (const [, from] of text.matchAll(/(?:from|import\()\s*"([^"]+)"/g))
        expect(from, file).to.match(/^\.\/\w+\.ts$/);
    }
  });

  it("should bring nothing but the engine into a program that uses it", async () => {
    const inputs = await inputsOf(
      'import { buildTrustGraph, solve } from "@tenure/sdk/trust"; console.log(buildTrustGraph, solve);',
    );
    const others = inputs.filter((file) => !file.includes("trust/engine") && !file.includes("stdin"));
    expect(others).to.deep.equal([]);
  });

  it("should not be part of the main entry", async () => {
    const inputs = await inputsOf('import * as sdk from "@tenure/sdk"; console.log(sdk);');
    expect(inputs.filter((file) => file.includes("/trust/"))).to.deep.equal([]);
    expect(Object.keys(sdk).filter((name) => name in trust)).to.deep.equal([]);
  });

  it("should have documentation with an example on every function", async () => {
    const functions = /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)?\nexport (?:async function|function|const)\*? (\w+)/g;
    const seen = new Set<string>();
    for (const file of await readdir(source, { recursive: true })) {
      if (!file.endsWith(".ts") || file.endsWith(".test.ts")) continue;
      const text = await readFile(path.join(source, file), "utf8");
      for (const [, comment, name = ""] of text.matchAll(functions)) {
        if (typeof (trust as Record<string, unknown>)[name] !== "function") continue;
        expect(comment, `${file}: ${name}`).to.include("@example");
        seen.add(name);
      }
    }
    const named = Object.entries(trust).filter(([name, value]) => typeof value === "function" && !/^[A-Z]/.test(name));
    expect([...seen].sort()).to.deep.equal(named.map(([name]) => name).sort());
  });

  it("should have errors that the whole package's guard knows, each with its name", () => {
    for (const [name, value] of Object.entries(trust)) {
      if (!name.endsWith("Error")) continue;
      const error = new (value as unknown as new (values: object, advice: string) => Error)({}, "");
      expect(error.name).to.equal(name);
      expect(sdk.isTenureError(error), name).to.equal(true);
    }
  });

  it("should have a guide that names every error and tells the numbers of the model", async () => {
    const text = await readFile(path.join(root, "docs/trust.md"), "utf8");
    const errors = Object.keys(trust).filter((name) => name.endsWith("Error") && name !== "TrustError");
    for (const name of errors) expect(text).to.include(`\`${name}\``);
    const { alpha, lambda, kappa, freshFloor, freshAfter, suspended, retired, rekeyed } = trust.defaultTrustParameters;
    const rows = [
      `| \`alpha\` | ${alpha} |`,
      `| \`lambda\` | ${lambda} |`,
      `| \`kappa\` | ${kappa.toFixed(5)} |`,
      `| \`freshFloor\`, \`freshAfter\` | ${freshFloor}, ${freshAfter / 86_400} days |`,
      `| \`suspended\`, \`retired\` | \`"${suspended}"\` |`,
      `| \`rekeyed\` | \`"${rekeyed}"\` |`,
    ];
    for (const row of rows) expect(text).to.include(row);
    expect(suspended).to.equal(retired);
  });
});
