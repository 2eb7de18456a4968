import { expect } from "chai";
import { refused } from "../utils/agentLinks.ts";
import { ethers, loadFixture, type Signer } from "../utils/identity.ts";

async function scene() {
  const [holder, buyer] = (await ethers.getSigners()) as [Signer, Signer];
  const tokens = await ethers.deployContract("TransferableAgents");
  await tokens.register("ipfs://first");
  return { tokens, holder, buyer };
}

describe("TransferableAgents, the example of tokens that are sold", () => {
  it("should say what it is called", async () => {
    const { tokens } = await loadFixture(scene);
    expect([await tokens.name(), await tokens.symbol()]).to.deep.equal(["Transferable agents", "AGENT"]);
  });

  it("should number tokens from one, and give each to whoever registers it", async () => {
    const { tokens, holder, buyer } = await loadFixture(scene);
    await tokens.connect(buyer).register("");
    expect([await tokens.ownerOf(1n), await tokens.ownerOf(2n)]).to.deep.equal([holder.address, buyer.address]);
    expect([await tokens.tokenURI(1n), await tokens.tokenURI(2n)]).to.deep.equal(["ipfs://first", ""]);
  });

  it("should let the holder, and nobody else, say where the registration file is", async () => {
    const { tokens, holder, buyer } = await loadFixture(scene);
    await refused(tokens.connect(buyer).setAgentURI(1n, "ipfs://mine"), tokens, "NotHolder", 1n, buyer.address);
    await tokens.setAgentURI(1n, "ipfs://second");
    expect(await tokens.tokenURI(1n)).to.equal("ipfs://second");

    await tokens.transferFrom(holder, buyer, 1n);
    await refused(tokens.setAgentURI(1n, "ipfs://third"), tokens, "NotHolder", 1n, holder.address);
    await tokens.connect(buyer).setAgentURI(1n, "ipfs://third");
    expect(await tokens.tokenURI(1n)).to.equal("ipfs://third");
  });
});
