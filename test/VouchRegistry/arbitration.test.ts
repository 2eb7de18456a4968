import { expect } from "chai";
import { fieldsOf } from "../utils/vouchMocks.ts";
import { bindingOf, sendOffer, signOffer } from "../utils/vouchSignatures.ts";
import { offerOf } from "../utils/vouchTwins.ts";
import {
  type Agent,
  burn,
  emits,
  expectPoints,
  expectSums,
  grownWorld,
  loadFixture,
  refused,
  renew,
  resume,
  retire,
  revoke,
  rotate,
  STANDING,
  Status,
  setWallet,
  startOf,
  suspend,
  time,
  vouch,
  type World,
  warn,
} from "../utils/vouchWorld.ts";

describe("arbitration", () => {
  let world: World;
  let ada: Agent;
  let ben: Agent;
  /** Open to arbitration; so is everybody else in this world, but for who is registered later. */
  let cleo: Agent;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    ({ ada, ben, cleo } = world);
  });

  const set = (isOpen: boolean, agent = cleo) => world.identities.connect(agent.owner).setArbitration(agent.id, isOpen);
  const isArbiter = async (id = cleo.id) => (await world.identities.identityOf(id)).isArbiter;
  const isRefused = (sent: Promise<unknown>, error: string, ...args: unknown[]) =>
    refused(sent, world.vouches, error, ...args);
  const facts = async () => {
    const { arbiterId, arbiterStatus, isBurnable } = await world.vouches.vouchOf(ada.id, ben.id);
    return { arbiterId, arbiterStatus, isBurnable };
  };

  describe("setArbitration", () => {
    it("should open and close it, log which, and change nothing else of the identity", async () => {
      const facts = async () => fieldsOf(await world.identities.identityOf(cleo.id)) as object;
      const before = await facts();
      for (const isOpen of [false, false, true, true]) {
        await emits(set(isOpen), world.identities, "ArbitrationSet", cleo.id, isOpen);
        expect(await facts()).to.deep.equal({ ...before, isArbiter: isOpen });
      }
    });

    it("should be closed for who was registered and never opened it", async () => {
      await world.identities.connect(world.relayer)["register()"]();
      expect(await isArbiter(7n)).to.equal(false);
      await isRefused(vouch(world, ada, ben, { arbiter: { id: 7n, owner: world.relayer } }), "NotArbiter", 7n);
    });

    it("should be for the owner alone: not for wallet, operator, approved address, guardian or stranger", async () => {
      const [wallet, operator, guardian] = world.spare;
      const as = world.identities.connect(cleo.owner);
      await setWallet(world, cleo, wallet);
      await as.setApprovalForAll(operator, true);
      await as.approve(operator, cleo.id);
      await as.setGuardian(cleo.id, guardian);
      for (const caller of [wallet, operator, guardian, world.relayer, ada.owner]) {
        const sent = world.identities.connect(caller).setArbitration(cleo.id, false);
        await refused(sent, world.identities, "NotOwner", cleo.id, caller.address);
      }
    });

    it("should be for nobody while suspended, retired or unknown", async () => {
      await suspend(world, cleo);
      await refused(set(false), world.identities, "IdentitySuspended", cleo.id);
      await resume(world, cleo);
      await retire(world, cleo);
      await refused(set(false), world.identities, "IdentityRetired", cleo.id);
      await refused(set(true, { ...cleo, id: 9n }), world.identities, "ERC721NonexistentToken", 9n);
    });

    it("should stay as it is through suspension, check-in and rotation", async () => {
      await suspend(world, cleo);
      expect(await isArbiter()).to.equal(true);
      await resume(world, cleo);
      await world.identities.connect(cleo.owner).pulse(cleo.id, `0x${"00".repeat(32)}`);
      const rekeyed = await rotate(world, cleo, world.spare[0]);
      expect(await isArbiter()).to.equal(true);
      await vouch(world, ada, ben, { arbiter: rekeyed });
      await set(false, rekeyed);
      expect(await isArbiter()).to.equal(false);
      await refused(set(true, cleo), world.identities, "NotOwner", cleo.id, cleo.owner.address);
    });
  });

  for (const make of [vouch, warn]) {
    const kind = make === vouch ? "vouch" : "warning";
    const expectStaked = (stake: bigint) =>
      expectSums(world, ben, make === vouch ? stake : 0n, make === vouch ? 0n : stake);

    describe(`given a ${kind} under an arbiter who then closes it`, () => {
      beforeEach(async () => {
        await make(world, ada, ben, { stake: 10n, periods: 2n, arbiter: cleo });
        await set(false);
      });

      it("should leave what is locked burnable, live and in its tail, renewed and revoked", async () => {
        await burn(world, ada, ben, cleo, 1n);
        await renew(world, ada, ben, 3n, 3n);
        await burn(world, ada, ben, cleo, 1n);
        await expectStaked(11n);
        await revoke(world, ada, ben);
        await burn(world, ada, ben, cleo, 1n);
        await time.increaseTo(startOf(2n) - 2n);
        await burn(world, ada, ben, cleo, 10n);
        await expectPoints(world, ada, { standing: STANDING - 13n, staked: 0n, burned: 13n, scars: 4n });
      });

      it("should say that it is burnable, under an active arbiter", async () => {
        expect(await facts()).to.deep.equal({ arbiterId: cleo.id, arbiterStatus: Status.Active, isBurnable: true });
      });

      it("should say so of each identity that is an arbiter, the very first too", async () => {
        expect(ada.id).to.equal(1n);
        await make(world, world.dan, ben, { stake: 10n, arbiter: ada });
        const { arbiterId, arbiterStatus, isBurnable } = await world.vouches.vouchOf(world.dan.id, ben.id);
        expect([arbiterId, arbiterStatus, isBurnable]).to.deep.equal([1n, Status.Active, true]);
      });

      it("should refuse to be named again by others, and for this pair once the tail is over", async () => {
        await isRefused(make(world, world.dan, ben, { arbiter: cleo }), "NotArbiter", cleo.id);
        await time.increaseTo(startOf(4n) - 1n);
        await isRefused(make(world, ada, ben, { arbiter: cleo }), "NotArbiter", cleo.id);
        await make(world, ada, ben, { arbiter: world.dan });
      });
    });
  }

  for (const kind of ["Vouch", "Warn"] as const) {
    it(`given it is closed between the signing of a ${kind} and its landing, it should be refused, and taken once it is open`, async () => {
      const offer = offerOf(ada, ben, { arbiterId: cleo.id });
      const binding = await bindingOf(world, offer);
      const deadline = (1n << 40n) - 1n;
      const signature = await signOffer(kind, ada.owner, offer, binding, deadline);
      const send = () => sendOffer(world.vouches, kind, offer, binding, deadline, signature);
      await set(false);
      await isRefused(send(), "NotArbiter", cleo.id);
      expect(await world.vouches.isNonceUsed(ada.owner, binding.nonce)).to.equal(false);
      await set(true);
      await send();
    });
  }

  describe("arbiterStatus and isBurnable", () => {
    it("given no arbiter, should be None and false", async () => {
      await vouch(world, ada, ben);
      expect(await facts()).to.deep.equal({ arbiterId: 0n, arbiterStatus: Status.None, isBurnable: false });
    });

    it("should follow the arbiter's status, as burning does", async () => {
      await vouch(world, ada, ben, { arbiter: cleo });
      await suspend(world, cleo);
      expect(await facts()).to.deep.equal({ arbiterId: cleo.id, arbiterStatus: Status.Suspended, isBurnable: false });
      await isRefused(burn(world, ada, ben, cleo, 1n), "NotActive", cleo.id, Status.Suspended);
      await resume(world, cleo);
      expect(await facts()).to.deep.equal({ arbiterId: cleo.id, arbiterStatus: Status.Active, isBurnable: true });
      await burn(world, ada, ben, cleo, 1n);
      await retire(world, cleo);
      expect(await facts()).to.deep.equal({ arbiterId: cleo.id, arbiterStatus: Status.Retired, isBurnable: false });
      await isRefused(burn(world, ada, ben, cleo, 1n), "NotActive", cleo.id, Status.Retired);
    });

    it("should be the same in both lists and in the lens", async () => {
      await vouch(world, ada, ben, { arbiter: cleo });
      await suspend(world, cleo);
      const { page: to } = await world.vouches.vouchersOf(ben.id, 0, 1);
      const { page: by } = await world.vouches.vouchesBy(ada.id, 0, 1);
      for (const edge of [...to, ...by]) {
        expect([edge.arbiterStatus, edge.isBurnable]).to.deep.equal([Status.Suspended, false]);
      }
    });

    it("given the stake was released, should say the status still, and that nothing is burnable", async () => {
      await vouch(world, ada, ben, { arbiter: cleo });
      await time.increaseTo(startOf(3n) - 1n);
      expect((await facts()).isBurnable).to.equal(true);
      await time.increaseTo(startOf(3n));
      expect(await facts()).to.deep.equal({ arbiterId: cleo.id, arbiterStatus: Status.Active, isBurnable: false });
    });
  });
});
