import { expect } from "chai";
import { isAnvilInstalled, startAnvil } from "../../test/utils/anvil.ts";
import { faulty } from "../../test/utils/faulty.ts";
import { connect, startChain } from "../../test/utils/localChain.ts";
import { rejection } from "../../test/utils/rejection.ts";
import { deployRegistries, shortParameters } from "../index.ts";

describe("a chain whose machine is too old", () => {
  const hardforks = { paris: ["PUSH0", "MCOPY"], shanghai: ["MCOPY"] };
  for (const [hardfork, missing] of Object.entries(hardforks)) {
    it(`should be refused before anything is paid for: ${hardfork}`, async function () {
      if (!isAnvilInstalled()) return this.skip();
      const { url, close } = await startAnvil(0, ["--hardfork", hardfork]);
      const client = connect(url);
      const balance = await client.getBalance({ address: client.account.address });
      const error = await rejection(deployRegistries(client, { parameters: shortParameters }));
      expect(error.name).to.equal("EvmTooOldError");
      expect(error.message).to.include(missing.join(" and ")).and.to.include("Cancun");
      expect(await client.getBalance({ address: client.account.address })).to.equal(balance);
      expect(await client.getTransactionCount({ address: client.account.address })).to.equal(0);
      await close();
    });
  }

  it("should not be presumed of a node that tries no code but what is deployed", async () => {
    const chain = await startChain();
    const { url, close } = await faulty(chain.url, ({ method, params }) => {
      const isCreation = method === "eth_call" && !("to" in (params[0] as object));
      return isCreation ? { error: { code: -32_000, message: "invalid opcode" } } : undefined;
    });
    const { contracts } = await deployRegistries(connect(url), { parameters: shortParameters });
    expect(contracts).to.have.length.above(3);
    await close();
    await chain.close();
  });
});
