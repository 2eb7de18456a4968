import { expect } from "chai";
import fc from "fast-check";
import { decodeEdge } from "../index.ts";

const uint = (bits: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });

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
