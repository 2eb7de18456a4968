import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { freePort } from "../../sdk/test/utils/anvil.ts";
import { startChain, testKeys } from "../../sdk/test/utils/localChain.ts";
import { openWorld, type World } from "../../sdk/test/utils/world.ts";
import { ended } from "../../test/story/run.ts";
import { acting } from "./utils/acting.ts";
import { refused, startTenure, tenure } from "./utils/tenure.ts";

const commands = [
  ...["register", "pulse", "show", "vouch", "warn", "renew", "revoke", "vouchers", "history", "check"],
  ...["rotate", "suspend", "resume", "retire", "submit", "void", "keystore", "deploy"],
  ...["arbitration", "link", "unlink", "links", "statement", "burn", "disown", "identities"],
  ...["uri", "metadata", "wallet", "guardian", "nonces", "fund", "advance"],
  ...["request", "session", "grants"],
];

describe("tenure, misused", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  describe("given --help", () => {
    it("should name every command, within 80 columns, with status 0", async () => {
      const { status, stdout, stderr } = await tenure(["--help"]);
      expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
      for (const command of commands) expect(stdout).to.match(new RegExp(`^  ${command}\\b`, "m"));
      expect(Math.max(...stdout.split("\n").map((line) => line.length))).to.be.at.most(80);
      expect((await tenure(["--version"])).stdout).to.match(/^\d+\.\d+\.\d+\n$/);
    });
  });

  describe("given no command, or one that does not exist", () => {
    it("should be wrong usage, with status 2", async () => {
      const { status, stdout, stderr } = await tenure([]);
      expect({ status, stdout }).to.deep.equal({ status: 2, stdout: "" });
      expect(stderr).to.match(/^Usage: tenure /);
      expect(await refused(2, ["shw"])).to.equal("Unknown command 'shw' (Did you mean show?)");
      expect(await refused(2, ["show", "--jsn"])).to.equal("Unknown option '--jsn' (Did you mean --json?)");
    });
  });

  describe("given a word near a command that cannot be taken back", () => {
    it("should suggest that only to whoever missed one letter of it", async () => {
      for (const word of ["recover", "revive", "rotation", "reply", "suspect"]) {
        expect(await refused(2, [word])).to.equal(`Unknown command '${word}'.`);
      }
      expect(await refused(2, ["revok"])).to.equal("Unknown command 'revok' (Did you mean revoke?)");
      expect(await refused(2, ["retrie"])).to.equal("Unknown command 'retrie' (Did you mean retire?)");
      expect(await refused(2, ["lnk"])).to.equal("Unknown command 'lnk' (Did you mean link?)");
      for (const word of ["earn", "turn", "find", "avoid", "own", "borne"]) {
        expect(await refused(2, [word]), word).to.not.match(/burn\?|disown|fund\?|void\?|warn\?/);
      }
      expect(await refused(2, ["disow"])).to.equal("Unknown command 'disow' (Did you mean disown?)");
      expect(await refused(2, ["guardian", "complaint"])).to.equal("Unknown command 'complaint'.");
    });
  });

  describe("given an option that other tools call otherwise", () => {
    it("should say what it is called here, and not repeat what came with it", async () => {
      const meant = "Unknown option '--rpc-url' (Did you mean --rpc?)";
      expect(await refused(2, ["show", "1", "--rpc-url", "http://127.0.0.1:1"])).to.equal(meant);
      expect(await refused(2, ["wallet", "show", "--rpc-url=http://127.0.0.1:1/secret"])).to.equal(meant);
      expect(await refused(2, ["pulse", "--account", "agent"])).to.equal(
        "Unknown option '--account' (Did you mean --key?)",
      );
      const message = await refused(2, ["pulse", "--private-key", testKeys[0]]);
      expect(message).to.match(/^Unknown option '--private-key'\. A private key is never an argument: use a keystore/);
      expect(message).to.not.include(testKeys[0].slice(2, 20));
    });
  });

  describe("given no ether", () => {
    it("should hint at --sign only where the command has it and somebody else may pay", async () => {
      const [node, , , , , poor] = world.members;
      const { address } = poor.account;
      const balance = await node.getBalance({ address });
      await node.setBalance({ address, value: 0n });
      const env = acting(world, 5);
      const fund = `On a local chain: tenure fund ${address}`;
      expect(await refused(1, ["register"], env)).to.match(
        /Send it some, or sign with --sign and let somebody else submit and pay\. On a local chain: tenure fund 0x\w+$/,
      );
      expect(await refused(1, ["nonces", "void", "0"], env)).to.match(new RegExp(`Send it some\\. ${fund}$`));
      await node.setBalance({ address, value: balance });
    });
  });

  describe("given a requirement that would let everybody in", () => {
    it("should refuse it as the SDK does, in the words of the options, with status 2", async () => {
      const mistakes: [string[], string][] = [
        [[], "Nothing is demanded. Say what: --min-tenure 30d, or --anchors 1,7."],
        [["--min-age", "0"], "Nothing is demanded. Say what: --min-tenure 30d, or --anchors 1,7."],
        [
          ["--anchors", "1", "--min-anchors", "0"],
          "A requirement cannot have a list as anchors. --anchors is without effect alone: say --min-anchors or --anchor-warning-limit too.",
        ],
        [
          ["--min-anchors", "1"],
          "A requirement cannot have 1 as minAnchors. --min-anchors is about anchors: name them with --anchors.",
        ],
        [
          ["--anchors", "1,1", "--min-anchors", "2"],
          "A requirement cannot have 2 as minAnchors. --min-anchors is at most the number of different --anchors, here 1.",
        ],
      ];
      for (const [args, message] of mistakes) {
        expect(await refused(2, ["check", "1", ...args], acting(world, 0)), args.join(" ")).to.equal(message);
      }
    });
  });

  describe("given a typo in an argument", () => {
    it("should say which and why, with status 2, without asking the node", async () => {
      const env = { TENURE_RPC: "http://127.0.0.1:1", TENURE_PRIVATE_KEY: testKeys[0] };
      const typos: [string[], string][] = [
        [["show", "0x7099"], '"0x7099" is not an address: it has 4 hexadecimal digits instead of 40.'],
        [
          ["show", "0x70997970C51812dc3A010C7d01b50e0d17dc79C9"],
          '"0x70997970C51812dc3A010C7d01b50e0d17dc79C9" is not an address: its checksum is wrong, so it was probably mistyped.',
        ],
        [
          ["show", "0x70997970C51812dc3A010C7d01b50e0d17dc79Cg"],
          '"0x70997970C51812dc3A010C7d01b50e0d17dc79Cg" is not an address: one of its characters is no hexadecimal digit.',
        ],
        [["show", "0"], '"0" is not the number of an identity. Identities are counted from 1.'],
        [
          ["show", "alice"],
          '"alice" is neither the number of an identity nor an address. ' +
            "Numbers are counted from 1; addresses are 0x and 40 hexadecimal digits.",
        ],
        [["vouch", "1", "--stake", "0"], '"0" is not a number of points: those are whole, and at least 1.'],
        [
          ["vouch", "1", "--stake", "1", "--periods", "7"],
          '"7" is not a number of periods: those are whole, from 1 to 6.',
        ],
        [
          ["pulse", "--checkpoint", "0x12", "--sign", "-"],
          '"0x12" is not 32 bytes. Write 0x and 64 hexadecimal digits.',
        ],
        [
          ["pulse", "1", "--sign", "-", "--valid", "soon"],
          '"soon" is not a span of time. Write "30d", "12h", "90m" or "45s".',
        ],
        [["pulse", "0", "--sign", "-"], '"0" is not the number of an identity. Identities are counted from 1.'],
        [["check", "1", "--min-age", "soon"], '"soon" is not a span of time. Write "30d", "12h", "90m" or "45s".'],
        ...["--min-age", "--min-tenure", "--min-key-age", "--max-silence"].map((option): [string[], string] => [
          ["check", "1", option, "30"],
          '"30" has no unit. Write "30s" for seconds, or "30d", "12h", "90m".',
        ]),
        [
          ["pulse", "1", "--sign", "-", "--valid", "600"],
          '"600" has no unit. Write "600s" for seconds, or "30d", "12h", "90m".',
        ],
        [
          ["show", "1", "--rpc", "localhost"],
          "--rpc is not the address of a node. It starts with http:// or https://.",
        ],
      ];
      for (const [args, message] of typos) expect(await refused(2, args, env)).to.equal(message);
    });
  });

  describe("given a node that is down", () => {
    it("should say so in one sentence, without the secrets of its address, with status 1", async () => {
      const url = `http://user:word@127.0.0.1:${await freePort()}/v2/secret?key=secret`;
      const env = { TENURE_RPC: url, TENURE_PRIVATE_KEY: testKeys[0] };
      for (const args of [["show", "1"], ["register"], ["deploy"]]) {
        const message = await refused(1, args, env);
        expect(message).to.match(
          /^The node at 127\.0\.0\.1:\d+ does not answer\. .* Another node is named with --rpc or TENURE_RPC\.$/,
        );
        expect(message).to.not.match(/secret|word/);
      }
      const { stderr } = await tenure(["show", "1"], { ...env, TENURE_DEBUG: "1" });
      expect(stderr)
        .to.include("HttpRequestError")
        .and.not.match(/secret|user:word/);
    });
  });

  describe("given something that is no node", () => {
    it("should say so in one sentence, with status 1", async () => {
      const server = createServer((_, response) => response.writeHead(404).end("<html></html>"));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      try {
        const message = await refused(1, ["show", "1"], { TENURE_RPC: `http://127.0.0.1:${port}/secret` });
        expect(message).to.equal(
          `The node at 127.0.0.1:${port} refused the request with status 404. Check its URL, and whether the key in it ` +
            "is still good. Another node is named with --rpc or TENURE_RPC.",
        );
      } finally {
        server.close();
      }
    });
  });

  describe("given another chain than asked for", () => {
    it("should say so, with status 2", async () => {
      const message = await refused(2, ["show", "1", "--chain", "8453"], acting(world, 0));
      expect(message).to.equal(
        "Chain 8453 is expected, but the node is on chain 31337. Check --chain, --rpc and TENURE_RPC.",
      );
    });
  });

  describe("given a chain without the registries", () => {
    it("should say so, with status 1, and send nothing there", async () => {
      const bare = await startChain();
      try {
        for (const args of [["show", "1"], ["register"], ["pulse", "1"]]) {
          const message = await refused(1, args, { TENURE_RPC: bare.url, TENURE_PRIVATE_KEY: testKeys[0] });
          expect(message).to.match(/^No registry answers at 0x[0-9a-fA-F]{40}\./);
        }
      } finally {
        await bare.close();
      }
    });
  });

  describe("given nobody by that number or address", () => {
    it("should say so, with status 1, for programs as JSON", async () => {
      for (const command of ["show", "vouchers", "history"]) {
        expect(await refused(1, [command, "99"], acting(world, 0))).to.match(/^Identity 99 does not exist\./);
      }
      const { status, stdout, stderr } = await tenure(["show", "99", "--json"], acting(world, 0));
      expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "" });
      expect(Object.keys(JSON.parse(stderr).error)).to.deep.equal(["name", "message", "hint"]);
      expect(JSON.parse(stderr).error.name).to.equal("UnknownIdentityError");
    });
  });

  describe("given Ctrl-C while it waits", () => {
    it("should end at once with status 130, and leave nothing behind", async () => {
      const server = createServer(() => undefined);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      try {
        const child = startTenure(["show", "1"], { TENURE_RPC: `http://127.0.0.1:${port}` });
        const end = ended(child);
        await new Promise((resolve) => server.once("request", resolve));
        await sleep(50);
        child.kill("SIGINT");
        expect(await end).to.deep.equal({ status: 130, stdout: "", stderr: "" });
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });
  });

  describe("given Ctrl-C while its transaction waits for a block", () => {
    /** What is told, and of which transaction. */
    async function interrupted(...options: string[]) {
      const [node] = world.members;
      await node.setAutomine(false);
      try {
        const child = startTenure(["register", ...options], acting(world, 4));
        const end = ended(child);
        const pending = () => node.getBlock({ blockTag: "pending" });
        while ((await pending()).transactions.length === 0) await sleep(20);
        await sleep(300);
        child.kill("SIGINT");
        const { status, stdout, stderr } = await end;
        expect({ status, stdout }).to.deep.equal({ status: 130, stdout: "" });
        const [hash] = (await pending()).transactions;
        return { stderr, hash };
      } finally {
        const [hash] = (await node.getBlock({ blockTag: "pending" })).transactions;
        // The next one is to find the chain as this one found it.
        if (hash !== undefined) await node.dropTransaction({ hash });
        await node.setAutomine(true);
        await node.mine({ blocks: 1 });
      }
    }

    it("should say which one may still be mined", async () => {
      const { stderr, hash } = await interrupted();
      expect(stderr).to.equal(`tenure: Transaction ${hash} is sent, and may still be mined.\n`);
    });

    it("should say it to programs as JSON", async () => {
      const { stderr, hash } = await interrupted("--json");
      const message = `Transaction ${hash} is sent, and may still be mined.`;
      expect(JSON.parse(stderr)).to.deep.equal({ error: { name: "InterruptedError", message, hint: null, hash } });
    });
  });

  describe("given a reader who stops early", () => {
    it("should not complain", async () => {
      const child = startTenure(["--help"], {});
      child.stdout?.destroy();
      const { stderr } = await ended(child);
      expect(stderr).to.equal("");
    });
  });
});
