import { expect } from "chai";
import fc from "fast-check";
import { CborReader } from "./cborReader.ts";
import { writeArray, writeBoolean, writeBytes, writeInteger, writeText } from "./cborWriter.ts";
import { GrantError } from "./grantError.ts";

const reader = (...bytes: number[]) => new CborReader(Uint8Array.from(bytes));

describe("the CBOR of grants", () => {
  it("should be read as it was written", () => {
    const values = fc.record({
      integer: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      bytes: fc.uint8Array({ maxLength: 300 }),
      text: fc.string({ unit: "grapheme", maxLength: 80 }),
      boolean: fc.boolean(),
      list: fc.array(fc.nat(), { maxLength: 300 }),
    });
    const property = fc.property(values, ({ integer, bytes, text, boolean, list }) => {
      const read = (written: Uint8Array) => new CborReader(written);
      expect(read(writeInteger(integer)).integer(64)).to.equal(integer);
      expect([...read(writeBytes(bytes)).bytes()]).to.deep.equal([...bytes]);
      expect(read(writeText(text)).text(4_096)).to.equal(text);
      expect(read(writeBoolean(boolean)).boolean()).to.equal(boolean);
      const array = read(writeArray(list.map(writeInteger)));
      expect(array.list(300, "numbers", () => Number(array.integer(32)))).to.deep.equal(list);
      expect(array.isAtEnd).to.equal(true);
    });
    fc.assert(property);
  });

  it("should be that of RFC 8949, appendix A", () => {
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
    const integers = { 0: "00", 23: "17", 24: "1818", 255: "18ff", 256: "190100", 1000000: "1a000f4240" };
    for (const [value, expected] of Object.entries(integers))
      expect(hex(writeInteger(Number(value)))).to.equal(expected);
    expect(hex(writeInteger(1_000_000_000_000n))).to.equal("1b000000e8d4a51000");
    expect(hex(writeInteger(18446744073709551615n))).to.equal("1bffffffffffffffff");
    expect(hex(writeText("ü"))).to.equal("62c3bc");
    expect(hex(writeBytes(Uint8Array.of(1, 2, 3, 4)))).to.equal("4401020304");
    expect(hex(writeArray([writeInteger(1), writeArray([writeInteger(2)])]))).to.equal("82018102");
  });

  it("should have no number that is none", () => {
    for (const wrong of [-1, 1.5, Number.NaN, -1n, 2n ** 64n, Number.POSITIVE_INFINITY]) {
      expect(() => writeInteger(wrong)).to.throw(GrantError);
    }
  });

  it("should have each number in its shortest form", () => {
    for (const long of [
      [0x18, 23],
      [0x19, 0, 255],
      [0x1a, 0, 0, 255, 255],
      [0x1b, 0, 0, 0, 0, 255, 255, 255, 255],
    ]) {
      expect(() => reader(...long).integer(64)).to.throw(GrantError, "shortest");
    }
    for (const [bits, bytes] of [
      [32, [0x1b, 0, 0, 0, 1, 0, 0, 0, 0]],
      [8, [0x19, 1, 0]],
    ] as const) {
      expect(() => reader(...bytes).integer(bits)).to.throw(GrantError, `${bits} bits`);
    }
  });

  it("should be refused where it promises more than there is, or than there may be, before anything is made of it", () => {
    const all = new Array(8).fill(0xff);
    expect(() => reader(0x5b, ...all).bytes()).to.throw(GrantError, "too early");
    expect(() => reader(0x7b, ...all).text(256))
      .to.throw(GrantError)
      .and.to.include({ code: "delegation_too_large" });
    expect(() => reader(0x9b, ...all).array(32, "x"))
      .to.throw(GrantError)
      .and.to.include({ code: "delegation_too_large" });
    expect(() => reader(0x9a, 0, 1, 0, 0).list(65_536, "x", () => expect.fail("read"))).to.throw("read");
    for (const indefinite of [0x5f, 0x7f, 0x9f, 0x1c, 0x1f]) {
      expect(() => reader(indefinite, 0).bytes()).to.throw(GrantError);
      expect(() => reader(indefinite, 0).integer(64)).to.throw(GrantError);
    }
  });

  it("should be UTF-8", () => {
    for (const wrong of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80]]) {
      expect(() => reader(0x60 | wrong.length, ...wrong).text(256)).to.throw(GrantError, "UTF-8");
    }
    expect(reader(0x63, 0xef, 0xbb, 0xbf).text(256)).to.equal("\ufeff");
  });

  it("should be read or refused, whatever it is", () => {
    const property = fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(4), (bytes, way) => {
      const any = new CborReader(bytes);
      const reads = [
        () => any.integer(64),
        () => any.bytes(),
        () => any.text(256),
        () => any.boolean(),
        () => any.list(32, "x", () => any.integer(32)),
      ];
      try {
        reads[way]?.();
      } catch (error) {
        expect(error).to.be.instanceOf(GrantError);
      }
    });
    fc.assert(property, { numRuns: 5_000 });
  });
});
