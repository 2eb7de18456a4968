import { expect } from "chai";
import {
  CAP,
  ethers,
  grownWorld,
  loadFixture,
  nextBlockAt,
  ORIGIN,
  PERIOD,
  refused,
  UNIT,
  type World,
} from "../utils/vouchWorld.ts";

/** What fits in a bucket of a voucher's ring. */
const MAX_CAP = 2n ** 20n - 2n;
/** What fits in an edge. */
const LAST_PERIOD = 2n ** 18n - 1n;

describe("VouchRegistry > constructor", () => {
  let world: World;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
  });

  const deploy = (origin: bigint, unit: bigint, period: bigint, cap: bigint) =>
    ethers.deployContract("VouchRegistry", [world.identities, origin, unit, period, cap]);
  const isRefused = (origin: bigint, unit: bigint, period: bigint, cap: bigint) =>
    refused(deploy(origin, unit, period, cap), world.vouches, "InvalidParameters", origin, unit, period, cap);

  const isTooLate = (origin: bigint) =>
    refused(deploy(origin, UNIT, 1n, CAP), world.vouches, "HorizonPassed", LAST_PERIOD + 1n, LAST_PERIOD);

  it("should keep every parameter", async () => {
    const { vouches, identities } = world;
    expect(await vouches.identities()).to.equal(await identities.getAddress());
    expect(await vouches.origin()).to.equal(ORIGIN);
    expect(await vouches.unit()).to.equal(UNIT);
    expect(await vouches.period()).to.equal(PERIOD);
    expect(await vouches.cap()).to.equal(CAP);
  });

  it("should announce its EIP-712 domain by ERC-5267", async () => {
    const { chainId } = await ethers.provider.getNetwork();
    expect(await world.vouches.eip712Domain()).to.deep.equal([
      "0x0f",
      "TenureVouchRegistry",
      "1",
      chainId,
      await world.vouches.getAddress(),
      ethers.ZeroHash,
      [],
    ]);
  });

  it("when the origin is this very second, it should be in period 0", async () => {
    const registry = await deploy(await nextBlockAt(), 1n, 1n, 1n);
    expect(await registry.currentPeriod()).to.equal(0n);
  });

  it("when the origin is the next second, it should revert", async () => {
    await isRefused((await nextBlockAt()) + 1n, 1n, 1n, 1n);
  });

  it("when the origin is zero (1970), it should count the periods from there", async () => {
    const now = await nextBlockAt();
    const registry = await deploy(0n, UNIT, PERIOD, CAP);
    expect(await registry.currentPeriod()).to.equal(now / PERIOD);
  });

  it("when the origin is so far back that no period is left, it should revert: nothing could ever be staked", async () => {
    const now = await nextBlockAt();
    // With periods of one second, the last one in which a vouch of six periods can be made.
    const lastChance = LAST_PERIOD - 7n;
    await nextBlockAt(now + 5n);
    await isTooLate(now + 5n - lastChance - 1n);
    await nextBlockAt(now + 10n);
    const registry = await deploy(now + 10n - lastChance, UNIT, 1n, CAP);
    expect(await registry.currentPeriod()).to.equal(lastChance);
  });

  it("when the unit is 0, it should revert", async () => {
    await isRefused(ORIGIN, 0n, PERIOD, CAP);
  });

  it("when the period is 0, it should revert", async () => {
    await isRefused(ORIGIN, UNIT, 0n, CAP);
  });

  it("when the cap is 0, it should revert", async () => {
    await isRefused(ORIGIN, UNIT, PERIOD, 0n);
  });

  it("when the cap is the greatest a ring can hold, it should be taken", async () => {
    expect(await (await deploy(ORIGIN, UNIT, PERIOD, MAX_CAP)).cap()).to.equal(MAX_CAP);
  });

  it("when the cap is one point more, it should revert", async () => {
    await isRefused(ORIGIN, UNIT, PERIOD, MAX_CAP + 1n);
  });

  it("when ether is sent along or later, it should refuse it", async () => {
    const { vouches, relayer } = world;
    await expect(relayer.sendTransaction({ to: vouches, value: 1n })).to.revert(ethers);
    const payable = vouches.interface.fragments.filter((part) => "payable" in part && part.payable);
    expect(payable).to.deep.equal([]);
  });
});
