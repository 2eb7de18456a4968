import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { DAY, empty, ethers, loadFixture, MAX_SILENCE, RECOVERY_DELAY } from "../utils/identity.ts";

describe("IdentityRegistry", () => {
  describe("constructor", () => {
    const deploy = (maxSilence: bigint, recoveryDelay: bigint) =>
      ethers.deployContract("IdentityRegistry", [maxSilence, recoveryDelay, ZeroAddress]);

    const refused: [string, bigint, bigint][] = [
      ["a silence of 0", 0n, 1n],
      ["a recovery delay of 0", 1n, 0n],
      ["both 0", 0n, 0n],
      ["a recovery delay of 365 days and a second", 1n, 365n * DAY + 1n],
      ["the longest recovery delay that 40 bits hold", 1n, 2n ** 40n - 1n],
    ];
    for (const [what, maxSilence, recoveryDelay] of refused) {
      it(`refuses ${what}`, async () => {
        const { registry } = await loadFixture(empty);
        await expect(deploy(maxSilence, recoveryDelay))
          .to.be.revertedWithCustomError(registry, "InvalidParameters")
          .withArgs(maxSilence, recoveryDelay);
      });
    }

    const taken: [string, bigint, bigint][] = [
      ["a second each", 1n, 1n],
      ["a recovery delay of exactly 365 days", 1n, 365n * DAY],
      ["a silence without bound", 2n ** 40n - 1n, 1n],
    ];
    for (const [what, maxSilence, recoveryDelay] of taken) {
      it(`takes ${what}`, async () => {
        const registry = await deploy(maxSilence, recoveryDelay);
        expect(await registry.maxSilence()).to.equal(maxSilence);
        expect(await registry.recoveryDelay()).to.equal(recoveryDelay);
      });
    }

    it("refuses a renderer that is no contract, and takes none", async () => {
      const { registry, stranger } = await loadFixture(empty);
      await expect(ethers.deployContract("IdentityRegistry", [1n, 1n, stranger]))
        .to.be.revertedWithCustomError(registry, "InvalidRenderer")
        .withArgs(stranger.address);
      expect(await (await deploy(1n, 1n)).renderer()).to.equal(ZeroAddress);
    });

    it("keeps its three parameters for everybody to read", async () => {
      const { registry } = await loadFixture(empty);
      expect(await ethers.provider.getCode(await registry.renderer())).to.not.equal("0x");
      expect(await registry.maxSilence()).to.equal(MAX_SILENCE);
      expect(await registry.recoveryDelay()).to.equal(RECOVERY_DELAY);
    });

    it("starts without identities", async () => {
      const { registry } = await loadFixture(empty);
      expect(await registry.totalRegistered()).to.equal(0n);
      expect(await registry.totalSupply()).to.equal(0n);
    });

    it("has a name and a symbol", async () => {
      const { registry } = await loadFixture(empty);
      expect(await registry.name()).to.equal("Tenure Identity");
      expect(await registry.symbol()).to.equal("TENURE");
    });

    it("takes no ether, neither plain nor with a call", async () => {
      const { registry, owner } = await loadFixture(empty);
      await expect(owner.sendTransaction({ to: registry, value: 1n })).to.be.revert(ethers);
      await expect(owner.sendTransaction({ to: registry, value: 1n, data: "0x1aa3a008" })).to.be.revert(ethers);
      const payable = registry.interface.fragments.filter((fragment) => "payable" in fragment && fragment.payable);
      expect(payable).to.be.empty;
    });
  });
});
