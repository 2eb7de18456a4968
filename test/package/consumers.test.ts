// All packages as strangers get them: packed, installed together into an empty folder from the registry, and used on each
// Node that they name, beside the libraries that people use, and in a browser.
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { markdownFiles } from "../../scripts/site/files.ts";
import { findChromium, open } from "./utils/browser.ts";
import { type Import, importsOf, pathsOf } from "./utils/imports.ts";
import { install } from "./utils/install.ts";
import { nodeOf, OLDEST_NODES } from "./utils/node.ts";
import { pack } from "./utils/pack.ts";
import { lines, page, programs, strictProgram } from "./utils/programs.ts";
import { root, run } from "./utils/run.ts";

const tsc = path.join(root, "node_modules/typescript/bin/tsc");
const packages = ["contracts", "sdk", "http-auth", "server", "cli"] as const;

describe("the packed packages, installed together", () => {
  let folder: string;
  const tarballs: Record<string, string> = {};
  before(async function () {
    this.timeout(300_000);
    folder = await mkdtemp(path.join(tmpdir(), "tenure-consumers-"));
    for (const name of packages) tarballs[`@tenure/${name}`] = await pack(name);
    const beside = { viem: "2.57.20", ethers: "6.17.0", "@wagmi/core": "3.6.5", vite: "8.4.0" };
    await install(folder, { ...tarballs, ...beside });
  });
  after(() => rm(folder, { recursive: true }));

  it("should compile with nodenext, in ES modules and in CommonJS, beside wagmi and ethers", async () => {
    for (const [file, text] of Object.entries(programs)) await writeFile(path.join(folder, file), text);
    const compilerOptions = {
      strict: true,
      target: "es2022",
      lib: ["es2022", "dom"],
      types: [],
      module: "nodenext",
      outDir: "out",
      // What wagmi and ethers declare is theirs; ours is checked by consumer.test.ts.
      skipLibCheck: true,
    };
    const files = Object.keys(programs);
    await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    expect(await run(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { cwd: folder })).to.equal("");
  }).timeout(180_000);

  for (const version of OLDEST_NODES) {
    it(`should run on Node ${version}, and the command too`, async () => {
      const node = await nodeOf(version);
      for (const file of Object.keys(programs) as (keyof typeof programs)[]) {
        const compiled = path.join("out", file.replace(/ts$/, "js"));
        expect(await run(node, [compiled], { cwd: folder }), file).to.equal(lines[file]);
      }
      const tenure = path.join(folder, "node_modules/.bin/tenure");
      expect(await run(node, [tenure, "--version"], { cwd: folder })).to.match(/^\d+\.\d+\.\d+\n$/);
    }).timeout(180_000);
  }

  for (const [module, moduleResolution] of [
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ]) {
    it(`should compile contracts in a strict project that checks declarations too, with ${moduleResolution}`, async () => {
      const compilerOptions = {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noPropertyAccessFromIndexSignature: true,
        verbatimModuleSyntax: true,
        skipLibCheck: false,
        resolveJsonModule: true,
        target: "es2022",
        lib: ["es2022"],
        types: [],
        module,
        moduleResolution,
        noEmit: true,
      };
      const cwd = path.join(folder, `strict-${moduleResolution}`);
      await mkdir(cwd);
      await writeFile(path.join(cwd, "package.json"), '{ "type": "module" }');
      await writeFile(path.join(cwd, "main.ts"), strictProgram);
      await writeFile(path.join(cwd, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts"] }));
      expect(await run(process.execPath, [tsc, "-p", cwd, "--pretty", "false"], { cwd })).to.equal("");
    }).timeout(180_000);
  }

  describe("the import lines of the documentation", () => {
    const pages = markdownFiles().map((file) => ({ file, text: readFileSync(path.join(root, file), "utf8") }));
    const lines = pages.flatMap(({ file, text }) => importsOf(text).map((line) => ({ file, ...line })));
    const placeOf = ({ file, line }: { file: string; line: number }) => `${file.replaceAll("/", "-")}-${line}`;
    const of = (language: Import["language"]) => lines.filter((line) => line.language === language);

    it("should be found", () => {
      const wanted = ["README.md", "contracts/README.md", "docs/integrators.md"];
      for (const language of ["ts", "solidity"] as const) {
        expect(
          of(language).map(({ file }) => file),
          language,
        ).to.include.members(wanted);
      }
    });

    it("should compile in TypeScript, every name in them", async () => {
      const cwd = path.join(folder, "documented");
      await mkdir(cwd);
      for (const line of of("ts")) await writeFile(path.join(cwd, `${placeOf(line)}.mts`), `${line.statement}\n`);
      const compilerOptions = { strict: true, module: "nodenext", types: [], skipLibCheck: true, noEmit: true };
      await writeFile(path.join(cwd, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.mts"] }));
      expect(await run(process.execPath, [tsc, "-p", cwd, "--pretty", "false"], { cwd })).to.equal("");
    }).timeout(180_000);

    it("should compile in Solidity, every name in them", () => {
      const solc = createRequire(import.meta.url)("solc") as {
        compile: (input: string, options: { import: (file: string) => { contents: string } }) => string;
      };
      const content = (statement: string) =>
        `// SPDX-License-Identifier: MIT\npragma solidity ^0.8.28;\n${statement}\n`;
      const sources = of("solidity").map((line) => [`${placeOf(line)}.sol`, { content: content(line.statement) }]);
      const settings = { evmVersion: "cancun", outputSelection: { "*": { "*": ["abi"] } } };
      const input = { language: "Solidity", sources: Object.fromEntries(sources), settings };
      const find = (file: string) => ({ contents: readFileSync(path.join(folder, "node_modules", file), "utf8") });
      const { errors = [] } = JSON.parse(solc.compile(JSON.stringify(input), { import: find })) as {
        errors?: { formattedMessage: string }[];
      };
      expect(errors.map(({ formattedMessage }) => formattedMessage)).to.deep.equal([]);
    }).timeout(120_000);

    it("should name what Node finds, and the paths in the text too", () => {
      const { resolve } = createRequire(path.join(folder, "index.js"));
      const paths = new Set([
        ...lines.map(({ specifier }) => specifier),
        ...pages.flatMap(({ text }) => pathsOf(text)),
      ]);
      expect([...paths]).to.include.members(["@tenure/sdk/trust", "@tenure/contracts/hardhat"]);
      const isLost = (specifier: string) => {
        try {
          return resolve(specifier) === "";
        } catch {
          return true;
        }
      };
      expect([...paths].filter(isLost)).to.deep.equal([]);
    });
  });

  it("should hold nothing that a build before left behind", async () => {
    for (const name of packages) {
      const packed = await readdir(path.join(folder, "node_modules/@tenure", name, "dist"), { recursive: true });
      expect(packed, name).to.not.include("codecs/deleted.js");
    }
  });

  it("should make a page with Vite that runs in Chromium", async function () {
    const site = path.join(folder, "site");
    await mkdir(site);
    await writeFile(path.join(site, "index.html"), page);
    await run(process.execPath, [path.join(folder, "node_modules/vite/bin/vite.js"), "build", site], { cwd: folder });
    const chromium = await findChromium();
    if (chromium === undefined) this.skip();
    expect(await open(chromium, path.join(site, "dist"))).to.contain(
      "<body>InvalidIdError 0x0AD37D5993681bd33ea5044322dcf23C80c72cC6 manual manual manual</body>",
    );
  }).timeout(120_000);

  it("should hold of the contracts every source, what is generated of them, and no TypeScript but declarations", async () => {
    const packed = await readdir(path.join(folder, "node_modules/@tenure/contracts"), { recursive: true });
    const sources = await readdir(path.join(root, "contracts"), { recursive: true });
    const published = sources.filter((file) => /^(?!dist|node_modules).*\.(sol|json)$/.test(file));
    expect(packed).to.include.members(published.filter((file) => file !== "tsconfig.json"));
    expect(packed).to.include.members(["LICENSE", "README.md", "dist/index.js", "dist/index.d.ts", "dist/hardhat.js"]);
    expect(packed.filter((file) => /^ts\/|(?<!\.d)\.ts$|tsconfig|tsbuildinfo/.test(file))).to.deep.equal([]);
  });

  // consumer.test.ts asks both about the SDK. The command has no entry for programs, and nothing for attw to say.
  for (const name of ["contracts", "http-auth", "server", "cli"]) {
    it(`should give publint nothing to say about ${name}`, async () => {
      const { publint } = await import("publint");
      const { messages } = await publint({ pkgDir: path.join(folder, "node_modules/@tenure", name), pack: false });
      expect(messages).to.deep.equal([]);
    });
  }

  for (const name of ["contracts", "http-auth", "server"]) {
    it(`should give attw nothing to say about ${name}`, async () => {
      const attw = path.join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
      const tarball = tarballs[`@tenure/${name}`] ?? "";
      const parameters = [attw, tarball, "--profile", "esm-only", "--format", "json"];
      const { problems } = JSON.parse(await run(process.execPath, parameters, { cwd: folder })) as {
        problems?: Record<string, { resolutionKind?: string }[]>;
      };
      const shown = Object.values(problems ?? {})
        .flat()
        .filter(({ resolutionKind }) => resolutionKind !== "node10" && resolutionKind !== "node16-cjs");
      expect(shown).to.deep.equal([]);
    });
  }
});
