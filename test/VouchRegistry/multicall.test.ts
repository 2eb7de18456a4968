import { expect } from "chai";
import { deployMock } from "../utils/vouchMocks.ts";
import { bindingOf, signOffer } from "../utils/vouchSignatures.ts";
import { offerOf } from "../utils/vouchTwins.ts";
import {
  type Agent,
  EARNABLE,
  EVIDENCE,
  ethers,
  expectPoints,
  expectSums,
  grownWorld,
  loadFixture,
  refused,
  TOPIC,
  time,
  UNKNOWN,
  VouchState,
  vouch,
  type World,
} from "../utils/vouchWorld.ts";

const SUBJECTS = 10;

describe("VouchRegistry > multicall", () => {
  let world: World;
  let ada: Agent;
  let ben: Agent;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    ({ ada, ben } = world);
  });

  const vouchCall = (subjectId: bigint, stake = 1n, voucherId = ada.id) =>
    world.vouches.interface.encodeFunctionData("vouch", [voucherId, subjectId, stake, 1, 0, TOPIC, EVIDENCE]);

  /** Enough newcomers for a batch of ten. */
  async function tenSubjects(): Promise<bigint[]> {
    for (const key of (await ethers.getSigners()).slice(10, 10 + SUBJECTS)) {
      await world.identities.connect(key)["register()"]();
    }
    return Array.from({ length: SUBJECTS }, (_, index) => 7n + BigInt(index));
  }

  it("when ten vouches are sent, it should make all ten in one transaction", async () => {
    const ids = await tenSubjects();
    const sent = await world.vouches.connect(ada.owner).multicall(ids.map((id) => vouchCall(id, 3n)));
    const receipt = await sent.wait();
    expect(receipt?.logs.map((log) => BigInt(log.topics[2] as string))).to.deep.equal(ids);
    for (const id of ids) expect(await world.vouches.supportOf(id)).to.deep.equal([3n, 0n]);
    await expectPoints(world, ada, { staked: 30n });
  });

  it("when together they need more than is free, it should revert with the inner error and change nothing", async () => {
    const ids = await tenSubjects();
    const calls = ids.map((id) => vouchCall(id, id === ids.at(-1) ? 4n : 3n));
    const sent = world.vouches.connect(ada.owner).multicall(calls);
    await refused(sent, world.vouches, "InsufficientStanding", ada.id, 3n, 4n, EARNABLE);
    await expectPoints(world, ada, {});
    expect(await world.vouches.supportOf(ids[0] as bigint)).to.deep.equal([0n, 0n]);
  });

  it("when one fails, it should revert with the inner error and change nothing", async () => {
    const calls = [vouchCall(ben.id), vouchCall(UNKNOWN), vouchCall(world.dan.id)];
    await refused(world.vouches.connect(ada.owner).multicall(calls), world.vouches, "UnknownIdentity", UNKNOWN);
    await expectSums(world, ben, 0n, 0n);
    await expectPoints(world, ada, {});
  });

  it("when a later call builds on an earlier one, it should see its effect", async () => {
    const { interface: abi } = world.vouches;
    const calls = [
      vouchCall(ben.id),
      abi.encodeFunctionData("renew", [ada.id, ben.id, 4, 2]),
      abi.encodeFunctionData("revoke", [ada.id, ben.id]),
    ];
    await world.vouches.connect(ada.owner).multicall(calls);
    const edge = await world.vouches.vouchOf(ada.id, ben.id);
    expect([edge.state, edge.stake]).to.deep.equal([VouchState.Revoked, 5n]);
  });

  it("when views are asked, it should answer each", async () => {
    await vouch(world, ada, ben);
    const call = world.vouches.interface.encodeFunctionData("supportOf", [ben.id]);
    const [answer] = await world.vouches.multicall.staticCall([call]);
    expect(ethers.AbiCoder.defaultAbiCoder().decode(["uint256", "uint256"], answer as string)).to.deep.equal([10n, 0n]);
  });

  it("when it is nested, it should still act for the one who sent it", async () => {
    const inner = world.vouches.interface.encodeFunctionData("multicall", [[vouchCall(ben.id)]]);
    await world.vouches.connect(ada.owner).multicall([inner]);
    await expectSums(world, ben, 1n, 0n);
    const sent = world.vouches.connect(world.relayer).multicall([inner]);
    await refused(sent, world.vouches, "NotOwner", ada.id, world.relayer.address);
  });

  it("when it is empty, it should do nothing", async () => {
    const sent = await world.vouches.connect(ada.owner).multicall([]);
    expect((await sent.wait())?.logs).to.deep.equal([]);
  });

  it("when a call is no function of the registry, it should revert", async () => {
    await refused(world.vouches.multicall(["0xdeadbeef"]), world.vouches, "FailedCall");
    await refused(world.vouches.multicall(["0x"]), world.vouches, "FailedCall");
  });

  it("when a stranger sends another's vouch, it should revert: the sender of the batch acts", async () => {
    const sent = world.vouches.connect(world.relayer).multicall([vouchCall(ben.id)]);
    await refused(sent, world.vouches, "NotOwner", ada.id, world.relayer.address);
  });

  it("when the bytes of the owner's address are appended to a call (ERC-2771), it should still act for the sender", async () => {
    const disguised = ethers.concat([vouchCall(ben.id), ada.owner.address]);
    const sent = world.vouches.connect(world.relayer).multicall([disguised]);
    await refused(sent, world.vouches, "NotOwner", ada.id, world.relayer.address);
  });

  it("when the owner sends it through a contract, it should revert: the contract acts", async () => {
    const batcher = await deployMock("VouchBatcher");
    const sent = batcher.connect(ada.owner).forward(world.vouches, [vouchCall(ben.id)]);
    await refused(sent, world.vouches, "NotOwner", ada.id, await batcher.getAddress());
  });

  it("when two signatures of one owner are sent, against the order of their nonces too, it should take both", async () => {
    const deadline = BigInt(await time.latest()) + 1_000n;
    const binding = await bindingOf(world, offerOf(ada, ben));
    const calls: string[] = [];
    for (const [index, subject] of [ben, world.dan].entries()) {
      const offer = offerOf(ada, subject);
      const nonce = 9n - BigInt(index);
      const bound = { ...binding, subjectKey: subject.owner.address, nonce };
      const signature = await signOffer("Vouch", ada.owner, offer, bound, deadline);
      calls.push(world.vouches.interface.encodeFunctionData("vouchFor", [offer, nonce, deadline, signature]));
    }
    await world.vouches.connect(world.relayer).multicall(calls);
    await expectPoints(world, ada, { staked: 20n });
    expect(await world.vouches.nonceBitmap(ada.owner, 0n)).to.equal(0b11_0000_0000n);
  });

  it("when somebody sends one of its signatures first, it should fail as a whole, and each other should stay good", async () => {
    const deadline = BigInt(await time.latest()) + 1_000n;
    const registry = world.vouches.connect(world.relayer);
    const signed = async (voucher: Agent) => {
      const offer = offerOf(voucher, ben);
      const binding = await bindingOf(world, offer);
      const signature = await signOffer("Vouch", voucher.owner, offer, binding, deadline);
      return world.vouches.interface.encodeFunctionData("vouchFor", [offer, binding.nonce, deadline, signature]);
    };
    const batch = await Promise.all([world.cleo, ada, world.dan].map(signed));
    const [first, second, third] = batch as [string, string, string];
    await world.vouches.connect(world.eve.owner).multicall([second]);
    await refused(registry.multicall(batch), world.vouches, "NonceUsed", ada.owner.address, 0n);
    await expectSums(world, ben, 10n, 0n);
    await registry.multicall([first, third]);
    await expectSums(world, ben, 30n, 0n);
  });

  it("when the batch is too big for its gas, it should fail as a whole and change nothing", async () => {
    const look = world.vouches.interface.encodeFunctionData("vouchOf", [ada.id, ben.id]);
    const batch = [vouchCall(ben.id), ...Array<string>(300).fill(look)];
    const registry = world.vouches.connect(ada.owner);
    await expect(registry.multicall(batch, { gasLimit: 900_000n })).to.revert(ethers);
    await expectSums(world, ben, 0n, 0n);
    await expectPoints(world, ada, {});
    await registry.multicall(batch, { gasLimit: 9_000_000n });
    await expectSums(world, ben, 1n, 0n);
  });
});
