import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { caseOf, type Flow, flows, sign } from "../signatures/flows.ts";
import { demand, Reason } from "../TrustGate/reasons.ts";
import type { PlainToken } from "../utils/agentLinks.ts";
import { packEdge } from "../utils/vouchEdge.ts";
import { type ReadersWorld, readersWorld } from "../utils/vouchReaders.ts";
import { freshEdge, offerOf, stakingFunctions } from "../utils/vouchTwins.ts";
import {
  type Agent,
  burn,
  checkIn,
  DAY,
  disown,
  emits,
  ethers,
  expectPoints,
  expectSums,
  loadFixture,
  MAX_SILENCE,
  nextBlockAt,
  OwnerKind,
  RECOVERY_DELAY,
  refused,
  renew,
  resume,
  retire,
  revoke,
  STANDING,
  Status,
  setWallet,
  suspend,
  time,
  vouch,
  warn,
} from "../utils/vouchWorld.ts";

/** What was wrong before the registries were revised, one story or more for each section of the design. */
describe("findings of the design", () => {
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
  const gasOf = async (sent: Promise<ContractTransactionResponse>) => (await (await sent).wait())?.gasUsed ?? 0n;
  const tenureOf = (agent: Agent) => world.identities.tenureOf(agent.id);

  describe("1: a silence earned by itself, and a check-in after it cost twice as much", () => {
    it("tenure and standing are what check-ins credited, and no second of a silence that is still going on", async () => {
      const before = await tenureOf(ada);
      await time.increase(29n * DAY);
      expect(await tenureOf(ada)).to.equal(before);
      await expectPoints(world, ada, {});
      await refused(
        vouch(world, ada, ben, { stake: STANDING + 1n }),
        world.vouches,
        "InsufficientStanding",
        ada.id,
        STANDING,
        STANDING + 1n,
        30n, // what a check-in would earn, and then does
      );
      await checkIn(world, ada);
      await vouch(world, ada, ben, { stake: STANDING + 30n });
    });

    it("a check-in costs the same after any silence, so that what was estimated a block earlier is enough", async () => {
      const { lastSeen } = await world.identities.identityOf(ada.id);
      await nextBlockAt(lastSeen + MAX_SILENCE - 1n);
      const short = await gasOf(checkIn(world, ada));
      await time.increase(10n * MAX_SILENCE);
      const long = await gasOf(checkIn(world, ada));
      await time.increase(DAY);
      const after = await gasOf(checkIn(world, ada));
      expect(after).to.equal(short);
      expect(long - short).to.be.within(-200n, 200n);
    });

    it("an identity that was ever silent pays as much for a vouch as one that never was", async () => {
      await time.increase(10n * MAX_SILENCE);
      await checkIn(world, ada);
      const gas: bigint[] = [];
      // Nothing was lost yet of dan's silence, which is going on; neither has ever vouched.
      for (const voucher of [ada, dan]) {
        gas.push(
          await gasOf(
            world.vouches.connect(voucher.owner).vouch(voucher.id, world.finn.id, 1, 1, 0, ethers.ZeroHash, ""),
          ),
        );
        await revoke(world, voucher, world.finn);
      }
      // The first one wrote the first word of its subject.
      expect((gas[0] ?? 0n) - (gas[1] ?? 0n)).to.be.within(17_000n, 17_200n);
    });

    it("tenure stops at once with a suspension, and is what it was for ever with retirement", async () => {
      await suspend(world, ada);
      const before = await tenureOf(ada);
      await time.increase(500n * DAY);
      expect(await tenureOf(ada)).to.equal(before);
      await resume(world, ada);
      await retire(world, ada);
      await time.increase(500n * DAY);
      expect(await tenureOf(ada)).to.equal(before);
      await expectPoints(world, ada, {});
    });

    it("a check-in answers the tenure that it made, after a short silence and after a long one", async () => {
      const { lastSeen } = await world.identities.identityOf(ada.id);
      const before = await tenureOf(ada);
      const pulse = world.identities.connect(ada.owner).pulse;
      for (const [silence, credit] of [
        [20n * DAY, 20n * DAY],
        [100n * MAX_SILENCE, MAX_SILENCE],
      ] as const) {
        await time.increaseTo(lastSeen + silence - 1n);
        await nextBlockAt(lastSeen + silence);
        // Asked in the pending block, whose time is that.
        expect(await pulse.staticCall(ada.id, ethers.ZeroHash, { blockTag: "pending" })).to.equal(before + credit);
      }
    });
  });

  describe("2: a deceived voucher was mute while its edge was locked", () => {
    it("a warning takes the live vouch out of support and books itself, to the point, in one transaction", async () => {
      await vouch(world, ada, ben, { stake: 12n, periods: 6n, arbiter: cleo });
      await vouch(world, dan, ben, { stake: 5n, periods: 6n });
      const fn = stakingFunctions.find(({ name }) => name === "warn");
      if (fn === undefined) throw new Error("no way to warn");
      const offer = offerOf(ada, ben, { stake: 12n, periods: 6n, arbiterId: cleo.id });
      const edge = packEdge({ ...freshEdge(fn, offer, await nextBlockAt(), 0n) });
      const sent = fn.stake(world, offer, ada.owner);
      await emits(sent, world.vouches, "Warned", ada.id, ben.id, edge, offer.topic, offer.evidence);
      await expectSums(world, ben, 5n, 12n);
      await expectPoints(world, ada, { staked: 12n });
    });

    it("nobody shakes its liability off that way: not the arbiter, not a point, not a period", async () => {
      await vouch(world, ada, ben, { stake: 12n, periods: 3n, arbiter: cleo });
      const warnWith = (stake: bigint, periods: bigint, arbiter?: Agent) =>
        warn(world, ada, ben, { stake, periods, arbiter });
      await refused(warnWith(12n, 3n), world.vouches, "ArbiterChanges", cleo.id, 0n);
      await refused(warnWith(12n, 3n, dan), world.vouches, "ArbiterChanges", cleo.id, dan.id);
      await refused(warnWith(11n, 3n, cleo), world.vouches, "StakeShrinks", 12n, 11n);
      await refused(warnWith(12n, 2n, cleo), world.vouches, "ReleaseShortens", 4n, 3n);
      await warnWith(12n, 3n, cleo);
      await burn(world, ada, ben, cleo, 12n);
      await expectPoints(world, ada, { standing: STANDING - 12n, burned: 12n, scars: 1n });
    });

    it("nobody vouches anew over what the subject disowned, by way of a warning either", async () => {
      const terms = { stake: 5n, periods: 2n };
      await vouch(world, ada, ben, terms);
      await disown(world, ada, ben);
      await refused(vouch(world, ada, ben, terms), world.vouches, "VouchRefused", ada.id, ben.id, 1n);
      await warn(world, ada, ben, terms);
      await refused(vouch(world, ada, ben, terms), world.vouches, "VouchRefused", ada.id, ben.id, 3n);
    });
  });

  it("3: warnings counted by how much, so that one key kept anybody out; now by who warns", async () => {
    await vouch(world, cleo, ben);
    await warn(world, ada, ben, { stake: STANDING });
    const asked = { anchors: [cleo.id, dan.id], minAnchors: 1n, anchorWarningLimit: 1n };
    expect(await world.gate.unmet(ben.id, demand(asked))).to.equal(0n);
    await warn(world, dan, ben, { stake: 1n });
    expect(await world.gate.unmet(ben.id, demand(asked))).to.equal(Reason.AnchorWarnings);
  });

  describe("4: the kill switch stopped less than it seemed to", () => {
    it("everything that pays or shows an agent is told so by the logs, and is told when it is over", async () => {
      const [wallet] = world.spare;
      await setWallet(world, ben, wallet);
      const lower = wallet.address.toLowerCase();
      for (const [act, value] of [
        [suspend, ethers.ZeroAddress],
        [resume, lower],
      ] as const) {
        const sent = act(world, ben);
        await expect(sent).to.emit(world.identities, "MetadataSet").withArgs(ben.id, anyHash, "agentWallet", value);
        await expect(sent).to.emit(world.identities, "MetadataUpdate").withArgs(ben.id);
        expect(await world.identities.getMetadata(ben.id, "agentWallet")).to.equal(value);
      }
    });

    it("the recovery of a suspended identity is no check-in: its tenure and its points are what they were", async () => {
      const [next, guardian] = world.spare;
      await world.identities.connect(ada.owner).setGuardian(ada.id, guardian);
      const before = await world.identities.identityOf(ada.id);
      await world.identities.connect(guardian).suspend(ada.id);
      await world.identities.connect(guardian).proposeRecovery(ada.id, next);
      await time.increase(RECOVERY_DELAY);
      await world.identities.connect(next).claimRecovery(ada.id);
      await time.increase(2n * DAY);
      const after = await world.identities.identityOf(ada.id);
      expect([after.lastSeen, after.tenure, after.status]).to.deep.equal([
        before.lastSeen,
        before.tenure,
        Status.Suspended,
      ]);
      expect(await world.gate.unmet(ada.id, demand({ maxSilence: RECOVERY_DELAY }))).to.equal(
        Reason.Suspended | Reason.Silence,
      );
      await expectPoints(world, ada, {});
    });
  });

  it("5: an offer that was never sent blocked what came after; now nonces have no order", async () => {
    const flow = flowOf("vouchFor");
    const until = BigInt(await time.latest()) + 250n;
    const subjects = [ben, cleo, dan];
    const sends: (() => Promise<unknown>)[] = [];
    for (const [i, { id, owner }] of subjects.entries()) {
      const about = await caseOf(world, flow, ada.owner.address, ada, until);
      Object.assign(about.values, { subjectId: id, subjectOwner: owner.address, stake: 1n, nonce: BigInt(i) });
      const signature = await sign(world, flow, about, ada.owner);
      sends.push(() => flow.send(world, about, signature));
    }
    await sends[2]?.();
    await sends[1]?.();
    await sends[0]?.();
    await expectPoints(world, ada, { staked: 3n });
  });

  it("6: a contract that shows no code when somebody looks owned an identity like a key; now it is not proven to be one", async () => {
    const maker = await ethers.deployContract("PhantomMaker");
    const act = (data: string) => maker.getFunction("act")(world.identities, data);
    const { interface: abi } = world.identities;
    await act(abi.encodeFunctionData("register()"));
    await time.increase(MAX_SILENCE);
    await act(abi.encodeFunctionData("pulse", [7, ethers.ZeroHash]));
    const { owner, ownerKind, isDelegated, tenure } = await world.identities.identityOf(7);
    expect(await ethers.provider.getCode(owner)).to.equal("0x");
    expect([ownerKind, isDelegated, tenure]).to.deep.equal([OwnerKind.Unproven, false, MAX_SILENCE]);
    expect(await world.gate.unmet(7, demand({ keyOwned: true }))).to.equal(Reason.UnprovenOwner);
    expect(await world.gate.unmet(7, demand({}))).to.equal(0n);
  });

  it("7: whoever is active was drafted as arbiter; now it agrees, and closing changes nothing of what is locked", async () => {
    await vouch(world, ada, ben, { arbiter: cleo });
    await world.identities.connect(cleo.owner).setArbitration(cleo.id, false);
    await refused(vouch(world, dan, ben, { arbiter: cleo }), world.vouches, "NotArbiter", cleo.id);
    await renew(world, ada, ben, 1n, 2n);
    expect((await world.vouches.vouchOf(ada.id, ben.id)).isBurnable).to.equal(true);
    await burn(world, ada, ben, cleo, 11n);
  });

  it("8: a picture could not fail before without failing the registry; now nothing but a document depends on it", async () => {
    const renderer = await ethers.deployContract("EndlessRenderer");
    const identities = await ethers.deployContract("IdentityRegistry", [MAX_SILENCE, RECOVERY_DELAY, renderer]);
    await identities["register()"]();
    await identities.pulse(1, ethers.ZeroHash);
    expect((await identities.identityOf(1)).status).to.equal(Status.Active);
    await expect(identities.tokenURI(1, { gasLimit: 1_000_000n })).to.revert(ethers);
  });

  it("9: who sold a transferable agent sold its reputation along; now the link breaks, and the reputation stays", async () => {
    const links = await ethers.deployContract("AgentLinks", [world.identities]);
    const token = (await ethers.deployContract("PlainToken")) as unknown as PlainToken;
    const buyer: HardhatEthersSigner = world.relayer;
    await token.mint(ben.owner, 77n);
    await links.connect(ben.owner).link(ben.id, token, 77n);
    await vouch(world, ada, ben);
    expect(await links.linkedIdentity(token, 77n)).to.equal(ben.id);
    await token.connect(ben.owner).transferFrom(ben.owner, buyer, 77n);
    expect(await links.linkedIdentity(token, 77n)).to.equal(0n);
    await expectSums(world, ben, 10n, 0n);
  });

  it("10: one point vouched long ago and topped up to thirty today looked like an old conviction; now it is dated by its points", async () => {
    const first = await vouch(world, ada, ben, { stake: 1n, periods: 6n });
    await nextBlockAt(first + 290n * DAY);
    await renew(world, ada, ben, 29n, 6n);
    const { since, stake } = await world.vouches.vouchOf(ada.id, ben.id);
    expect(stake).to.equal(30n);
    // 29 of 30 points are of that day: within a thirtieth of the time before it.
    expect(since).to.equal(first + (290n * DAY * 29n + 29n) / 30n);
  });

  describe("11: words that were wrong", () => {
    it("no party has power over all records: arbiter, guardian and owner act on theirs alone", async () => {
      await vouch(world, ada, ben, { arbiter: cleo });
      await vouch(world, dan, ben, { arbiter: world.eve });
      const [guardian] = world.spare;
      await world.identities.connect(ada.owner).setGuardian(ada.id, guardian);
      // One after the other: a node over the network may refuse the last before somebody waits for it.
      const refusals: [() => Promise<unknown>, string, unknown[]][] = [
        [() => burn(world, dan, ben, { ...cleo }, 1n), "NotOwner", [world.eve.id, cleo.owner.address]],
        [() => revoke(world, { ...dan, owner: ada.owner }, ben), "NotOwner", [dan.id, ada.owner.address]],
        [() => revoke(world, { ...dan, owner: guardian }, ben), "NotOwner", [dan.id, guardian.address]],
        [() => disown(world, ada, { ...ben, owner: cleo.owner }), "NotOwner", [ben.id, cleo.owner.address]],
      ];
      for (const [send, error, args] of refusals) await refused(send(), world.vouches, error, ...args);
      const suspension = world.identities.connect(guardian).suspend(ben.id);
      await refused(suspension, world.identities, "NotAuthorized", ben.id, guardian.address);
    });

    it("an address owns one identity over all time; an operator has as many as it has addresses", async () => {
      await refused(
        world.identities.connect(ada.owner)["register()"](),
        world.identities,
        "AlreadyRegistered",
        ada.owner.address,
        ada.id,
      );
      const farm = await ethers.deployContract("Neighbourhood");
      await farm.getFunction("grow")(world.identities, 3);
      expect(await world.identities.totalRegistered()).to.equal(9n);
    });
  });
});

/** The indexed hash of a key, whichever it is. */
const anyHash = (value: unknown): boolean => value !== undefined;
