import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";

onEachNode("rotateKey", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should hand the identity to the key that consented", async () => {
    const [oldKey, newKey] = world.members;
    const { id } = await oldKey.registerSync({});
    const before = await oldKey.getIdentity({ id });
    const { keyEpoch, oldOwner, newOwner } = await oldKey.rotateKeySync({
      signed: await newKey.signRotateKey({ id }),
    });
    expect({ keyEpoch, oldOwner, newOwner }).to.deep.equal({
      keyEpoch: 1,
      oldOwner: oldKey.account.address,
      newOwner: newKey.account.address,
    });
    const after = await oldKey.getIdentity({ id });
    expect(after).to.deep.include({ owner: newKey.account.address, keyEpoch: 1, firstSeen: before.firstSeen });
    expect(await oldKey.resolveKey({ address: oldKey.account.address })).to.deep.include({ id, role: "former" });
  });

  it("should refuse a consent by somebody else, and one that was used", async () => {
    const [oldKey, newKey, third] = world.members;
    const { id } = await oldKey.registerSync({});
    const consent = await newKey.signRotateKey({ id });
    const forged = { ...consent, newOwner: third.account.address };
    expect(await rejection(oldKey.rotateKey({ signed: forged }))).to.deep.include({
      name: "InvalidSignatureError",
      args: { signer: third.account.address },
    });
    await oldKey.rotateKeySync({ signed: consent });
    expect((await rejection(newKey.rotateKey({ signed: consent }))).name).to.equal("InvalidSignatureError");
  });
});
