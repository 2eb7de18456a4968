// The package as its users get it: packed, unpacked beside viem, compiled and run.
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { pack } from "./utils/pack.ts";

const root = path.join(import.meta.dirname, "../..");
const run = promisify(execFile);

/** The program of a package, run on this Node. */
async function tool(name: string, bin: string, parameters: readonly string[], cwd: string) {
  const file = path.join(root, "node_modules", name, bin);
  return run(process.execPath, [file, ...parameters], {
    cwd,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
  }).then(
    ({ stdout }) => ({ status: 0, text: stdout }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      status: code,
      text: `${stdout}${stderr}`,
    }),
  );
}

describe("the packed SDK", () => {
  let folder: string;
  let tarball: string;
  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(path.join(tmpdir(), "tenure-consumer-"));
    tarball = await pack("sdk");
    const modules = path.join(folder, "node_modules");
    await mkdir(path.join(modules, "@tenure/sdk"), { recursive: true });
    await run("tar", ["-xzf", tarball, "-C", path.join(modules, "@tenure/sdk"), "--strip-components=1"]);
    await symlink(path.join(root, "node_modules/viem"), path.join(modules, "viem"));
    await cp(path.join(import.meta.dirname, "consumer/main.ts"), path.join(folder, "main.ts"));
    await writeFile(
      path.join(folder, "package.json"),
      JSON.stringify({ name: "consumer", private: true, type: "module" }),
    );
  });
  after(() => rm(folder, { recursive: true }));

  it("should hold what was built and nothing of the sources", async () => {
    const files = await readdir(path.join(folder, "node_modules/@tenure/sdk"), { recursive: true });
    expect(files).to.include.members(["package.json", "dist/index.js", "dist/index.d.ts"]);
    expect(files.filter((file) => /(^src|\.test\.|\.tsbuildinfo$)/.test(file))).to.deep.equal([]);
    const modules = files.filter((file) => file.endsWith(".js")).map((file) => file.replace(/^dist\/|\.js$/g, ""));
    const sources = await readdir(path.join(root, "sdk/src"), { recursive: true });
    const expected = sources
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .map((file) => file.replace(/\.ts$/, ""));
    expect(modules.sort()).to.deep.equal(expected.sort());
    const { dependencies } = JSON.parse(
      await readFile(path.join(folder, "node_modules/@tenure/sdk/package.json"), "utf8"),
    ) as { dependencies?: object };
    expect(dependencies).to.equal(undefined);
  });

  for (const [module, moduleResolution] of [
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ]) {
    it(`should compile in a strict project that checks declarations too, with ${moduleResolution}`, async () => {
      const compilerOptions = {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noPropertyAccessFromIndexSignature: true,
        skipLibCheck: false,
        target: "es2022",
        lib: ["es2022", "dom", "dom.iterable"],
        types: [],
        module,
        moduleResolution,
        outDir: "out",
      };
      await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts"] }));
      const compiled = await tool("typescript", "bin/tsc", ["-p", "tsconfig.json", "--pretty", "false"], folder);
      expect(compiled).to.deep.equal({ status: 0, text: "" });
    }).timeout(180_000);
  }

  it("should run", async () => {
    const { stdout } = await run(process.execPath, ["out/main.js"], { cwd: folder });
    expect(stdout).to.equal("InvalidIdError 0 true\n");
  });

  it("should give publint nothing to say", async () => {
    const { publint } = await import("publint");
    const pkgDir = path.join(folder, "node_modules/@tenure/sdk");
    const { messages } = await publint({ pkgDir, pack: false });
    expect(messages).to.deep.equal([]);
  });

  it("should give attw nothing to say about types in any resolution of modules", async () => {
    const { status, text } = await tool(
      "@arethetypeswrong/cli",
      "dist/index.js",
      [tarball, "--profile", "esm-only", "--format", "json"],
      folder,
    );
    const { problems } = JSON.parse(text) as { problems?: Record<string, { resolutionKind?: string }[]> };
    const shown = Object.values(problems ?? {})
      .flat()
      .filter(({ resolutionKind }) => resolutionKind !== "node10" && resolutionKind !== "node16-cjs");
    expect({ status, shown }).to.deep.equal({ status: 0, shown: [] });
  });
});
