import { expect } from "chai";
import { ethers, loadFixture } from "../utils/identity.ts";
import { rotate } from "../utils/identitySigning.ts";
import { beside } from "./utils/besideTenure.ts";

/** `owner` owns identity 1 of Tenure and agent 1 of the official registry. */
async function linked() {
  const scene = await beside();
  const links = await ethers.deployContract("AgentLinks", [scene.registry]);
  await links.connect(scene.owner).link(1, scene.reference, 1);
  return { ...scene, links };
}

describe("AgentLinks with an agent of the official ERC-8004 Identity Registry", () => {
  it("should show that an identity operates it", async () => {
    const { links, reference } = await loadFixture(linked);
    expect(await links.isLinked(1, reference, 1)).to.equal(true);
    expect(await links.linkedIdentity(reference, 1)).to.equal(1n);
  });

  it("should be broken once the agent is sold: the identity's reputation stays with the seller", async () => {
    const { links, reference, owner, stranger } = await loadFixture(linked);
    await reference.connect(owner).getFunction("transferFrom")(owner, stranger, 1);
    expect(await links.isLinked(1, reference, 1)).to.equal(false);
    expect(await links.linkedIdentity(reference, 1)).to.equal(0n);
  });

  it("should be broken once the identity has another key", async () => {
    const { registry, links, reference, owner, next } = await loadFixture(linked);
    await rotate(registry, owner, 1n, next);
    expect(await links.isLinked(1, reference, 1)).to.equal(false);
  });

  it("should not be made by who does not hold the agent", async () => {
    const { links, reference, other } = await loadFixture(linked);
    await expect(links.connect(other).link(2, reference, 1)).to.be.revertedWithCustomError(links, "TokenNotHeld");
  });
});
