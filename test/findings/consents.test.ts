import { expect } from "chai";
import { type BaseContract, ZeroHash } from "ethers";
import { type Case, caseOf, type Flow, flows, sign } from "../signatures/flows.ts";
import { type ReadersWorld, readersWorld } from "../utils/vouchReaders.ts";
import {
  type Agent,
  DAY,
  ethers,
  loadFixture,
  MAX_SILENCE,
  networkHelpers,
  refused,
  revoke,
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
    await world.vouches.connect(ben.owner).disown(ada.id, ben.id);
    await world.vouches.connect(arbiter.owner).burn(ada.id, ben.id, 10n, "");
    await refused(vouch(world, ada, ben, { stake: 10n, arbiter }), world.vouches, "VouchRefused", ada.id, ben.id, 1n);
  });

  it("a stock of check-ins signed for years ahead kept an identity alive without its key; now one of them is good", async () => {
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

  it("a checkpoint that was held back became the newest one; now any check-in makes void what was signed before", async () => {
    const [older, newer] = [ethers.id("log of monday"), ethers.id("log of monday and tuesday")];
    const send = await signed("pulseFor", DAY, (about) => Object.assign(about.values, { checkpoint: older }));
    await world.identities.connect(ada.owner).pulse(ada.id, newer);
    await isVoid(send(), world.identities);
    const pulses = await world.identities.queryFilter(world.identities.filters.Pulse(ada.id));
    expect(pulses.at(-1)?.args.checkpoint).to.equal(newer);
  });

  it("a reorganisation made an arbiter of whoever got the number; now the arbiter's owner is named", async () => {
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
