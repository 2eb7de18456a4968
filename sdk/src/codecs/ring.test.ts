// The registry's own words, read out of its storage and unpacked, against what its views answer.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import {
  type Address,
  createClient,
  encodeAbiParameters,
  getAddress,
  type Hex,
  http,
  keccak256,
  numberToHex,
  parseEther,
  publicActions,
  zeroAddress,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import { testKeys } from "../../test/utils/localChain.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import {
  ContractError,
  commitmentsRingSlot,
  decodeEdge,
  decodeIdentityExtension,
  decodeIdentityRecord,
  decodeKeyEntry,
  decodeSubjectRing,
  decodeVoucherRing,
  edgeSlot,
  identityExtensionSlot,
  identityRecordSlot,
  keyEntrySlot,
  oppositionRingSlot,
  periodAt,
  shortAddresses,
  shortParameters,
  stakedAt,
  supportRingSlot,
  tenurePublicActions,
  tenureWalletActions,
} from "../index.ts";

const uint = (bits: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });

/** A word of fields, lowest bits first. */
function pack(fields: readonly (readonly [value: bigint, width: number])[]): bigint {
  let [word, at] = [0n, 0n];
  for (const [value, width] of fields) {
    word |= value << at;
    at += BigInt(width);
  }
  return word;
}

/** What a decoder should make of buckets. */
const stakesOf = (amounts: readonly bigint[], base: bigint) =>
  amounts
    .map((amount, index) => ({ period: Number(base) + index, points: Number(amount) }))
    .filter(({ points }) => points !== 0);

describe("decodeSubjectRing", () => {
  it("should find every field of any word in its place", () => {
    const fields = fc.record({
      amounts: fc.array(uint(27), { minLength: 7, maxLength: 7 }),
      base: uint(18),
      head: uint(40),
      epoch: uint(8),
      warned: fc.boolean(),
    });
    fc.assert(
      fc.property(fields, ({ amounts, base, head, epoch, warned }) => {
        const mark = warned ? 1n : 0n;
        const buckets = amounts.map((amount) => [amount, 27] as const);
        expect(decodeSubjectRing(pack([[base, 18], [head, 40], [epoch, 8], [mark, 1], ...buckets]))).to.deep.equal({
          basePeriod: Number(base),
          stakes: stakesOf(amounts, base),
          headId: head === 0n ? undefined : Number(head),
          keyEpoch: Number(epoch),
          isWarned: warned,
        });
      }),
    );
  });
});

describe("decodeVoucherRing", () => {
  it("should find every field of any word in its place", () => {
    const fields = fc.record({
      amounts: fc.array(uint(20), { minLength: 8, maxLength: 8 }),
      base: uint(18),
      head: uint(40),
      burned: uint(24),
      scars: uint(8),
      spare: uint(6),
    });
    fc.assert(
      fc.property(fields, ({ amounts, base, head, burned, scars, spare }) => {
        const buckets = amounts.map((amount) => [amount, 20] as const);
        const word = pack([[base, 18], [head, 40], [burned, 24], [scars, 8], ...buckets, [spare, 6]]);
        expect(decodeVoucherRing(word)).to.deep.equal({
          basePeriod: Number(base),
          stakes: stakesOf(amounts, base),
          headId: head === 0n ? undefined : Number(head),
          burned: Number(burned),
          scars: Number(scars),
        });
      }),
    );
  });
});

describe("stakedAt", () => {
  it("should be the sum of what has not passed, as the registry's shift and remainder give it", () => {
    const amounts = fc.array(uint(24), { minLength: 7, maxLength: 7 }); // together below the ring's capacity
    fc.assert(
      fc.property(amounts, uint(17), fc.integer({ min: 0, max: 9 }), (some, base, elapsed) => {
        const buckets = pack(some.map((amount) => [amount, 27]));
        const ring = decodeSubjectRing((buckets << 67n) | base);
        const sum = (buckets >> (BigInt(elapsed) * 27n)) % ((1n << 27n) - 1n);
        expect(stakedAt(ring, Number(base) + elapsed)).to.equal(Number(sum));
      }),
    );
  });

  it("should refuse a period of which nothing is known", () => {
    const ring = decodeSubjectRing(5n);
    expect(() => stakedAt(ring, 4)).to.throw(RangeError, "Period 4 is before the ring's base, 5.");
    expect(stakedAt(ring, 5)).to.equal(0);
  });
});

describe("where words are stored", () => {
  type Layout = Record<"IdentityRegistry" | "VouchRegistry", { storage: string[] }>;
  let layout: Layout;
  before(async () => {
    const file = path.join(import.meta.dirname, "../../../test/snapshots/contracts.json");
    layout = JSON.parse(await readFile(file, "utf8"));
  });

  /** An entry of a mapping, of the compiler's layout, from a number: a `uint256` or two of them. */
  function entry(contract: keyof Layout, name: string, ...keys: readonly (bigint | Address)[]): Hex {
    const line = layout[contract].storage.find((item) => item.includes(` ${name}: `)) ?? "";
    const [, slot = "", type = ""] = /^(\d+)\+0 \w+: (.*)$/.exec(line) ?? [];
    const kinds = keys.map((key) => (typeof key === "bigint" ? "t_uint256" : "t_address"));
    expect(
      [...type.matchAll(/t_mapping\((\w+),/g)].map(([, kind]) => kind),
      line,
    ).to.deep.equal(kinds);
    return keys.reduce<Hex>(
      (at, key) =>
        keccak256(encodeAbiParameters([{ type: "uint256" }, { type: "uint256" }], [BigInt(key), BigInt(at)])),
      numberToHex(BigInt(slot)),
    );
  }

  it("should be where the compiler put them", () => {
    const ids = fc.integer({ min: 1, max: 2 ** 40 - 1 });
    fc.assert(
      fc.property(ids, ids, (id, other) => {
        const [key, second] = [BigInt(id), BigInt(other)];
        expect(identityRecordSlot(id)).to.equal(entry("IdentityRegistry", "_records", key));
        expect(identityExtensionSlot(id)).to.equal(entry("IdentityRegistry", "_extensions", key));
        const address = getAddress(numberToHex(key, { size: 20 }));
        expect(keyEntrySlot(address)).to.equal(entry("IdentityRegistry", "_keys", address));
        expect(supportRingSlot(id)).to.equal(entry("VouchRegistry", "_support", key));
        expect(oppositionRingSlot(id)).to.equal(entry("VouchRegistry", "_opposition", key));
        expect(commitmentsRingSlot(id)).to.equal(entry("VouchRegistry", "_commitments", key));
        const pair = { voucherId: id, subjectId: other };
        expect(edgeSlot(pair)).to.equal(entry("VouchRegistry", "_edges", key, second));
      }),
    );
  });

  it("should refuse what is no number of an identity", () => {
    for (const slot of [
      identityRecordSlot,
      identityExtensionSlot,
      supportRingSlot,
      oppositionRingSlot,
      commitmentsRingSlot,
    ]) {
      expect(() => slot(0))
        .to.throw()
        .with.property("name", "InvalidIdError");
    }
    expect(() => keyEntrySlot("0x00")).to.throw("0x00");
    expect(() => edgeSlot({ voucherId: 1, subjectId: 0 })).to.throw("subjectId");
    expect(() => edgeSlot({ voucherId: 2 ** 40, subjectId: 1 })).to.throw("voucherId");
  });
});

const IDS = [1, 2, 3] as const;
type Id = (typeof IDS)[number];

/** Something that somebody may do; the registry may refuse it. */
type Step =
  | { kind: "vouch" | "warn"; voucherId: Id; subjectId: Id; stake: number; periods: number; arbiterId?: Id | undefined }
  | { kind: "renew"; voucherId: Id; subjectId: Id; stake: number; periods: number }
  | { kind: "revoke" | "disown"; voucherId: Id; subjectId: Id }
  | { kind: "burn"; voucherId: Id; subjectId: Id; amount: number }
  | { kind: "pulse" | "rotate"; id: Id }
  | { kind: "wait"; seconds: number };

describe("words in storage", () => {
  let world: World;
  let owners: Record<Id, ReturnType<typeof actor>>;
  let keys: number;
  const first = [testKeys[0], testKeys[1], testKeys[2]];

  function actor(key: Hex) {
    const account = privateKeyToAccount(key);
    return createClient({ account, chain: hardhat, transport: http(world.url, { batch: true }), pollingInterval: 10 })
      .extend(publicActions)
      .extend(tenurePublicActions())
      .extend(tenureWalletActions());
  }

  function enter(): void {
    const [one, two, three] = first.map(actor);
    if (!one || !two || !three) throw new TypeError("An owner is missing.");
    owners = { 1: one, 2: two, 3: three };
    keys = 0;
  }

  before(async () => {
    world = await openWorld();
    enter();
    for (const id of IDS) await owners[id].registerSync({});
    for (const id of IDS) await owners[id].setArbitrationSync({ id, isOpen: true });
    for (let times = 0; times < 4; times++) {
      await world.wait(shortParameters.maxSilence);
      for (const id of IDS) await owners[id].pulseSync({ id });
    }
    await world.mark();
  });
  after(() => world.close());
  afterEach(() => world.reset());
  beforeEach(enter);

  async function rotate(id: Id): Promise<void> {
    keys += 1;
    const next = actor(numberToHex(0x7e57_0000 + keys, { size: 32 }));
    await world.members[5].setBalance({ address: next.account.address, value: parseEther("1") });
    await owners[id].rotateKeySync({ signed: await next.signRotateKey({ id }) });
    owners[id] = next;
  }

  async function perform(step: Step): Promise<unknown> {
    switch (step.kind) {
      case "vouch":
        return owners[step.voucherId].vouchSync(step);
      case "warn":
        return owners[step.voucherId].warnSync(step);
      case "renew":
        return owners[step.voucherId].renewSync(step);
      case "revoke":
        return owners[step.voucherId].revokeSync(step);
      case "disown":
        return owners[step.subjectId].disownSync(step);
      case "burn": {
        const { arbiterId } = await owners[1].getVouch(step);
        return arbiterId === undefined ? undefined : owners[arbiterId as Id].burnSync(step);
      }
      case "pulse":
        return owners[step.id].pulseSync({ id: step.id });
      case "rotate":
        return rotate(step.id);
      case "wait":
        return world.wait(step.seconds);
    }
  }

  const word = async (address: Hex, slot: Hex) => BigInt((await owners[1].getStorageAt({ address, slot })) ?? "0x0");
  const ofVouches = (slot: Hex) => word(shortAddresses.vouchRegistry, slot);

  async function wordsOf(id: Id) {
    const [record, support, opposition, commitments] = await Promise.all([
      word(shortAddresses.identityRegistry, identityRecordSlot(id)),
      ofVouches(supportRingSlot(id)),
      ofVouches(oppositionRingSlot(id)),
      ofVouches(commitmentsRingSlot(id)),
    ]);
    return {
      record: decodeIdentityRecord(record),
      support: decodeSubjectRing(support),
      opposition: decodeSubjectRing(opposition),
      commitments: decodeVoucherRing(commitments),
    };
  }

  /** The words of everybody, against every view that is made of them. */
  async function expectSame(): Promise<void> {
    const period = periodAt(await world.now(), shortParameters);
    const [reader] = Object.values(owners);
    if (!reader) throw new TypeError("Nobody reads.");
    await Promise.all(
      IDS.map(async (id) => {
        const { record, support, opposition, commitments } = await wordsOf(id);
        for (const { basePeriod } of [support, opposition, commitments]) expect(basePeriod).to.be.at.most(period);
        const sums = (at: number) => ({
          support: support.keyEpoch === record.keyEpoch ? stakedAt(support, at) : 0,
          opposition: stakedAt(opposition, at),
        });
        expect(sums(period), `support of ${id}`).to.deep.equal(await reader.getSupport({ id }));
        for (let at = period; at <= period + 8; at++) {
          expect(sums(at), `support of ${id} at ${at}`).to.deep.equal(await reader.getSupportAt({ id, period: at }));
        }
        expect(support.isWarned || opposition.stakes.length === 0).to.equal(true);

        const { standing, staked, burned, scars } = await reader.getStanding({ id });
        const { tenure, firstSeen, lastSeen, owner, guardian, keySince } = await reader.getIdentity({ id });
        expect({ tenure: record.tenure, lastSeen: record.lastSeen }).to.deep.equal({ tenure, lastSeen });
        const { identityRegistry } = shortAddresses;
        const key = decodeKeyEntry(await word(identityRegistry, keyEntrySlot(owner ?? zeroAddress)));
        expect(key).to.deep.equal({ id, role: "owner", since: keySince });
        const extension = decodeIdentityExtension(await word(identityRegistry, identityExtensionSlot(id)));
        expect(extension.guardian).to.equal(guardian);
        // The key's date until the key changes, from then on the extension's.
        expect(extension.firstSeen === undefined).to.equal(record.keyEpoch === 0);
        expect(extension.firstSeen ?? key.since).to.equal(firstSeen);
        const earned = Math.min(Math.floor(tenure / shortParameters.unit), shortParameters.cap);
        const found = { staked: stakedAt(commitments, period), burned: commitments.burned, scars: commitments.scars };
        expect(found, `standing of ${id}`).to.deep.equal({ staked, burned, scars });
        expect(earned - commitments.burned).to.equal(standing);

        const { value: newest } = await reader.getVouchers({ id })[Symbol.asyncIterator]().next();
        expect(support.headId).to.equal(newest?.voucherId);
        const { value: latest } = await reader.getVouchesBy({ id })[Symbol.asyncIterator]().next();
        expect(commitments.headId).to.equal(latest?.subjectId);
      }),
    );
    for (const voucherId of IDS) {
      for (const subjectId of IDS) {
        const { stance, stake, since, endPeriod, releasePeriod, arbiterId } = await reader.getVouch({
          voucherId,
          subjectId,
        });
        const edge = decodeEdge(await ofVouches(edgeSlot({ voucherId, subjectId })));
        expect(edge).to.deep.include({ stance, stake, since, endPeriod, releasePeriod, arbiterId });
      }
    }
  }

  it("should be what the views answer, after each thing that can be done once", async () => {
    const [pair, other] = [
      { voucherId: 1, subjectId: 2 },
      { voucherId: 3, subjectId: 2 },
    ] as const;
    const steps: Step[] = [
      { kind: "vouch", ...pair, stake: 30, periods: 2, arbiterId: 3 },
      { kind: "warn", ...other, stake: 20, periods: 6, arbiterId: 1 },
      { kind: "burn", ...pair, amount: 4 },
      { kind: "wait", seconds: shortParameters.period },
      { kind: "renew", ...pair, stake: 40, periods: 6 },
      { kind: "rotate", id: 2 },
      { kind: "pulse", id: 1 },
      { kind: "renew", ...pair, stake: 41, periods: 6 },
      { kind: "burn", ...other, amount: 20 },
      { kind: "disown", ...pair },
      { kind: "vouch", voucherId: 2, subjectId: 1, stake: 5, periods: 1, arbiterId: undefined },
      { kind: "revoke", voucherId: 2, subjectId: 1 },
      { kind: "wait", seconds: 9 * shortParameters.period },
    ];
    for (const step of steps) {
      await perform(step);
      await expectSame();
    }
    const { support, commitments } = await wordsOf(2);
    expect(support).to.deep.include({ headId: 3, keyEpoch: 1, isWarned: true });
    expect(commitments).to.deep.include({ headId: 1, burned: 0, scars: 0 });
    expect((await wordsOf(1)).commitments).to.deep.include({ headId: 2, burned: 4, scars: 1 });
  }).timeout(120_000);

  it("should be what the views answer, whatever is done in whatever order", async () => {
    const id = fc.constantFrom(...IDS);
    // Few pairs, so that most of what is done meets something that is there; the third may burn it, or nobody.
    const pairs = fc.constantFrom<readonly [Id, Id, Id?]>([1, 2, 3], [3, 2, 1], [2, 1]);
    const paired = <more>(more: fc.Arbitrary<more>) =>
      fc.tuple(pairs, more).map(([[voucherId, subjectId, arbiterId], rest]) => ({
        voucherId,
        subjectId,
        arbiterId,
        ...rest,
      }));
    const is = <kind extends Step["kind"]>(...kinds: readonly kind[]) => fc.constantFrom(...kinds);
    const [stake, periods] = [fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 6 })];
    const weighted = (weight: number, arbitrary: fc.Arbitrary<Step>) => ({ weight, arbitrary });
    const step = fc.oneof(
      weighted(4, paired(fc.record({ kind: is("vouch", "vouch", "warn"), stake, periods }))),
      weighted(3, paired(fc.record({ kind: is("renew"), stake, periods: fc.constant(6) }))),
      weighted(1, paired(fc.record({ kind: is("revoke", "disown") }))),
      weighted(2, paired(fc.record({ kind: is("burn"), amount: fc.integer({ min: 1, max: 9 }) }))),
      weighted(2, fc.record({ kind: is("pulse", "pulse", "rotate"), id })),
      weighted(2, fc.record({ kind: is("wait"), seconds: fc.integer({ min: 1, max: 2 * shortParameters.period }) })),
    );
    await fc.assert(
      fc
        .asyncProperty(fc.array(step, { minLength: 16, maxLength: 32 }), async (steps) => {
          for (const each of steps) {
            await perform(each).catch((error: unknown) => {
              if (!(error instanceof ContractError)) throw error; // the registry refuses what makes no sense
            });
          }
          await expectSame();
        })
        .beforeEach(async () => {
          await world.reset();
          enter();
        }),
      { numRuns: 20 },
    );
  }).timeout(240_000);
});
