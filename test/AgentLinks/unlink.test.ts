import { expect } from "chai";
import { isTrue, type LinksScene, linkedByOwner, linkOf, ONE, refused, TOKEN, TWO } from "../utils/agentLinks.ts";
import { loadFixture, logsOf, networkHelpers } from "../utils/identity.ts";
import { giveWallet, rotate } from "../utils/identitySigning.ts";

describe("AgentLinks > unlink", () => {
  let scene: LinksScene;
  let plain: string;
  beforeEach(async () => {
    scene = await loadFixture(linkedByOwner);
    plain = await scene.plain.getAddress();
  });
  const unlink = (id = ONE, as = scene.owner, agentId = TOKEN) => scene.links.connect(as).unlink(id, plain, agentId);
  const removes = async (as = scene.owner) => {
    expect(await logsOf(scene.links, unlink(ONE, as))).to.deep.equal([["AgentUnlinked", ONE, plain, TOKEN]]);
    const { id, isLinked, tokenOwner } = await linkOf(scene.links, scene.plain);
    expect([id, isLinked, BigInt(tokenOwner as string)]).to.deep.equal([0n, false, 0n]);
    expect((await scene.links.linksOf(ONE, 0, 10)).page).to.deep.equal([]);
  };

  it("should remove the link, from the list too, and allow a fresh one", async () => {
    await removes();
    expect(await isTrue(scene, scene.plain)).to.equal(false);
    await scene.links.connect(scene.owner).link(ONE, plain, TOKEN);
    expect(await isTrue(scene, scene.plain)).to.equal(true);
  });

  it("given a suspended identity, it should remove the link", async () => {
    await scene.registry.connect(scene.owner).suspend(ONE);
    await removes();
  });

  it("given a broken link, it should remove it: a sold token, a later key, a contract that is gone", async () => {
    await scene.plain.connect(scene.owner).transferFrom(scene.owner, scene.stranger, TOKEN);
    await rotate(scene.registry, scene.owner, ONE, scene.next);
    await networkHelpers.setCode(plain, "0x");
    await removes(scene.next);
  });

  it("should refuse everybody but the identity's owner, the token's owner included", async () => {
    await giveWallet(scene.registry, scene.owner, ONE, scene.wallet);
    await scene.plain.connect(scene.owner).transferFrom(scene.owner, scene.stranger, TOKEN);
    for (const caller of [scene.wallet, scene.other, scene.stranger]) {
      await refused(unlink(ONE, caller), scene.links, "NotOwner", ONE, caller.address);
    }
  });

  it("given a retired or unknown identity, it should name nobody its owner", async () => {
    await scene.registry.connect(scene.owner).retire(ONE);
    for (const id of [ONE, 0n, 3n]) await refused(unlink(id), scene.links, "NotOwner", id, scene.owner.address);
  });

  it("given no link, or another identity's, it should refuse", async () => {
    await refused(unlink(ONE, scene.owner, 78n), scene.links, "LinkNotFound", ONE, plain, 78n);
    await refused(unlink(TWO, scene.other), scene.links, "LinkNotFound", TWO, plain, TOKEN);
    await unlink();
    await refused(unlink(), scene.links, "LinkNotFound", ONE, plain, TOKEN);
  });

  it("given a link that another identity replaced, it should leave the new one alone", async () => {
    await scene.plain.connect(scene.owner).transferFrom(scene.owner, scene.other, TOKEN);
    await scene.links.connect(scene.other).link(TWO, plain, TOKEN);
    await refused(unlink(), scene.links, "LinkNotFound", ONE, plain, TOKEN);
    expect(await isTrue(scene, scene.plain, TWO)).to.equal(true);
  });
});
