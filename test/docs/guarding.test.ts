// The guide to a guarded route, from nothing: files are written and blocks pasted in the order of the page, in terminals, and each
// says what the page says that it does.
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { freePort } from "../../sdk/test/utils/anvil.ts";
import { pack } from "../package/utils/pack.ts";
import { root, run } from "../package/utils/run.ts";
import { Terminal } from "./utils/terminal.ts";

type Piece = { language: string; code: string; line: number } | { stopped: number };

/** A block, or what a reader is told in words: to stop what runs in a terminal. */
const PIECE = /^```(\w+)\n([\s\S]*?)^```$|^<!-- Ctrl-C in terminal (\d) -->$/gm;

function piecesOf(markdown: string): Piece[] {
  return [...markdown.matchAll(PIECE)].map(({ 1: language = "", 2: code = "", 3: stopped, index }) =>
    stopped === undefined
      ? { language, code, line: markdown.slice(0, index).split("\n").length }
      : { stopped: Number(stopped) },
  );
}

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
  const terminals: Terminal[] = [];
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), "tenure-guarding-"));
  });
  afterEach(async () => {
    for (const terminal of terminals.splice(0)) await terminal.close();
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
    const markdown = await readFile(path.join(root, "docs/guarding.md"), "utf8");
    const env = await environment();
    // The usual ports may be somebody else's.
    const ports = new Map<string, string>();
    for (const usual of ["8545", "3000", "3001", "3002"]) ports.set(usual, String(await freePort()));
    const here = (text: string) =>
      text
        .replace(/\b(?:8545|300[012])\b/g, (usual) => ports.get(usual) ?? usual)
        .replace(/^tenure node$/m, `tenure node --port ${ports.get("8545")}`);

    const shop = path.join(home, "shop");
    const open = (cwd: string) => {
      const terminal = new Terminal(cwd, env);
      terminals.push(terminal);
      return terminal;
    };
    let terminal = open(root);
    let printed = "";
    let compared = 0;
    for (const piece of piecesOf(markdown)) {
      if ("stopped" in piece) {
        await terminals[piece.stopped - 1]?.close();
        continue;
      }
      const { language, code, line } = piece;
      const where = `docs/guarding.md, line ${line}`;
      if (language === "ts") {
        const [, name] = /^\/\/ ([\w.]+)\n/.exec(code) ?? [];
        await writeFile(path.join(shop, name ?? expect.fail(where)), here(code));
      } else if (language === "sh") {
        printed = await terminal.paste(here(code)).catch((cause) => {
          throw new Error(`${where}: ${cause.message}`, { cause });
        });
        if (terminal.isBusy) terminal = open(home);
      } else {
        expect(language, where).to.equal("text");
        expect(printed, where).to.equal(code);
        compared += 1;
      }
    }
    expect(compared).to.be.above(4);
    expect((await readdir(shop)).filter((name) => name.endsWith(".ts"))).to.deep.equal([
      "call.ts",
      "server.ts",
      "twice.ts",
    ]);
  }).timeout(600_000);
});
