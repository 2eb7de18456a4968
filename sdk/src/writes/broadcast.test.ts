// A transaction whose answer is lost may be in a block all the same.
import { expect } from "chai";
import { createClient, custom, type Hex, http, parseTransaction } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import { faulty, type Impose } from "../../test/utils/faulty.ts";
import { testKeys } from "../../test/utils/localChain.ts";
import { onEachNode } from "../../test/utils/nodes.ts";
import { rejection } from "../../test/utils/rejection.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import { getIdentity, register, registerSync, waitForReceipt } from "../index.ts";

const account = privateKeyToAccount(testKeys[0]);

onEachNode("a transaction whose answer is lost", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  const connect = (url: string, sender: typeof account | Hex = account) =>
    createClient({ account: sender, chain: hardhat, transport: http(url, { retryDelay: 5 }), pollingInterval: 10 });

  const isSend = ({ method }: { method: string }) => /^eth_send(Raw)?Transaction$/.test(method);
  const refusal =
    (message: string, code = -32_000): Impose =>
    (request) =>
      isSend(request) ? { error: { code, message } } : undefined;
  const status = async () => (await getIdentity(world.members[0], { id: 1 })).status;

  /** Once, the transaction arrives and the answer does not. */
  const losing = (times: number): Impose => {
    let lost = 0;
    return async (request, ask) => {
      if (!isSend(request) || lost++ >= times) return undefined;
      await ask();
      return "nothing";
    };
  };

  for (const times of [1, 9]) {
    it(`should have its hash where the answer is lost ${times === 1 ? "once" : "for ever"}`, async () => {
      const { url, close } = await faulty(world.url, losing(times));
      const { receipt, id } = await registerSync(connect(url), { agentURI: "a" });
      await close();
      expect(id).to.equal(1);
      expect(receipt.status).to.equal("success");
      expect(await status()).to.equal("active");
    });
  }

  for (const words of ["fetch failed", "it went away"]) {
    it(`should have its hash where a provider throws what it likes: ${words}`, async () => {
      const [agent] = world.members;
      let lost = 0;
      const request = async (asked: { method: string }): Promise<unknown> => {
        const answer: unknown = await agent.request(asked as never);
        if (!isSend(asked) || lost++ > 0) return answer;
        throw new TypeError(words);
      };
      const client = createClient({ account, chain: hardhat, transport: custom({ request }, { retryDelay: 5 }) });
      const { id } = await registerSync(client, { pollingInterval: 10 });
      expect(id).to.equal(1);
    });
  }

  it("should leave a refusal to the wallet that refused", async () => {
    const [agent] = world.members;
    const request = async (asked: { method: string }): Promise<unknown> => {
      if (isSend(asked)) throw { code: 4_001, message: "User denied the transaction: timed out" };
      return agent.request(asked as never);
    };
    const client = createClient({ account: account.address, chain: hardhat, transport: custom({ request }) });
    const error = await rejection(register(client, {}));
    const names: string[] = [];
    for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) names.push(inner.name);
    expect(names).to.include("UserRejectedRequestError").and.to.not.include("UnknownOutcomeError");
  });

  it("should wait for a limit of requests, and send one transaction", async () => {
    let refused = 0;
    const { url, seen, close } = await faulty(world.url, (request) =>
      isSend(request) && refused++ < 2 ? { status: 429, body: "later" } : undefined,
    );
    await registerSync(connect(url), {});
    await close();
    const sent = seen.filter(isSend).map(({ params }) => params[0]);
    expect(sent).to.have.length(3);
    expect(new Set(sent).size).to.equal(1);
  });

  it("should say that the outcome is unknown, with the hash, where it arrives nowhere", async () => {
    const { url, seen, close } = await faulty(world.url, (request) => (isSend(request) ? "nothing" : undefined));
    const error = await rejection(register(connect(url), {}));
    await close();
    expect(error.name).to.equal("UnknownOutcomeError");
    const sent = seen.find(isSend)?.params[0] as Hex;
    expect(parseTransaction(sent).chainId).to.equal(hardhat.id);
    expect(error.message)
      .to.include((error as unknown as { hash: Hex }).hash)
      .and.to.include("before you do the same");
    expect(await status()).to.equal("unknown");
  });

  it("should say so where the node dies after it arrived", async () => {
    let isDead = false;
    const { url, close } = await faulty(world.url, async (request, ask) => {
      if (isDead) return "nothing";
      if (!isSend(request)) return undefined;
      isDead = true;
      await ask();
      return "nothing";
    });
    const error = await rejection(registerSync(connect(url), { timeout: 1_000 }));
    await close();
    expect(error.name).to.equal("UnknownOutcomeError");
    const { hash } = error as unknown as { hash: Hex };
    expect((await waitForReceipt(world.members[0], { hash })).status).to.equal("success");
    expect(await status()).to.equal("active");
  });

  it("should say so, with the hash, where the node dies while it is waited for", async () => {
    const [agent] = world.members;
    await agent.setAutomine(false);
    let isDead = false;
    const { url, close } = await faulty(world.url, () => (isDead ? "nothing" : undefined));
    const hash = await register(connect(url), {});
    isDead = true;
    const error = await rejection(waitForReceipt(connect(url), { hash, timeout: 300 }));
    await agent.mine({ blocks: 1 });
    await agent.setAutomine(true);
    await close();
    expect(error).to.include({ name: "UnknownOutcomeError", hash });
    expect((await waitForReceipt(agent, { hash })).status).to.equal("success");
  });

  it("should say so where the node takes the connection and never answers", async () => {
    const { url, close } = await faulty(world.url, () => new Promise(() => {}));
    const hash: Hex = `0x${"11".repeat(32)}`;
    const error = await rejection(waitForReceipt(connect(url), { hash, timeout: 300 }));
    await close();
    expect(error).to.include({ name: "UnknownOutcomeError", hash });
  });

  for (const finds of [true, false]) {
    it(`should not take its own transaction for another's where ${finds ? "a node that lags finds it later" : "no node finds it"}`, async () => {
      let [sends, looks] = [0, 0];
      const { url, close } = await faulty(world.url, async (request, ask) => {
        if (request.method === "eth_getTransactionByHash") return finds && ++looks > 2 ? undefined : { result: null };
        if (!isSend(request)) return undefined;
        if (++sends > 1) return { error: { code: -32_000, message: "nonce too low: next nonce 2, tx nonce 1" } };
        await ask();
        return "nothing";
      });
      const sending = register(connect(url), {}).catch((error: unknown) => error);
      const outcome = (await sending) as Hex | { name: string; hash: Hex };
      await close();
      const hash = typeof outcome === "string" ? outcome : outcome.hash;
      if (!finds) expect(outcome).to.include({ name: "UnknownOutcomeError" });
      expect((await waitForReceipt(world.members[0], { hash })).status).to.equal("success");
    });
  }

  it("should not know the hash that a wallet does not tell", async () => {
    const { url, close } = await faulty(world.url, losing(9));
    const error = await rejection(register(connect(url, account.address), {}));
    await close();
    expect(error).to.include({ name: "UnknownOutcomeError", hash: undefined });
    expect(error.message).to.include("history");
    expect(await status()).to.equal("active");
  });

  for (const words of [
    "nonce too low: next nonce 7, tx nonce 6",
    "replacement transaction underpriced",
    "INTERNAL_ERROR: could not replace existing tx: replacement",
  ]) {
    it(`should say that another transaction came first: ${words}`, async () => {
      const { url, close } = await faulty(world.url, refusal(words));
      const error = await rejection(register(connect(url), {}));
      await close();
      expect(error.name).to.equal("NonceTakenError");
      expect(error.message).to.include(account.address).and.to.include("nonceManager");
    });
  }

  for (const words of [
    "transaction type not supported",
    "transaction underpriced: gas tip cap 0, minimum needed 1",
    "replay-protected (EIP-155) transactions only",
  ]) {
    it(`should leave what the node says otherwise to it: ${words}`, async () => {
      const { url, close } = await faulty(world.url, refusal(words));
      const error = await rejection(register(connect(url), {}));
      await close();
      expect(error.name).to.not.match(/Unknown|Nonce/);
      expect(error.message).to.include(words);
    });
  }
});
