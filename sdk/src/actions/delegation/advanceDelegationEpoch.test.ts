import { expect } from "chai";
import { encodeAbiParameters, keccak256, pad, toHex } from "viem";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { shortAddresses } from "../../index.ts";

const handle = `0x${"a1".repeat(32)}` as const;

onEachNode("advanceDelegationEpoch", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should begin the account's next epoch, one by one, and nobody else's", async () => {
    const [issuer, other] = world.members;
    const { address } = issuer.account;
    for (const next of [1n, 2n]) {
      const { issuer: whose, epoch } = await issuer.advanceDelegationEpochSync({});
      expect([whose, epoch]).to.deep.equal([address, next]);
    }
    expect(await other.getDelegationStatus({ issuer: address, handle })).to.deep.equal({ isRevoked: false, epoch: 2n });
    const others = { issuer: other.account.address, handle };
    expect(await other.getDelegationStatus(others)).to.deep.equal({ isRevoked: false, epoch: 0n });
  });

  it("should refuse in words when the epochs are used up", async () => {
    const [issuer] = world.members;
    const last = 2n ** 64n - 1n;
    const place = encodeAbiParameters([{ type: "address" }, { type: "uint256" }], [issuer.account.address, 0n]);
    await issuer.setStorageAt({
      address: shortAddresses.delegationRegistry ?? "0x",
      index: keccak256(place),
      value: pad(toHex(last)),
    });
    const asked = { issuer: issuer.account.address, handle };
    expect(await issuer.getDelegationStatus(asked)).to.deep.equal({ isRevoked: false, epoch: last });
    const error = await rejection(issuer.advanceDelegationEpoch({}));
    expect(error).to.deep.include({
      name: "EpochsExhaustedError",
      args: { issuer: issuer.account.address, epoch: last },
    });
    expect(error.message).to.include("has reached its last epoch, 18446744073709551615.");
  });
});
