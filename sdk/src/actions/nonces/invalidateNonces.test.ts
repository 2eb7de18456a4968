import { expect } from "chai";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";

describe("invalidateNonces", () => {
  const vouches = { registry: "vouchRegistry" } as const;
  let world: World;
  before(async () => {
    world = await openWorld();
    for (const agent of world.members.slice(0, 2)) await agent.registerSync({});
    await world.earn(...world.members.slice(0, 2));
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should say which are used up, whatever their size", async () => {
    const [voucher] = world.members;
    const last = 2n ** 256n - 1n;
    const { owner, nonces } = await voucher.invalidateNoncesSync({ ...vouches, nonces: [last, last - 3n] });
    expect({ owner, nonces }).to.deep.equal({ owner: voucher.account.address, nonces: [last - 3n, last] });
    expect(await voucher.isNonceUsed({ ...vouches, owner, nonce: last })).to.equal(true);
    expect(await voucher.isNonceUsed({ ...vouches, owner, nonce: last - 1n })).to.equal(false);
    expect(await voucher.isNonceUsed({ registry: "identityRegistry", owner, nonce: last })).to.equal(false);
  });

  it("should refuse nonces of several words, none, and what is no nonce", async () => {
    const [voucher] = world.members;
    for (const [nonces, name] of [
      [[255, 256], "NoncesApartError"],
      [[], "NoncesApartError"],
      [[-1], "InvalidUint256Error"],
      [[2 ** 53], "InvalidUint256Error"],
      [[2n ** 256n], "InvalidUint256Error"],
    ] as const) {
      expect((await rejection(voucher.invalidateNonces({ ...vouches, nonces }))).name).to.equal(name);
    }
  });
});
