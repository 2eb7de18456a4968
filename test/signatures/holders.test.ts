import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import {
  type Agent,
  expectSums,
  grownWorld,
  loadFixture,
  networkHelpers,
  refused,
  rotate,
  setWallet,
  time,
  vouch,
  type World,
} from "../utils/vouchWorld.ts";
import { type Case, caseOf, type Flow, flows, sign } from "./flows.ts";

const NUMBER = 7n;

/**
 * Consents name who has a number, not only the number: the first blocks after a registration may be mined again in
 * another order, and give it to somebody else.
 */
describe("signatures > of whom a number means", () => {
  let world: World;
  let ada: Agent;
  /** Who has the number, before the reorg. */
  let victim: HardhatEthersSigner;
  /** Who has it after. */
  let attacker: HardhatEthersSigner;
  let cold: HardhatEthersSigner;
  let deadline: bigint;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    ({ ada } = world);
    [victim, cold] = world.spare;
    attacker = world.relayer;
    deadline = BigInt(await time.latest()) + 250n;
  });

  const register = (owner: HardhatEthersSigner) => world.identities.connect(owner)["register()"]();

  /** Something signed while the victim has the number; answers how to send it afterwards, as somebody. */
  type Signed = (as?: HardhatEthersSigner) => Promise<unknown>;
  async function signed(name: Flow["name"], key: HardhatEthersSigner, agent: Agent, changes: Case["values"] = {}) {
    const flow = flows.find((each) => each.name === name) as Flow;
    const about = await caseOf(world, flow, key.address, agent, deadline);
    Object.assign(about.values, changes);
    const signature = await sign(world, flow, about, key);
    return (as = agent.owner) => flow.send(world, { ...about, owner: as }, signature);
  }

  /** The number is the victim's, somebody signs, the chain is mined again: the number is the attacker's. */
  async function afterReorg(prepare: () => Promise<Signed>): Promise<Signed> {
    const { restore } = await networkHelpers.takeSnapshot();
    await register(victim);
    expect(await world.identities.ownerOf(NUMBER)).to.equal(victim.address);
    const send = await prepare();
    await restore();
    await register(attacker);
    await register(victim);
    expect(await world.identities.ownerOf(NUMBER)).to.equal(attacker.address);
    expect(await world.identities.ownerOf(NUMBER + 1n)).to.equal(victim.address);
    return send;
  }

  const victims = () => ({ id: NUMBER, owner: victim });

  describe("given a reorg", () => {
    it("a consent to become the next key should not let another put their identity on it", async () => {
      const send = await afterReorg(() => signed("rotateKey", cold, victims()));
      await refused(send(attacker), world.identities, "InvalidSignature", cold.address);
      expect(await world.identities.resolve(cold)).to.deep.equal([0n, 0n, 0n]);
      await register(cold); // still free to be a key
    });

    it("a consent to be a wallet should not serve another", async () => {
      const send = await afterReorg(() => signed("setAgentWallet", cold, victims()));
      await refused(send(attacker), world.identities, "InvalidSignature", cold.address);
    });

    it("a vouch should not support another", async () => {
      const subject = { subjectId: NUMBER, subjectOwner: victim.address };
      const send = await afterReorg(() => signed("vouchFor", ada.owner, ada, subject));
      await refused(send(), world.vouches, "InvalidSignature", ada.owner.address);
      await expectSums(world, { id: NUMBER, owner: attacker }, 0n, 0n);
    });

    it("a warning should not hit another", async () => {
      const subject = { subjectId: NUMBER, subjectKey: victim.address };
      const send = await afterReorg(() => signed("warnFor", ada.owner, ada, subject));
      await refused(send(), world.vouches, "NotSubjectKey", NUMBER, victim.address);
      await expectSums(world, { id: NUMBER, owner: attacker }, 0n, 0n);
    });

    it("a warning should not hit another either under a key of theirs that was not signed", async () => {
      const flow = flows.find(({ name }) => name === "warnFor") as Flow;
      const about = await caseOf(world, flow, ada.owner.address, ada, deadline);
      Object.assign(about.values, { subjectId: NUMBER, subjectKey: victim.address });
      const signature = await sign(world, flow, about, ada.owner);
      await register(attacker);
      about.values.subjectKey = attacker.address;
      await refused(flow.send(world, about, signature), world.vouches, "InvalidSignature", ada.owner.address);
    });

    it("what the victim signed as voucher should not be taken for who has the same number", async () => {
      for (const name of ["vouchFor", "warnFor", "revokeFor"] as const) {
        world = await loadFixture(grownWorld);
        const send = await afterReorg(() => signed(name, victim, victims()));
        await refused(send(), world.vouches, "InvalidSignature", attacker.address);
      }
    });

    it("an arbiter should not be another", async () => {
      const named = { arbiterId: NUMBER, arbiterOwner: victim.address };
      for (const name of ["vouchFor", "warnFor"] as const) {
        world = await loadFixture(grownWorld);
        const send = await afterReorg(() => signed(name, ada.owner, ada, named));
        await world.identities.connect(attacker).setArbitration(NUMBER, true);
        await refused(send(), world.vouches, "InvalidSignature", ada.owner.address);
      }
    });

    it("a check-in should not be one of who has the same number", async () => {
      const send = await afterReorg(() => signed("pulseFor", victim, victims()));
      await refused(send(), world.identities, "InvalidSignature", attacker.address);
    });

    it("what was signed should work where the same holder gets the same number again", async () => {
      const { restore } = await networkHelpers.takeSnapshot();
      await register(victim);
      const sends = [
        await signed("vouchFor", ada.owner, ada, { subjectId: NUMBER, subjectOwner: victim.address, nonce: 0n }),
        await signed("warnFor", world.dan.owner, world.dan, { subjectId: NUMBER, subjectKey: victim.address }),
        await signed("rotateKey", cold, victims()),
      ];
      await restore();
      await register(victim);
      for (const send of sends) await send();
      expect(await world.identities.ownerOf(NUMBER)).to.equal(cold.address);
      expect(await world.vouches.supportOf(NUMBER)).to.deep.equal([0n, 10n]); // the vouch lapsed with the rotation
    });
  });

  describe("given a subject whose key changed twice", () => {
    let keys: HardhatEthersSigner[];
    const ben = () => world.ben;
    beforeEach(async () => {
      const [first, second] = world.spare;
      await rotate(world, await rotate(world, ben(), first), second);
      keys = [ben().owner, first, second];
    });

    it("a warning should be taken under any of its keys, present and former", async () => {
      for (const [i, agent] of [ada, world.cleo, world.dan].entries()) {
        const subjectKey = (keys[i] as HardhatEthersSigner).address;
        await (await signed("warnFor", agent.owner, agent, { subjectId: ben().id, subjectKey }))();
        await expectSums(world, ben(), 0n, 10n * BigInt(i + 1));
      }
    });

    it("a vouch should be taken under its present key alone", async () => {
      for (const key of keys) {
        const send = await signed("vouchFor", ada.owner, ada, { subjectId: ben().id, subjectOwner: key.address });
        if (key === keys[2]) await send();
        else await refused(send(), world.vouches, "InvalidSignature", ada.owner.address);
      }
      await expectSums(world, ben(), 10n, 0n);
    });
  });

  it("a warning signed while the subject had one key should outlive each rotation that comes after", async () => {
    const subject = { subjectId: world.ben.id, subjectKey: world.ben.owner.address };
    const send = await signed("warnFor", ada.owner, ada, subject);
    const [first, second] = world.spare;
    await rotate(world, await rotate(world, world.ben, first), second);
    await send();
    await expectSums(world, world.ben, 0n, 10n);
  });

  it("a warning should be refused under a wallet of the subject, a key of another identity, a stranger and nobody", async () => {
    const [wallet, stranger] = world.spare;
    await setWallet(world, world.ben, wallet);
    for (const subjectKey of [
      wallet.address,
      world.cleo.owner.address,
      stranger.address,
      ada.owner.address,
      `0x${"00".repeat(20)}`,
    ]) {
      const send = await signed("warnFor", ada.owner, ada, { subjectId: world.ben.id, subjectKey });
      await refused(send(), world.vouches, "NotSubjectKey", world.ben.id, subjectKey);
    }
    const unknown = await signed("warnFor", ada.owner, ada, { subjectId: 99n, subjectKey: stranger.address });
    await refused(unknown(), world.vouches, "NotSubjectKey", 99n, stranger.address);
    expect(await world.vouches.nonceBitmap(ada.owner, 0n)).to.equal(0n);
  });

  it("a warning should be refused under a former wallet that became the owner of another identity", async () => {
    const [wallet] = world.spare;
    await setWallet(world, world.ben, wallet);
    await world.identities.connect(world.ben.owner).unsetAgentWallet(world.ben.id);
    await register(wallet);
    const send = await signed("warnFor", ada.owner, ada, { subjectId: world.ben.id, subjectKey: wallet.address });
    await refused(send(), world.vouches, "NotSubjectKey", world.ben.id, wallet.address);
    await vouch(world, ada, world.ben);
  });
});
