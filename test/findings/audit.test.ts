import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import type { BaseContract } from "ethers";
import { caseOf, type Flow, flows, nonceOf, sign } from "../signatures/flows.ts";
import { demand, Reason } from "../TrustGate/reasons.ts";
import { fieldsOf } from "../utils/vouchMocks.ts";
import { type ReadersWorld, readersWorld } from "../utils/vouchReaders.ts";
import {
  type Agent,
  burn,
  checkIn,
  DAY,
  ethers,
  expectPoints,
  expectSums,
  inOneBlock,
  loadFixture,
  MAX_SILENCE,
  networkHelpers,
  OwnerKind,
  RECOVERY_DELAY,
  refused,
  renew,
  retire,
  revoke,
  rotate,
  STANDING,
  Status,
  setWallet,
  startOf,
  suspend,
  time,
  VouchState,
  vouch,
  warn,
} from "../utils/vouchWorld.ts";

const GAS = { gasLimit: 500_000n };

/** The counterexamples of a hostile audit, under its numbers. Each story was true of the registries before. */
describe("findings of the audit", () => {
  let world: ReadersWorld;
  let ada: Agent;
  let ben: Agent;
  let cleo: Agent;
  let dan: Agent;
  beforeEach(async () => {
    world = await loadFixture(readersWorld);
    ({ ada, ben, cleo, dan } = world);
  });

  const flowOf = (name: Flow["name"]) => flows.find((flow) => flow.name === name) as Flow;
  const deadline = async () => BigInt(await time.latest()) + 250n;
  const unmet = (agent: Agent, parts: Parameters<typeof demand>[0]) => world.gate.unmet(agent.id, demand(parts));
  const enter = (key: HardhatEthersSigner, parts: Parameters<typeof demand>[0]) =>
    world.gate.connect(key).enter(demand(parts), GAS);

  describe("E1: an identity that a contract owns is sold secretly, at once and exclusively", () => {
    const factsOf = async (id: bigint) => fieldsOf(await world.identities.identityOf(id)) as object;

    /** Identity 7, of a contract that its holder sells; thirty days old, checked in, and vouched for by the anchor cleo. */
    async function sold() {
      const account = await ethers.deployContract("AccountForSale", world.relayer);
      const act = (holder: HardhatEthersSigner, target: BaseContract, data: string) =>
        (account.connect(holder) as typeof account).getFunction("execute")(target, data);
      const { identities, relayer } = world;
      await act(relayer, identities, identities.interface.encodeFunctionData("register()"));
      await time.increase(MAX_SILENCE);
      await act(relayer, identities, identities.interface.encodeFunctionData("pulse", [7, ethers.ZeroHash]));
      const agent = { id: 7n, owner: relayer };
      await vouch(world, cleo, agent, { stake: 10n, periods: 6n });
      const before = await factsOf(7n);
      await account.getFunction("offer")(1n);
      const [buyer] = world.spare;
      await (account.connect(buyer) as typeof account).getFunction("buy")({ value: 1n });
      const asBuyer = (data: string) => act(buyer, world.gate, data);
      return { agent, before, asBuyer };
    }

    it("nothing of the sale is seen in any key or date, so that a gate lets the buyer in who asks for them alone", async () => {
      const { agent, before, asBuyer } = await sold();
      expect(await factsOf(7n)).to.deep.equal(before);
      const asked = demand({ minKeyAge: 30n * DAY, minSupport: 10n, anchors: [cleo.id], minAnchors: 1n });
      expect(await world.gate.unmet(agent.id, asked)).to.equal(0n);
      await asBuyer(world.gate.interface.encodeFunctionData("enter", [asked]));
    });

    it("but identity, lens and gate say from the first day that nobody proved its owner to be a key", async () => {
      const { agent, before, asBuyer } = await sold();
      expect(before).to.include({ ownerKind: OwnerKind.Unproven });
      const [profile] = await world.lens.profiles([agent.id]);
      expect(profile?.identity.ownerKind).to.equal(OwnerKind.Unproven);
      const asked = demand({ keyOwned: true });
      expect(await world.gate.unmet(agent.id, asked)).to.equal(Reason.UnprovenOwner);
      await expect(asBuyer(world.gate.interface.encodeFunctionData("enter", [asked]))).to.revert(ethers);
    });
  });

  describe("E2: the recovery of an anchor reopens the gate to the thief's protégé, for a block", () => {
    it("it stays suspended: in the block of the recovery the protégé is refused, and the next key revokes first", async () => {
      const [next, guardian] = world.spare;
      const { identities, vouches } = world;
      await identities.connect(cleo.owner).setGuardian(cleo.id, guardian);
      // The thief has cleo's key, and vouches for the thief's own identity, ben.
      await vouch(world, cleo, ben, { stake: 10n, periods: 6n });
      const asked = { anchors: [cleo.id], minAnchors: 1n };
      expect(await unmet(ben, asked)).to.equal(0n);
      await identities.connect(guardian).suspend(cleo.id);
      await identities.connect(guardian).proposeRecovery(cleo.id, next);
      await time.increase(RECOVERY_DELAY);
      const outcome = await inOneBlock(
        () => identities.connect(next).claimRecovery(cleo.id, GAS),
        () => enter(ben.owner, asked),
        () => vouches.connect(next).revoke(cleo.id, ben.id, GAS),
        () => identities.connect(guardian).resume(cleo.id, GAS),
        () => enter(ben.owner, asked),
      );
      expect(outcome).to.deep.equal([1, 0, 1, 1, 0]);
      expect(await unmet(ben, asked)).to.equal(Reason.Anchors);
    });

    it("a candidate that is a contract cannot do in one transaction what its key could not: only the guardian resumes", async () => {
      const [, guardian] = world.spare;
      const { identities } = world;
      const candidate = await ethers.deployContract("BatchAccount", world.relayer);
      await identities.connect(cleo.owner).setGuardian(cleo.id, guardian);
      await identities.connect(guardian).suspend(cleo.id);
      await identities.connect(guardian).proposeRecovery(cleo.id, candidate);
      await time.increase(RECOVERY_DELAY);
      const claim = identities.interface.encodeFunctionData("claimRecovery", [cleo.id]);
      const resume = identities.interface.encodeFunctionData("resume", [cleo.id]);
      const execute = candidate.getFunction("execute");
      await expect(execute([identities, identities], [claim, resume])).to.revert(ethers);
      await execute([identities], [claim]);
      const { status, lastSeen } = await identities.identityOf(cleo.id);
      expect(status).to.equal(Status.Suspended);
      expect(lastSeen).to.be.lessThan(BigInt(await time.latest()) - RECOVERY_DELAY);
    });
  });

  describe("E3: the kill switch stops neither payments nor the document", () => {
    let thiefsWallet: HardhatEthersSigner;
    let guardian: HardhatEthersSigner;
    beforeEach(async () => {
      [thiefsWallet, guardian] = world.spare;
      await world.identities.connect(ben.owner).setGuardian(ben.id, guardian);
      await setWallet(world, ben, thiefsWallet);
      await world.identities.connect(ben.owner).setAgentURI(ben.id, "https://thief.example");
      await world.identities.connect(guardian).suspend(ben.id);
    });

    it("while suspended nobody is its wallet, by any view, and its document is the one made on chain", async () => {
      const { identities } = world;
      expect(await identities.getAgentWallet(ben.id)).to.equal(ethers.ZeroAddress);
      expect((await identities.identityOf(ben.id)).wallet).to.equal(ethers.ZeroAddress);
      for (const view of ["getMetadata", "metadata"] as const) {
        expect(await identities[view](ben.id, "agentWallet")).to.equal(ethers.ZeroAddress);
      }
      expect(await identities.tokenURI(ben.id)).to.match(/^data:application\/json;base64,/);
      for (const key of [thiefsWallet, ben.owner]) {
        await refused(enter(key, {}), world.gate, "Untrusted", ben.id, Reason.Suspended);
      }
    });

    it("the guardian takes the thief's wallet away before anybody is paid again", async () => {
      const { identities } = world;
      await identities.connect(guardian).unsetAgentWallet(ben.id);
      await identities.connect(guardian).resume(ben.id);
      expect(await identities.getAgentWallet(ben.id)).to.equal(ben.owner.address);
      expect(await identities.resolve(thiefsWallet)).to.deep.equal([0n, 0n, 0n]);
    });

    it("a wallet is no authority: a bond pays nothing out to it, suspended or not, and the owner's to the owner", async () => {
      const { identities } = world;
      const bond = await ethers.deployContract("Bond", [identities]);
      await bond.getFunction("deposit")(ben.id, { value: 10n ** 18n });
      const withdraw = (as: HardhatEthersSigner) => (bond.connect(as) as typeof bond).getFunction("withdraw")(ben.id);
      await refused(withdraw(thiefsWallet), bond, "NotAuthorized", thiefsWallet.address);
      await identities.connect(guardian).resume(ben.id);
      await refused(withdraw(thiefsWallet), bond, "NotAuthorized", thiefsWallet.address);
      expect(await ethers.provider.getBalance(bond)).to.equal(10n ** 18n);
      await expect(withdraw(ben.owner)).to.changeEtherBalances(
        ethers,
        [ben.owner, thiefsWallet, bond],
        [10n ** 18n, 0n, -(10n ** 18n)],
      );
    });
  });

  describe("E4: taking the first of two offers back makes the second one valid", () => {
    /** A signed vouch for the subject, a point, under a nonce. */
    async function offer(subject: Agent, nonce: bigint) {
      const flow = flowOf("vouchFor");
      const about = await caseOf(world, flow, ada.owner.address, ada, await deadline(), subject);
      Object.assign(about.values, { stake: 1n, nonce });
      const signature = await sign(world, flow, about, ada.owner);
      return () => flow.send(world, about, signature);
    }

    it("each is valid or void by its own nonce, and several are taken back by one transaction", async () => {
      const [first, second, third] = [await offer(ben, 0n), await offer(cleo, 1n), await offer(dan, 2n)];
      await world.vouches.connect(ada.owner).invalidateNonces(0n, 0b011n);
      await refused(first(), world.vouches, "NonceUsed", ada.owner.address, 0n);
      await refused(second(), world.vouches, "NonceUsed", ada.owner.address, 1n);
      await third();
    });

    it("a held vouch does not make an urgent revocation void when it is sent first", async () => {
      await vouch(world, ada, ben);
      const held = await offer(cleo, 0n);
      const flow = flowOf("revokeFor");
      const about = await caseOf(world, flow, ada.owner.address, ada, await deadline());
      about.values.nonce = 1n;
      const signature = await sign(world, flow, about, ada.owner);
      await held();
      await flow.send(world, about, signature);
      await expectSums(world, ben, 0n, 0n);
    });

    for (const name of ["rotateKey", "setAgentWallet"] as const) {
      it(`E4b: what was signed for ${name} can be taken back too, used before or not`, async () => {
        const flow = flowOf(name);
        const [key] = world.spare;
        const about = await caseOf(world, flow, key.address, ada, await deadline());
        const signature = await sign(world, flow, about, key);
        const digest = await nonceOf(world, flow, about);
        if (name === "setAgentWallet") {
          await flow.send(world, about, signature);
          await world.identities.connect(key).unsetAgentWallet(ada.id);
        }
        await world.identities.connect(key).invalidateNonces(digest >> 8n, 1n << (digest & 0xffn));
        await refused(flow.send(world, about, signature), world.identities, "NonceUsed", key.address, digest);
      });
    }
  });

  describe("E5: anybody is kept out of a board for ever by one key, ten days old, for cents", () => {
    it("who has tenure and an anchor's vouch posts, however many throwaway keys warn, and renew it for years", async () => {
      await time.increase(20n * DAY);
      await checkIn(world, ben);
      await world.identities.connect(world.relayer)["register()"]();
      const sybil = { id: 7n, owner: world.relayer };
      await time.increase(10n * DAY);
      await refused(warn(world, sybil, ben, { stake: 1n }), world.vouches, "InsufficientStanding", 7n, 0n, 1n, 10n);
      await checkIn(world, sybil);
      await warn(world, sybil, ben, { stake: 10n, periods: 6n });
      for (let year = 0; year < 3; ++year) {
        await vouch(world, cleo, ben, { stake: 5n, periods: 6n });
        await world.board.connect(ben.owner).post("still here");
        await revoke(world, cleo, ben);
        await time.increase(240n * DAY);
        await renew(world, sybil, ben, 0n, 6n);
      }
      expect(await unmet(ben, { oppositionLimit: 1n })).to.equal(Reason.Opposition); // what a gate may still ask
    });

    it("E5b: nor by four of them, with all they have, where a market asks what anchors say", async () => {
      for (const [i, owner] of [world.relayer, ...world.spare].entries()) {
        await world.identities.connect(owner)["register()"]();
        await time.increase(MAX_SILENCE);
        const sybil = { id: 7n + BigInt(i), owner };
        await checkIn(world, sybil);
        await warn(world, sybil, ben, { stake: STANDING, periods: 6n });
      }
      await vouch(world, cleo, ben);
      const market = { anchors: [cleo.id, ada.id], minAnchors: 1n, anchorWarningLimit: 1n };
      expect(await unmet(ben, market)).to.equal(0n);
      await warn(world, ada, ben, { stake: 1n });
      expect(await unmet(ben, market)).to.equal(Reason.AnchorWarnings);
    });
  });

  describe("E6: thirty days of witnessed time that nobody witnessed", () => {
    it("who registers and never checks in has no tenure, no points, and passes no gate that asks for a second", async () => {
      await world.identities.connect(world.relayer)["register()"]();
      const silent = { id: 7n, owner: world.relayer };
      for (const days of [30n, 300n, 3_000n]) {
        await time.increase(days * DAY);
        expect(await world.identities.tenureOf(7)).to.equal(0n);
        await expectPoints(world, silent, { standing: 0n });
        expect(await unmet(silent, { minTenure: 1n })).to.equal(Reason.Tenure);
        await refused(vouch(world, silent, ben, { stake: 1n }), world.vouches, "InsufficientStanding", 7n, 0n, 1n, 30n);
      }
      await checkIn(world, silent);
      expect(await world.identities.tenureOf(7)).to.equal(MAX_SILENCE);
      expect(await unmet(silent, { minTenure: MAX_SILENCE + 1n })).to.equal(Reason.Tenure);
    });
  });

  it("E7: who was a wallet here becomes the next key, once it is a wallet no more (as before, and as documented)", async () => {
    const [wallet] = world.spare;
    await setWallet(world, ben, wallet);
    await refused(rotate(world, ben, wallet), world.identities, "AlreadyRegistered", wallet.address, ben.id);
    await world.identities.connect(wallet).unsetAgentWallet(ben.id);
    await rotate(world, ben, wallet);
    expect(await world.identities.ownerOf(ben.id)).to.equal(wallet.address);
  });

  it("E8: a signed warning outlives the subject's rotation, under the key that was signed (as before, and as meant)", async () => {
    const flow = flowOf("warnFor");
    const about = await caseOf(world, flow, ada.owner.address, ada, await deadline());
    const signature = await sign(world, flow, about, ada.owner);
    const rekeyed = await rotate(world, ben, world.spare[0]);
    await flow.send(world, about, signature);
    await expectSums(world, rekeyed, 0n, 10n);
  });

  it("E9: a vouch counts for a single block, at the price of a lock to the end of the next period (as before)", async () => {
    const asked = { minSupport: 10n };
    const as = world.vouches.connect(ada.owner);
    const outcome = await inOneBlock(
      () => enter(ben.owner, asked),
      () => as.vouch(ada.id, ben.id, 10, 6, 0, ethers.ZeroHash, "", GAS),
      () => enter(ben.owner, asked),
      () => as.revoke(ada.id, ben.id, GAS),
      () => enter(ben.owner, asked),
    );
    expect(outcome).to.deep.equal([0, 1, 1, 1, 0]);
    await time.increaseTo(startOf(2n) - 1n);
    await expectPoints(world, ada, { staked: 10n });
  });

  describe("E10, E11: one operator, any number of identities", () => {
    it("each of them has nothing without check-ins of its own, and what they give is theirs alone to the point", async () => {
      const farm = await ethers.deployContract("Neighbourhood");
      await farm.getFunction("grow")(world.identities, 4);
      await time.increase(MAX_SILENCE);
      const stakeAll = () => farm.getFunction("stakeAll")(world.vouches, ben.id, 0, 4);
      await expect(stakeAll()).to.be.revertedWithCustomError(world.vouches, "InsufficientStanding");
      await farm.getFunction("checkIn")(world.identities, 0, 4);
      await stakeAll();
      await expectSums(world, ben, 2n, 2n);
      for (let id = 7n; id < 11n; ++id) {
        const { standing, staked } = await world.vouches.standingOf(id);
        expect([standing, staked]).to.deep.equal([STANDING, 1n]);
        // Nor do they look like keys.
        expect((await world.identities.identityOf(id)).ownerKind).to.equal(OwnerKind.Unproven);
      }
    });

    it("a list that is lengthened with junk hides nothing from a gate: it asks for the pair", async () => {
      await vouch(world, cleo, ben);
      for (const owner of [world.relayer, ...world.spare]) await world.identities.connect(owner)["register()"]();
      await time.increase(DAY);
      for (const [i, owner] of [world.relayer, ...world.spare].entries()) {
        const junk = { id: 7n + BigInt(i), owner };
        await checkIn(world, junk);
        await warn(world, junk, ben, { stake: 1n });
      }
      const { page } = await world.vouches.vouchersOf(ben.id, 0, 4);
      expect(page.map(({ voucherId }) => voucherId)).to.not.include(cleo.id);
      expect(await unmet(ben, { anchors: [cleo.id], minAnchors: 1n })).to.equal(0n);
    });
  });

  describe("E12: burnable for ever, under an arbiter that is gone; and judges who were never asked", () => {
    it("nothing is burnable under an arbiter that retired, and every view of the edge says what it is", async () => {
      await vouch(world, ada, ben, { arbiter: dan });
      await retire(world, dan);
      await renew(world, ada, ben, 0n, 6n);
      const [edge] = (await world.lens.vouchers(ben.id, 0, 1)).page;
      for (const view of [await world.vouches.vouchOf(ada.id, ben.id), edge?.vouch]) {
        expect([view?.arbiterId, view?.arbiterStatus, view?.isBurnable]).to.deep.equal([dan.id, Status.Retired, false]);
      }
      await refused(burn(world, ada, ben, dan, 1n), world.vouches, "NotActive", dan.id, Status.Retired);
    });

    it("a famous number is on a vouch only while it agrees", async () => {
      await world.identities.connect(cleo.owner).setArbitration(cleo.id, false);
      for (const stake of [vouch, warn]) {
        await refused(stake(world, ada, ben, { arbiter: cleo }), world.vouches, "NotArbiter", cleo.id);
      }
    });
  });

  it("E13: who vouched and was deceived warns at once, with the very points, live or revoked", async () => {
    for (const isRevoked of [false, true]) {
      world = await loadFixture(readersWorld);
      await vouch(world, cleo, ben, { stake: STANDING, periods: 6n });
      if (isRevoked) await revoke(world, cleo, ben);
      await warn(world, cleo, ben, { stake: STANDING, periods: 6n });
      await expectSums(world, ben, 0n, STANDING);
      await expectPoints(world, cleo, { staked: STANDING });
      expect(await unmet(ben, { anchors: [cleo.id], anchorWarningLimit: 1n })).to.equal(Reason.AnchorWarnings);
    }
  });

  it("E13: a subject silences no critic by taking one-point vouches from it, nor by disowning them", async () => {
    await vouch(world, ada, ben, { stake: 1n, periods: 6n });
    await vouch(world, dan, ben, { stake: 1n, periods: 6n });
    await world.vouches.connect(ben.owner).disown(dan.id, ben.id);
    await warn(world, ada, ben, { stake: STANDING, periods: 6n });
    await warn(world, dan, ben, { stake: STANDING, periods: 6n });
    await expectSums(world, ben, 0n, 2n * STANDING);
  });

  it("E14: an action costs more where it writes the first word for a subject, and from then on the same", async () => {
    const gasOf = async (from: Agent) => {
      const sent = await world.vouches.connect(from.owner).vouch(from.id, ben.id, 1, 1, 0, ethers.ZeroHash, "");
      return (await sent.wait())?.gasUsed ?? 0n;
    };
    const [first, second, third, fourth] = [
      await gasOf(ada),
      await gasOf(cleo),
      await gasOf(dan),
      await gasOf(world.eve),
    ];
    expect(first - second).to.be.within(17_000n, 17_200n); // 22,100 for the first write of a word, 5,000 for a later one
    expect([third, fourth]).to.deep.equal([second, second]);
  });

  it("E16: an anchor's vouch that its arbiter burned to a crumb counts as a whole one no more", async () => {
    await vouch(world, cleo, ben, { stake: 30n, arbiter: dan });
    await burn(world, cleo, ben, dan, 29n);
    const asked = { anchors: [cleo.id], minAnchors: 1n };
    expect(await unmet(ben, asked)).to.equal(0n);
    expect(await unmet(ben, { ...asked, minAnchorStake: 5n })).to.equal(Reason.Anchors);
    expect((await world.board.requirement()).minAnchorStake).to.equal(5n);
  });

  it("E17: what a thief staked counts through the suspension only until the guardian revokes it, at once", async () => {
    const [guardian] = world.spare;
    await world.identities.connect(ada.owner).setGuardian(ada.id, guardian);
    await vouch(world, ada, ben, { stake: 20n, periods: 6n });
    await warn(world, ada, dan, { stake: 10n, periods: 6n });
    await world.identities.connect(guardian).suspend(ada.id);
    await expectSums(world, ben, 20n, 0n);
    const as = world.vouches.connect(guardian);
    await as.revoke(ada.id, ben.id);
    await as.revoke(ada.id, dan.id);
    await expectSums(world, ben, 0n, 0n);
    await expectSums(world, dan, 0n, 0n);
    expect((await world.vouches.vouchOf(ada.id, ben.id)).state).to.equal(VouchState.Revoked);
  });

  describe("E18: consents name a number, and a reorg gives the number to somebody else", () => {
    it("nobody puts their identity on the victim's cold key, nor is vouched for in the victim's place", async () => {
      const [victim, cold] = world.spare;
      const attacker = world.relayer;
      const { restore } = await networkHelpers.takeSnapshot();
      await world.identities.connect(victim)["register()"]();
      const rotation = flowOf("rotateKey");
      const until = await deadline();
      const handover = await caseOf(world, rotation, cold.address, { id: 7n, owner: victim }, until);
      const consent = await sign(world, rotation, handover, cold);
      const vouching = flowOf("vouchFor");
      const about = await caseOf(world, vouching, ada.owner.address, ada, until);
      Object.assign(about.values, { subjectId: 7n, subjectOwner: victim.address });
      const offer = await sign(world, vouching, about, ada.owner);
      await restore();
      await world.identities.connect(attacker)["register()"]();
      handover.owner = attacker;
      const dumping = rotation.send(world, handover, consent);
      await refused(dumping, world.identities, "InvalidSignature", cold.address);
      await refused(vouching.send(world, about, offer), world.vouches, "InvalidSignature", ada.owner.address);
      await world.identities.connect(cold)["register()"](); // not used up
    });
  });

  it("3 (a): the token says that it is locked, and moves to another key in public all the same (as before, explained)", async () => {
    expect(await world.identities.locked(ben.id)).to.equal(true);
    const rekeyed = await rotate(world, ben, world.spare[0]);
    expect(await world.identities.locked(ben.id)).to.equal(true);
    const [transfer] = await world.identities.queryFilter(
      world.identities.filters.Transfer(ben.owner, rekeyed.owner, ben.id),
    );
    expect(transfer?.args.tokenId).to.equal(ben.id);
    await suspend(world, rekeyed);
  });
});
