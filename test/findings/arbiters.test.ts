import { expect } from "chai";
import { type BaseContract, ZeroHash } from "ethers";
import { type Case, caseOf, type Flow, flows, sign } from "../signatures/flows.ts";
import { type ReadersWorld, readersWorld } from "../utils/vouchReaders.ts";
import {
  type Agent,
  burn,
  checkIn,
  DAY,
  disown,
  inOneBlock,
  loadFixture,
  networkHelpers,
  nextBlockAt,
  openArbitration,
  RECOVERY_DELAY,
  refused,
  renew,
  resume,
  revoke,
  rotate,
  STANDING,
  startOf,
  suspend,
  time,
  vouch,
  warn,
} from "../utils/vouchWorld.ts";

/** What was tried against consents that name a date, and against arbiters that agree anew. */
describe("findings: dates of pairs, arbiters' agreement and liability", () => {
  let world: ReadersWorld;
  let ada: Agent;
  let ben: Agent;
  let dan: Agent;
  beforeEach(async () => {
    world = await loadFixture(readersWorld);
    ({ ada, ben, dan } = world);
  });

  const GAS = { gasLimit: 500_000n };
  const flowOf = (name: Flow["name"]) => flows.find((flow) => flow.name === name) as Flow;
  const isVoid = (sent: Promise<unknown>, registry: BaseContract = world.vouches, signer = ada.owner.address) =>
    refused(sent, registry, "InvalidSignature", signer);
  const sums = async (agent: Agent) => [...(await world.vouches.supportOf(agent.id))];
  const sinceOf = async () => (await world.vouches.vouchOf(ada.id, ben.id)).since;
  let nonce = 1000n;

  async function signed(name: Flow["name"], change: (about: Case) => void = () => {}, span = 3650n * DAY) {
    const flow = flowOf(name);
    const about = await caseOf(world, flow, ada.owner.address, ada, BigInt(await time.latest()) + span);
    Object.assign(about.values, { nonce: nonce++ });
    change(about);
    const signature = await sign(world, flow, about, ada.owner);
    return () => flow.send(world, about, signature);
  }
  const under = (arbiter: Agent) => (about: Case) =>
    Object.assign(about.values, { arbiterId: arbiter.id, arbiterOwner: arbiter.owner.address });
  const closeArbitration = (arbiter: Agent) =>
    world.identities.connect(arbiter.owner).setArbitration(arbiter.id, false);

  for (const seed of [1, 2, 4, 5]) {
    it(`the date of a pair never goes back, in a later second each word of its voucher moves it and voids all before, and nothing else does (play ${seed})`, async () => {
      let random = seed * 7919;
      const pick = (most: number) => {
        random = (random * 48271) % 2147483647;
        return random % most;
      };
      /** At least what is locked, to the farthest end, under the arbiter. */
      const anew = async () => {
        const { stake } = await world.vouches.vouchOf(ada.id, ben.id);
        return { stake: BigInt(stake) + BigInt(pick(2)) || 1n, periods: 6n, arbiter: dan };
      };
      type Act = [name: string, act: () => Promise<unknown>];
      const own: Act[] = [
        ["vouch", async () => vouch(world, ada, ben, await anew())],
        ["warn", async () => warn(world, ada, ben, await anew())],
        ["revoke", () => revoke(world, ada, ben)],
        ["add", () => renew(world, ada, ben, 1n, 6n)],
      ];
      const others: Act[] = [
        ["extend", () => renew(world, ada, ben, 0n, 6n)],
        ["disown", () => disown(world, ada, ben)],
        ["burn", () => burn(world, ada, ben, dan, 1n)],
        ["pass", () => time.increase(DAY * BigInt(1 + pick(40)))],
        ["check in", () => checkIn(world, ada)],
      ];
      const stockUp = async () => [await signed("revokeFor"), await signed("vouchFor"), await signed("warnFor")];
      const landed = new Map<string, number>();
      const dates = new Set([0n]);
      const old: (() => Promise<unknown>)[] = [];
      let stock = await stockUp();
      for (let step = 0; step < 80; ++step) {
        await time.increase(1);
        const isOwn = pick(3) !== 0;
        const list = isOwn ? own : others;
        const [name, act] = list[pick(list.length)] as Act;
        const before = await sinceOf();
        const isLanded = await act().then(
          () => true,
          () => false,
        );
        const after = await sinceOf();
        if (isLanded) landed.set(name, 1 + (landed.get(name) ?? 0));
        if (!isLanded || !isOwn) {
          expect(after, name).to.equal(before);
          continue;
        }
        expect(after > before && !dates.has(after), `${name}: from ${before} to ${after}`).to.equal(true);
        dates.add(after);
        old.push(...stock);
        stock = await stockUp();
        await isVoid((old[pick(old.length)] as () => Promise<unknown>)());
      }
      for (const send of old) await isVoid(send());
      expect(old.length, [...landed].join(" ")).to.be.above(60);
      expect([...landed.keys()]).to.include.members(["vouch", "warn", "revoke", "add", "disown", "burn"]);
    });
  }

  it("a revocation and what is made anew after it in one transaction have one date, and all that was signed before is void", async () => {
    await vouch(world, ada, ben, { stake: 10n, arbiter: dan });
    const old = [await signed("vouchFor"), await signed("warnFor"), await signed("revokeFor")];
    const made = world.vouches.connect(ada.owner);
    const at = await nextBlockAt();
    await made.multicall([
      made.interface.encodeFunctionData("revoke", [ada.id, ben.id]),
      made.interface.encodeFunctionData("vouch", [ada.id, ben.id, 10n, 1n, dan.id, ZeroHash, ""]),
    ]);
    expect(await sinceOf()).to.equal(at);
    for (const send of old) await isVoid(send());
    expect(await sums(ben)).to.deep.equal([10n, 0n]);
  });

  it("a revocation that comes in the very second of the vouch leaves its date, so that what was signed for that second stays good", async () => {
    const made = world.vouches.connect(ada.owner);
    const at = await nextBlockAt();
    const send = await signed("vouchFor", (about) => Object.assign(about.values, { since: at }));
    await nextBlockAt(at);
    await inOneBlock(
      () => made.vouch(ada.id, ben.id, 10n, 1n, 0n, ZeroHash, "", GAS),
      () => made.revoke(ada.id, ben.id, GAS),
    );
    expect(await sinceOf()).to.equal(at);
    await send(); // as the guide says: in an earlier second
    expect(await sums(ben)).to.deep.equal([10n, 0n]);
  });

  it("a point burned before it refuses a warning by transaction over all that a voucher has; with a point free it lands", async () => {
    await vouch(world, ada, ben, { stake: STANDING, periods: 1n, arbiter: dan });
    const made = world.vouches.connect(ada.owner);
    const judge = world.vouches.connect(dan.owner);
    const send = await signed("warnFor", (about) => {
      under(dan)(about);
      Object.assign(about.values, { stake: STANDING });
    });
    for (let locked = STANDING; locked > STANDING - 3n; --locked) {
      const statuses = await inOneBlock(
        () => judge.burn(ada.id, ben.id, 1n, "", GAS),
        () => made.warn(ada.id, ben.id, locked, 1n, dan.id, ZeroHash, "", GAS),
      );
      expect(statuses).to.deep.equal([1, 0]);
      expect(await sums(ben)).to.deep.equal([locked - 1n, 0n]);
    }
    await refused(send(), world.vouches, "InsufficientStanding", ada.id, 0n, 3n, 9n);
    await checkIn(world, ada); // nine points more
    await send();
    expect(await sums(ben)).to.deep.equal([0n, STANDING]);
  });

  it("a voucher whose points were all burned, in one pair, warns when a check-in has earned it some", async () => {
    await vouch(world, ada, ben, { stake: STANDING, arbiter: dan });
    await burn(world, ada, ben, dan, STANDING);
    await refused(warn(world, ada, ben, { stake: 1n }), world.vouches, "InsufficientStanding", ada.id, 0n, 1n, 9n);
    await checkIn(world, ada);
    await warn(world, ada, ben, { stake: 9n });
    expect(await sums(ben)).to.deep.equal([0n, 9n]);
  });

  it("an arbiter that burns everything and closes its arbitration refuses a warning that names it, signed or not; one that names nobody lands", async () => {
    await vouch(world, ada, ben, { stake: 10n, arbiter: dan });
    const send = await signed("warnFor", under(dan));
    const free = await signed("warnFor");
    await burn(world, ada, ben, dan, 10n);
    await closeArbitration(dan);
    await refused(send(), world.vouches, "NotArbiter", dan.id);
    await refused(warn(world, ada, ben, { stake: 10n, arbiter: dan }), world.vouches, "NotArbiter", dan.id);
    await free(); // burning moved no date
    expect(await sums(ben)).to.deep.equal([0n, 10n]);
  });

  it("whatever an arbiter burned entirely, it has no points under it again before it opens its arbitration: by vouch, warning, renewal, signed or not", async () => {
    await vouch(world, ada, ben, { stake: 10n, periods: 2n, arbiter: dan });
    await burn(world, ada, ben, dan, 10n);
    await closeArbitration(dan);
    const signs = [await signed("warnFor", under(dan)), await signed("vouchFor", under(dan))];
    await refused(renew(world, ada, ben, 5n, 2n), world.vouches, "NotArbiter", dan.id);
    await refused(renew(world, ada, ben, 0n, 3n), world.vouches, "NotArbiter", dan.id);
    await refused((signs[0] as () => Promise<unknown>)(), world.vouches, "NotArbiter", dan.id);
    await revoke(world, ada, ben);
    await refused(vouch(world, ada, ben, { stake: 5n, arbiter: dan }), world.vouches, "NotArbiter", dan.id);
    await (await signed("vouchFor"))(); // under nobody
    await refused(burn(world, ada, ben, dan, 1n), world.vouches, "NoArbiter", ada.id, ben.id);
    await openArbitration(world, dan);
    await warn(world, ada, ben, { stake: 10n, periods: 2n, arbiter: dan });
    await burn(world, ada, ben, dan, 10n);
    await suspend(world, dan);
    await refused(renew(world, ada, ben, 5n, 2n), world.vouches, "NotActive", dan.id, 2n);
    await resume(world, dan);
    await renew(world, ada, ben, 5n, 2n);
    expect(await sums(ben)).to.deep.equal([0n, 5n]);
  });

  it("a pair that is used again after its release asks its old arbiter to agree, and forgets that it was refused", async () => {
    await vouch(world, ada, ben, { stake: 10n, arbiter: dan });
    await disown(world, ada, ben);
    await warn(world, ada, ben, { stake: 10n, arbiter: dan });
    await revoke(world, ada, ben);
    await closeArbitration(dan);
    const { releasePeriod } = await world.vouches.vouchOf(ada.id, ben.id);
    await time.increaseTo(startOf(BigInt(releasePeriod)));
    await refused(
      vouch(world, ada, ben, { arbiter: dan }),
      world.vouches,
      "VouchRefused",
      ada.id,
      ben.id,
      releasePeriod,
    );
    await time.increaseTo(startOf(BigInt(releasePeriod) + 1n));
    await refused(vouch(world, ada, ben, { arbiter: dan }), world.vouches, "NotArbiter", dan.id);
    await vouch(world, ada, ben, { stake: 3n });
    expect(await sums(ben)).to.deep.equal([3n, 0n]);
  });

  it("what was signed before a suspension lands after it, but not where the guardian revoked meanwhile, nor after a recovery", async () => {
    const { identities, spare } = world;
    const [next] = spare;
    const guardian = world.eve.owner;
    await identities.connect(ada.owner).setGuardian(ada.id, guardian);
    await vouch(world, ada, ben, { stake: 10n, arbiter: dan });
    const sends = [await signed("vouchFor", under(dan)), await signed("warnFor", under(dan)), await signed("pulseFor")];
    const takesBack = await signed("revokeFor");
    await identities.connect(guardian).suspend(ada.id);
    for (const send of sends.slice(0, 2)) await refused(send(), world.vouches, "NotActive", ada.id, 2n);
    const { restore } = await networkHelpers.takeSnapshot();
    await takesBack(); // while suspended, too
    await restore();
    await identities.connect(guardian).proposeRecovery(ada.id, next);
    await time.increase(Number(RECOVERY_DELAY));
    const { restore: rewind } = await networkHelpers.takeSnapshot();
    await world.vouches.connect(guardian).revoke(ada.id, ben.id);
    await identities.connect(guardian).resume(ada.id);
    for (const send of sends.slice(0, 2)) await isVoid(send());
    await rewind();
    await identities.connect(next).claimRecovery(ada.id);
    await isVoid(takesBack(), world.vouches, next.address);
    await identities.connect(guardian).resume(ada.id);
    for (const send of sends.slice(0, 2)) await isVoid(send(), world.vouches, next.address);
    await isVoid((sends[2] as () => Promise<unknown>)(), identities, next.address);
  });

  it("a subject that is recovered, rotated or suspended stops no signed warning, and a signed vouch is void for its next key", async () => {
    const { identities, spare } = world;
    const [next, later] = spare;
    const guardian = world.eve.owner;
    await identities.connect(ben.owner).setGuardian(ben.id, guardian);
    const warns = await signed("warnFor");
    const vouches = await signed("vouchFor");
    await identities.connect(guardian).proposeRecovery(ben.id, next);
    await identities.connect(guardian).suspend(ben.id);
    await time.increase(Number(RECOVERY_DELAY));
    await identities.connect(next).claimRecovery(ben.id);
    await isVoid(vouches());
    await identities.connect(guardian).resume(ben.id);
    await isVoid(vouches());
    await rotate(world, { id: ben.id, owner: next }, later);
    await identities.connect(guardian).suspend(ben.id);
    await warns();
    expect(await sums(ben)).to.deep.equal([0n, 10n]);
  });

  it("in the last seconds that fit, dates are weighted and moved as ever, and a check-in names the last one", async () => {
    const last = 2n ** 40n - 1n;
    await time.increaseTo(last - 100n);
    await vouch(world, ada, ben, { stake: 10n, arbiter: dan });
    const first = await sinceOf();
    await nextBlockAt(last - 50n);
    await renew(world, ada, ben, 10n, 1n);
    const weighted = await sinceOf();
    expect(weighted).to.equal((first + last - 50n + 1n) / 2n);
    const send = await signed("revokeFor", () => {}, 1_000n);
    const beat = await signed("pulseFor", () => {}, 1_000n);
    await nextBlockAt(last - 1n);
    await beat();
    await nextBlockAt(last);
    await send();
    const made = await world.vouches.vouchOf(ada.id, ben.id);
    expect([made.since, made.stake, made.arbiterId]).to.deep.equal([last, 20n, dan.id]);
  });

  it("a flip back and forth in one second under a closed arbitration keeps arbiter, release and stake, whatever comes first", async () => {
    await vouch(world, ada, ben, { stake: 10n, periods: 3n, arbiter: dan });
    await closeArbitration(dan);
    const made = world.vouches.connect(ada.owner);
    const call = (name: "vouch" | "warn", stake: bigint, periods: bigint, arbiterId: bigint) =>
      made.interface.encodeFunctionData(name as "vouch", [ada.id, ben.id, stake, periods, arbiterId, ZeroHash, ""]);
    await made.multicall([
      call("warn", 10n, 3n, dan.id),
      made.interface.encodeFunctionData("revoke", [ada.id, ben.id]), // release begins: one period ahead
      call("vouch", 10n, 1n, dan.id),
      call("warn", 11n, 2n, dan.id),
    ]);
    const edge = await world.vouches.vouchOf(ada.id, ben.id);
    expect([edge.stance, edge.stake, edge.arbiterId, edge.releasePeriod]).to.deep.equal([2n, 11n, dan.id, 3n]);
    for (const [stake, periods, arbiterId, error] of [
      [11n, 2n, 0n, "ArbiterChanges"],
      [10n, 2n, dan.id, "StakeShrinks"],
      [11n, 1n, dan.id, "ReleaseShortens"],
    ] as const) {
      await expect(made.multicall([call("vouch", stake, periods, arbiterId)])).to.be.revertedWithCustomError(
        world.vouches,
        error,
      );
    }
    await burn(world, ada, ben, dan, 11n);
    expect(await sums(ben)).to.deep.equal([0n, 0n]);
  });
});
