import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { getAddress, parseEther } from "viem";
import { guarded } from "../../../sdk/test/utils/guarded.ts";
import { connect, startChain, testKeys } from "../../../sdk/test/utils/localChain.ts";
import { elsewhere } from "../../test/utils/elsewhere.ts";
import { refused, tenure, tenureJson } from "../../test/utils/tenure.ts";

describe("tenure fund", () => {
  const poor = getAddress(`0x${"ab".repeat(20)}`);
  let chain: Awaited<ReturnType<typeof startChain>>;
  before(async () => {
    chain = await startChain();
  });
  after(() => chain.close());

  it("should add ether to what an address has, without a key and without registries", async () => {
    const env = { TENURE_RPC: chain.url };
    expect((await tenure(["fund", poor], env)).stdout).to.equal(`✓ ${poor} has 10 ether.\n`);
    const more = await tenureJson(["fund", poor, "0.5"], env);
    expect(more).to.deep.equal({ address: poor, amount: `${parseEther("0.5")}`, balance: `${parseEther("10.5")}` });
    expect(await connect(chain.url).getBalance({ address: poor })).to.equal(parseEther("10.5"));
  });

  it("should find the address of a keystore, without its password", async () => {
    const home = await mkdtemp(path.join(tmpdir(), "tenure-"));
    const env = { TENURE_HOME: home, TENURE_RPC: chain.url };
    const { address } = await tenureJson<{ address: string }>(["keystore", "create", "agent"], {
      ...env,
      TENURE_KEYSTORE_PASSWORD: "word",
    });
    expect((await tenure(["fund", "agent", "3"], env)).stdout).to.equal(`✓ ${address} has 3 ether.\n`);
    await rm(home, { recursive: true });
  });

  it("should have the node's first account pay where the node sets no balances", async () => {
    const request = ({ method }: { method: string }) =>
      method.endsWith("setBalance") ? { code: -32_601, message: "the method does not exist" } : undefined;
    const { url, close } = await guarded(chain.url, { request });
    const from = getAddress(`0x${"cd".repeat(20)}`);
    expect((await tenure(["fund", from, "2"], { TENURE_RPC: url })).stdout).to.equal(`✓ ${from} has 2 ether.\n`);
    await close();
  });

  it("should name the chain that it refuses, and send nothing there", async () => {
    const { url, methods, close } = await elsewhere(8_453);
    expect(await refused(1, ["fund", poor], { TENURE_RPC: url })).to.equal(
      "Chain 8453 is no local chain: ether is not given away there. Local chains have the number 31337 or 1337; tenure node starts one.",
    );
    expect(new Set(methods)).to.deep.equal(new Set(["eth_chainId"]));
    await close();
  });

  it("should refuse what is no address and no amount, before the node is asked", async () => {
    const env = { TENURE_RPC: "http://127.0.0.1:1", TENURE_HOME: "/nowhere" };
    expect(await refused(2, ["fund", "0x12"], env)).to.include("is not an address");
    expect(await refused(2, ["fund", "agent"], env)).to.match(/^There is no keystore "agent"\./);
    expect(await refused(2, ["fund", testKeys[0]], env)).to.not.include(testKeys[0].slice(0, 20));
    for (const amount of ["0", "-1", "ten", "1e3", "0.0000000000000000001"]) {
      const args = amount.startsWith("-") ? ["fund", poor, "--", amount] : ["fund", poor, amount];
      expect(await refused(2, args, env), amount).to.match(/is not an amount of ether\. Write "10" or "0\.5"/);
    }
  });
});
