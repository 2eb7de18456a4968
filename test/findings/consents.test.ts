import { expect } from "chai";
import { type BaseContract, ZeroAddress, ZeroHash } from "ethers";
import { type Case, caseOf, type Flow, flows, sign } from "../signatures/flows.ts";
import { type ReadersWorld, readersWorld } from "../utils/vouchReaders.ts";
import {
  type Agent,
  burn,
  DAY,
  disown,
  ethers,
  inOneBlock,
  loadFixture,
  MAX_SILENCE,
  networkHelpers,
  nextBlockAt,
  refused,
  renew,
  retire,
  revoke,
  rotate,
  setWallet,
  startOf,
  time,
  vouch,
  warn,
} from "../utils/vouchWorld.ts";

/** Consents that are older than what their signer did since won all the same. Now they name what their signer saw. */
describe("findings: a consent that was held back against what its signer did later", () => {
  let world: ReadersWorld;
  let ada: Agent;
  let ben: Agent;
  beforeEach(async () => {
    world = await loadFixture(readersWorld);
    ({ ada, ben } = world);
  });

  const flowOf = (name: Flow["name"]) => flows.find((flow) => flow.name === name) as Flow;
  const isVoid = (sent: Promise<unknown>, registry: BaseContract = world.vouches) =>
    refused(sent, registry, "InvalidSignature", ada.owner.address);
  const sums = async (agent: Agent) => [...(await world.vouches.supportOf(agent.id))];

  async function signed(name: Flow["name"], span: bigint, change: (about: Case) => void = () => {}) {
    const flow = flowOf(name);
    const about = await caseOf(world, flow, ada.owner.address, ada, BigInt(await time.latest()) + span);
    change(about);
    const signature = await sign(world, flow, about, ada.owner);
    return () => flow.send(world, about, signature);
  }

  it("the subject keeps a vouch that travels as a file, and sends it over the warning that came since", async () => {
    const send = await signed("vouchFor", 30n * DAY); // 10 points for ben
    await warn(world, ada, ben, { stake: 10n, periods: 1n }); // ada was deceived, and says so
    expect(await sums(ben)).to.deep.equal([0n, 10n]);
    await isVoid(send()); // by ben, or whoever got the file
    expect(await sums(ben)).to.deep.equal([0n, 10n]); // was [10, 0]
  });

  it("a second signature, made because the first seemed lost, makes the vouch again that was revoked", async () => {
    const first = await signed("vouchFor", 30n * DAY);
    const second = await signed("vouchFor", 30n * DAY, (about) => Object.assign(about.values, { nonce: 77n }));
    await first();
    await revoke(world, ada, ben);
    expect(await sums(ben)).to.deep.equal([0n, 0n]);
    await isVoid(second());
    expect(await sums(ben)).to.deep.equal([0n, 0n]); // was [10, 0]
  });

  it("one made when the first had landed unnoticed came after the revocation; now a revocation has a date of its own", async () => {
    await (await signed("vouchFor", 30n * DAY))();
    const second = await signed("vouchFor", 30n * DAY); // it looks at the chain for nonce and date, as the SDK does
    await refused(second(), world.vouches, "VouchExists", ada.id, ben.id, 2n); // spends nothing; the subject keeps it
    await revoke(world, ada, ben);
    await isVoid(second());
    expect(await sums(ben)).to.deep.equal([0n, 0n]); // was [10, 0]
  });

  it("a warning that was held back came after its signer took everything back", async () => {
    await vouch(world, ada, ben, { stake: 10n });
    const send = await signed("warnFor", 30n * DAY);
    await revoke(world, ada, ben); // the milder word, and the last one
    await isVoid(send());
    expect(await sums(ben)).to.deep.equal([0n, 0n]); // was [0, 10]
  });

  it("the guardian of a stolen key revoked, and what the thief had signed made the vouch again, years later", async () => {
    const { identities, dan } = world;
    await identities.connect(ada.owner).setGuardian(ada.id, dan.owner.address);
    await vouch(world, ada, ben);
    const send = await signed("vouchFor", 3650n * DAY);
    await identities.connect(dan.owner).suspend(ada.id);
    await world.vouches.connect(dan.owner).revoke(ada.id, ben.id);
    await identities.connect(dan.owner).resume(ada.id);
    await time.increaseTo(startOf(12n));
    await isVoid(send());
  });

  it("neither a subject that disowns nor an arbiter that burns voids a warning that the voucher signed", async () => {
    const arbiter = world.dan;
    await vouch(world, ada, ben, { stake: 10n, arbiter });
    const send = await signed("warnFor", 30n * DAY, (about) =>
      Object.assign(about.values, { arbiterId: arbiter.id, arbiterOwner: arbiter.owner.address }),
    );
    await disown(world, ada, ben);
    await burn(world, ada, ben, arbiter, 3n);
    await send();
    expect(await sums(ben)).to.deep.equal([0n, 10n]);
  });

  it("an arbiter voids a signed warning over what is locked under it, by a rotation each; not one by transaction (explained)", async () => {
    const arbiter = world.dan;
    await vouch(world, ada, ben, { stake: 10n, arbiter });
    const send = await signed("warnFor", 30n * DAY, (about) =>
      Object.assign(about.values, { arbiterId: arbiter.id, arbiterOwner: arbiter.owner.address }),
    );
    const { restore } = await networkHelpers.takeSnapshot();
    await rotate(world, arbiter, world.spare[0]);
    await isVoid(send());
    await restore();
    await retire(world, arbiter);
    await isVoid(send());
    const { restore: rewind } = await networkHelpers.takeSnapshot();
    await warn(world, ada, ben, { stake: 10n, arbiter });
    expect(await sums(ben)).to.deep.equal([0n, 10n]);
    await rewind();
    const again = await signed("warnFor", 30n * DAY, (about) =>
      Object.assign(about.values, { arbiterId: arbiter.id, arbiterOwner: ZeroAddress }),
    );
    await again(); // one that retired has no owner to be named
    expect(await sums(ben)).to.deep.equal([0n, 10n]);
  });

  it("a renewal that adds nothing voids nothing: a revocation signed before takes back what was extended (explained)", async () => {
    await vouch(world, ada, ben, { stake: 10n, periods: 1n });
    const send = await signed("revokeFor", 30n * DAY);
    const { restore } = await networkHelpers.takeSnapshot();
    await renew(world, ada, ben, 0n, 3n);
    await send();
    expect(await sums(ben)).to.deep.equal([0n, 0n]);
    await restore();
    await renew(world, ada, ben, 1n, 3n); // a point more is a word about the pair
    await isVoid(send());
    expect(await sums(ben)).to.deep.equal([11n, 0n]);
  });

  it("of a vouch that was kept back and a warning signed later, whoever sends one first decides (explained)", async () => {
    const older = await signed("vouchFor", 30n * DAY, (about) => Object.assign(about.values, { nonce: 5n }));
    const newer = await signed("warnFor", 30n * DAY, (about) => Object.assign(about.values, { nonce: 6n }));
    const { restore } = await networkHelpers.takeSnapshot();
    await older();
    await isVoid(newer());
    await restore();
    await world.vouches.connect(ada.owner).invalidateNonces(0, 1n << 5n); // so it takes the vouch back before it warns
    await refused(older(), world.vouches, "NonceUsed", ada.owner.address, 5n);
    await newer();
    expect(await sums(ben)).to.deep.equal([0n, 10n]);
  });

  it("in one second two words about a pair have one date: what is signed for the first works on the second (explained)", async () => {
    const made = world.vouches.connect(ada.owner);
    const at = await nextBlockAt();
    const send = await signed("revokeFor", 30n * DAY, (about) => Object.assign(about.values, { since: at }));
    await nextBlockAt(at);
    const gas = { gasLimit: 500_000n };
    await inOneBlock(
      () => made.vouch(ada.id, ben.id, 10n, 1n, 0n, ZeroHash, "", gas),
      () => made.warn(ada.id, ben.id, 10n, 1n, 0n, ZeroHash, "", gas),
    );
    expect(await sums(ben)).to.deep.equal([0n, 10n]);
    await send();
    expect(await sums(ben)).to.deep.equal([0n, 0n]);
  });

  it("a revocation that was signed for a vouch takes back the warning that came in its place", async () => {
    await vouch(world, ada, ben, { stake: 10n });
    const send = await signed("revokeFor", 30n * DAY); // meant for the vouch; the relayer, or the subject, holds it back
    await warn(world, ada, ben, { stake: 10n });
    expect(await sums(ben)).to.deep.equal([0n, 10n]);
    await isVoid(send());
    expect(await sums(ben)).to.deep.equal([0n, 10n]); // was [0, 0]
  });

  it("an arbiter that burned everything muted the voucher; now that is free of it, and of its periods", async () => {
    const arbiter = world.dan;
    await vouch(world, ada, ben, { stake: 10n, periods: 6n, arbiter });
    const gone = () => world.vouches.connect(arbiter.owner).burn(ada.id, ben.id, 10n, "");
    await gone(); // when it sees the warning coming. Nothing of ada's is locked or liable any more: 0 points
    // Ada has 20 free points, and no stake on ben.
    await world.vouches.connect(ada.owner).warn(ada.id, ben.id, 5n, 1n, 0n, ZeroHash, "");
    expect(await sums(ben)).to.deep.equal([0n, 5n]);
  });

  it("what was disowned stays refused until its release, also where the arbiter burned all of it (as before, explained)", async () => {
    const arbiter = world.dan;
    await vouch(world, ada, ben, { stake: 10n, arbiter });
    await disown(world, ada, ben);
    await world.vouches.connect(arbiter.owner).burn(ada.id, ben.id, 10n, "");
    await refused(vouch(world, ada, ben, { stake: 10n, arbiter }), world.vouches, "VouchRefused", ada.id, ben.id, 1n);
  });

  it("a stock of check-ins with deadlines years ahead kept an identity alive without its key; of those that name one date, one is good", async () => {
    const sends = [];
    for (let count = 0n; count < 12n; ++count) {
      sends.push(await signed("pulseFor", 3650n * DAY + count));
    }
    const before = await world.identities.tenureOf(ada.id);
    for (const [count, send] of sends.entries()) {
      await time.increase(MAX_SILENCE);
      if (count === 0) await send();
      else await isVoid(send(), world.identities);
    }
    expect((await world.identities.tenureOf(ada.id)) - before).to.equal(MAX_SILENCE);
  });

  it("a stock that names dates to come still does, for who hits the seconds (explained)", async () => {
    const { identities } = world;
    const start = BigInt(await time.latest()) + MAX_SILENCE;
    const target = (month: bigint) => start + month * MAX_SILENCE;
    const sends = [];
    for (let month = 0n; month < 12n; ++month) {
      const lastSeen = month === 0n ? await identities.lastSeen(ada.id) : target(month - 1n);
      const span = target(month) - BigInt(await time.latest()); // a near deadline each
      const signs = (about: Case) => Object.assign(about.values, { lastSeen });
      sends.push(await signed("pulseFor", span, signs));
    }
    // From here on the key is gone.
    const before = await identities.tenureOf(ada.id);
    for (const [month, send] of sends.entries()) {
      await nextBlockAt(target(BigInt(month)));
      await send();
    }
    expect((await identities.tenureOf(ada.id)) - before).to.equal(12n * MAX_SILENCE);
  });

  it("a wallet, approved address or operator voids the owner's signed check-in by one of its own; a transaction counts (explained)", async () => {
    const { identities, spare, relayer, dan } = world;
    await setWallet(world, ada, spare[0]);
    await identities.connect(ada.owner).approve(dan.owner, ada.id);
    await identities.connect(ada.owner).setApprovalForAll(relayer, true);
    for (const checker of [spare[0], dan.owner, relayer]) {
      const send = await signed("pulseFor", DAY);
      await identities.connect(checker).pulse(ada.id, ZeroHash);
      await isVoid(send(), identities);
    }
    await time.increase(MAX_SILENCE);
    const before = await identities.tenureOf(ada.id);
    await identities.connect(ada.owner).pulse(ada.id, ZeroHash);
    expect((await identities.tenureOf(ada.id)) - before).to.equal(MAX_SILENCE);
  });

  it("a checkpoint that was held back became the newest one; now any check-in makes void what was signed before", async () => {
    const [older, newer] = [ethers.id("log of monday"), ethers.id("log of monday and tuesday")];
    const send = await signed("pulseFor", DAY, (about) => Object.assign(about.values, { checkpoint: older }));
    await world.identities.connect(ada.owner).pulse(ada.id, newer);
    await isVoid(send(), world.identities);
    const pulses = await world.identities.queryFilter(world.identities.filters.Pulse(ada.id));
    expect(pulses.at(-1)?.args.checkpoint).to.equal(newer);
  });

  it("a reorg made an arbiter of whoever got the number; now the arbiter's owner is named", async () => {
    const [judge] = world.spare;
    const thief = world.relayer;
    const { restore } = await networkHelpers.takeSnapshot();
    await world.identities.connect(judge)["register()"]();
    await world.identities.connect(judge).setArbitration(7, true);
    const send = await signed("vouchFor", DAY, (about) =>
      Object.assign(about.values, { arbiterId: 7n, arbiterOwner: judge.address }),
    );
    await restore(); // the chain drops that branch, and on the other one the number is somebody else's
    await world.identities.connect(thief)["register()"]();
    await world.identities.connect(thief).setArbitration(7, true);
    await isVoid(send());
    expect(await sums(ben)).to.deep.equal([0n, 0n]);
  });
});
