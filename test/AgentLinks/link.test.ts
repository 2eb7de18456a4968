import { expect } from "chai";
import type { BaseContract } from "ethers";
import {
  isTrue,
  type LinksScene,
  linkedByOwner,
  linkedThroughWallet,
  linkOf,
  linksScene,
  Mood,
  ONE,
  refused,
  TOKEN,
  TWO,
} from "../utils/agentLinks.ts";
import { ethers, loadFixture, logsOf } from "../utils/identity.ts";
import { giveWallet, rotate } from "../utils/identitySigning.ts";

describe("AgentLinks > link", () => {
  let scene: LinksScene;
  const use = async (fixture: () => Promise<LinksScene>) => {
    scene = await loadFixture(fixture);
  };
  const link = (registry: BaseContract | string, id = ONE, as = scene.owner, agentId = TOKEN) =>
    scene.links.connect(as).link(id, registry, agentId);
  const isRefused = (sent: Promise<unknown>, error: string, ...values: unknown[]) =>
    refused(sent, scene.links, error, ...values);
  const addressOf = (registry: BaseContract) => registry.getAddress();

  describe("given the identity's owner owns the token", () => {
    beforeEach(() => use(linksScene));

    it("should link it, and log all that the link depends on", async () => {
      const plain = await addressOf(scene.plain);
      expect(await logsOf(scene.links, link(scene.plain))).to.deep.equal([
        ["AgentLinked", ONE, plain, TOKEN, scene.owner.address, 0n, false],
      ]);
      expect(await linkOf(scene.links, scene.plain)).to.deep.equal({
        id: ONE,
        registry: plain,
        agentId: TOKEN,
        tokenOwner: scene.owner.address,
        keyEpoch: 0n,
        throughWallet: false,
        isLinked: true,
      });
      expect(await isTrue(scene, scene.plain)).to.equal(true);
    });

    it("should not link another token of the contract", async () => {
      await scene.plain.mint(scene.owner, TOKEN + 1n);
      await link(scene.plain);
      expect((await linkOf(scene.links, scene.plain, TOKEN + 1n)).id).to.equal(0n);
    });

    it("given the token has the greatest number there is, it should link it", async () => {
      const last = ethers.MaxUint256;
      await scene.plain.mint(scene.owner, last);
      await link(scene.plain, ONE, scene.owner, last);
      expect(await isTrue(scene, scene.plain, ONE, last)).to.equal(true);
    });

    it("given a key epoch above zero, it should remember it", async () => {
      await rotate(scene.registry, scene.owner, ONE, scene.next);
      await scene.plain.connect(scene.owner).transferFrom(scene.owner, scene.next, TOKEN);
      await link(scene.plain, ONE, scene.next);
      expect((await linkOf(scene.links, scene.plain)).keyEpoch).to.equal(1n);
    });

    it("should refuse everybody but the identity's owner: its wallet, and the owner of another", async () => {
      await giveWallet(scene.registry, scene.owner, ONE, scene.wallet);
      for (const caller of [scene.wallet, scene.other, scene.stranger]) {
        await isRefused(link(scene.plain, ONE, caller), "NotOwner", ONE, caller.address);
      }
    });

    it("given an unknown or a retired identity, it should name nobody its owner", async () => {
      await isRefused(link(scene.plain, 0n), "NotOwner", 0n, scene.owner.address);
      await isRefused(link(scene.plain, 3n), "NotOwner", 3n, scene.owner.address);
      await scene.registry.connect(scene.owner).retire(ONE);
      await isRefused(link(scene.plain), "NotOwner", ONE, scene.owner.address);
    });

    it("given a suspended identity, it should refuse until it is resumed", async () => {
      await scene.registry.connect(scene.owner).suspend(ONE);
      await expect(link(scene.plain)).to.be.revertedWithCustomError(scene.registry, "IdentitySuspended").withArgs(ONE);
      await scene.registry.connect(scene.owner).resume(ONE);
      await link(scene.plain);
    });
  });

  describe("given the identity's wallet owns the token", () => {
    beforeEach(() => use(linksScene));

    it("should link it as proven by the token's owner", async () => {
      await giveWallet(scene.registry, scene.owner, ONE, scene.wallet);
      await scene.plain.connect(scene.owner).transferFrom(scene.owner, scene.wallet, TOKEN);
      await link(scene.plain);
      const { tokenOwner, throughWallet } = await linkOf(scene.links, scene.plain);
      expect([tokenOwner, throughWallet]).to.deep.equal([scene.wallet.address, false]);
    });
  });

  describe("given the identity holds the agent wallet of a stranger's token", () => {
    beforeEach(() => use(linksScene));

    for (const holder of ["owner", "wallet"] as const) {
      it(`as ${holder}, it should link it, and log that it went through the wallet`, async () => {
        await giveWallet(scene.registry, scene.owner, ONE, scene.wallet);
        await scene.agents.connect(scene.stranger).setAgentWallet(TOKEN, scene[holder]);
        expect(await logsOf(scene.links, link(scene.agents))).to.deep.equal([
          ["AgentLinked", ONE, await addressOf(scene.agents), TOKEN, scene.stranger.address, 0n, true],
        ]);
        expect(await isTrue(scene, scene.agents)).to.equal(true);
      });
    }

    it("and its owner is another identity's, it should still link it", async () => {
      await scene.agents.mint(scene.other, TOKEN + 1n);
      await scene.agents.connect(scene.other).setAgentWallet(TOKEN + 1n, scene.owner);
      await link(scene.agents, ONE, scene.owner, TOKEN + 1n);
      expect(await isTrue(scene, scene.agents, ONE, TOKEN + 1n)).to.equal(true);
    });

    it("and owns the token too, it should go by the owner", async () => {
      await scene.agents.mint(scene.owner, TOKEN + 1n);
      await link(scene.agents, ONE, scene.owner, TOKEN + 1n);
      expect((await linkOf(scene.links, scene.agents, TOKEN + 1n)).throughWallet).to.equal(false);
    });
  });

  describe("given the identity does not hold the token", () => {
    beforeEach(() => use(linksScene));
    const notHeld = async (registry: BaseContract, owner: string) =>
      isRefused(link(registry), "TokenNotHeld", ONE, await addressOf(registry), TOKEN, owner);

    it("and it has no agent wallet at all, it should name the token's owner", async () => {
      await scene.plain.connect(scene.owner).transferFrom(scene.owner, scene.stranger, TOKEN);
      await notHeld(scene.plain, scene.stranger.address);
    });

    it("and its agent wallet is a stranger's, zero, or another identity's, it should refuse", async () => {
      await notHeld(scene.agents, scene.stranger.address);
      await scene.agents.connect(scene.stranger).setAgentWallet(TOKEN, scene.other);
      await notHeld(scene.agents, scene.stranger.address);
      await scene.agents.connect(scene.stranger).transferFrom(scene.stranger, scene.candidate, TOKEN);
      await notHeld(scene.agents, scene.candidate.address);
    });

    it("but another identity does, as owner or wallet, it should refuse", async () => {
      await scene.plain.connect(scene.owner).transferFrom(scene.owner, scene.other, TOKEN);
      await notHeld(scene.plain, scene.other.address);
      await giveWallet(scene.registry, scene.other, TWO, scene.wallet);
      await scene.plain.connect(scene.other).transferFrom(scene.other, scene.wallet, TOKEN);
      await notHeld(scene.plain, scene.wallet.address);
    });

    it("but its former key or its former wallet does, it should refuse", async () => {
      await giveWallet(scene.registry, scene.owner, ONE, scene.wallet);
      await scene.agents.connect(scene.stranger).setAgentWallet(TOKEN, scene.wallet);
      await rotate(scene.registry, scene.owner, ONE, scene.next);
      const plain = await addressOf(scene.plain);
      await isRefused(link(scene.plain, ONE, scene.next), "TokenNotHeld", ONE, plain, TOKEN, scene.owner.address);
      const agents = await addressOf(scene.agents);
      await isRefused(link(scene.agents, ONE, scene.next), "TokenNotHeld", ONE, agents, TOKEN, scene.stranger.address);
    });

    it("but its guardian, approved address or operator does, it should refuse", async () => {
      const { registry, owner, guardian, approved, operator } = scene;
      await registry.connect(owner).setGuardian(ONE, guardian);
      await registry.connect(owner).approve(approved, ONE);
      await registry.connect(owner).setApprovalForAll(operator, true);
      let holder = owner;
      for (const next of [guardian, approved, operator]) {
        await scene.plain.connect(holder).transferFrom(holder, next, TOKEN);
        await notHeld(scene.plain, next.address);
        holder = next;
      }
    });

    it("but is approved for it, it should refuse", async () => {
      await scene.plain.connect(scene.owner).transferFrom(scene.owner, scene.stranger, TOKEN);
      const approve = scene.plain.connect(scene.stranger).getFunction("approve");
      await approve(scene.owner, TOKEN);
      await notHeld(scene.plain, scene.stranger.address);
    });
  });

  describe("given a contract that holds no transferable agents", () => {
    beforeEach(() => use(linksScene));

    it("should refuse the registry of identities and itself", async () => {
      for (const registry of [await addressOf(scene.registry), await addressOf(scene.links)]) {
        await isRefused(scene.links.connect(scene.owner).link(ONE, registry, ONE), "InvalidRegistry", registry);
      }
    });

    it("should link a token of another registry of identities, which never changes hands", async () => {
      const twin = await ethers.deployContract("IdentityRegistry", [1, 1, ethers.ZeroAddress]);
      await twin.connect(scene.owner)["register()"]();
      await link(twin, ONE, scene.owner, 1n);
      expect(await isTrue(scene, twin, ONE, 1n)).to.equal(true);
    });
  });

  describe("given a link that is true", () => {
    it("of its own, it should refuse to change nothing", async () => {
      await use(linkedByOwner);
      await isRefused(link(scene.plain), "AlreadyLinked", await addressOf(scene.plain), TOKEN, ONE);
      await use(linkedThroughWallet);
      await isRefused(link(scene.agents), "AlreadyLinked", await addressOf(scene.agents), TOKEN, ONE);
    });

    it("of its own through the agent wallet, it should take the better proof and keep its place", async () => {
      await use(linkedThroughWallet);
      await link(scene.plain);
      // The token's owner becomes the identity's wallet: the same owner, and a proof by owner.
      await giveWallet(scene.registry, scene.owner, ONE, scene.stranger);
      expect(await logsOf(scene.links, link(scene.agents))).to.deep.equal([
        ["AgentLinked", ONE, await addressOf(scene.agents), TOKEN, scene.stranger.address, 0n, false],
      ]);
      const [page] = await scene.links.linksOf(ONE, 0, 10);
      expect(page.map(({ registry }) => registry)).to.deep.equal([
        await addressOf(scene.agents),
        await addressOf(scene.plain),
      ]);
    });

    it("of another identity by the token's owner, it should refuse the agent wallet", async () => {
      await use(linksScene);
      await scene.agents.connect(scene.stranger).transferFrom(scene.stranger, scene.other, TOKEN);
      await link(scene.agents, TWO, scene.other);
      await scene.agents.connect(scene.other).setAgentWallet(TOKEN, scene.owner);
      await isRefused(link(scene.agents), "AlreadyLinked", await addressOf(scene.agents), TOKEN, TWO);
      await scene.registry.connect(scene.other).suspend(TWO);
      await isRefused(link(scene.agents), "AlreadyLinked", await addressOf(scene.agents), TOKEN, TWO);
      expect(await isTrue(scene, scene.agents, TWO)).to.equal(true);
    });

    it("of another identity through the agent wallet, it should take the token's owner", async () => {
      await use(linkedThroughWallet);
      await giveWallet(scene.registry, scene.other, TWO, scene.stranger);
      const agents = await addressOf(scene.agents);
      expect(await logsOf(scene.links, link(scene.agents, TWO, scene.other))).to.deep.equal([
        ["AgentUnlinked", ONE, agents, TOKEN],
        ["AgentLinked", TWO, agents, TOKEN, scene.stranger.address, 0n, false],
      ]);
      expect(await isTrue(scene, scene.agents, TWO)).to.equal(true);
      expect(await isTrue(scene, scene.agents, ONE)).to.equal(false);
      expect((await scene.links.linksOf(ONE, 0, 10)).page).to.deep.equal([]);
      // And the agent wallet does not take it back.
      await isRefused(link(scene.agents), "AlreadyLinked", agents, TOKEN, TWO);
    });
  });

  describe("given a link that is broken", () => {
    it("of another identity, it should hand the token over to who holds it", async () => {
      await use(linkedByOwner);
      await scene.plain.connect(scene.owner).transferFrom(scene.owner, scene.other, TOKEN);
      const plain = await addressOf(scene.plain);
      expect(await logsOf(scene.links, link(scene.plain, TWO, scene.other))).to.deep.equal([
        ["AgentUnlinked", ONE, plain, TOKEN],
        ["AgentLinked", TWO, plain, TOKEN, scene.other.address, 0n, false],
      ]);
      expect((await scene.links.linksOf(ONE, 0, 10)).page).to.deep.equal([]);
      await isRefused(link(scene.plain), "TokenNotHeld", ONE, plain, TOKEN, scene.other.address);
    });

    it("of another identity by the token's owner, it should take the agent wallet too", async () => {
      await use(linksScene);
      await scene.agents.mint(scene.other, TOKEN + 1n);
      await link(scene.agents, TWO, scene.other, TOKEN + 1n);
      await scene.agents.connect(scene.other).transferFrom(scene.other, scene.stranger, TOKEN + 1n);
      await scene.agents.connect(scene.stranger).setAgentWallet(TOKEN + 1n, scene.owner);
      await link(scene.agents, ONE, scene.owner, TOKEN + 1n);
      expect(await isTrue(scene, scene.agents, ONE, TOKEN + 1n)).to.equal(true);
    });

    it("of a retired identity, it should take it out of that list", async () => {
      await use(linkedByOwner);
      await scene.registry.connect(scene.owner).retire(ONE);
      await scene.plain.connect(scene.owner).transferFrom(scene.owner, scene.other, TOKEN);
      await link(scene.plain, TWO, scene.other);
      expect((await scene.links.linksOf(ONE, 0, 10)).page).to.deep.equal([]);
    });

    it("of its own, it should make a fresh link in its place", async () => {
      await use(linkedByOwner);
      await rotate(scene.registry, scene.owner, ONE, scene.next);
      await scene.plain.connect(scene.owner).transferFrom(scene.owner, scene.next, TOKEN);
      expect(await isTrue(scene, scene.plain)).to.equal(false);
      expect(await logsOf(scene.links, link(scene.plain, ONE, scene.next))).to.deep.equal([
        ["AgentLinked", ONE, await addressOf(scene.plain), TOKEN, scene.next.address, 1n, false],
      ]);
      expect(await isTrue(scene, scene.plain)).to.equal(true);
      expect((await scene.links.linksOf(ONE, 0, 10)).page).to.have.lengthOf(1);
    });

    it("of its own by the token's owner, it should make one through the agent wallet", async () => {
      await use(linksScene);
      await scene.agents.mint(scene.owner, TOKEN + 1n);
      await link(scene.agents, ONE, scene.owner, TOKEN + 1n);
      await scene.agents.connect(scene.owner).transferFrom(scene.owner, scene.stranger, TOKEN + 1n);
      await scene.agents.connect(scene.stranger).setAgentWallet(TOKEN + 1n, scene.owner);
      expect(await isTrue(scene, scene.agents, ONE, TOKEN + 1n)).to.equal(false);
      await link(scene.agents, ONE, scene.owner, TOKEN + 1n);
      expect((await linkOf(scene.links, scene.agents, TOKEN + 1n)).throughWallet).to.equal(true);
    });
  });

  it("should take no ether", async () => {
    await use(linksScene);
    const data = scene.links.interface.encodeFunctionData("link", [ONE, await addressOf(scene.plain), TOKEN]);
    const to = await scene.links.getAddress();
    await expect(scene.owner.sendTransaction({ to, data, value: 1 })).to.be.revertedWithoutReason(ethers);
  });

  it("given a token that tries to write while it is asked, it should not be read", async () => {
    await use(linksScene);
    await scene.hostile.setOwner(Mood.Writes, scene.owner, 0n);
    await isRefused(link(scene.hostile), "TokenUnreadable", await addressOf(scene.hostile), TOKEN);
  });
});
