import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { shortAddresses, tenurePublicActions, tenureWalletActions } from "@tenure/sdk";
import { expect } from "chai";
import { createClient, http } from "viem";
import { hardhat } from "viem/chains";
import { Narrator, WrongFactError } from "../../scripts/story/narrator.ts";
import { connect } from "../../sdk/test/utils/localChain.ts";
import { freePort } from "../deploy/hosts.ts";
import { ended, hardhatRun, start } from "./run.ts";

const root = path.join(import.meta.dirname, "../..");

const chapters = [
  "1  Four agents appear",
  "2  Weeks pass",
  "3  They stake their standing on each other",
  "4  One is warned about",
  "5  One changes its key",
  "6  A stake is burned",
  "7  A wallet is stolen",
  "8  An agent is sold",
  "9  A platform decides for itself",
  "10  A gateway asks, and is told when it is over",
];

describe("npm start", () => {
  describe("given --once and a free port", () => {
    it("should tell all chapters, confirm every fact, and end with status 0", async () => {
      const port = await freePort();
      const npm = spawn("npm", ["start", "--", "--once", "--port", String(port)], {
        cwd: root,
        env: { ...process.env, NO_COLOR: "1" },
        stdio: ["ignore", "pipe", "pipe"],
        shell: process.platform === "win32",
      });
      const { status, stdout, stderr } = await ended(npm);
      expect(status, stderr).to.equal(0);
      // npm and the builds speak first.
      const lines = stdout.slice(stdout.indexOf("Tenure: a story")).split("\n");
      expect(lines.filter((line) => /^\d+ {2}/.test(line))).to.deep.equal(chapters);
      expect(lines.filter((line) => line.startsWith("   ✓ "))).to.have.length(50);
      expect(stdout).to.include("Every fact above was read back from the chain.");
      expect(stdout).to.include(`http://127.0.0.1:${port}`);
      expect(stdout).to.include("Identity 4 has 30 points free, 300 needed; a check-in now would earn none.");
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what must not be there
      expect(stdout).to.not.match(/\u001b/);
      expect(stdout).to.not.include("Ctrl-C stops.");
      // Nothing sticks out of a terminal of 100 columns.
      expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(100);
    });
  });

  describe("given a port in use", () => {
    it("should say so in one sentence, with status 1", async () => {
      const server = createServer();
      const port = await freePort();
      await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
      try {
        const { status, stdout, stderr } = await ended(start(["hardhat", "story", "--once", "--port", String(port)]));
        expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "" });
        expect(stderr).to.equal(
          `story: Port ${port} on 127.0.0.1 is in use; stop what runs there, or choose another: ` +
            `npm start -- --port ${port + 1}\n`,
        );
      } finally {
        server.close();
      }
    });
  });

  describe("given what is no port", () => {
    for (const port of ["70000", "abc", "80.5"]) {
      it(`should say what is right, with status 1: ${port}`, async () => {
        expect(await ended(start(["hardhat", "story", "--once", "--port", port]))).to.deep.equal({
          status: 1,
          stdout: "",
          stderr: `story: "${port}" is not a port: those are whole numbers from 0, which is any that is free, to 65535.\n`,
        });
      });
    }
  });

  describe("given no --once", () => {
    let story: ChildProcess;
    let end: ReturnType<typeof ended>;
    let url: string;
    before(async () => {
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      story = start(["hardhat", "story", "--port", String(port)]);
      end = ended(story);
      await new Promise<void>((resolve, reject) => {
        let text = "";
        story.stdout?.on("data", (chunk) => {
          text += chunk;
          if (text.includes("Ctrl-C stops.")) resolve();
        });
        story.once("exit", (status) => reject(new Error(`The story ended with status ${status}.`)));
      });
    });
    after(() => story.kill());

    it("should keep the chain up, as the story left it", async () => {
      const client = createClient({ chain: hardhat, transport: http(url) }).extend(tenurePublicActions());
      const profiles = await client.getProfiles({ ids: [1, 2, 3, 4, 5] });
      expect(
        profiles.map(({ status, support, opposition, burned, keyEpoch }) => ({
          status,
          support,
          opposition,
          burned,
          keyEpoch,
        })),
      ).to.deep.equal([
        { status: "active", support: 0, opposition: 0, burned: 0, keyEpoch: 0 },
        { status: "active", support: 320, opposition: 0, burned: 0, keyEpoch: 1 },
        { status: "active", support: 0, opposition: 0, burned: 60, keyEpoch: 0 },
        { status: "active", support: 0, opposition: 90, burned: 0, keyEpoch: 0 },
        { status: "unknown", support: 0, opposition: 0, burned: 0, keyEpoch: 0 },
      ]);
    });

    it("should be there for the examples: mint, vouch, query", async () => {
      const mint = await hardhatRun("scripts/mint.ts", url);
      expect(mint.status, mint.stderr).to.equal(0);
      expect(mint.stdout).to.match(/0x[0-9a-fA-F]{40} is identity 5 from now on\./);
      const vouch = await hardhatRun("scripts/vouch.ts", url);
      expect(vouch.status, vouch.stderr).to.equal(0);
      expect(vouch.stdout).to.include("Identity 1 stands behind 5, who has 5 points of support now.");
      const again = await hardhatRun("scripts/mint.ts", url);
      expect(again.stdout).to.match(/is identity 5: active, \d+ seconds of tenure\. It has just checked in\./);
      const query = await hardhatRun("scripts/query.ts", url);
      expect(query.status, query.stderr).to.equal(0);
      expect(query.stdout).to.match(/\n +2 +active +\d+ +1000 +320 +0 +nothing\n/);
      expect(query.stdout).to.match(/\n +5 +active +\d+ +0 +5 +0 +tenure\n/);
    });

    it("should print addresses, funded accounts, and a warning about their keys", async () => {
      story.kill("SIGINT");
      story.kill("SIGINT"); // a terminal and npm both send it
      const { status, stdout, stderr } = await end;
      expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
      for (const address of Object.values(shortAddresses)) expect(stdout).to.include(address);
      expect(stdout).to.include("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
      expect(stdout).to.include("everybody knows their keys: never use them anywhere else");
      expect(
        await fetch(url).then(
          () => "up",
          () => "down",
        ),
      ).to.equal("down");
    });
  });

  describe("given somebody who sends to the chain meanwhile, so that a fact is wrong", () => {
    it("should name the fact, and end with status 1", async () => {
      const port = await freePort();
      const end = ended(start(["hardhat", "story", "--once", "--port", String(port)]));
      const dan = connect(`http://127.0.0.1:${port}`, 4).extend(tenurePublicActions()).extend(tenureWalletActions());
      // Dan is registered, and a minute has passed for which a check-in earns something.
      const isLater = async () => {
        const { firstSeen = 0 } = (await dan.getIdentity({ id: 4 }).catch(() => undefined)) ?? {};
        const { timestamp } = (await dan.getBlock().catch(() => undefined)) ?? { timestamp: 0n };
        return firstSeen !== 0 && Number(timestamp) > firstSeen + 60;
      };
      const deadline = Date.now() + 60_000;
      while (!(await isLater()) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
      // Dan, of whom the story says that Dan never checks in, does.
      await dan.pulse({ id: 4 });
      const { status, stdout, stderr } = await end;
      expect(status, stdout).to.equal(1);
      expect(stderr).to.match(
        /^story: "Dan has no tenure: time without check-ins does not count" does not hold: expected 0, the chain says \d+\.\n$/,
      );
      expect(stdout).to.not.include("Every fact above");
    });
  });

  describe("given a fact that the chain does not confirm", () => {
    it("should not go on", () => {
      const narrator = new Narrator();
      expect(() => narrator.fact("two is three", 2, 3)).to.throw(
        WrongFactError,
        '"two is three" does not hold: expected 3, the chain says 2.',
      );
    });
  });
});
