import { expect } from "chai";
import { guarded } from "../../../sdk/test/utils/guarded.ts";
import { connect, startChain } from "../../../sdk/test/utils/localChain.ts";
import { elsewhere } from "../../test/utils/elsewhere.ts";
import { refused, tenure, tenureJson } from "../../test/utils/tenure.ts";

describe("tenure advance", () => {
  let chain: Awaited<ReturnType<typeof startChain>>;
  before(async () => {
    chain = await startChain();
  });
  after(() => chain.close());

  const now = async () => Number((await connect(chain.url).getBlock()).timestamp);

  it("should move the clock, and mine a block", async () => {
    const before = await now();
    const result = await tenureJson<{ time: number }>(["advance", "60d"], { TENURE_RPC: chain.url });
    expect(result).to.include({ seconds: 60 * 86_400, time: await now(), blockNumber: 1 });
    expect(result.time).to.be.at.least(before + 60 * 86_400);
    expect((await tenure(["advance", "90m"], { TENURE_RPC: chain.url })).stdout).to.match(
      /^✓ The chain is 1 h 30 min on: \d{4}-\d\d-\d\d \d\d:\d\d UTC\.\n$/,
    );
  });

  it("should refuse a span without a unit, none at all, and one beyond all time", async () => {
    const env = { TENURE_RPC: chain.url };
    const mistakes: [string, string][] = [
      ["60", '"60" has no unit. Write "60s" for seconds, or "30d", "12h", "90m".'],
      ["soon", '"soon" is not a span of time. Write "30d", "12h", "90m" or "45s".'],
      ["0", 'Nothing would move. Write "60d", "12h", "90m" or "45s".'],
      ["999999999d", "The registries' time ends before that."],
    ];
    const before = await now();
    for (const [span, message] of mistakes) expect(await refused(2, ["advance", span], env)).to.equal(message);
    expect(await now()).to.equal(before);
  });

  it("should name the chain that it refuses, and say where a node moves no clock", async () => {
    const other = await elsewhere(1);
    expect(await refused(1, ["advance", "1d"], { TENURE_RPC: other.url })).to.match(
      /^Chain 1 is no local chain: its clock is nobody's to move\./,
    );
    await other.close();
    const request = ({ method }: { method: string }) =>
      method === "evm_increaseTime" ? { code: -32_601, message: "the method does not exist" } : undefined;
    const { url, close } = await guarded(chain.url, { request });
    expect(await refused(1, ["advance", "1d"], { TENURE_RPC: url })).to.equal(
      "This node does not let its clock be moved. Hardhat's and anvil's do.",
    );
    await close();
  });
});
