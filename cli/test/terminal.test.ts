// The command as somebody meets it who sits at a terminal.
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { freePort } from "../../sdk/test/utils/anvil.ts";
import { testKeys } from "../../sdk/test/utils/localChain.ts";
import { openWorld, type World } from "../../sdk/test/utils/world.ts";
import { acting, settle } from "./utils/acting.ts";
import { type Environment, tenure, tenureJson } from "./utils/tenure.ts";
import { hasTerminal, type Left, Terminal, widthOf } from "./utils/terminal.ts";

/** A colour, or bold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they begin with
const STYLE = /\u001b\[[\d;]*m/;
const HIDE_CURSOR = "\u001b[?25l";
const SHOW_CURSOR = "\u001b[?25h";
const CTRL_C = "\x03";

/** As the terminal was: it shows what is typed, takes lines, and has its cursor. */
function expectRestored({ raw, settings }: Left): void {
  expect(settings)
    .to.match(/(?<!-)\becho\b/)
    .and.match(/(?<!-)\bicanon\b/)
    .and.match(/(?<!-)\bisig\b/);
  expect(raw.lastIndexOf(HIDE_CURSOR)).to.be.at.most(raw.lastIndexOf(SHOW_CURSOR));
}

/** A node that takes its time. */
async function slowly(
  world: World,
  milliseconds: number,
  until: Promise<unknown> = Promise.resolve(),
): Promise<{ url: string; server: Server }> {
  const server = createServer(async (request, response) => {
    const body = await new Response(request as unknown as ReadableStream).text();
    await sleep(milliseconds);
    await until;
    const headers = { "content-type": "application/json" };
    const answer = await fetch(world.url, { method: "POST", headers, body });
    response.writeHead(200, headers).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

(hasTerminal ? describe : describe.skip)("tenure, at a terminal", () => {
  let world: World;
  let home: string;
  before(async () => {
    world = await openWorld();
    await settle(world, 3);
    const [, one, two, three] = world.members;
    await one.setAgentURISync({ id: 1, agentURI: `https://agent.example/${"long/".repeat(30)}` });
    const evidence = "这是一个很长的证据🙂".repeat(9);
    await two.vouchSync({ voucherId: 2, subjectId: 1, stake: 20, periods: 6, arbiterId: 3, evidence });
    await three.warnSync({ voucherId: 3, subjectId: 1, stake: 5, periods: 1 });
    await two.rotateKeySync({ signed: await world.members[5].signRotateKey({ id: 2 }) });
  });
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), "tenure-"));
  });
  afterEach(() => rm(home, { recursive: true }));
  after(() => world.close());

  const atHome = (): Environment => ({ TENURE_HOME: home, TENURE_RPC: world.url });
  const keystores = async () => {
    const folder = path.join(home, "keystore");
    return existsSync(folder) ? readdir(folder) : [];
  };
  const requirement = ["--min-age", "400d", "--min-support", "900", "--anchors", "3"];
  const tables: [name: string, args: string[], rows: RegExp, count: number][] = [
    ["show", ["show", "1"], /^│.*│$/, 15],
    ["vouchers", ["vouchers", "1"], /^ +[23] +(for|against) /, 2],
    ["vouchers --by", ["vouchers", "2", "--by"], /^ +1 +for /, 1],
    ["history", ["history", "1"], /^ {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}\w+/, 5],
    ["trust", ["trust", "1", "--anchors", "2,3"], /^ +[23] {2}(for|against) /, 2],
    ["check", ["check", "1", ...requirement], /^ {2}(age|support|anchors) /, 3],
  ];

  for (const columns of [80, 200]) {
    describe(`given ${columns} columns`, () => {
      for (const [name, args, row, count] of tables) {
        it(`should keep each row of ${name} on one line`, async () => {
          const { lines } = await new Terminal(args, acting(world, 0), columns).left();
          // Longer lines than this are hard to read, however wide the terminal.
          expect(Math.max(...lines.map(widthOf)), lines.join("\n")).to.be.at.most(Math.min(100, columns));
          expect(lines.filter((line) => row.test(line)).length, lines.join("\n")).to.be.at.least(count);
        });
      }
      it("should keep the help within them", async () => {
        const { lines } = await new Terminal(["--help"], {}, columns).left();
        expect(Math.max(...lines.map(widthOf))).to.be.at.most(Math.min(100, columns));
      });
    });
  }

  describe("given colours", () => {
    it("should use them, and none with NO_COLOR, on a terminal that has none, and in a pipe", async () => {
      for (const args of [
        ["show", "1"],
        ["show", "99"],
      ]) {
        const run = async (env: Environment) => (await new Terminal(args, { ...acting(world, 0), ...env }).left()).raw;
        expect(await run({})).to.match(STYLE);
        expect(await run({ NO_COLOR: "1" })).to.not.match(STYLE);
        expect(await run({ TERM: "dumb" })).to.not.match(STYLE);
        const { stdout, stderr } = await tenure(args, { ...acting(world, 0), TERM: "xterm-256color" });
        expect(stdout + stderr).to.not.match(STYLE);
      }
    });
  });

  describe("given --json", () => {
    it("should print the same value as in a pipe, and no colours", async () => {
      const args = ["vouchers", "1", "--json"];
      const { raw } = await new Terminal(args, acting(world, 0)).left();
      expect(raw).to.not.match(STYLE);
      expect(JSON.parse(raw)).to.deep.equal(await tenureJson(["vouchers", "1"], acting(world, 0)));
    });
  });

  describe("given a node that takes its time", () => {
    it("should say what it waits for, and leave nothing of that behind", async () => {
      for (const args of [
        ["show", "1"],
        ["vouch", "2", "--stake", "1", "--sign", "-"],
      ]) {
        // It answers nothing before the terminal has said that it is waited for.
        let answer: () => void = () => undefined;
        const { url, server } = await slowly(world, 500, new Promise<void>((resolve) => (answer = resolve)));
        try {
          const terminal = new Terminal(args, { ...acting(world, 1), TENURE_RPC: url });
          await terminal.until(/Connecting/);
          answer();
          const left = await terminal.left();
          expect(left.status).to.equal(0);
          expectRestored(left);
          expect(left.lines.join("\n")).to.not.match(/Connecting|Working|Reading/);
        } finally {
          server.closeAllConnections();
          server.close();
        }
      }
    });
    it("should say nothing of it in a pipe", async () => {
      const { url, server } = await slowly(world, 500);
      try {
        const { status, stderr } = await tenure(["show", "1"], { TENURE_RPC: url });
        expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });
  });

  describe("given Ctrl-C", () => {
    it("should end with status 130 while it waits, and restore the terminal", async () => {
      const server = createServer(() => undefined);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      try {
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const terminal = new Terminal(["show", "1"], { TENURE_RPC: url });
        await terminal.until(/Connecting/);
        terminal.type(CTRL_C);
        const left = await terminal.left();
        expect(left.status).to.equal(130);
        expect(left.raw).to.include(HIDE_CURSOR);
        expectRestored(left);
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });
    it("should end with status 130 at a prompt, and write nothing", async () => {
      const terminal = new Terminal(["keystore", "create", "agent"], atHome());
      await terminal.until(/New password of keystore "agent": /);
      terminal.type(`half a pass${CTRL_C}`);
      const left = await terminal.left();
      expect(left.status).to.equal(130);
      expect(left.raw).to.not.include("half");
      expectRestored(left);
      expect(await keystores()).to.deep.equal([]);
    });
    it("should end with status 130 while it encrypts, and write nothing", async () => {
      const terminal = new Terminal(["keystore", "create", "agent"], atHome());
      await terminal.until(/New password/);
      terminal.type("word\r");
      await terminal.until(/Again: /);
      terminal.type("word\r");
      await terminal.until(/Again: \s+/);
      terminal.type(CTRL_C);
      const left = await terminal.left();
      expect(left.status).to.equal(130);
      expectRestored(left);
      expect(await keystores()).to.deep.equal([]);
    });
    it("should take the chain of tenure node with it", async () => {
      const port = await freePort();
      // Hardhat runs on the Node that runs this test.
      const PATH = [path.dirname(process.execPath), process.env.PATH].join(path.delimiter);
      const terminal = new Terminal(["node", "--port", String(port)], { PATH });
      await terminal.until(/Ctrl-C stops it\./);
      const isUp = () =>
        fetch(`http://127.0.0.1:${port}`).then(
          () => true,
          () => false,
        );
      expect(await isUp()).to.equal(true);
      terminal.type(CTRL_C);
      const left = await terminal.left();
      expect(left.status).to.equal(130);
      expectRestored(left);
      expect(await isUp()).to.equal(false);
    });
  });

  describe("given keys", () => {
    it("should ask twice for a new password, show none, and list the key", async () => {
      const terminal = new Terminal(["keystore", "create", "agent"], atHome());
      await terminal.until(/New password of keystore "agent": /);
      terminal.type("correct horse\r");
      await terminal.until(/Again: /);
      terminal.type("correct horse\r");
      const left = await terminal.left();
      expect(left.status).to.equal(0);
      expect(left.raw).to.not.include("horse");
      expectRestored(left);
      const [, address] = /✓ (0x[0-9a-fA-F]{40}) is keystore "agent"/.exec(left.lines.join("\n")) ?? [];
      const list = await new Terminal(["keystore", "list"], atHome()).left();
      expect(
        list.lines.some((line) => line === `  agent  ${address}`),
        list.lines.join("\n"),
      ).to.equal(true);
      expect(await keystores()).to.deep.equal(["agent.json"]);
    });
    it("should refuse two passwords that differ, in one sentence, and write nothing", async () => {
      const terminal = new Terminal(["keystore", "create", "agent"], atHome());
      await terminal.until(/New password/);
      terminal.type("one\r");
      await terminal.until(/Again: /);
      terminal.type("two\r");
      const { status, lines } = await terminal.left();
      expect(status).to.equal(2);
      expect(lines.at(-2)).to.equal("tenure: The two passwords differ.");
      expect(await keystores()).to.deep.equal([]);
    });
    it("should import a key that is typed, without showing it, and refuse a wrong password in one sentence", async () => {
      const terminal = new Terminal(["keystore", "import", "mine"], atHome());
      await terminal.until(/Private key: /);
      terminal.type(`${testKeys[1]}\r`);
      await terminal.until(/New password/);
      terminal.type("word\r");
      await terminal.until(/Again: /);
      terminal.type("word\r");
      const left = await terminal.left();
      expect(left.status).to.equal(0);
      expect(left.raw).to.not.include(testKeys[1].slice(2, 12));

      const wrong = new Terminal(["pulse"], atHome());
      await wrong.until(/Password of keystore "mine": /);
      wrong.type("sword\r");
      const refused = await wrong.left();
      expect(refused.status).to.equal(2);
      expect(refused.lines.at(-2)).to.equal('tenure: The password does not open keystore "mine".');
      expectRestored(refused);

      const right = new Terminal(["pulse"], atHome());
      await right.until(/Password of keystore "mine": /);
      right.type("word\r");
      const { status, lines } = await right.left();
      expect(status).to.equal(0);
      expect(lines.join("\n")).to.include("✓ Identity 1 checked in: ");
    });
  });

  describe("given what cannot be undone", () => {
    it("should ask, and do nothing where the answer is another", async () => {
      const terminal = new Terminal(["retire"], acting(world, 1));
      await terminal.until(/Retiring identity 1 cannot be undone\. Type its number: /);
      terminal.type("yes\r");
      const { status, lines } = await terminal.left();
      expect(status).to.equal(1);
      expect(lines.at(-2)).to.equal("tenure: Nothing was done.");
      expect((await world.members[0].getIdentity({ id: 1 })).status).to.equal("active");
    });
  });
});
