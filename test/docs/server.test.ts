// The guide to the server, from nothing: a chain, a server, a service that asks it, and everything that its page says of them.
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadConfig } from "@tenure/server";
import { expect } from "chai";
import { root } from "../package/utils/run.ts";
import { Reader } from "./utils/reader.ts";
import { Workshop } from "./utils/workshop.ts";

const PAGE = "docs/server.md";

/** npm here, where everything is installed and built: what is installed elsewhere is a link to that. */
const npm = `#!/bin/sh
case "$PWD:$*" in
  "${root}:ci") ;;
  "${root}:pack --workspace sdk --workspace http-auth --workspace server --workspace cli --pack-destination $HOME") ;;
  "$HOME/platform:init --yes") echo '{ "type": "module" }' > package.json ;;
  "$HOME/platform:pkg set type=module") ;;
  "$HOME/platform:install "*" viem express") ln -s "${root}/node_modules" node_modules ;;
  *) echo "npm $*: nothing stands in for that" >&2; exit 1 ;;
esac
`;

describe(PAGE, () => {
  const reader = new Reader();
  let home: string;
  before(async () => {
    home = await mkdtemp(path.join(tmpdir(), "tenure-server-page-"));
    await mkdir(path.join(home, "bin"));
    await writeFile(path.join(home, "bin/npm"), npm);
    await chmod(path.join(home, "bin/npm"), 0o755);
  });
  after(async () => {
    await reader.close();
    await rm(home, { recursive: true, force: true });
  });

  it("should run as it stands, and print what it says", async () => {
    const places = [path.join(home, "bin"), path.dirname(process.execPath), process.env.PATH];
    const env = { HOME: home, PATH: places.join(path.delimiter), NO_COLOR: "1", NODE_NO_WARNINGS: "1" };
    const ports = ["8545", "8787", "3000"];
    const followed = await reader.follow(PAGE, { env, folder: "platform", ports, skipped: ["json"] });
    expect(followed.compared).to.equal(5);
    expect(followed.written.sort()).to.deep.equal(["answer.ts", "backup.ts", "question.ts", "shop.ts"]);
    const read = (file: string) => readFile(path.join(home, "platform", file), "utf8");
    expect(await read("verified.txt")).to.match(/^✓ \d+ lines of \d+, root /);
    expect(await read("index.txt")).to.match(/^✓ Chain 31337, block \d+: \d+ words compared, 0 differ\./);
    expect(JSON.parse(await read("proof.json"))).to.have.property("path");
    const { decisions } = JSON.parse(await read("decisions.json"));
    expect(decisions).to.not.have.length(0);
  }).timeout(120_000);

  it("should have configurations that hold", async () => {
    const blocks = [...(await readFile(path.join(root, PAGE), "utf8")).matchAll(/^```json\n([\s\S]*?)^```$/gm)];
    expect(blocks).to.not.have.length(0);
    const env = { DATABASE_URL: "postgres://tenure@localhost/tenure", PAGE_KEY: "0".repeat(64) };
    for (const [, block = ""] of blocks) {
      const chains = [{ id: 31337, rpc: ["http://127.0.0.1:8545"] }];
      const file = path.join(home, "tenure.config.json");
      await writeFile(file, JSON.stringify({ chains, ...JSON.parse(block) }));
      const { config } = await loadConfig(file, env);
      expect(config.chains).to.have.length(1);
    }
  });

  it("should have programs that compile, and so should the page of the package", async () => {
    const programs: Record<string, string> = {};
    for (const page of [PAGE, "server/README.md"]) {
      const text = await readFile(path.join(root, page), "utf8");
      for (const [, code = ""] of text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)) {
        programs[`${Object.keys(programs).length}.ts`] = code;
      }
    }
    expect(Object.keys(programs)).to.have.length(6);
    expect(await new Workshop("server").compile(programs)).to.equal("");
  }).timeout(60_000);
});
