import { expect } from "chai";
import { linksScene, READ_GAS, refused } from "../utils/agentLinks.ts";
import { ethers, loadFixture } from "../utils/identity.ts";

describe("AgentLinks > constructor", () => {
  it("should keep the registry of identities, and say what reading a token may cost", async () => {
    const { links, registry } = await loadFixture(linksScene);
    expect(await links.identities()).to.equal(await registry.getAddress());
    expect(await links.READ_GAS()).to.equal(READ_GAS);
  });

  it("given an address without code, it should refuse it", async () => {
    const { links, stranger } = await loadFixture(linksScene);
    for (const address of [ethers.ZeroAddress, stranger.address]) {
      await refused(ethers.deployContract("AgentLinks", [address]), links, "InvalidIdentityRegistry", address);
    }
  });
});
