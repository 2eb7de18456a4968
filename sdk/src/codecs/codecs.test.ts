import { expect } from "chai";
import fc from "fast-check";
import { artifacts } from "hardhat";
import { getAddress, type Hex, numberToHex } from "viem";
import { openWorld, type World } from "../../test/utils/world.ts";
import {
  decodeEdge,
  decodeIdentityRecord,
  decodeReasons,
  encodeReasons,
  identityRegistryAbi,
  periodAt,
  periodEnd,
  shortAddresses,
  shortParameters,
  trustGateAbi,
  type UnmetReason,
  unmetReasons,
  vouchRegistryAbi,
} from "../index.ts";

const uint = (bits: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });

describe("codecs", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  describe("decodeEdge", () => {
    it("should find every field of any word in its place", () => {
      const fields = fc.record({
        stake: uint(22),
        since: uint(40),
        end: uint(18),
        release: uint(18),
        stance: fc.bigInt({ min: 0n, max: 2n }),
        state: fc.bigInt({ min: 0n, max: 3n }),
        subjectEpoch: uint(8),
        voucherEpoch: uint(8),
        arbiter: uint(40),
        nextVoucher: uint(40),
        nextSubject: uint(40),
        refused: uint(1),
        spare: uint(17),
      });
      const widths = [22n, 40n, 18n, 18n, 2n, 2n, 8n, 8n, 40n, 40n, 40n, 1n, 17n];
      fc.assert(
        fc.property(fields, (f) => {
          const values = Object.values(f);
          let at = 0n;
          let word = 0n;
          for (const [index, width] of widths.entries()) {
            word |= (values[index] ?? 0n) << at;
            at += width;
          }
          expect(decodeEdge(word)).to.deep.equal({
            stake: Number(f.stake),
            since: Number(f.since),
            endPeriod: Number(f.end),
            releasePeriod: Number(f.release),
            stance: ["none", "for", "against"][Number(f.stance)],
            state: ["none", "live", "revoked", "disowned"][Number(f.state)],
            subjectKeyEpoch: Number(f.subjectEpoch),
            voucherKeyEpoch: Number(f.voucherEpoch),
            arbiterId: f.arbiter === 0n ? undefined : Number(f.arbiter),
            nextVoucherId: f.nextVoucher === 0n ? undefined : Number(f.nextVoucher),
            nextSubjectId: f.nextSubject === 0n ? undefined : Number(f.nextSubject),
            isRefused: f.refused === 1n,
          });
        }),
      );
    });

    it("should refuse a stance that does not exist", () => {
      expect(() => decodeEdge(3n << 98n)).to.throw(RangeError, "3 is not a stance.");
    });
  });

  describe("decodeIdentityRecord", () => {
    it("should find every field of any word in its place", () => {
      const fields = fc.record({
        owner: uint(160),
        start: uint(40),
        last: uint(40),
        epoch: uint(8),
        status: uint(2),
        isKeyOwned: fc.boolean(),
        isArbiter: fc.boolean(),
        spare: uint(4),
      });
      fc.assert(
        fc.property(fields, ({ owner, start, last, epoch, status, isKeyOwned, isArbiter, spare }) => {
          const flags = (isKeyOwned ? 1n : 0n) | (isArbiter ? 2n : 0n) | (spare << 2n);
          const word = owner | (start << 160n) | (last << 200n) | (epoch << 240n) | (status << 248n) | (flags << 250n);
          expect(decodeIdentityRecord(word)).to.deep.equal({
            owner: owner === 0n ? undefined : getAddress(numberToHex(owner, { size: 20 })),
            tenureStart: Number(start),
            lastSeen: Number(last),
            keyEpoch: Number(epoch),
            status: ["unknown", "active", "suspended", "retired"][Number(status)],
            tenure: Number(last) - Number(start),
            isKeyOwned,
            isArbiter,
          });
        }),
      );
    });

    it("should read what the registry stores", async () => {
      const [agent] = world.members;
      const { id } = await agent.registerSync({});
      await world.wait(5_000);
      await agent.proveKeySync({ id });
      await agent.setArbitrationSync({ id, isOpen: true });
      await agent.suspendSync({ id });
      const word = await agent.readContract({
        abi: identityRegistryAbi,
        address: shortAddresses.identityRegistry,
        functionName: "getRecord",
        args: [BigInt(id)],
      });
      const { owner, firstSeen, lastSeen, tenure, keyEpoch, status } = await agent.getIdentity({ id });
      const tenureStart = lastSeen - tenure;
      const flags = { isKeyOwned: true, isArbiter: true };
      const facts = { owner, tenureStart, lastSeen, keyEpoch, status, tenure };
      expect(decodeIdentityRecord(word)).to.deep.equal({ ...facts, ...flags });
      expect(tenure).to.equal(shortParameters.maxSilence);
      expect(tenureStart).to.be.greaterThan(firstSeen);
      expect(status).to.equal("suspended");
    });
  });

  describe("periodAt and periodEnd", () => {
    const clock = shortParameters;
    const registry = { abi: vouchRegistryAbi, address: shortAddresses.vouchRegistry } as const;

    it("should agree with the registry, in the last second of a period and in the first of the next", async () => {
      const [reader] = world.members;
      const end = periodEnd(periodAt(await world.now(), clock), clock);
      for (const time of [end - 1, end, end + 1]) {
        await reader.setNextBlockTimestamp({ timestamp: BigInt(time) });
        await reader.mine({ blocks: 1 });
        const { number: blockNumber } = await reader.getBlock();
        const current = await reader.readContract({ ...registry, functionName: "currentPeriod", blockNumber });
        expect(periodAt(time, clock), String(time - end)).to.equal(Number(current));
      }
    });

    it("should agree with the registry on any period's end", async () => {
      const [reader] = world.members;
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 18 }), async (number) => {
          const args = [BigInt(number)] as const;
          const found = await reader.readContract({ ...registry, functionName: "periodEnd", args });
          expect(periodEnd(number, clock)).to.equal(Number(found));
        }),
        { numRuns: 20 },
      );
    });

    it("should be each other's inverse", () => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 2 ** 18 }), fc.integer({ min: 1, max: 2 ** 23 }), (number, period) => {
          const some = { origin: clock.origin, period };
          expect(periodAt(periodEnd(number, some), some)).to.equal(number + 1);
          expect(periodAt(periodEnd(number, some) - 1, some)).to.equal(number);
        }),
      );
    });

    it("should refuse a moment before period 0", () => {
      expect(() => periodAt(clock.origin - 1, clock)).to.throw(RangeError, "before period 0");
      expect(periodAt(clock.origin, clock)).to.equal(0);
    });
  });

  describe("decodeReasons and encodeReasons", () => {
    it("should be each other's inverse, in the order of the bits", () => {
      fc.assert(
        fc.property(fc.subarray([...unmetReasons]), (reasons) => {
          expect(decodeReasons(encodeReasons(reasons))).to.deep.equal(reasons);
        }),
      );
    });

    it("should pass over bits without a name", () => {
      expect(decodeReasons(1n << 200n)).to.deep.equal([]);
    });

    it("should have the bits of TrustGate", async () => {
      const constants: Record<UnmetReason, string> = {
        unknown: "UNKNOWN",
        formerKey: "FORMER_KEY",
        suspended: "SUSPENDED",
        retired: "RETIRED",
        age: "AGE",
        tenure: "TENURE",
        keyAge: "KEY_AGE",
        silence: "SILENCE",
        support: "SUPPORT",
        opposition: "OPPOSITION",
        anchors: "ANCHORS",
        anchorWarnings: "ANCHOR_WARNINGS",
        unprovenOwner: "UNPROVEN_OWNER",
      };
      const [reader] = world.members;
      const { abi, bytecode } = await artifacts.readArtifact("GatedBoard");
      const args = [shortAddresses.vouchRegistry, []] as const;
      const hash = await reader.deployContract({ abi, bytecode, args });
      const { contractAddress } = await reader.waitForTransactionReceipt({ hash });
      for (const [reason, constant] of Object.entries(constants) as [UnmetReason, string][]) {
        const bit = await reader.readContract({
          abi: trustGateAbi,
          address: contractAddress as Hex,
          functionName: `REASON_${constant}` as "REASON_AGE",
        });
        expect(encodeReasons([reason]), reason).to.equal(bit);
      }
      expect(unmetReasons).to.have.length(Object.keys(constants).length);
    });
  });
});
