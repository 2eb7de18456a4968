// The guide to a guarded route, from nothing, on the packages as they are packed.
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { pack } from "../package/utils/pack.ts";
import { root, run } from "../package/utils/run.ts";
import { Reader } from "./utils/reader.ts";

/** The versions of other packages that the tests of this project know. */
async function versionOf(name: string): Promise<string> {
  const example = await readFile(path.join(root, "examples/guarded-express/package.json"), "utf8");
  const version = (JSON.parse(example) as { dependencies: Record<string, string> }).dependencies[name];
  if (version === undefined) throw new TypeError(`The example has no ${name}.`);
  return version;
}

/** npm in this repository, where everything is installed and built: packing copies what was packed. Elsewhere it is npm itself. */
const npm = (packed: string, versions: string) => `#!/bin/sh
case "$PWD:$*" in
  "${root}:ci") ;;
  "${root}:pack --workspace sdk --workspace http-auth --workspace cli --pack-destination $HOME") cp "${packed}"/* "$HOME" ;;
  "${root}:"*) echo "npm $*: nothing stands in for that" >&2; exit 1 ;;
  *" viem express") exec "$REAL_NPM" $(echo "$*" | sed "s/ viem express$/${versions}/") ;;
  *) exec "$REAL_NPM" "$@" ;;
esac
`;

describe("docs/guarding.md", () => {
  const reader = new Reader();
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), "tenure-guarding-"));
  });
  afterEach(async () => {
    await reader.close();
    await rm(home, { recursive: true, force: true });
  });

  /** The environment of somebody who has Node, and nothing else. */
  async function environment(): Promise<NodeJS.ProcessEnv> {
    const tarballs = path.join(home, "packed");
    const bin = path.join(home, "bin");
    for (const folder of [tarballs, bin]) await mkdir(folder);
    for (const name of ["sdk", "http-auth"]) {
      const tarball = await pack(name);
      await run("cp", [tarball, tarballs], { cwd: home });
    }
    const versions = ` viem@${await versionOf("viem")} express@${await versionOf("express")} --prefer-offline --no-audit`;
    await writeFile(path.join(bin, "npm"), npm(tarballs, versions));
    await chmod(path.join(bin, "npm"), 0o755);
    const real = (await run("sh", ["-c", "command -v npm"], { cwd: home })).trim();
    return {
      HOME: home,
      PATH: [bin, path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
      NO_COLOR: "1",
      REAL_NPM: real,
      npm_config_cache: process.env.npm_config_cache ?? path.join(homedir(), ".npm"),
      npm_config_loglevel: "error",
    };
  }

  it("should run as it stands, from an empty folder, and print what it says", async () => {
    const ports = ["8545", "3000", "3001", "3002"];
    const env = await environment();
    const { compared, written } = await reader.follow("docs/guarding.md", { env, folder: "shop", ports });
    expect(compared).to.be.above(4);
    expect(written.sort()).to.deep.equal(["call.ts", "server.ts", "twice.ts"]);
  }).timeout(600_000);
});
