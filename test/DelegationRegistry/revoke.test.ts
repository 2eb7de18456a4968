import { expect } from "chai";
import { ZeroHash } from "ethers";
import {
  type DelegationScene,
  delegationScene,
  GRANT,
  OTHER_GRANT,
  smartAccount,
  statusOf,
} from "../utils/delegations.ts";
import { loadFixture, logsOf } from "../utils/identity.ts";

describe("DelegationRegistry > revoke", () => {
  let scene: DelegationScene;
  beforeEach(async () => {
    scene = await loadFixture(delegationScene);
  });
  const revoke = (id = GRANT, as = scene.issuer) => scene.registry.connect(as).revoke(id);

  it("should revoke the caller's grant, and log it", async () => {
    expect(await logsOf(scene.registry, revoke())).to.deep.equal([["Revoked", scene.issuer.address, GRANT]]);
    expect(await statusOf(scene, scene.issuer)).to.deep.equal([true, 0n]);
  });

  it("should leave the caller's other grants alone, and the same handle of everybody else", async () => {
    await revoke();
    expect(await statusOf(scene, scene.issuer, OTHER_GRANT)).to.deep.equal([false, 0n]);
    expect(await statusOf(scene, scene.other)).to.deep.equal([false, 0n]);
  });

  it("given a grant that is revoked, it should stay revoked, and log it again", async () => {
    await revoke();
    expect(await logsOf(scene.registry, revoke())).to.deep.equal([["Revoked", scene.issuer.address, GRANT]]);
    expect(await statusOf(scene, scene.issuer)).to.deep.equal([true, 0n]);
  });

  it("given any handle at all, it should take it: whether there is such a grant is not known here", async () => {
    for (const id of [ZeroHash, `0x${"ff".repeat(32)}`]) {
      await revoke(id);
      expect(await statusOf(scene, scene.issuer, id)).to.deep.equal([true, 0n]);
    }
  });

  it("given a smart account, it should revoke the account's grant, and not its sender's", async () => {
    const { account, address } = await smartAccount(scene.issuer);
    await account.execute(scene.registry, scene.registry.interface.encodeFunctionData("revoke", [GRANT]));
    expect(await statusOf(scene, address)).to.deep.equal([true, 0n]);
    expect(await statusOf(scene, scene.issuer)).to.deep.equal([false, 0n]);
  });
});
