import { expect } from "chai";
import { fields, type LinksScene, linkOf, linksScene, ONE, TWO } from "../utils/agentLinks.ts";
import { ethers, loadFixture } from "../utils/identity.ts";

describe("AgentLinks > linksOf", () => {
  let scene: LinksScene;
  const TOKENS = [10n, 20n, 30n, 40n];

  async function four() {
    const world = await linksScene();
    for (const token of TOKENS) {
      await world.plain.mint(world.owner, token);
      await world.links.connect(world.owner).link(ONE, world.plain, token);
    }
    return world;
  }
  beforeEach(async () => {
    scene = await loadFixture(four);
  });

  const pageOf = async (cursor: bigint, limit: bigint, id = ONE): Promise<[bigint[], bigint]> => {
    const [page, next] = await scene.links.linksOf(id, cursor, limit);
    return [page.map(({ agentId }) => agentId), next];
  };
  const unlink = (token: bigint) => scene.links.connect(scene.owner).unlink(ONE, scene.plain, token);

  for (const limit of [1n, 2n, 3n, 4n, 5n, ethers.MaxUint256]) {
    it(`when walked by pages of ${limit}, it should meet every link once, in the order of linking`, async () => {
      const met: bigint[] = [];
      let cursor = 0n;
      for (let pages = 0; pages < TOKENS.length; ++pages) {
        const [page, next] = await pageOf(cursor, limit);
        met.push(...page);
        cursor = next;
        if (next === 0n) break;
      }
      expect(cursor).to.equal(0n);
      expect(met).to.deep.equal(TOKENS);
    });
  }

  it("should answer each link as linkOf does, broken ones too", async () => {
    await scene.plain.connect(scene.owner).transferFrom(scene.owner, scene.stranger, 20n);
    const [page] = await scene.links.linksOf(ONE, 0, 10);
    expect(page.map((link) => link.isLinked)).to.deep.equal([true, false, true, true]);
    for (const [i, link] of page.entries()) {
      expect(fields(link)).to.deep.equal(await linkOf(scene.links, scene.plain, TOKENS[i]));
    }
  });

  it("when the cursor is at or behind the end, it should answer nothing", async () => {
    for (const cursor of [4n, 5n, ethers.MaxUint256]) {
      expect(await pageOf(cursor, ethers.MaxUint256)).to.deep.equal([[], 0n]);
    }
  });

  it("when the limit is 0, it should answer an empty page and the cursor", async () => {
    expect(await pageOf(2n, 0n)).to.deep.equal([[], 2n]);
  });

  it("given no links, or an unknown identity, it should answer an empty page", async () => {
    for (const id of [TWO, 0n, 99n]) expect(await pageOf(0n, 10n, id)).to.deep.equal([[], 0n]);
  });

  for (const [token, left] of [
    [10n, [40n, 20n, 30n]],
    [20n, [10n, 40n, 30n]],
    [40n, [10n, 20n, 30n]],
  ] as const) {
    it(`when ${token} is unlinked, the last should take its place, and be found there later`, async () => {
      await unlink(token);
      expect(await pageOf(0n, 10n)).to.deep.equal([left, 0n]);
      for (const next of left) await unlink(next);
      expect(await pageOf(0n, 10n)).to.deep.equal([[], 0n]);
    });
  }

  it("when another identity links a token of the list, the last should take its place", async () => {
    await scene.plain.connect(scene.owner).transferFrom(scene.owner, scene.other, 20n);
    await scene.links.connect(scene.other).link(TWO, scene.plain, 20n);
    expect(await pageOf(0n, 10n)).to.deep.equal([[10n, 40n, 30n], 0n]);
    expect(await pageOf(0n, 10n, TWO)).to.deep.equal([[20n], 0n]);
    await unlink(40n);
    expect(await pageOf(0n, 10n)).to.deep.equal([[10n, 30n], 0n]);
  });
});
