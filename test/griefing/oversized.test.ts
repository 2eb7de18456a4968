import { expect } from "chai";
import { ethers, expectSums, grownWorld, loadFixture, vouch, type World, withParameters } from "../utils/vouchWorld.ts";

/** What one transaction may use at most (EIP-7825). */
const MOST_GAS = 16_777_216n;

describe("too much at once: a batch that needs more gas than a transaction may use", () => {
  async function scene(): Promise<World> {
    return withParameters(await loadFixture(grownWorld), { unit: 1n, cap: 1_000_000n });
  }

  function offers({ vouches, ada, ben }: World, count: number): string[] {
    const vouching = [ada.id, ben.id, 1n, 6n, 0n, ethers.ZeroHash, "x".repeat(500)] as const;
    const one = vouches.interface.encodeFunctionData("vouch", [...vouching]);
    const more = vouches.interface.encodeFunctionData("renew", [ada.id, ben.id, 1n, 6n]);
    return [one, ...Array<string>(count - 1).fill(more)];
  }

  it("should change nothing at all, and cost no more than what was sent along", async () => {
    const world = await loadFixture(scene);
    const { vouches, ada, ben } = world;
    const nonce = await ada.owner.getNonce();
    const sent = vouches.connect(ada.owner).multicall(offers(world, 2_000), { gasLimit: MOST_GAS });
    await expect(sent).to.be.revert(ethers);
    expect(await ada.owner.getNonce()).to.equal(nonce + 1);
    await expectSums(world, ben, 0n, 0n);
    expect(await vouches.vouchesBy(ada.id, 0, 10)).to.deep.equal([[], 0n]);
    expect((await vouches.standingOf(ada.id))[1]).to.equal(0n);
    // Nothing is left behind that a smaller one would stumble over.
    await vouches.connect(ada.owner).multicall(offers(world, 100), { gasLimit: MOST_GAS });
    await expectSums(world, ben, 100n, 0n);
  });

  it("given somebody else's failing call in it, should revert as a whole with the reason", async () => {
    const world = await loadFixture(scene);
    const { vouches, ada, ben, cleo } = world;
    await vouch(world, cleo, ben);
    const foreign = vouches.interface.encodeFunctionData("revoke", [cleo.id, ben.id]);
    await expect(vouches.connect(ada.owner).multicall([...offers(world, 3), foreign]))
      .to.be.revertedWithCustomError(vouches, "NotOwner")
      .withArgs(cleo.id, ada.owner.address);
    await expectSums(world, ben, 10n, 0n);
  });

  it("given a page of 2^256 - 1, should answer what there is", async () => {
    const world = await loadFixture(scene);
    const { vouches, ada, ben } = world;
    await vouch(world, ada, ben);
    // The size of the page is the reader's choice: an absurd one is no obstacle where the list is short.
    const [page, next] = await vouches.vouchersOf(ben.id, 0, 2n ** 256n - 1n);
    expect(page).to.have.lengthOf(1);
    expect(next).to.equal(0n);
  });
});
