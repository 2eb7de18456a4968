import { expect } from "chai";
import { MaxUint256 } from "ethers";
import {
  type Agent,
  emits,
  expectSums,
  grownWorld,
  loadFixture,
  networkHelpers,
  refused,
  time,
  type World,
} from "../utils/vouchWorld.ts";
import { type Case, caseOf, type Flow, flows, nonceOf, sign } from "./flows.ts";

const LAST = MaxUint256;

const flowOf = (name: Flow["name"]): Flow => {
  const found = flows.find((flow) => flow.name === name);
  if (found === undefined) throw new Error(`no flow ${name}`);
  return found;
};

describe("signatures > nonces", () => {
  let world: World;
  let ada: Agent;
  let deadline: bigint;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    ({ ada } = world);
    deadline = BigInt(await time.latest()) + 250n;
  });

  for (const registry of ["identities", "vouches"] as const) {
    describe(`the nonces of ${registry === "identities" ? "IdentityRegistry" : "VouchRegistry"}`, () => {
      const as = (agent = ada) => world[registry].connect(agent.owner);
      const bitmap = (word: bigint, agent = ada) => world[registry].nonceBitmap(agent.owner, word);
      const isUsed = (nonce: bigint, agent = ada) => world[registry].isNonceUsed(agent.owner, nonce);

      it("should all be unused at first", async () => {
        for (const nonce of [0n, 1n, 255n, 256n, LAST]) expect(await isUsed(nonce)).to.equal(false);
        for (const word of [0n, 1n, LAST >> 8n, LAST]) expect(await bitmap(word)).to.equal(0n);
      });

      for (const [what, word, mask] of [
        ["one bit", 0n, 1n],
        ["the last bit of a word", 0n, 1n << 255n],
        ["several bits", 5n, 0b1011n],
        ["no bit", 5n, 0n],
        ["every bit", 7n, MaxUint256],
        ["the last nonce of all", LAST >> 8n, 1n << 255n],
      ] as const) {
        it(`given a mask of ${what}, should log it, and make those nonces of the caller void and no others`, async () => {
          const sent = as().invalidateNonces(word, mask);
          await emits(sent, world[registry], "NoncesInvalidated", ada.owner.address, word, mask);
          expect(await bitmap(word)).to.equal(mask);
          for (const bit of [0n, 1n, 2n, 3n, 4n, 254n, 255n]) {
            expect(await isUsed((word << 8n) | bit), `bit ${bit}`).to.equal(((mask >> bit) & 1n) === 1n);
          }
          for (const beside of [word - 1n, word + 1n].filter((each) => each >= 0n && each <= LAST >> 8n)) {
            expect(await bitmap(beside)).to.equal(0n);
          }
          const other = registry === "identities" ? world.vouches : world.identities;
          expect(await other.nonceBitmap(ada.owner, word), "in the other registry").to.equal(0n);
          expect(await bitmap(word, world.ben), "of somebody else").to.equal(0n);
        });
      }

      it("given masks one after the other, should add up, and log each as it was given", async () => {
        await as().invalidateNonces(1n, 0b0110n);
        const again = as().invalidateNonces(1n, 0b0011n);
        await emits(again, world[registry], "NoncesInvalidated", ada.owner.address, 1n, 0b0011n);
        expect(await bitmap(1n)).to.equal(0b0111n);
        await as().invalidateNonces(1n, 0n);
        expect(await bitmap(1n)).to.equal(0b0111n);
      });

      it("given a word beyond the last nonce, should take it: nobody can name such a nonce", async () => {
        await as().invalidateNonces(LAST, MaxUint256);
        expect(await bitmap(LAST)).to.equal(MaxUint256);
        expect(await isUsed(LAST)).to.equal(false);
      });

      it("should need no identity", async () => {
        const sent = world[registry].connect(world.relayer).invalidateNonces(0n, 3n);
        await emits(sent, world[registry], "NoncesInvalidated", world.relayer.address, 0n, 3n);
      });
    });
  }

  describe("several signatures of one key", () => {
    /** Vouches by ada for four agents, a point each, under the nonces given. */
    async function offers(nonces: bigint[]): Promise<{ about: Case; send: () => Promise<unknown> }[]> {
      const flow = flowOf("vouchFor");
      const subjects = [world.ben, world.cleo, world.dan, world.eve];
      return Promise.all(
        nonces.map(async (nonce, i) => {
          const about = await caseOf(world, flow, ada.owner.address, ada, deadline);
          const { id, owner } = subjects[i] as Agent;
          Object.assign(about.values, { subjectId: id, subjectOwner: owner.address, stake: 1n, nonce });
          const signature = await sign(world, flow, about, ada.owner);
          return { about, send: () => flow.send(world, about, signature) };
        }),
      );
    }

    it("should be taken in any order, whatever their numbers", async () => {
      for (const { send } of (await offers([0n, 256n, 3n, LAST])).reverse()) await send();
      expect((await world.vouches.standingOf(ada.id)).staked).to.equal(4n);
      expect(await world.vouches.nonceBitmap(ada.owner, 0n)).to.equal(0b1001n);
      expect(await world.vouches.nonceBitmap(ada.owner, 1n)).to.equal(1n);
      expect(await world.vouches.nonceBitmap(ada.owner, LAST >> 8n)).to.equal(1n << 255n);
    });

    it("given one nonce for two of them, should take the first that is sent, and never the other", async () => {
      for (const order of [0, 1]) {
        world = await loadFixture(grownWorld);
        const pair = await offers([9n, 9n]);
        const [first, second] = order === 0 ? pair : [...pair].reverse();
        await first?.send();
        const late = second?.send() ?? Promise.resolve();
        await refused(late, world.vouches, "NonceUsed", ada.owner.address, 9n);
      }
    });

    it("given one is made void, should make no other one valid or void: what was refused stays refused", async () => {
      const [first, second, third] = await offers([0n, 1n, 2n]);
      if (!first || !second || !third) throw new Error("three offers");
      third.about.values.stake = 2n; // not what was signed
      await refused(third.send(), world.vouches, "InvalidSignature", ada.owner.address);
      await world.vouches.connect(ada.owner).invalidateNonces(0n, 1n);
      await refused(first.send(), world.vouches, "NonceUsed", ada.owner.address, 0n);
      await refused(third.send(), world.vouches, "InvalidSignature", ada.owner.address);
      await second.send();
      await expectSums(world, world.cleo, 1n, 0n);
      await refused(first.send(), world.vouches, "NonceUsed", ada.owner.address, 0n);
    });

    it("given one mask for several, should make void exactly those", async () => {
      const all = await offers([0n, 1n, 2n, 3n]);
      await world.vouches.connect(ada.owner).invalidateNonces(0n, 0b0101n);
      for (const [i, { send }] of all.entries()) {
        if (i % 2 === 0) await refused(send(), world.vouches, "NonceUsed", ada.owner.address, BigInt(i));
        else await send();
      }
      expect((await world.vouches.standingOf(ada.id)).staked).to.equal(2n);
    });

    it("given a vouch is held back by who has it, should not stop a revocation, whichever has the lower number", async () => {
      const [held, sent] = await offers([0n, 1n]);
      if (!held || !sent) throw new Error("two offers");
      await sent.send();
      const flow = flowOf("revokeFor");
      const about = await caseOf(world, flow, ada.owner.address, ada, deadline, world.cleo);
      about.values.nonce = 2n;
      await flow.send(world, about, await sign(world, flow, about, ada.owner));
      await expectSums(world, world.cleo, 0n, 0n);
      await held.send();
    });
  });

  it("should be used twice under one number where both registries are meant", async () => {
    const key = world.spare[0];
    const registration = flowOf("registerFor");
    const about = await caseOf(world, registration, key.address, ada, deadline);
    about.values.nonce = LAST;
    await registration.send(world, about, await sign(world, registration, about, key));
    expect(await world.identities.isNonceUsed(key, LAST)).to.equal(true);
    expect(await world.vouches.isNonceUsed(key, LAST)).to.equal(false);
    const revocation = flowOf("revokeFor");
    const revoked = await caseOf(world, revocation, key.address, { id: 7n, owner: key }, deadline);
    revoked.values.nonce = LAST;
    const sent = revocation.send(world, revoked, await sign(world, revocation, revoked, key));
    await refused(sent, world.vouches, "VouchNotFound", 7n, world.ben.id); // the signature was taken
  });

  for (const name of ["rotateKey", "setAgentWallet"] as const) {
    describe(`the consent to ${name}, which has no nonce`, () => {
      const flow = flowOf(name);
      let about: Case;
      let signature: string;
      let digest: bigint;
      const key = () => world.spare[0];
      beforeEach(async () => {
        about = await caseOf(world, flow, key().address, ada, deadline);
        signature = await sign(world, flow, about, key());
        digest = await nonceOf(world, flow, about);
      });

      const isVoid = () =>
        refused(flow.send(world, about, signature), world.identities, "NonceUsed", key().address, digest);

      it("should not spend its digest when it is used", async () => {
        await flow.send(world, about, signature);
        expect(await world.identities.isNonceUsed(key(), digest)).to.equal(false);
        expect(await world.identities.nonceBitmap(key(), digest >> 8n)).to.equal(0n);
      });

      it("should be void in the very registry where its signer names its digest", async () => {
        await world.vouches.connect(key()).invalidateNonces(digest >> 8n, 1n << (digest & 0xffn));
        await world.identities.connect(ada.owner).invalidateNonces(digest >> 8n, 1n << (digest & 0xffn));
        const { restore } = await networkHelpers.takeSnapshot();
        await flow.send(world, about, signature);
        await restore();
        await world.identities.connect(key()).invalidateNonces(digest >> 8n, 1n << (digest & 0xffn));
        await isVoid();
      });

      it("should be void too where its signer registered nobody but spent that number", async () => {
        const registration = flowOf("registerFor");
        const spent = await caseOf(world, registration, key().address, ada, deadline);
        spent.values.nonce = digest;
        await registration.send(world, spent, await sign(world, registration, spent, key()));
        await isVoid();
      });

      it("should leave a consent with another deadline alone", async () => {
        await world.identities.connect(key()).invalidateNonces(digest >> 8n, 1n << (digest & 0xffn));
        const later = await caseOf(world, flow, key().address, ada, deadline + 1n);
        await flow.send(world, later, await sign(world, flow, later, key()));
      });
    });
  }

  it("given a wallet that left makes its consent void, the owner should not take it back with the same", async () => {
    const flow = flowOf("setAgentWallet");
    const wallet = world.spare[0];
    const about = await caseOf(world, flow, wallet.address, ada, deadline);
    const signature = await sign(world, flow, about, wallet);
    await flow.send(world, about, signature);
    await world.identities.connect(wallet).unsetAgentWallet(ada.id);
    const digest = await nonceOf(world, flow, about);
    await world.identities.connect(wallet).invalidateNonces(digest >> 8n, 1n << (digest & 0xffn));
    await refused(flow.send(world, about, signature), world.identities, "NonceUsed", wallet.address, digest);
    expect(await world.identities.getAgentWallet(ada.id)).to.equal(ada.owner.address);
  });
});
