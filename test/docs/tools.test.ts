// The pages for tools that this project has not installed, or whose projects are folders: played by strangers, who installed
// the packages as they would be published.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { openWorld } from "../../sdk/test/utils/world.ts";
import { install } from "../package/utils/install.ts";
import { pack } from "../package/utils/pack.ts";
import { root, run } from "../package/utils/run.ts";
import { moduleOf } from "./utils/guide.ts";
import { clear, play } from "./utils/project.ts";

const tsc = path.join(root, "node_modules/typescript/bin/tsc");

const page = (name: string) => readFile(path.join(root, "docs", name), "utf8");

/** What an example installs, in the versions that it names. */
async function dependenciesOf(example: string): Promise<Record<string, string>> {
  const text = await readFile(path.join(root, "examples", example, "package.json"), "utf8");
  return (JSON.parse(text) as { devDependencies: Record<string, string> }).devDependencies;
}

/** The environment of another Hardhat project: its own configuration and networks, not those of the Hardhat that runs this. */
function withoutHardhat(): NodeJS.ProcessEnv {
  const own = Object.keys(process.env).filter((name) => /^(HARDHAT|HH|NODE_OPTIONS|NODE_TEST)/.test(name));
  return Object.fromEntries(own.map((name) => [name, undefined]));
}

describe("the pages for tools, on the packed packages", () => {
  let folder: string;
  before(async function () {
    this.timeout(300_000);
    folder = await mkdtemp(path.join(tmpdir(), "tenure-tools-"));
    const tarballs: Record<string, string> = {};
    for (const name of ["contracts", "sdk"]) tarballs[`@tenure/${name}`] = await pack(name);
    const tools = { ...(await dependenciesOf("gated-hardhat")), ...(await dependenciesOf("gated-foundry")) };
    await install(folder, { ...tools, "@wagmi/core": "3.6.5", ...tarballs });
  });
  after(() => rm(folder, { recursive: true }));

  /** Compiles files in the folder, as its reader's project would. */
  async function compile(include: readonly string[], options: object): Promise<void> {
    const modules = { module: "nodenext", target: "es2023", lib: ["es2023", "dom"], types: ["node"] };
    const compilerOptions = { strict: true, skipLibCheck: true, ...modules, ...options };
    await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include }));
    await run(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { cwd: folder });
  }

  it("should run with-wagmi.md as it stands, and give what it claims", async () => {
    const world = await openWorld();
    try {
      await world.members[1].registerSync({});
      await world.wait(3_600);
      const { program, claims } = moduleOf(await page("with-wagmi.md"));
      await writeFile(path.join(folder, "main.ts"), program);
      await compile(["main.ts"], { outDir: "compiled", noUncheckedIndexedAccess: true });
      const told = await run(process.execPath, ["compiled/main.js"], { cwd: folder, env: { TENURE_RPC: world.url } });
      expect(claims).to.be.above(0);
      expect(told).to.equal(`${claims}\n`);
    } finally {
      await world.close();
      await rm(path.join(folder, "main.ts"), { force: true });
    }
  }).timeout(180_000);

  it("should run with-hardhat.md as it stands", async () => {
    const text = await page("with-hardhat.md");
    try {
      const told = await play(text, folder, withoutHardhat());
      expect(told).to.match(
        /opens after two check-ins, with ethers[\s\S]*opens after two check-ins, with viem[\s\S]*2 passing/,
      );
      expect(told).to.not.match(/warning/i);
      // What Hardhat makes of the contract says which functions it has.
      await compile(["hardhat.config.ts", "test", "artifacts/**/*.d.ts"], { noEmit: true });
    } finally {
      await clear(text, folder);
    }
  }).timeout(300_000);

  it("should run with-foundry.md as it stands", async () => {
    const text = await page("with-foundry.md");
    try {
      // forge knows only the compilers that it downloads, and one that it is given.
      const env = { FOUNDRY_OFFLINE: "true", FOUNDRY_SOLC: path.join(root, "scripts/solc.mjs") };
      const told = await play(text, folder, env);
      expect(told).to.contain("2 tests passed, 0 failed, 0 skipped");
    } finally {
      await clear(text, folder);
    }
  }).timeout(300_000);
});
