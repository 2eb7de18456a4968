import { expect } from "chai";
import { fieldsOf } from "../utils/vouchMocks.ts";
import { profileFromRegistries } from "../utils/vouchProfiles.ts";
import { type ReadersWorld, readersWorld } from "../utils/vouchReaders.ts";
import {
  type Agent,
  loadFixture,
  refused,
  retire,
  revoke,
  suspend,
  UNKNOWN,
  vouch,
  warn,
} from "../utils/vouchWorld.ts";

describe("RegistryLens > vouchers", () => {
  let world: ReadersWorld;
  let subject: Agent;
  /** Newest first. */
  let vouchers: Agent[];
  beforeEach(async () => {
    world = await loadFixture(readersWorld);
    subject = world.ben;
    vouchers = [world.finn, world.dan, world.ada, world.cleo];
    for (const voucher of [...vouchers].reverse()) await vouch(world, voucher, subject);
  });

  const pageOf = async (cursor: bigint, limit: bigint): Promise<[ids: bigint[], next: bigint]> => {
    const [page, next] = await world.lens.vouchers(subject.id, cursor, limit);
    return [page.map((entry) => entry.vouch.voucherId), next];
  };
  const ids = () => vouchers.map((voucher) => voucher.id);

  it("should answer each edge as vouchOf does, beside its voucher's profile", async () => {
    const { dan, ada, cleo, finn } = world;
    await suspend(world, dan);
    await revoke(world, ada, subject);
    await vouch(world, finn, cleo, { stake: 3n });
    await retire(world, cleo);
    const [page] = await world.lens.vouchers(subject.id, 0, 10);
    expect(page).to.have.lengthOf(4);
    for (const [index, voucher] of vouchers.entries()) {
      expect(fieldsOf(page[index])).to.deep.equal({
        vouch: fieldsOf(await world.vouches.vouchOf(voucher.id, subject.id)),
        voucher: await profileFromRegistries(world, voucher.id),
      });
    }
  });

  it("should hold warnings too", async () => {
    await warn(world, world.eve, subject);
    expect(await pageOf(0n, 10n)).to.deep.equal([[world.eve.id, ...ids()], 0n]);
  });

  for (const limit of [1n, 2n, 3n, 4n, 5n]) {
    it(`when walked by pages of ${limit}, it should meet every voucher exactly once`, async () => {
      const met: bigint[] = [];
      let cursor = 0n;
      let pages = 0;
      do {
        const [page, next] = await pageOf(cursor, limit);
        met.push(...page);
        cursor = next;
      } while (cursor !== 0n && ++pages < 10); // a walk in circles has to end too
      expect(met).to.deep.equal(ids());
    });
  }

  it("when the limit is 0, it should answer an empty page and where the list starts", async () => {
    expect(await pageOf(0n, 0n)).to.deep.equal([[], world.finn.id]);
  });

  it("given nobody ever staked, or an unknown subject, it should answer an empty page", async () => {
    for (const id of [world.ada.id, UNKNOWN]) {
      const [page, next] = await world.lens.vouchers(id, 0, 10);
      expect([page.length, next]).to.deep.equal([0, 0n]);
    }
  });

  it("when the cursor is not in the list, it should revert with the registry's error", async () => {
    const call = world.lens.vouchers(subject.id, world.eve.id, 10);
    await refused(call, world.vouches, "InvalidCursor", world.eve.id);
  });
});
