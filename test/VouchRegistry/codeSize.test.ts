import { expect } from "chai";
import { ethers, grownWorld, isInstrumented, loadFixture } from "../utils/vouchWorld.ts";

describe("VouchRegistry", () => {
  it("should fit into the code size limit of EIP-170", async function () {
    if (isInstrumented) this.skip();
    const { vouches } = await loadFixture(grownWorld);
    const code = await ethers.provider.getCode(vouches);
    expect(ethers.dataLength(code)).to.be.at.most(24_576);
  });
});
