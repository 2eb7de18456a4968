import { expect } from "chai";
import { AbiCoder, keccak256, toBeHex } from "ethers";
import {
  type DelegationScene,
  delegationScene,
  GRANT,
  OTHER_GRANT,
  refused,
  smartAccount,
  statusOf,
} from "../utils/delegations.ts";
import { loadFixture, logsOf, networkHelpers } from "../utils/identity.ts";

const LAST = 2n ** 64n - 1n;

describe("DelegationRegistry > advanceEpoch", () => {
  let scene: DelegationScene;
  beforeEach(async () => {
    scene = await loadFixture(delegationScene);
  });
  const advance = (as = scene.issuer) => scene.registry.connect(as).advanceEpoch();

  /** As if the issuer had advanced it so often: an epoch is the first word of its issuer's. */
  async function reach(epoch: bigint): Promise<void> {
    const place = keccak256(AbiCoder.defaultAbiCoder().encode(["address", "uint256"], [scene.issuer.address, 0n]));
    await networkHelpers.setStorageAt(await scene.registry.getAddress(), place, toBeHex(epoch, 32));
    expect(await statusOf(scene, scene.issuer)).to.deep.equal([false, epoch]);
  }

  it("should count from zero, one by one, answer the epoch that begins, and log it", async () => {
    for (const epoch of [1n, 2n, 3n]) {
      expect(await scene.registry.advanceEpoch.staticCall()).to.equal(epoch);
      expect(await logsOf(scene.registry, advance())).to.deep.equal([["EpochAdvanced", scene.issuer.address, epoch]]);
      expect(await statusOf(scene, scene.issuer)).to.deep.equal([false, epoch]);
    }
  });

  it("should leave everybody else's epoch alone", async () => {
    await advance();
    await advance();
    expect(await statusOf(scene, scene.other)).to.deep.equal([false, 0n]);
    await advance(scene.other);
    expect(await statusOf(scene, scene.other)).to.deep.equal([false, 1n]);
    expect(await statusOf(scene, scene.issuer)).to.deep.equal([false, 2n]);
  });

  it("given a smart account, it should advance the account's epoch, and not its sender's", async () => {
    const { account, address } = await smartAccount(scene.issuer);
    await account.execute(scene.registry, scene.registry.interface.encodeFunctionData("advanceEpoch"));
    expect(await statusOf(scene, address)).to.deep.equal([false, 1n]);
    expect(await statusOf(scene, scene.issuer)).to.deep.equal([false, 0n]);
  });

  it("given revoked grants, it should leave them revoked, and no other", async () => {
    await scene.registry.revoke(GRANT);
    await advance();
    expect(await statusOf(scene, scene.issuer)).to.deep.equal([true, 1n]);
    expect(await statusOf(scene, scene.issuer, OTHER_GRANT)).to.deep.equal([false, 1n]);
  });

  it("given the last epoch but one, it should reach the last", async () => {
    await reach(LAST - 1n);
    expect(await logsOf(scene.registry, advance())).to.deep.equal([["EpochAdvanced", scene.issuer.address, LAST]]);
    expect(await statusOf(scene, scene.issuer)).to.deep.equal([false, LAST]);
  });

  it("given the last epoch, it should refuse, and still revoke", async () => {
    await reach(LAST);
    await refused(advance(), scene.registry, "EpochsExhausted", scene.issuer.address, LAST);
    await scene.registry.revoke(GRANT);
    expect(await statusOf(scene, scene.issuer)).to.deep.equal([true, LAST]);
  });
});
