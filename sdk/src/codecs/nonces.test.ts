import { expect } from "chai";
import fc from "fast-check";
import { noncesOf, placeOf } from "./nonces.ts";

describe("nonces", () => {
  it("should be the bits of words, there and back", () => {
    const nonces = fc.uniqueArray(fc.bigInt({ min: 0n, max: 255n }), { minLength: 1 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 248n - 1n }), nonces, (word, bits) => {
        const all = bits.map((bit) => word * 256n + bit).sort((a, b) => (a < b ? -1 : 1));
        const places = all.map(placeOf);
        expect(places.every((place) => place.word === word)).to.equal(true);
        const mask = places.reduce((sum, place) => sum | place.mask, 0n);
        expect(noncesOf(word, mask)).to.deep.equal(all);
      }),
    );
  });
});
