// The first blocks of the READMEs and of the command line's guide, from nothing: on the chain that they themselves start.
import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { freePort } from "../../sdk/test/utils/anvil.ts";
import { connect } from "../../sdk/test/utils/localChain.ts";
import { type Ended, ended, start } from "../story/run.ts";
import { blocksOf, type Props, programOf } from "./utils/guide.ts";
import { Workshop } from "./utils/workshop.ts";

const root = path.join(import.meta.dirname, "../..");

const read = (file: string) => readFile(path.join(root, file), "utf8");

/** The blocks for a shell with which a guide begins, up to the first of another language or the next heading. */
function firstBlocks(markdown: string): string[] {
  const [, beginning = ""] = /^# .*\n([\s\S]*?)(?:^## |^```(?!sh\n)\w+\n|$(?![\s\S]))/m.exec(markdown) ?? [];
  return blocksOf(beginning).map(({ code }) => code);
}

/** What npm would fetch or build is there: this test runs on what was built. Anything else of npm's fails. */
const NPM = `#!/bin/sh
case "$*" in
  "run build" | "install --global @tenure/cli") ;;
  *) echo "npm $*: nothing stands in for that" >&2; exit 1 ;;
esac
`;

/** Waits until a process says something. */
function saying(child: ChildProcess, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (chunk: Buffer) => {
      said += chunk;
      if (said.includes(words)) resolve(said);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (status) => reject(new Error(`It ended with status ${status}: ${said}`)));
  });
}

describe("the first steps", () => {
  describe("in a shell", () => {
    let home: string;
    beforeEach(async () => {
      home = await mkdtemp(path.join(tmpdir(), "tenure-first-"));
      await mkdir(path.join(home, "bin"));
      await writeFile(path.join(home, "bin/npm"), NPM);
      await chmod(path.join(home, "bin/npm"), 0o755);
    });
    afterEach(() => rm(home, { recursive: true }));

    /** A terminal, in the folder of this project, of somebody who has nothing yet and types a password where asked. */
    const terminal = (script: string, port: number): ChildProcess =>
      spawn("sh", ["-eu", "-c", script], {
        cwd: root,
        env: {
          HOME: home,
          PATH: [path.join(home, "bin"), path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
          TENURE_KEYSTORE_PASSWORD: "word",
          TENURE_RPC: `http://127.0.0.1:${port}`,
        },
        stdio: ["ignore", "pipe", "pipe"],
        // A group of its own, which ends as a terminal ends what runs in it.
        detached: true,
      });

    /** Starts the chain by the block that does, and runs the others in order. The usual port may be somebody else's. */
    async function follow(blocks: readonly string[]): Promise<Ended[]> {
      const port = await freePort();
      const ends: Ended[] = [];
      const up: ChildProcess[] = [];
      try {
        for (const block of blocks) {
          const script = block.replace(/^tenure node\b/m, `tenure node --port ${port}`);
          const child = terminal(script, port);
          if (script === block) ends.push(await ended(child));
          else {
            up.push(child);
            await saying(child, "Ctrl-C stops it.");
          }
        }
      } finally {
        for (const { pid } of up) if (pid !== undefined) process.kill(-pid, "SIGINT");
      }
      return ends;
    }

    it("should run as they stand in the README of the command line", async () => {
      const [install = "", ...blocks] = firstBlocks(await read("cli/README.md"));
      expect(install).to.equal("npm install --global @tenure/cli\n");
      await symlink(path.join(root, "cli/bin/tenure.js"), path.join(home, "bin/tenure"));
      expect(blocks).to.have.length(2);
      const [installed, last] = [await ended(terminal(install, 0)), ...(await follow(blocks))];
      expect(installed.status).to.equal(0);
      expect(last, last?.stderr).to.include({ status: 0, stderr: "" });
      expect(last?.stdout)
        .to.include("Identity 1 vouches for 2 with 5 points")
        .and.match(/\n\n {2}1 of 2 registered\n$/);
    });

    it("should run as they stand in the guide of the command line", async () => {
      const blocks = firstBlocks(await read("docs/cli.md"));
      expect(blocks).to.have.length(2);
      const [last] = await follow(blocks);
      expect(last, last?.stderr).to.include({ status: 0, stderr: "" });
      expect(last?.stdout).to.include("is identity 1 from now on").and.include("ipfs://…").and.include("● active");
    });
  });

  describe("on the chain that npm start keeps up", () => {
    const workshop = new Workshop("first");
    const programs = { "README.md": "readme.ts", "sdk/README.md": "sdk.ts" };
    let story: ChildProcess;
    let url: string;
    const environment = { ...process.env };
    before(async () => {
      const scripts = JSON.parse(await read("package.json")).scripts as Record<string, string>;
      expect((await read("README.md")).indexOf("```sh\nnpm ci && npm start ")).to.be.above(0);
      expect(scripts.start).to.match(/hardhat story$/);
      const made = Object.entries(programs).map(async ([file, program]) => [
        program,
        programOf(file, await read(file), { isOverview: true }),
      ]);
      expect(await workshop.compile(Object.fromEntries(await Promise.all(made)))).to.equal("");
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      story = start(["hardhat", "story", "--port", String(port)]);
      const said = await saying(story, "Ctrl-C stops.");
      const [, key] = /nobody yet +0x\w{40} +(0x\w{64})/.exec(said) ?? [];
      Object.assign(process.env, { AGENT_KEY: key, TENURE_RPC: url });
    });
    after(() => {
      for (const name of ["AGENT_KEY", "TENURE_RPC"]) {
        if (environment[name] === undefined) delete process.env[name];
        else process.env[name] = environment[name];
      }
      story.kill();
    });

    for (const [file, program] of Object.entries(programs)) {
      it(`should run as they stand in ${file}, and give what they claim`, async () => {
        let checked = 0;
        const node = connect(url);
        const props: Props = {
          wait: async (seconds) => {
            await node.increaseTime({ seconds });
            await node.mine({ blocks: 1 });
          },
          is: (actual, expected) => {
            checked += 1;
            expect(actual).to.deep.equal(expected);
          },
          at: () => undefined,
          shell: () => Promise.reject(new Error("An overview has no programs for a shell.")),
          bytecode: "0x",
        };
        const { play } = await workshop.load<{ play: (props: Props) => Promise<void> }>(program);
        await play(props);
        expect(checked).to.be.above(0);
      });
    }
  });
});
