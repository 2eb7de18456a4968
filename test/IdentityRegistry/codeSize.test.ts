import { expect } from "chai";
import { globalOptions } from "hardhat";
import { empty, ethers, loadFixture } from "../utils/identity.ts";

describe("IdentityRegistry", () => {
  it("has code below the limit of EIP-170", async function () {
    // Under --coverage the code is instrumented and larger than what is deployed.
    if (globalOptions.coverage) this.skip();
    const { registry } = await loadFixture(empty);
    const code = await ethers.provider.getCode(registry);
    expect(ethers.dataLength(code)).to.be.at.most(24_576);
  });
});
