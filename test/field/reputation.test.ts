import { expect } from "chai";
import { ZeroHash } from "ethers";
import { KeyRole, loadFixture, type Signer } from "../utils/identity.ts";
import { giveWallet, rotate } from "../utils/identitySigning.ts";
import { type Beside, beside, refusal } from "./utils/besideTenure.ts";

const SELF = "Self-feedback not allowed";
const review = (value = 80n) => [value, 0, "quality", "", "", "", ZeroHash] as const;

/** Empty, if it was taken. */
const giving = ({ reputation, registry }: Beside, client: Signer, agentId = 1n, value = 80n) =>
  refusal(reputation.connect(client).getFunction("giveFeedback")(agentId, ...review(value)), registry);

describe("The official ERC-8004 Reputation Registry over Tenure", () => {
  describe("giveFeedback", () => {
    it("should take a stranger's review, and count it", async () => {
      const scene = await loadFixture(beside);
      expect(await giving(scene, scene.stranger)).to.equal("");
      expect(await scene.reputation.connect(scene.other).getFunction("getClients")(1)).to.deep.equal([
        scene.stranger.address,
      ]);
      const summary = scene.reputation.connect(scene.other).getFunction("getSummary");
      expect(await summary(1, [scene.stranger], "", "")).to.deep.equal([1n, 80n, 0n]);
    });

    for (const role of ["owner", "approved", "operator"] as const) {
      it(`should refuse the ${role}`, async () => {
        const scene = await loadFixture(beside);
        expect(await giving(scene, scene[role])).to.equal(SELF);
      });
    }

    it("should take the guardian's", async () => {
      const scene = await loadFixture(beside);
      expect(await giving(scene, scene.guardian)).to.equal("");
    });

    it("should take the agent wallet's, as over the reference", async () => {
      const scene = await loadFixture(beside);
      expect(await giving(scene, scene.wallet)).to.equal("");
      expect((await scene.registry.resolve(scene.wallet)).role).to.equal(KeyRole.Wallet);
    });

    it("should refuse an agent that is unknown or retired, with the registry's own error", async () => {
      const scene = await loadFixture(beside);
      await scene.registry.connect(scene.other).retire(2);
      for (const id of [0n, 2n, 3n]) {
        expect(await giving(scene, scene.stranger, id)).to.equal("ERC721NonexistentToken");
      }
    });

    it("should take reviews while the agent is suspended", async () => {
      const scene = await loadFixture(beside);
      await scene.registry.connect(scene.guardian).suspend(1);
      expect(await giving(scene, scene.stranger)).to.equal("");
      expect(await giving(scene, scene.owner)).to.equal(SELF);
    });
  });

  describe("what an aggregator sees", () => {
    /** Reviews of an agent, each with what Tenure says of its writer. */
    async function clientsOf({ reputation, registry, other }: Beside, agentId: bigint) {
      const clients: string[] = await reputation.connect(other).getFunction("getClients")(agentId);
      return Promise.all(
        clients.map(async (client) => {
          const { agentId: id, role } = await registry.resolve(client);
          return { client, id, role };
        }),
      );
    }

    it("should show a former owner's review of the agent, taken after a rotation, as one by a former key", async () => {
      const scene = await loadFixture(beside);
      const { registry, owner, next, stranger } = scene;
      await rotate(registry, owner, 1n, next);
      expect(await giving(scene, owner, 1n, 100n)).to.equal("");
      expect(await giving(scene, stranger, 1n, 20n)).to.equal("");
      expect(await giving(scene, next)).to.equal(SELF);
      expect(await clientsOf(scene, 1n)).to.deep.equal([
        { client: owner.address, id: 1n, role: KeyRole.Former },
        { client: stranger.address, id: 0n, role: KeyRole.None },
      ]);
    });

    it("should give other sums with and without the former owner", async () => {
      const scene = await loadFixture(beside);
      const { registry, owner, next, stranger, other } = scene;
      await rotate(registry, owner, 1n, next);
      await giving(scene, owner, 1n, 100n);
      await giving(scene, stranger, 1n, 20n);
      const summary = scene.reputation.connect(other).getFunction("getSummary");
      expect(await summary(1, [owner, stranger], "", "")).to.deep.equal([2n, 60n, 0n]);
      expect(await summary(1, [stranger], "", "")).to.deep.equal([1n, 20n, 0n]);
    });

    it("should name the identity of a client that has one", async () => {
      const scene = await loadFixture(beside);
      await giving(scene, scene.other);
      expect(await clientsOf(scene, 1n)).to.deep.equal([{ client: scene.other.address, id: 2n, role: KeyRole.Owner }]);
    });

    it("should show nothing of a review by who was owner, wallet or operator of it only later", async () => {
      const scene = await loadFixture(beside);
      const { registry, owner, next, stranger } = scene;
      expect(await giving(scene, next)).to.equal("");
      expect(await giving(scene, stranger)).to.equal("");
      await rotate(registry, owner, 1n, next);
      await registry.connect(next).setApprovalForAll(stranger, true);
      // The review stays. Its writer is the owner by now, which the registry tells; that the writer is an operator it does not.
      expect(await clientsOf(scene, 1n)).to.deep.equal([
        { client: next.address, id: 1n, role: KeyRole.Owner },
        { client: stranger.address, id: 0n, role: KeyRole.None },
      ]);
    });

    it("should know nothing of a wallet that was unset: only the logs do", async () => {
      const scene = await loadFixture(beside);
      const { registry, owner, wallet } = scene;
      await registry.connect(owner).unsetAgentWallet(1);
      expect(await giving(scene, wallet)).to.equal("");
      expect(await clientsOf(scene, 1n)).to.deep.equal([{ client: wallet.address, id: 0n, role: KeyRole.None }]);
      const logs = await registry.queryFilter(registry.filters.MetadataSet(1, "agentWallet"));
      expect(logs.map(({ args }) => args.metadataValue)).to.include(wallet.address.toLowerCase());
    });

    it("should not let a wallet in two places hide: an address serves one identity at a time", async () => {
      const scene = await loadFixture(beside);
      const sent = giveWallet(scene.registry, scene.other, 2n, scene.wallet);
      expect(await refusal(sent, scene.registry)).to.equal("AlreadyRegistered");
    });
  });

  describe("over the reference, for comparison", () => {
    const given = ({ referenceReputation }: Beside, client: Signer) =>
      refusal(referenceReputation.connect(client).getFunction("giveFeedback")(1, ...review()));

    it("should refuse owner, approved and operator, and take the wallet's and a former owner's", async () => {
      const scene = await loadFixture(beside);
      const { reference, owner, approved, operator, next } = scene;
      await reference.connect(owner).getFunction("approve")(approved, 1);
      await reference.connect(owner).getFunction("setApprovalForAll")(operator, true);
      for (const role of ["owner", "approved", "operator"] as const) {
        expect(await given(scene, scene[role])).to.equal(SELF);
      }
      expect(await given(scene, scene.wallet)).to.equal("");
      await reference.connect(owner).getFunction("transferFrom")(owner, next, 1);
      expect(await given(scene, owner)).to.equal("");
    });
  });
});
