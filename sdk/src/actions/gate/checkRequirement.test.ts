import { expect } from "chai";
import { artifacts } from "hardhat";
import type { Address, Hex } from "viem";
import { rejection } from "../../../test/utils/rejection.ts";
import { type Member, openWorld, type World } from "../../../test/utils/world.ts";
import { encodeReasons, type Requirement, reasonWords, shortAddresses, toTenureError } from "../../index.ts";

describe("checkRequirement", () => {
  const [one, two, three, four] = [1, 2, 3, 4];
  let world: World;
  let board: Awaited<ReturnType<typeof deployBoard>>;
  before(async () => {
    world = await openWorld();
    const [first, second, third, fourth, wallet] = world.members;
    for (const agent of [first, second, third, fourth]) await agent.registerSync({});
    await world.earn(first, second, third, fourth);
    await first.vouchSync({ voucherId: one, subjectId: two, stake: 10, periods: 6 });
    await third.vouchSync({ voucherId: three, subjectId: two, stake: 5, periods: 6 });
    await second.warnSync({ voucherId: two, subjectId: three, stake: 7, periods: 6 });
    await second.setAgentWalletSync({ signed: await wallet.signAgentWallet({ id: two }) });
    board = await deployBoard(first, [one]);
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  /** The SDK's answer, after making sure that the contract gives the same one. */
  async function judge(id: number, requirement: Requirement) {
    const [reader] = world.members;
    const { number: blockNumber } = await reader.getBlock();
    const result = await reader.checkRequirement({ id, requirement, blockNumber });
    const { minAge = 0, minTenure = 0, minKeyAge = 0, maxSilence = 0 } = requirement;
    const { minSupport = 0, oppositionLimit = 0, anchors = [], minAnchors = 0 } = requirement;
    const { minAnchorStake = 0, anchorWarningLimit = 0, keyOwned = false } = requirement;
    const limits = { minAge, minTenure, minKeyAge, maxSilence, minSupport, oppositionLimit, minAnchors };
    const more = { anchors: anchors.map(BigInt), minAnchorStake, anchorWarningLimit, keyOwned };
    const args = [BigInt(id), { ...limits, ...more }] as const;
    const bits = await reader.readContract({ ...board, functionName: "unmet", args, blockNumber });
    expect(encodeReasons(result.unmet.map(({ reason }) => reason)), "the contract").to.equal(bits);
    expect(result.isMet).to.equal(bits === 0n);
    return result;
  }
  const reasonsOf = async (id: number, requirement: Requirement) =>
    (await judge(id, requirement)).unmet.map(({ reason }) => reason);

  describe("given an active identity", () => {
    it("should compare with each demand, up to it and beyond it", async () => {
      const { profile, time } = await judge(two, { minAge: 1 });
      const age = time - profile.firstSeen;
      expect(await reasonsOf(two, { minAge: age })).to.deep.equal([]);
      expect(await reasonsOf(two, { minAge: age + 1 })).to.deep.equal(["age"]);
      expect(await reasonsOf(two, { minTenure: profile.tenure })).to.deep.equal([]);
      expect(await reasonsOf(two, { minTenure: profile.tenure + 1 })).to.deep.equal(["tenure"]);
      expect(await reasonsOf(two, { minKeyAge: age })).to.deep.equal([]);
      expect(await reasonsOf(two, { minKeyAge: age + 1 })).to.deep.equal(["keyAge"]);
      const silence = time - profile.lastSeen;
      expect(await reasonsOf(two, { maxSilence: silence })).to.deep.equal([]);
      expect(await reasonsOf(two, { maxSilence: silence - 1 })).to.deep.equal(["silence"]);
      expect(await reasonsOf(two, { minSupport: 15 })).to.deep.equal([]);
      expect(await reasonsOf(two, { minSupport: 16 })).to.deep.equal(["support"]);
      expect(await reasonsOf(three, { oppositionLimit: 8 })).to.deep.equal([]);
      expect(await reasonsOf(three, { oppositionLimit: 7 })).to.deep.equal(["opposition"]);
    });

    it("should demand nothing where a field is zero or left out", async () => {
      const zero = { minAge: 0, minTenure: 0, minKeyAge: 0, maxSilence: 0, minSupport: 0, oppositionLimit: 0 };
      const none = { anchors: [], minAnchors: 0, minAnchorStake: 0, anchorWarningLimit: 0, keyOwned: false };
      const demand = { keyOwned: true };
      expect(await reasonsOf(three, { ...zero, ...none, ...demand })).to.deep.equal(["unprovenOwner"]);
      expect(await reasonsOf(three, { ...zero, ...none, minAge: 1 })).to.deep.equal([]);
    });

    it("should show what was found and what was demanded", async () => {
      const { unmet, isMet } = await judge(three, {
        ...{ minSupport: 20, oppositionLimit: 5, anchors: [one, two], minAnchors: 2, anchorWarningLimit: 1 },
      });
      expect(isMet).to.equal(false);
      expect(unmet).to.deep.equal([
        { reason: "support", actual: 0, demanded: 20 },
        { reason: "opposition", actual: 7, demanded: 5 },
        { reason: "anchors", actual: 0, demanded: 2 },
        { reason: "anchorWarnings", actual: 1, demanded: 1 },
      ]);
    });

    it("should count each anchor once, only while it is active, and not its warnings", async () => {
      expect(await reasonsOf(two, { anchors: [one, three], minAnchors: 2 })).to.deep.equal([]);
      expect(await reasonsOf(two, { anchors: [one, one, four], minAnchors: 2 })).to.deep.equal(["anchors"]);
      expect(await reasonsOf(two, { anchors: [two, four], minAnchors: 1 })).to.deep.equal(["anchors"]);
      expect(await reasonsOf(three, { anchors: [two], minAnchors: 1 })).to.deep.equal(["anchors"]);
      await world.members[0].suspendSync({ id: one });
      expect(await reasonsOf(two, { anchors: [one, three], minAnchors: 2 })).to.deep.equal(["anchors"]);
    });

    it("should count warnings of anchors, only while they are active and weigh enough", async () => {
      const demand = { anchors: [two, four], anchorWarningLimit: 1 };
      expect(await reasonsOf(three, demand)).to.deep.equal(["anchorWarnings"]);
      expect(await reasonsOf(three, { ...demand, anchorWarningLimit: 2 })).to.deep.equal([]);
      expect(await reasonsOf(three, { ...demand, anchors: [four] })).to.deep.equal([]);
      expect(await reasonsOf(three, { ...demand, minAnchorStake: 7 })).to.deep.equal(["anchorWarnings"]);
      expect(await reasonsOf(three, { ...demand, minAnchorStake: 8 })).to.deep.equal([]);
      await world.members[1].suspendSync({ id: two });
      expect(await reasonsOf(three, demand)).to.deep.equal([]);
    });

    it("should count an anchor's vouch from a stake on", async () => {
      const demand = { anchors: [one, three], minAnchors: 2 };
      expect(await reasonsOf(two, { ...demand, minAnchorStake: 5 })).to.deep.equal([]);
      expect(await reasonsOf(two, { ...demand, minAnchorStake: 6 })).to.deep.equal(["anchors"]);
    });

    it("should refuse an owner that was not proven to be a key", async () => {
      const [deployer, , , , key] = world.members;
      const { abi, bytecode } = await artifacts.readArtifact("SmartAccount");
      const creation = await deployer.deployContract({ abi, bytecode: bytecode as Hex, args: [key.account.address] });
      const { contractAddress } = await deployer.waitForTransactionReceipt({ hash: creation });
      const { to, data } = key.register.call({});
      const call = { abi, address: contractAddress as Address, functionName: "execute", args: [to, data] } as const;
      const hash = await key.writeContract(call);
      await key.waitForTransactionReceipt({ hash });
      const { id } = await key.resolveKey({ address: contractAddress as Address });
      expect(await reasonsOf(id as number, { keyOwned: true })).to.deep.equal(["unprovenOwner"]);
      expect(await reasonsOf(id as number, { minKeyAge: 0, maxSilence: 86_400 })).to.deep.equal([]);
      expect(await reasonsOf(two, { keyOwned: true })).to.deep.equal(["unprovenOwner"]);
      await world.members[1].proveKeySync({ id: two });
      expect(await reasonsOf(two, { keyOwned: true })).to.deep.equal([]);
    });

    it("should count nothing that lapsed when the key changed", async () => {
      const [, second, , , , nextKey] = world.members;
      await second.rotateKeySync({ signed: await nextKey.signRotateKey({ id: two }) });
      expect(await reasonsOf(two, { minSupport: 1, minKeyAge: 600, anchors: [one], minAnchors: 1 })).to.deep.equal([
        "keyAge",
        "support",
        "anchors",
      ]);
    });
  });

  describe("given an identity that is suspended, retired or unknown", () => {
    it("should say so, and say more only of one that is suspended", async () => {
      const [, second, , fourth] = world.members;
      await second.suspendSync({ id: two });
      await fourth.retireSync({ id: four });
      const requirement = { minSupport: 100 };
      expect(await reasonsOf(two, requirement)).to.deep.equal(["suspended", "support"]);
      expect(await reasonsOf(four, requirement)).to.deep.equal(["retired"]);
      expect(await reasonsOf(99, requirement)).to.deep.equal(["unknown"]);
    });
  });

  describe("given an address", () => {
    const demand = { minTenure: 45 * 86_400, anchors: [one], minAnchors: 1 };

    it("should judge owner and wallet alike, and a stranger and a former key by name", async () => {
      const [, second, , , wallet, nextKey] = world.members;
      const reasons = async ({ account }: Member) => {
        const result = await second.checkRequirement({ address: account.address, requirement: demand });
        return result.unmet.map(({ reason }) => reason);
      };
      expect(await reasons(second)).to.deep.equal(["tenure"]);
      expect(await reasons(wallet)).to.deep.equal(["tenure"]);
      expect(await reasons(nextKey)).to.deep.equal(["unknown"]);
      await second.rotateKeySync({ signed: await nextKey.signRotateKey({ id: two }) });
      expect(await reasons(second)).to.deep.equal(["formerKey"]);
      expect(await reasons(nextKey)).to.deep.equal(["tenure", "anchors"]);
    });

    it("should count the age of a wallet that calls from its own consent, as the contract does", async () => {
      const [, second, , , , fresh] = world.members;
      await world.wait(600);
      await second.setAgentWalletSync({ signed: await fresh.signAgentWallet({ id: two }) });
      const requirement = { minKeyAge: 600 };
      const judged = ({ account }: Member) => second.checkRequirement({ address: account.address, requirement });
      expect((await judged(fresh)).unmet).to.deep.equal([{ reason: "keyAge", actual: 0, demanded: 600 }]);
      expect((await judged(second)).isMet).to.equal(true);
      await world.wait(600);
      expect((await judged(fresh)).isMet).to.equal(true);
    });

    it("should agree with the contract's refusal, which becomes an error in words", async () => {
      const [, second, , , , stranger] = world.members;
      for (const [author, id, reasons] of [
        [second, two, ["tenure"]],
        [stranger, undefined, ["unknown"]],
      ] as const) {
        const attempt = author.simulateContract({ ...board, functionName: "post", args: ["hello"] });
        const error = await rejection(
          attempt.catch((cause: unknown) => {
            throw toTenureError(cause);
          }),
        );
        expect(error).to.deep.include({ name: "UntrustedError", args: { id, reasons: [...reasons] } });
        expect(error.message).to.include(reasonWords[reasons[0]]);
      }
    });
  });

  describe("given a requirement that cannot be", () => {
    it("should refuse it by name", async () => {
      const [reader] = world.members;
      for (const [field, value] of [
        ["minAge", -1],
        ["minTenure", 1.5],
        ["minAnchors", 256],
        ["minSupport", 2 ** 32],
        ["maxSilence", Number.NaN],
        ["oppositionLimit", 2 ** 32],
        ["minAnchorStake", -1],
        ["anchorWarningLimit", 256],
        ["keyOwned", 1],
        ["min_tenure", 1],
        ["anchors", [one]],
        ["minAnchors", 1],
        ["anchorWarningLimit", 1],
        ["minAnchorStake", 1],
      ] as const) {
        const error = await rejection(reader.checkRequirement({ id: one, requirement: { [field]: value } }));
        expect(error.name, field).to.equal("InvalidRequirementError");
        expect(error.message).to.include(field);
      }
      for (const requirement of [{}, null, 7]) {
        const error = await rejection(reader.checkRequirement({ id: one, requirement: requirement as Requirement }));
        expect(error.name).to.equal("InvalidRequirementError");
      }
      const error = await rejection(reader.checkRequirement({ id: one, requirement: { anchors: [0] } }));
      expect(error.name).to.equal("InvalidIdError");
    });
  });
});

async function deployBoard(deployer: Member, anchors: number[]) {
  const { abi, bytecode } = await artifacts.readArtifact("GatedBoard");
  const args = [shortAddresses.vouchRegistry, anchors.map(BigInt)] as const;
  const hash = await deployer.deployContract({ abi, bytecode, args });
  const { contractAddress } = await deployer.waitForTransactionReceipt({ hash });
  return { abi, address: contractAddress as Address };
}
