import { expect } from "chai";
import {
  isTrue,
  type LinksScene,
  linkedByOwner,
  linkedThroughWallet,
  linkOf,
  ONE,
  TOKEN,
  TWO,
} from "../utils/agentLinks.ts";
import { loadFixture } from "../utils/identity.ts";
import { giveWallet, rotate } from "../utils/identitySigning.ts";

describe("AgentLinks > isLinked", () => {
  let scene: LinksScene;
  const use = async (fixture: () => Promise<LinksScene>) => {
    scene = await loadFixture(fixture);
  };

  describe("given a link by the token's owner", () => {
    beforeEach(() => use(linkedByOwner));
    const sell = (from = scene.owner, to = scene.stranger) => scene.plain.connect(from).transferFrom(from, to, TOKEN);
    const is = async (answer: boolean) => expect(await isTrue(scene, scene.plain)).to.equal(answer);

    it("should be true of that identity and token only", async () => {
      await is(true);
      expect(await isTrue(scene, scene.plain, TWO)).to.equal(false);
      expect(await isTrue(scene, scene.plain, 0n)).to.equal(false);
      expect(await isTrue(scene, scene.plain, 0n, 78n)).to.equal(false);
      expect(await isTrue(scene, scene.agents)).to.equal(false);
    });

    it("when the token is sold, it should break; when it comes back, it should be true again", async () => {
      await sell();
      await is(false);
      await sell(scene.stranger, scene.owner);
      await is(true);
    });

    it("when the token moves on to the identity's own wallet, it should break", async () => {
      await giveWallet(scene.registry, scene.owner, ONE, scene.wallet);
      await sell(scene.owner, scene.wallet);
      await is(false);
    });

    it("when the token is burned, it should break", async () => {
      await scene.plain.burn(TOKEN);
      await is(false);
    });

    it("when the identity is suspended and resumed, it should stay", async () => {
      await scene.registry.connect(scene.owner).suspend(ONE);
      await is(true);
      await scene.registry.connect(scene.owner).resume(ONE);
      await is(true);
    });

    it("when the token is sold during a suspension, it should break", async () => {
      await scene.registry.connect(scene.owner).suspend(ONE);
      await sell();
      await is(false);
    });

    it("when the identity is retired, it should break", async () => {
      await scene.registry.connect(scene.owner).retire(ONE);
      await is(false);
    });

    it("when the key is rotated, it should break, and stay so when the token follows the key", async () => {
      await rotate(scene.registry, scene.owner, ONE, scene.next);
      await is(false);
      await sell(scene.owner, scene.next);
      await is(false);
    });

    it("when it is broken, it should still tell whose it was, and the owner and key epoch that it was made with", async () => {
      const { id, tokenOwner, keyEpoch, throughWallet } = await linkOf(scene.links, scene.plain);
      expect([id, tokenOwner, keyEpoch, throughWallet]).to.deep.equal([ONE, scene.owner.address, 0n, false]);
      await rotate(scene.registry, scene.owner, ONE, scene.next);
      await sell();
      const made = {
        id,
        registry: await scene.plain.getAddress(),
        agentId: TOKEN,
        tokenOwner,
        keyEpoch,
        throughWallet,
      };
      expect(await linkOf(scene.links, scene.plain)).to.deep.equal({ ...made, isLinked: false });
    });

    it("when the identity checks in or changes its wallet, it should stay", async () => {
      await scene.registry.connect(scene.owner).pulse(ONE, `0x${"00".repeat(32)}`);
      await giveWallet(scene.registry, scene.owner, ONE, scene.wallet);
      await is(true);
    });
  });

  describe("given a link by the token's owner, the identity's wallet", () => {
    beforeEach(async () => {
      await use(linkedByOwner);
      await scene.links.connect(scene.owner).unlink(ONE, scene.plain, TOKEN);
      await giveWallet(scene.registry, scene.owner, ONE, scene.wallet);
      await scene.plain.connect(scene.owner).transferFrom(scene.owner, scene.wallet, TOKEN);
      await scene.links.connect(scene.owner).link(ONE, scene.plain, TOKEN);
    });
    const is = async (answer: boolean) => expect(await isTrue(scene, scene.plain)).to.equal(answer);

    it("should be true", () => is(true));

    it("when the wallet is dropped, it should break; when it is set again, be true again", async () => {
      await scene.registry.connect(scene.owner).unsetAgentWallet(ONE);
      await is(false);
      await giveWallet(scene.registry, scene.owner, ONE, scene.wallet);
      await is(true);
    });

    it("when another wallet takes its place, it should break", async () => {
      await giveWallet(scene.registry, scene.owner, ONE, scene.candidate);
      await is(false);
    });

    it("when the wallet goes over to another identity, it should break", async () => {
      await scene.registry.connect(scene.owner).unsetAgentWallet(ONE);
      await giveWallet(scene.registry, scene.other, TWO, scene.wallet);
      await is(false);
      expect(await isTrue(scene, scene.plain, TWO)).to.equal(false);
    });

    it("when the key is rotated, it should break, and stay so when the new key takes the wallet over", async () => {
      await rotate(scene.registry, scene.owner, ONE, scene.next);
      await is(false);
      await giveWallet(scene.registry, scene.next, ONE, scene.wallet);
      await is(false);
    });

    it("when the key is rotated to the wallet itself, it should break", async () => {
      await scene.registry.connect(scene.owner).unsetAgentWallet(ONE);
      await rotate(scene.registry, scene.owner, ONE, scene.wallet);
      await is(false);
    });
  });

  describe("given a link through the agent wallet", () => {
    beforeEach(() => use(linkedThroughWallet));
    const is = async (answer: boolean) => expect(await isTrue(scene, scene.agents)).to.equal(answer);
    const setAgentWallet = (wallet = scene.owner, as = scene.stranger) =>
      scene.agents.connect(as).setAgentWallet(TOKEN, wallet);

    it("when the agent wallet is a stranger's, it should break; when it is given back, be true again", async () => {
      await setAgentWallet(scene.candidate);
      await is(false);
      await setAgentWallet();
      await is(true);
    });

    it("when the agent wallet is another key of the identity, it should stay", async () => {
      await giveWallet(scene.registry, scene.owner, ONE, scene.wallet);
      await setAgentWallet(scene.wallet);
      await is(true);
      await scene.registry.connect(scene.owner).unsetAgentWallet(ONE);
      await is(false);
    });

    it("when the agent wallet is a key of another identity, it should break", async () => {
      await setAgentWallet(scene.other);
      await is(false);
    });

    it("when the token is sold, which clears the wallet, it should break", async () => {
      await scene.agents.connect(scene.stranger).transferFrom(scene.stranger, scene.candidate, TOKEN);
      await is(false);
    });

    it("when the buyer names the same agent wallet, it should stay broken", async () => {
      await scene.agents.connect(scene.stranger).transferFrom(scene.stranger, scene.candidate, TOKEN);
      await setAgentWallet(scene.owner, scene.candidate);
      await is(false);
    });

    it("when the token is sold to the identity itself, it should break", async () => {
      await scene.agents.connect(scene.stranger).transferFrom(scene.stranger, scene.owner, TOKEN);
      await setAgentWallet(scene.owner, scene.owner);
      await is(false);
    });

    it("when the token's owner becomes the identity's wallet, and the agent wallet goes, it should break", async () => {
      await giveWallet(scene.registry, scene.owner, ONE, scene.stranger);
      await is(true);
      await setAgentWallet(scene.candidate);
      await is(false);
    });

    it("when the key is rotated or the identity retires, it should break; when it is suspended, stay", async () => {
      await scene.registry.connect(scene.owner).suspend(ONE);
      await is(true);
      await scene.registry.connect(scene.owner).resume(ONE);
      await rotate(scene.registry, scene.owner, ONE, scene.next);
      await is(false);
      await setAgentWallet(scene.next);
      await is(false);
      await use(linkedThroughWallet);
      await scene.registry.connect(scene.owner).retire(ONE);
      await is(false);
    });
  });
});
