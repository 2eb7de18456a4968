import { expect } from "chai";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { shortAddresses, unorderedNoncesAbi } from "../../index.ts";

describe("getFreeNonces", () => {
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

  const full = 2n ** 256n - 1n;
  /** Uses up whole words. */
  async function fill(...words: bigint[]) {
    const [voucher] = world.members;
    for (const word of words) {
      const hash = await voucher.writeContract({
        ...{ address: shortAddresses.vouchRegistry, abi: unorderedNoncesAbi },
        ...{ functionName: "invalidateNonces", args: [word, full] },
      });
      await voucher.waitForTransactionReceipt({ hash });
    }
  }

  it("should go on where words are full, and fill gaps first", async () => {
    const [voucher] = world.members;
    const owner = voucher.account.address;
    await fill(0n, 1n, 3n);
    await voucher.invalidateNoncesSync({ ...vouches, nonces: [512, 514] });
    expect(await voucher.getFreeNonces({ ...vouches, owner })).to.deep.equal([513]);
    const many = await voucher.getFreeNonces({ ...vouches, owner, count: 300 });
    expect(many.slice(0, 3)).to.deep.equal([513, 515, 516]);
    expect(many).to.have.length(300);
    expect(many.slice(253, 256)).to.deep.equal([767, 1024, 1025]);
    expect(await voucher.getFreeNonces({ ...vouches, owner: world.members[1].account.address })).to.deep.equal([0]);
  });

  it("should refuse what is no number of nonces", async () => {
    const [voucher] = world.members;
    for (const count of [0, 1.5, Number.POSITIVE_INFINITY]) {
      const error = await rejection(voucher.getFreeNonces({ ...vouches, owner: voucher.account.address, count }));
      expect(error.name, String(count)).to.equal("InvalidLimitError");
    }
  });
});
