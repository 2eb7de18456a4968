import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { type DelegationScene, delegationScene, GRANT, OTHER_GRANT, statusOf } from "../utils/delegations.ts";
import { loadFixture } from "../utils/identity.ts";

describe("DelegationRegistry > status", () => {
  let scene: DelegationScene;
  beforeEach(async () => {
    scene = await loadFixture(delegationScene);
  });

  it("given an account and a handle that nobody ever used, it should answer not revoked, and epoch zero", async () => {
    for (const issuer of [scene.issuer.address, ZeroAddress, await scene.registry.getAddress()]) {
      for (const id of [GRANT, ZeroHash]) expect(await statusOf(scene, issuer, id)).to.deep.equal([false, 0n]);
    }
  });

  it("should keep each account's handles and epoch apart", async () => {
    const { registry, issuer, other } = scene;
    await registry.connect(issuer).revoke(GRANT);
    await registry.connect(other).revoke(OTHER_GRANT);
    await registry.connect(other).advanceEpoch();
    expect(await statusOf(scene, issuer, GRANT)).to.deep.equal([true, 0n]);
    expect(await statusOf(scene, issuer, OTHER_GRANT)).to.deep.equal([false, 0n]);
    expect(await statusOf(scene, other, GRANT)).to.deep.equal([false, 1n]);
    expect(await statusOf(scene, other, OTHER_GRANT)).to.deep.equal([true, 1n]);
  });

  it("should have the names of the standard's answer", async () => {
    await scene.registry.advanceEpoch();
    const { isRevoked, currentEpoch } = await scene.registry.status(scene.issuer, GRANT);
    expect([isRevoked, currentEpoch]).to.deep.equal([false, 1n]);
  });
});
