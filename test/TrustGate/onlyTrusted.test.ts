import { expect } from "chai";
import { type ReadersWorld, readersWorld } from "../utils/vouchReaders.ts";
import { signRotation } from "../utils/vouchSignatures.ts";
import {
  type Agent,
  DAY,
  ethers,
  inOneBlock,
  loadFixture,
  refused,
  resume,
  retire,
  rotate,
  setWallet,
  suspend,
  time,
  warn,
} from "../utils/vouchWorld.ts";
import { demand, Reason } from "./reasons.ts";

const GAS = { gasLimit: 400_000n };

describe("TrustGate > onlyTrusted", () => {
  let world: ReadersWorld;
  let ben: Agent;
  beforeEach(async () => {
    world = await loadFixture(readersWorld);
    ben = world.ben;
  });

  const enter = (key: Agent["owner"], requirement = demand({})) => world.gate.connect(key).enter(requirement);
  /** As `enter`, for a block of several. */
  const enterNow = (key: Agent["owner"]) => world.gate.connect(key).enter(demand({}), GAS);
  const isLetIn = async (key: Agent["owner"], requirement = demand({})) => {
    await expect(enter(key, requirement)).to.emit(world.gate, "Entered").withArgs(key.address);
  };
  const isRefused = (key: Agent["owner"], id: bigint, reasons: bigint, requirement = demand({})) =>
    refused(enter(key, requirement), world.gate, "Untrusted", id, reasons);

  it("given the owner, it should let the owner in", async () => {
    await isLetIn(ben.owner);
  });

  it("given the wallet, it should let it in as the identity", async () => {
    await setWallet(world, ben, world.spare[0]);
    await isLetIn(world.spare[0]);
    await isRefused(world.spare[0], ben.id, Reason.Age, demand({ minAge: 41n * DAY }));
  });

  it("given a wallet that consented just now and a demand for the key's age, it should refuse it and let the owner in", async () => {
    await setWallet(world, ben, world.spare[0]);
    const requirement = demand({ minKeyAge: 10n * DAY });
    await isRefused(world.spare[0], ben.id, Reason.KeyAge, requirement);
    await isLetIn(ben.owner, requirement);
    const { since } = await world.identities.resolve(world.spare[0]);
    await time.setNextBlockTimestamp(since + 10n * DAY - 1n);
    await isRefused(world.spare[0], ben.id, Reason.KeyAge, requirement);
    await time.setNextBlockTimestamp(since + 10n * DAY);
    await isLetIn(world.spare[0], requirement);
  });

  it("given a young wallet of an identity that lacks more, it should name every reason", async () => {
    await setWallet(world, ben, world.spare[0]);
    const requirement = demand({ minKeyAge: 10n * DAY, minAge: 41n * DAY });
    await isRefused(world.spare[0], ben.id, Reason.KeyAge | Reason.Age, requirement);
  });

  it("given a key that was replaced just now, it should name FORMER_KEY alone, whatever is demanded", async () => {
    await rotate(world, ben, world.spare[0]);
    await isRefused(ben.owner, ben.id, Reason.FormerKey, demand({ minKeyAge: 10n * DAY, minAge: 41n * DAY }));
  });

  it("given a wallet and its owner, it should let both in", async () => {
    await setWallet(world, ben, world.spare[0]);
    await isLetIn(ben.owner);
  });

  it("given an unset wallet, it should refuse it as unknown", async () => {
    await setWallet(world, ben, world.spare[0]);
    await world.identities.connect(ben.owner).unsetAgentWallet(ben.id);
    await isRefused(world.spare[0], 0n, Reason.Unknown);
  });

  it("given a stranger, it should refuse the stranger as unknown, with the identity 0", async () => {
    await isRefused(world.relayer, 0n, Reason.Unknown);
  });

  it("given an operator or the approved address, it should refuse them as unknown", async () => {
    await world.identities.connect(ben.owner).setApprovalForAll(world.relayer, true);
    await world.identities.connect(ben.owner).approve(world.relayer, ben.id);
    await isRefused(world.relayer, 0n, Reason.Unknown);
  });

  it("given the guardian, it should refuse the guardian as unknown", async () => {
    await world.identities.connect(ben.owner).setGuardian(ben.id, world.relayer);
    await isRefused(world.relayer, 0n, Reason.Unknown);
  });

  it("given a former key, it should refuse it by name in the very block of the rotation, and let the new one in", async () => {
    const [next] = world.spare;
    const deadline = BigInt(await time.latest()) + DAY;
    const consent = await signRotation(world.identities, next, ben.id, deadline);
    const rotation = () => world.identities.connect(ben.owner).rotateKey(ben.id, next, deadline, consent, GAS);
    expect(await inOneBlock(() => enterNow(ben.owner), rotation)).to.deep.equal([1, 1]);
    world = await loadFixture(readersWorld);
    const outcome = await inOneBlock(
      rotation,
      () => enterNow(ben.owner),
      () => enterNow(next),
    );
    expect(outcome).to.deep.equal([1, 0, 1]);
    await isRefused(ben.owner, ben.id, Reason.FormerKey);
  });

  it("given a wallet that is unset, it should refuse it in the very block, and let it in before", async () => {
    const [wallet] = world.spare;
    const unset = () => world.identities.connect(ben.owner).unsetAgentWallet(ben.id, GAS);
    await setWallet(world, ben, wallet);
    const outcome = await inOneBlock(
      () => enterNow(wallet),
      unset,
      () => enterNow(wallet),
    );
    expect(outcome).to.deep.equal([1, 1, 0]);
    await isRefused(wallet, 0n, Reason.Unknown);
  });

  it("given a wallet that an operator set, it should let it in until a rotation, but for a demand for the key's age", async () => {
    const [wallet, next] = world.spare;
    await world.identities.connect(ben.owner).setApprovalForAll(world.relayer, true);
    await setWallet(world, ben, wallet, world.relayer);
    await isLetIn(wallet);
    await isRefused(wallet, ben.id, Reason.KeyAge, demand({ minKeyAge: DAY }));
    await rotate(world, ben, next);
    await isRefused(wallet, 0n, Reason.Unknown);
  });

  it("given a contract in between, it should ask for the contract's identity, not for who called it", async () => {
    const relay = await ethers.deployContract("YesAccount");
    const data = world.gate.interface.encodeFunctionData("enter", [demand({})]);
    const through = () => relay.connect(ben.owner).getFunction("execute")(world.gate, data);
    await refused(through(), world.gate, "Untrusted", 0n, Reason.Unknown);
    await relay.getFunction("execute")(world.identities, world.identities.interface.encodeFunctionData("register()"));
    // Now everybody who may call it is let in as the contract.
    await expect(relay.connect(world.relayer).getFunction("execute")(world.gate, data))
      .to.emit(world.gate, "Entered")
      .withArgs(await relay.getAddress());
  });

  it("given a former key and demands that are missed too, it should name FORMER_KEY alone", async () => {
    await rotate(world, ben, world.spare[0]);
    await isRefused(ben.owner, ben.id, Reason.FormerKey, demand({ minAge: 41n * DAY }));
  });

  it("given a suspended identity, it should refuse owner and wallet by name until it is resumed", async () => {
    await setWallet(world, ben, world.spare[0]);
    await suspend(world, ben);
    await isRefused(ben.owner, ben.id, Reason.Suspended);
    await isRefused(world.spare[0], ben.id, Reason.Suspended);
    await resume(world, ben);
    await isLetIn(ben.owner);
    await isLetIn(world.spare[0]);
  });

  it("given a retired identity, it should refuse its last key as a former one, and its wallet as unknown", async () => {
    await setWallet(world, ben, world.spare[0]);
    await retire(world, ben);
    await isRefused(ben.owner, ben.id, Reason.FormerKey);
    await isRefused(world.spare[0], 0n, Reason.Unknown);
  });

  it("given demands that are missed, it should name every reason", async () => {
    await warn(world, world.ada, ben);
    const requirement = demand({
      minAge: 41n * DAY,
      minSupport: 1n,
      oppositionLimit: 1n,
      anchors: [3n],
      minAnchors: 1n,
    });
    const reasons = Reason.Age | Reason.Support | Reason.Opposition | Reason.Anchors;
    await isRefused(ben.owner, ben.id, reasons, requirement);
  });

  it("given a smart account that owns an identity, it should let it in, and refuse the key behind it", async () => {
    const account = await ethers.deployContract("VouchSmartAccount", [world.relayer]);
    const register = world.identities.interface.encodeFunctionData("register()");
    await account.getFunction("execute")(world.identities, register);
    const data = world.gate.interface.encodeFunctionData("enter", [demand({})]);
    const sent = account.getFunction("execute")(world.gate, data);
    await expect(sent)
      .to.emit(world.gate, "Entered")
      .withArgs(await account.getAddress());
    await isRefused(world.relayer, 0n, Reason.Unknown);
  });
});
