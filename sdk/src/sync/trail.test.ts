import { expect } from "chai";
import { type Hex, numberToHex } from "viem";
import type { TenureEvent } from "../types/event.ts";
import { Trail } from "./trail.ts";

const hashOf = (number: bigint): Hex => numberToHex(number, { size: 32 });

/** Events of a block. */
function eventsOf(number: bigint, count: number): TenureEvent[] {
  return Array.from({ length: count }, (_, logIndex) => ({
    eventName: "Retired",
    id: logIndex + 1,
    registry: "0x0000000000000000000000000000000000000001",
    blockNumber: number,
    blockHash: hashOf(number),
    timestamp: 1,
    transactionHash: hashOf(0n),
    logIndex,
  }));
}

/** A trail over blocks that follow each other from 1 on, each with so many events. */
function trailOf(counts: readonly number[]): Trail {
  const trail = new Trail(1n);
  for (const [index, count] of counts.entries()) {
    const number = BigInt(index + 1);
    trail.extend(eventsOf(number, count), { number, hash: hashOf(number) });
  }
  return trail;
}

const numbersOf = (trail: Trail) => trail.upTo(1_000_000n).map(({ number }) => number);

describe("what a watch remembers", () => {
  it("should be every block, as long as they are few and hold little", () => {
    const trail = trailOf([1, 0, 65_535]);
    expect(numbersOf(trail)).to.deep.equal([3n, 2n, 1n]);
    expect(trail.next).to.equal(4n);
  });

  it("should be no more than 8,192 blocks, the newest", () => {
    const trail = trailOf(Array.from({ length: 8_200 }, () => 1));
    expect(trail.upTo(1_000_000n).length).to.equal(8_192);
    expect(trail.upTo(9n)).to.have.length(1);
  });

  it("should be no more than 65,536 events, those of the newest blocks", () => {
    expect(numbersOf(trailOf([1, 1, 65_535]))).to.deep.equal([3n, 2n]);
    expect(numbersOf(trailOf([40_000, 40_000]))).to.deep.equal([2n]);
    expect(numbersOf(trailOf([40_000, 20_000, 10_000]))).to.deep.equal([3n, 2n]);
  });

  it("should be the last block, however much is in it", () => {
    const trail = trailOf([1, 65_537]);
    expect(numbersOf(trail)).to.deep.equal([2n]);
    expect(trail.top?.events.length).to.equal(65_537);
    trail.extend(eventsOf(3n, 1), { number: 3n, hash: hashOf(3n) });
    expect(numbersOf(trail)).to.deep.equal([3n]);
  });

  it("should be taken back as far as it goes, and read anew from there", () => {
    const trail = trailOf([40_000, 40_000, 3]);
    const taken = trail.cut(undefined);
    expect(taken.length).to.equal(40_003);
    expect(taken[0]).to.deep.include({ blockNumber: 3n, logIndex: 2 });
    expect(taken.at(-1)).to.deep.include({ blockNumber: 2n, logIndex: 0 });
    expect(trail.next).to.equal(2n);
  });

  it("should be counted anew after a reorg", () => {
    const trail = trailOf([30_000, 30_000]);
    trail.cut(trail.upTo(1n)[0]);
    trail.extend(eventsOf(2n, 30_000), { number: 2n, hash: hashOf(2n) });
    trail.extend(eventsOf(3n, 5_000), { number: 3n, hash: hashOf(3n) });
    expect(numbersOf(trail)).to.deep.equal([3n, 2n, 1n]);
  });
});
