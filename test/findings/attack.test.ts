import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { shortAddresses } from "@tenure/sdk";
import { expect } from "chai";
import { type BaseContract, ZeroHash } from "ethers";
import { concatHex, type Hex } from "viem";
import { acting, settle } from "../cli/utils/acting.ts";
import { refused as refusedBy, tenureJson } from "../cli/utils/tenure.ts";
import { rejection } from "../sdk/utils/rejection.ts";
import { openWorld, type World } from "../sdk/utils/world.ts";
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
describe("findings: dates, agreement and liability under attack", () => {
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

/**
 * What the clients say of consents. Those that are skipped do not hold yet: each says what was promised, and fails on what
 * is there.
 */
describe("findings: what clients say of consents under attack", () => {
  const open = it.skip;
  const pair = { voucherId: 1, subjectId: 2 };
  let world: World;
  let folder: string;
  let file: string;
  before(async () => {
    world = await openWorld();
    await settle(world, 3);
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "tenure-"));
    file = path.join(folder, "signed.json");
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
    await world.reset();
  });
  after(() => world.close());

  const read = async () => JSON.parse(await readFile(file, "utf8"));
  const write = (signed: object) => writeFile(file, JSON.stringify(signed));
  const signAs = (account: number, ...args: string[]) =>
    rm(file, { force: true }).then(() => tenureJson([...args, "--sign", file], acting(world, account)));
  /** Nothing is sent, and it is said why. */
  async function keepsOff(account: number, why = /./) {
    const block = await world.members[0].getBlockNumber();
    expect(await refusedBy(1, ["void", file], acting(world, account))).to.match(why);
    expect(await world.members[0].getBlockNumber()).to.equal(block);
  }

  open("D1: a file that differs from what was signed voids nothing, and is not said to be void", async () => {
    await signAs(1, "pulse");
    const beat = await read();
    const changes = [{ deadline: beat.deadline + 1 }, { checkpoint: `0x${"ab".repeat(32)}` }, { signature: "0x" }];
    for (const change of changes) {
      await write({ ...beat, ...change });
      await keepsOff(1); // was "It is void now", and the real one lands
    }
    await write({ ...beat, owner: world.members[3].account.address });
    await keepsOff(3); // was "It is void now: (account 3) took it back", which never signed it
    await signAs(1, "vouch", "2", "--stake", "3");
    await write({ ...(await read()), signatureNonce: 7 });
    await keepsOff(1); // was "It is void now", and nonce 0 is what was signed
  });

  open("D2: what is void already is not said to become so: a check-in after a rotation or a retirement", async () => {
    await signAs(1, "pulse");
    await world.members[1].rotateKeySync(await world.members[5].signRotateKey({ id: 1 }));
    await keepsOff(1, /^It is void: /);
    await world.members[5].retireSync({ id: 1 });
    await keepsOff(1, /^It is void: /);
  });

  open(
    "D2: what is void already is not said to become so: by the pair's date, a key of others, the deadline",
    async () => {
      const [, one, , three, , next] = world.members;
      await signAs(1, "vouch", "2", "--stake", "3");
      await world.wait(2);
      await one.warnSync({ ...pair, stake: 3, periods: 1 });
      await keepsOff(1, /^It is void: /);
      await signAs(1, "vouch", "3", "--stake", "3");
      await three.rotateKeySync(await next.signRotateKey({ id: 3 }));
      await keepsOff(1, /^It is void: /);
      await signAs(1, "pulse", "--valid", "10s");
      await world.wait(60);
      await keepsOff(1, /^It is void: |counted until/);
    },
  );

  open(
    "D2: what is void already is not said to become so: a registration of, and a consent by, who is registered",
    async () => {
      await signAs(4, "register");
      await world.members[4].registerSync({});
      await keepsOff(4);
      await signAs(5, "rotate", "1");
      await world.members[5].registerSync({});
      await keepsOff(5);
    },
  );

  open("D3: voidConsent refuses a consent for another chain or registry, which it cannot void", async () => {
    const [, , , , , next] = world.members;
    const consent = await next.signRotateKey({ id: 1 });
    const elsewhere = [{ chainId: 1 }, { registry: shortAddresses.vouchRegistry }];
    for (const change of elsewhere) await rejection(next.voidConsentSync({ ...consent, ...change })); // was taken
  });

  open("D3: voidConsent refuses what was taken back before", async () => {
    const [, , , , , next] = world.members;
    const consent = await next.signRotateKey({ id: 1 });
    await next.voidConsentSync(consent);
    await rejection(next.voidConsentSync(consent)); // was taken again
  });

  open("D4: no revocation is signed, or called good, of what was revoked or disowned: it can never land", async () => {
    const [payer, one, two] = world.members;
    await one.vouchSync({ ...pair, stake: 3, periods: 1 });
    await world.wait(1);
    await one.revokeSync(pair);
    expect((await rejection(payer.revokeFor(await one.signRevoke(pair)))).name).to.equal("VouchNotLiveError");
    const block = await payer.getBlockNumber();
    expect(await refusedBy(1, ["revoke", "2", "--sign", file], acting(world, 1))).to.include("counts no more"); // was signed
    expect(await payer.getBlockNumber()).to.equal(block);
    const back = { voucherId: 2, subjectId: 1 };
    await two.vouchSync({ ...back, stake: 3, periods: 1 });
    const signed = await two.signRevoke(back);
    await one.disownSync(back);
    expect(await payer.verifyRevoke(signed)).to.equal(false); // was true
  });

  open("D5: a wallet's consent is not called good before the five minutes in which it is taken", async () => {
    const [, one, , , , wallet] = world.members;
    const consent = await wallet.signAgentWallet({ id: 1, deadline: (await world.now()) + 3_600 });
    expect((await rejection(one.setAgentWallet(consent))).name).to.equal("DeadlineTooFarError");
    expect(await one.verifyAgentWallet(consent)).to.equal(false); // was true
  });

  for (const [who, asked] of [
    ["whoever asks but the registry", "0x"],
    ["the registry alone", "0x15"],
  ] as const) {
    open(`D6: of an account that says yes to ${who}, verifying answers what the registry does`, async () => {
      const [payer, one] = world.members;
      const yes = concatHex(["0x7f", `0x1626ba7e${"00".repeat(28)}`, "0x60005260206000f3"]);
      const isAsked = concatHex(["0x3373", shortAddresses.vouchRegistry, "0x14", asked]);
      const end: Hex = asked === "0x" ? "0x43" : "0x44";
      // Jumps to the end, without an answer, where the caller is wrong.
      const bytecode = concatHex([isAsked, "0x60", end, "0x57", yes, "0x5b00"]);
      const signed = { ...(await one.signVouch({ ...pair, stake: 3, periods: 1 })), signature: "0x1234" as const };
      await payer.setCode({ address: one.account.address, bytecode });
      const isTaken = await payer.vouchFor.simulate(signed).then(
        () => true,
        () => false,
      );
      expect(isTaken).to.equal(asked !== "0x");
      expect(await payer.verifyVouch(signed)).to.equal(isTaken);
    });
  }

  open("D7: nothing is said to be locked where everything was burned", async () => {
    const [, one, , three] = world.members;
    await one.warnSync({ ...pair, stake: 3, periods: 1, arbiterId: 3 });
    await three.burnSync({ ...pair, amount: 3 });
    expect(await refusedBy(1, ["warn", "2", "--stake", "2"], acting(world, 1))).to.not.include("is locked to the end");
  });

  it("whoever was burned entirely finds its way by what the command line says: revoke, then warn without the arbiter", async () => {
    const [, one, , three] = world.members;
    await one.warnSync({ ...pair, stake: 3, periods: 1, arbiterId: 3 });
    await three.burnSync({ ...pair, amount: 3 });
    await three.setArbitrationSync({ id: 3, isOpen: false });
    expect(await refusedBy(1, ["warn", "2", "--stake", "2"], acting(world, 1))).to.include("tenure revoke");
    expect(await refusedBy(1, ["renew", "2", "--add", "2"], acting(world, 1))).to.include("revoke, then stake anew");
    await tenureJson(["revoke", "2"], acting(world, 1));
    expect(await refusedBy(1, ["warn", "2", "--stake", "2", "--arbiter", "3"], acting(world, 1))).to.include(
      "did not agree",
    );
    await tenureJson(["warn", "2", "--stake", "2"], acting(world, 1));
    expect((await one.getSupport({ id: 2 })).opposition).to.equal(2);
  });

  it("verifying never says yes to a signature that the registry does not take for one, nor no to what lands (random play)", async function () {
    this.timeout(120_000);
    let random = 22 * 7919;
    const pick = (most: number) => {
      random = (random * 48271) % 2147483647;
      return random % most;
    };
    const [payer, , , , next, other] = world.members;
    let [, one, two, three] = world.members;
    let spare = [next, other];
    type Held = { kind: string; verify: () => Promise<boolean>; simulate: () => Promise<unknown> };
    const held: Held[] = [];
    let signatureNonce = 0;
    const terms = async () => ({
      ...pair,
      ...{ stake: 1 + pick(6), periods: 1 + pick(3), signatureNonce: ++signatureNonce },
      ...{ arbiterId: pick(2) === 0 ? undefined : 3, deadline: (await world.now()) + 20 + pick(9_000) },
    });
    const hold = (kind: string, verify: Held["verify"], simulate: Held["simulate"]) =>
      held.push({ kind, verify, simulate });
    const signs = [
      async () => {
        const signed = await one.signVouch(await terms());
        hold(
          "vouch",
          () => payer.verifyVouch(signed),
          () => payer.vouchFor.simulate(signed),
        );
      },
      async () => {
        const signed = await one.signWarn(await terms());
        hold(
          "warn",
          () => payer.verifyWarn(signed),
          () => payer.warnFor.simulate(signed),
        );
      },
      async () => {
        const signed = await one.signRevoke(await terms());
        hold(
          "revoke",
          () => payer.verifyRevoke(signed),
          () => payer.revokeFor.simulate(signed),
        );
      },
      async () => {
        const signed = await one.signPulse({ id: 1, deadline: (await terms()).deadline });
        hold(
          "pulse",
          () => payer.verifyPulse(signed),
          () => payer.pulseFor.simulate(signed),
        );
      },
      async () => {
        const signed = await (spare[0] ?? one).signRotateKey({ id: 1, deadline: (await terms()).deadline });
        hold(
          "rotateKey",
          () => payer.verifyRotateKey(signed),
          () => one.rotateKey.simulate(signed),
        );
        if (pick(4) === 0) await (spare[0] ?? one).voidConsentSync(signed);
      },
    ];
    const acts: (() => Promise<unknown>)[] = [
      async () => one.vouchSync(await terms()),
      async () => one.warnSync(await terms()),
      () => one.revokeSync(pair),
      () => one.renewSync({ ...pair, addedStake: pick(3), periods: 1 + pick(5) }),
      () => two.disownSync({ ...pair }),
      () => three.burnSync({ ...pair, amount: 1 + pick(4) }),
      () => three.setArbitrationSync({ id: 3, isOpen: pick(3) > 0 }),
      () => one.suspendSync({ id: 1 }).then(() => (pick(3) === 0 ? undefined : one.resumeSync({ id: 1 }))),
      () => one.resumeSync({ id: 1 }),
      () => one.pulseSync({ id: 1 }),
      () => world.wait(1 + pick(600)),
      () => one.invalidateNoncesSync({ registry: "vouchRegistry", nonces: [pick(signatureNonce + 1)] }),
      async () => {
        const [key, ...rest] = spare;
        if (key === undefined || pick(4) !== 0) return;
        const id = 1 + pick(3);
        await ([one, two, three][id - 1] as typeof one).rotateKeySync(await key.signRotateKey({ id }));
        spare = rest;
        if (id === 1) one = key;
        else if (id === 2) two = key;
        else three = key;
      },
    ];
    const ofSignatures = ["InvalidSignatureError", "NonceUsedError", "SignatureExpiredError", "NotSubjectKeyError"];
    const outcomes = new Set<string>();
    for (let step = 0; step < 150; ++step) {
      const list = pick(3) === 0 ? signs : acts;
      await (list[pick(list.length)] as () => Promise<unknown>)().catch(() => "refused, as the play goes");
      for (let count = 0; count < 3 && held.length > 0; ++count) {
        const { kind, verify, simulate } = held[pick(held.length)] as Held;
        const isGood = await verify();
        const outcome = await simulate().then(
          () => "lands",
          (error: Error) => error.name,
        );
        outcomes.add(`${isGood}: ${outcome}`);
        expect(isGood && ofSignatures.includes(outcome), `step ${step}, ${kind}: yes, but ${outcome}`).to.equal(false);
        expect(!isGood && outcome === "lands", `step ${step}, ${kind}: no, but it lands`).to.equal(false);
      }
    }
    expect([...outcomes]).to.include.members([
      "true: lands",
      ...ofSignatures.slice(0, 3).map((name) => `false: ${name}`),
    ]);
  });
});
