// Refusals that take some doing: each is caused on a chain, and comes as the error of its name, with its values.

import { expect } from "chai";
import { encodeFunctionData, type Hex, numberToHex, zeroAddress, zeroHash } from "viem";
import {
  identityRecordSlot,
  identityRegistryAbi,
  proposeRecovery,
  rotateKey,
  shortAddresses,
  shortParameters,
  supportRingSlot,
  toTenureError,
  vouch,
  vouchRegistryAbi,
} from "../src/index.ts";
import { rejection } from "./utils/rejection.ts";
import { openWorld, type World } from "./utils/world.ts";

const identities = { abi: identityRegistryAbi, address: shortAddresses.identityRegistry } as const;
const vouches = { abi: vouchRegistryAbi, address: shortAddresses.vouchRegistry } as const;
const ONE = 1;

describe("refusals of the registries", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    const [one, two] = world.members;
    await one.registerSync({});
    await two.registerSync({});
    await world.earn(one, two);
    await world.mark();
  });
  afterEach(() => world.reset());
  after(() => world.close());

  /** What viem alone reports, in words. */
  const inWords = async (request: Promise<unknown>) => toTenureError(await rejection(request));

  /** Puts a number into the field of a word that a registry stores. */
  async function poke(address: Hex, slot: Hex, { at, width }: { at: bigint; width: bigint }, value: bigint) {
    const [owner] = world.members;
    const word = BigInt((await owner.getStorageAt({ address, slot })) ?? zeroHash);
    const mask = ((1n << width) - 1n) << at;
    await owner.setStorageAt({
      address,
      index: slot as unknown as number,
      value: numberToHex((word & ~mask) | (value << at), { size: 32 }),
    });
  }
  const pokeEpoch = (epoch: bigint) =>
    poke(shortAddresses.identityRegistry, identityRecordSlot(ONE), { at: 240n, width: 8n }, epoch);

  describe("given an identity whose key has changed again and again", () => {
    it("should be KeyEpochExhausted at the last one", async () => {
      const [owner, , next] = world.members;
      await pokeEpoch(255n);
      const error = await rejection(rotateKey(owner, { signed: await next.signRotateKey({ id: ONE }) }));
      expect(error).to.deep.include({ name: "KeyEpochExhaustedError", args: { id: ONE } });
    });

    it("should be KeyTooYoung where a guardian is set and a delay has not passed", async () => {
      const [owner, , next, guardian, third] = world.members;
      await owner.setGuardianSync({ id: ONE, guardian: guardian.account.address });
      await pokeEpoch(200n);
      await owner.rotateKeySync({ signed: await next.signRotateKey({ id: ONE }) });
      const { keySince } = await owner.getIdentity({ id: ONE });
      const error = await rejection(rotateKey(next, { signed: await third.signRotateKey({ id: ONE }) }));
      const readyAt = keySince + shortParameters.recoveryDelay;
      expect(error).to.deep.include({ name: "KeyTooYoungError", args: { id: ONE, readyAt } });
    });
  });

  describe("given a recovery", () => {
    it("should be InvalidCandidate where it is to nobody", async () => {
      const [owner, , guardian] = world.members;
      await owner.setGuardianSync({ id: ONE, guardian: guardian.account.address });
      const error = await rejection(proposeRecovery(guardian, { id: ONE, candidate: zeroAddress }));
      expect(error).to.deep.include({ name: "InvalidCandidateError", args: { id: ONE } });
    });

    it("should be ChangeExpired where it was claimed too late", async () => {
      const [owner, , guardian, candidate] = world.members;
      await owner.setGuardianSync({ id: ONE, guardian: guardian.account.address });
      await guardian.proposeRecoverySync({ id: ONE, candidate: candidate.account.address });
      const { pending } = await owner.getIdentity({ id: ONE });
      const expiredAt = (pending?.readyAt ?? 0) + shortParameters.recoveryDelay;
      await world.wait(3 * shortParameters.recoveryDelay);
      const error = await rejection(candidate.claimRecovery({ id: ONE }));
      expect(error).to.deep.include({ name: "ChangeExpiredError", args: { id: ONE, expiredAt } });
    });
  });

  describe("given what ERC-721 offers", () => {
    it("should be Soulbound to transfer", async () => {
      const [owner, two] = world.members;
      const args = [owner.account.address, two.account.address, 1n] as const;
      const data = encodeFunctionData({ abi: identityRegistryAbi, functionName: "transferFrom", args });
      const error = await inWords(owner.call({ to: shortAddresses.identityRegistry, data }));
      expect(error).to.deep.include({ name: "SoulboundError", args: { id: ONE } });
    });

    it("should be InvalidApprover to approve for somebody else's", async () => {
      const [owner, two] = world.members;
      const args = [owner.account.address, 1n] as const;
      const error = await inWords(two.simulateContract({ ...identities, functionName: "approve", args }));
      expect(error).to.deep.include({ name: "InvalidApproverError", args: { approver: two.account.address } });
    });

    it("should be InvalidOperator to let nobody act for all", async () => {
      const [owner] = world.members;
      const call = { ...identities, functionName: "setApprovalForAll", args: [zeroAddress, true] } as const;
      const error = await inWords(owner.simulateContract(call));
      expect(error).to.deep.include({ name: "InvalidOperatorError", args: { operator: zeroAddress } });
    });

    it("should be InvalidTokenOwner to count what nobody has", async () => {
      const [owner] = world.members;
      const error = await inWords(
        owner.readContract({ ...identities, functionName: "balanceOf", args: [zeroAddress] }),
      );
      expect(error).to.deep.include({ name: "InvalidTokenOwnerError", args: { owner: zeroAddress } });
    });
  });

  describe("given stakes", () => {
    it("should be ZeroStake where there is none, which the SDK refuses before", async () => {
      const [owner] = world.members;
      const args = [1n, 2n, 0n, 1n, 0n, zeroHash, ""] as const;
      const error = await inWords(owner.simulateContract({ ...vouches, functionName: "vouch", args }));
      expect(error).to.deep.include({ name: "ZeroStakeError", args: { voucherId: ONE, subjectId: 2 } });
    });

    it("should be RingFull where a subject has all that its ring holds", async () => {
      const [owner] = world.members;
      const terms = { voucherId: ONE, subjectId: 2, stake: 5, periods: 1 };
      await owner.vouchSync({ ...terms, stake: 1, periods: 1 });
      await owner.revokeSync(terms);
      await world.wait(2 * shortParameters.period);
      const [, two] = world.members;
      await two.pulseSync({ id: 2 });
      // The stakes of 134,217 others, in the last bucket: they end six periods after the ring was written.
      const { vouchRegistry } = shortAddresses;
      await poke(vouchRegistry, supportRingSlot(2), { at: 67n + 6n * 27n, width: 27n }, (1n << 27n) - 2n - 3n);
      const error = await rejection(vouch(owner, terms));
      expect(error).to.deep.include({ name: "RingFullError", args: { subjectId: 2, room: 3, needed: 5 } });
    });

    it("should be HorizonPassed where the periods are used up", async () => {
      const [owner] = world.members;
      const last = 2 ** 18 - 1;
      await owner.setNextBlockTimestamp({
        timestamp: BigInt(shortParameters.origin + (last - 3) * shortParameters.period),
      });
      await owner.mine({ blocks: 1 });
      const error = await rejection(vouch(owner, { voucherId: ONE, subjectId: 2, stake: 1, periods: 3 }));
      expect(error).to.deep.include({ name: "HorizonPassedError", args: { period: last + 1, last } });
    });

    it("should be InvalidCursor to walk on from somebody who is not on the list", async () => {
      const [owner] = world.members;
      const args = [2n, 77n, 10n] as const;
      const error = await inWords(owner.readContract({ ...vouches, functionName: "vouchersOf", args }));
      expect(error).to.deep.include({ name: "InvalidCursorError", args: { cursor: 77 } });
    });
  });
});
