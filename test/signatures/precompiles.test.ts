import { expect } from "chai";
import { ethers, loadFixture, registered } from "../utils/identity.ts";

const FOREVER = 2n ** 255n;

describe("signatures > by precompiled contracts", () => {
  it("should consent to nothing, though one of them echoes what it is asked, magic value included", async () => {
    const { registry } = await loadFixture(registered);
    for (const signature of ["0x", `0x${"00".repeat(96)}`, `0x${"ff".repeat(200)}`, `0x${"01".repeat(1000)}`]) {
      for (const number of [...Array(0x15).keys(), 0x100]) {
        const owner = ethers.getAddress(ethers.toBeHex(number, 20));
        await expect(registry.registerFor(owner, "", 0, FOREVER, signature, { gasLimit: 3_000_000n }))
          .to.be.revertedWithCustomError(registry, "InvalidSignature")
          .withArgs(owner);
      }
    }
  });
});
