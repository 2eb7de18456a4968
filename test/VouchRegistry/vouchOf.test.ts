import { expect } from "chai";
import { Stance } from "../utils/vouchEdge.ts";
import { fieldsOf } from "../utils/vouchMocks.ts";
import {
  type Agent,
  burn,
  disown,
  ethers,
  grownWorld,
  loadFixture,
  retire,
  revoke,
  rotate,
  Status,
  startOf,
  suspend,
  time,
  UNKNOWN,
  VouchState,
  vouch,
  type World,
  warn,
} from "../utils/vouchWorld.ts";

describe("VouchRegistry > vouchOf", () => {
  let world: World;
  let ada: Agent;
  let ben: Agent;
  let cleo: Agent;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    ({ ada, ben, cleo } = world);
  });

  const NOTHING = {
    arbiterId: 0n,
    stance: Stance.None,
    state: VouchState.None,
    isActive: false,
    isBurnable: false,
    stake: 0n,
    since: 0n,
    endPeriod: 0n,
    releasePeriod: 0n,
    subjectKeyEpoch: 0n,
    voucherKeyEpoch: 0n,
    voucherRekeyed: false,
    arbiterStatus: Status.None,
  };

  it("given no edge, it should answer None with the voucher's status, even when that voucher was rekeyed", async () => {
    await rotate(world, ada, world.spare[0]);
    expect(fieldsOf(await world.vouches.vouchOf(ada.id, ben.id))).to.deep.equal({
      ...NOTHING,
      voucherId: ada.id,
      subjectId: ben.id,
      voucherStatus: Status.Active,
    });
  });

  it("given unknown identities, it should answer None without reverting", async () => {
    for (const id of [0n, UNKNOWN, ethers.MaxUint256]) {
      expect(fieldsOf(await world.vouches.vouchOf(id, id))).to.deep.equal({
        ...NOTHING,
        voucherId: id,
        subjectId: id,
        voucherStatus: Status.None,
      });
    }
  });

  it("given an edge in the other direction only, it should answer None", async () => {
    await vouch(world, ben, ada);
    expect((await world.vouches.vouchOf(ada.id, ben.id)).state).to.equal(VouchState.None);
  });

  describe("given a burnable vouch that ends with period 1", () => {
    beforeEach(async () => {
      await vouch(world, ada, ben, { arbiter: cleo });
    });

    const cases: [string, () => Promise<unknown>, state: bigint, isActive: boolean, isBurnable: boolean][] = [
      ["nothing happened", async () => {}, VouchState.Active, true, true],
      ["it is its last second", () => time.increaseTo(startOf(2n) - 1n), VouchState.Active, true, true],
      ["it is the first second after", () => time.increaseTo(startOf(2n)), VouchState.Ended, false, true],
      ["it is the last second of its tail", () => time.increaseTo(startOf(3n) - 1n), VouchState.Ended, false, true],
      ["its tail is over", () => time.increaseTo(startOf(3n)), VouchState.Ended, false, false],
      ["it was revoked", () => revoke(world, ada, ben), VouchState.Revoked, false, true],
      ["it was disowned", () => disown(world, ada, ben), VouchState.Disowned, false, true],
      ["it was burned to the last point", () => burn(world, ada, ben, cleo, 10n), VouchState.Burned, false, false],
      ["a part was burned", () => burn(world, ada, ben, cleo, 9n), VouchState.Active, true, true],
      ["the subject's key changed", () => rotate(world, ben, world.spare[0]), VouchState.Lapsed, false, true],
      ["the subject is suspended", () => suspend(world, ben), VouchState.Active, true, true],
      ["the subject is retired", () => retire(world, ben), VouchState.Active, true, true],
    ];
    for (const [what, happens, state, isActive, isBurnable] of cases) {
      it(`given ${what}, it should report state, isActive and isBurnable`, async () => {
        await happens();
        const edge = await world.vouches.vouchOf(ada.id, ben.id);
        expect([edge.state, edge.isActive, edge.isBurnable]).to.deep.equal([state, isActive, isBurnable]);
      });
    }

    it("given it was burned to the last point and lapsed or ended, it should be called burned", async () => {
      await burn(world, ada, ben, cleo, 10n);
      await rotate(world, ben, world.spare[0]);
      expect((await world.vouches.vouchOf(ada.id, ben.id)).state).to.equal(VouchState.Burned);
      await time.increaseTo(startOf(2n));
      expect((await world.vouches.vouchOf(ada.id, ben.id)).state).to.equal(VouchState.Burned);
    });

    const vouchers: [string, () => Promise<unknown>, status: bigint, rekeyed: boolean][] = [
      ["nothing happened", async () => {}, Status.Active, false],
      ["the voucher is suspended", () => suspend(world, ada), Status.Suspended, false],
      ["the voucher is retired", () => retire(world, ada), Status.Retired, false],
      ["the voucher's key changed", () => rotate(world, ada, world.spare[0]), Status.Active, true],
    ];
    for (const [what, happens, status, rekeyed] of vouchers) {
      it(`given ${what}, it should report it beside an edge that stays active`, async () => {
        await happens();
        const edge = await world.vouches.vouchOf(ada.id, ben.id);
        expect([edge.voucherStatus, edge.voucherRekeyed]).to.deep.equal([status, rekeyed]);
        expect(edge.isActive).to.equal(true);
      });
    }
  });

  it("given a warning and a new key of the subject, it should stay active", async () => {
    await warn(world, ada, ben);
    await rotate(world, ben, world.spare[0]);
    const edge = await world.vouches.vouchOf(ada.id, ben.id);
    expect([edge.stance, edge.state, edge.isActive]).to.deep.equal([Stance.Against, VouchState.Active, true]);
  });
});
