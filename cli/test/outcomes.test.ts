// A transaction whose answer is lost, and a node that dies after it: nobody may be led to do the same twice.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { waitForReceipt } from "@tenure/sdk";
import { expect } from "chai";
import type { Hex } from "viem";
import { faulty, type Impose } from "../../sdk/test/utils/faulty.ts";
import { connect, startChain } from "../../sdk/test/utils/localChain.ts";
import type { RpcRequest } from "../../sdk/test/utils/relay.ts";
import { openWorld, type World } from "../../sdk/test/utils/world.ts";
import { acting, settle } from "./utils/acting.ts";
import { refused, tenure, tenureJson } from "./utils/tenure.ts";

const isSend = ({ method }: RpcRequest) => method === "eth_sendRawTransaction";

/** The node dies as soon as it has been asked for something. */
const dyingAt = (isLast: (request: RpcRequest) => boolean): Impose => {
  let isDead = false;
  return async (request, ask) => {
    if (isDead) return "nothing";
    if (!isLast(request)) return undefined;
    isDead = true;
    await ask();
    return "nothing";
  };
};

describe("what came of a transaction", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await settle(world, 3);
  });
  after(() => world.close());

  /** The environment of an account, before whose node something happens to requests. */
  async function inFrontOf(account: number, impose: Impose) {
    const { url, seen, close } = await faulty(world.url, impose);
    return { env: { ...acting(world, account), TENURE_RPC: url }, seen, close };
  }

  describe("given that the answer is lost", () => {
    it("should be asked of the chain, and told as if nothing had happened", async () => {
      const { env, close } = await inFrontOf(1, async (request, ask) => {
        if (!isSend(request)) return undefined;
        await ask();
        return "nothing";
      });
      try {
        const { id, transaction } = await tenureJson<{ id: number; transaction: { hash: Hex } }>(["pulse"], env);
        expect(id).to.equal(1);
        expect(await waitForReceipt(world.members[1], transaction)).to.have.property("status", "success");
      } finally {
        await close();
      }
    });
  });

  describe("given a node that dies after it", () => {
    it("should be called unknown, with status 3, the hash, and where to look", async () => {
      const { env, close } = await inFrontOf(1, dyingAt(isSend));
      const { status, stdout, stderr } = await tenure(["suspend", "--json"], env);
      await close();
      expect({ status, stdout }).to.deep.equal({ status: 3, stdout: "" });
      const { error } = JSON.parse(stderr) as { error: Record<string, string> };
      expect(Object.keys(error)).to.deep.equal(["name", "message", "hint", "hash"]);
      expect(error.name).to.equal("UnknownOutcomeError");
      expect(error.hint).to.match(/^Look for its receipt before you run the command again/);
      expect(`${error.message}${error.hint}`).to.not.match(/try again/i);
      // It was mined.
      const { blockNumber } = await waitForReceipt(world.members[1], { hash: error.hash as Hex });
      expect(blockNumber > 0n).to.equal(true);
      await world.members[1].resumeSync({ id: 1 });
    });

    it("should be called unknown while it is waited for, before half a minute is over", async () => {
      const [, , two] = world.members;
      await two.setAutomine(false);
      let isDead = false;
      const { env, close } = await inFrontOf(2, async (request, ask) => {
        if (isDead) return "nothing";
        if (!isSend(request)) return undefined;
        const answer = await ask();
        isDead = true;
        return answer;
      });
      try {
        const message = await refused(3, ["suspend"], env);
        const [, hash = ""] =
          /^Transaction (0x[0-9a-f]{64}) .* unknown: the node does not answer\. Look /.exec(message) ?? [];
        const { transactions } = await two.getBlock({ blockTag: "pending" });
        expect(transactions).to.include(hash);
      } finally {
        await close();
        await two.dropTransaction({ hash: (await two.getBlock({ blockTag: "pending" })).transactions[0] ?? "0x" });
        await two.setAutomine(true);
      }
    }).timeout(30_000);

    it("should be called mined where that was seen, and only its report fails", async () => {
      let isMined = false;
      const { env, close } = await inFrontOf(2, async (request, ask) => {
        if (isMined) return "nothing";
        if (request.method !== "eth_getTransactionReceipt") return undefined;
        const answer = await ask();
        isMined = "result" in answer && answer.result !== null;
        return answer;
      });
      const message = await refused(3, ["pulse"], env);
      await close();
      expect(message).to.match(/does not answer\. Transaction 0x[0-9a-f]{64} was mined before that: do not run/);
    });

    it("should be called unknown of a deployment too, with the hash", async () => {
      const bare = await startChain();
      const { url, close } = await faulty(bare.url, dyingAt(isSend));
      try {
        const { status, stderr } = await tenure(["deploy", "--json"], { ...acting(world, 0), TENURE_RPC: url });
        const { error } = JSON.parse(stderr) as { error: { name: string; hash: Hex } };
        expect({ status, name: error.name }, stderr).to.deep.equal({ status: 3, name: "UnknownOutcomeError" });
        expect(await waitForReceipt(connect(bare.url), error)).to.have.property("status", "success");
      } finally {
        await close();
        await bare.close();
      }
    });
  });

  describe("given another transaction with its nonce", () => {
    it("should be that nothing was done, in the words of the command line", async () => {
      const { env, close } = await inFrontOf(3, (request) =>
        isSend(request) ? { error: { code: -32_000, message: "nonce too low: next nonce 7, tx nonce 6" } } : undefined,
      );
      const message = await refused(1, ["suspend"], env);
      await close();
      expect(message).to.match(/^Another transaction of 0x\w+ was sent with the same nonce/);
      expect(message).to.match(/Nothing was done\. Another command or program .* then run this command again\.$/);
      expect(message).to.not.include("nonceManager");
    });
  });
});

describe("a page of the web in the place of a node", () => {
  it("should be said to be none, with status 1, and how another one is named", async () => {
    const server = createServer((_, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Log in</title>"),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      for (const args of [["show", "1"], ["nonces", "show", "1"], ["identities"]]) {
        const message = await refused(1, args, { TENURE_RPC: `http://127.0.0.1:${port}/secret` });
        expect(message).to.equal(
          `What answers at 127.0.0.1:${port} is no Ethereum node: it does not speak JSON-RPC. Check the URL, with its path: ` +
            "it may be that of a web page, or of a login in front of the node. Another node is named with --rpc or TENURE_RPC.",
        );
      }
    } finally {
      server.close();
    }
  });
});

describe("a node that has not all logs", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await settle(world, 1);
  });
  after(() => world.close());

  const pruned: Impose = ({ method }) =>
    method === "eth_getLogs" ? { error: { code: 4_444, message: "pruned history unavailable" } } : undefined;
  const hints: [hint: RegExp, ...args: string[]][] = [
    [/TENURE_RPC; or say a later --from-block and do without what came before\.$/, "history", "1"],
    [/TENURE_RPC; or say a later --from-block [^;]*\.$/, "metadata", "list", "1"],
    [/--from-block [^;]*; or read the registry's own lists with --storage\.$/, "trust", "1", "--anchors", "1"],
  ];
  for (const [hint, ...args] of hints) {
    it(`should be told with what can be said of it to ${args.join(" ")}`, async () => {
      const { url, close } = await faulty(world.url, pruned);
      const { stderr, status } = await tenure([...args, "--json"], { TENURE_RPC: url });
      await close();
      const { error } = JSON.parse(stderr) as { error: { name: string; hint: string } };
      expect({ status, name: error.name }, stderr).to.deep.equal({ status: 1, name: "HistoryPrunedError" });
      expect(error.hint).to.match(hint);
    });
  }

  it("should say of a block to come that nothing is told from there on", async () => {
    const { stdout } = await tenure(["history", "1", "--from-block", "99999999"], { TENURE_RPC: world.url });
    expect(stdout).to.equal("Nothing of identity 1 is in the logs from block 99999999 on.\n");
  });
});
