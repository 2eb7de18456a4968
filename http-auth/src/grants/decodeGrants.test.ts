import { expect } from "chai";
import fc from "fast-check";
import { vectorField, vectorGrant } from "../../test/utils/grantVectors.ts";
import { inBase64 } from "../../test/utils/signers.ts";
import { decodeGrants } from "./decodeGrants.ts";
import { encodeGrants } from "./encodeGrants.ts";
import { GrantError } from "./grantError.ts";

/** The grants, or that they are refused by a code; anything else is thrown. */
function outcome(field: string) {
  try {
    return decodeGrants(field);
  } catch (error) {
    if (error instanceof GrantError) return error.code;
    throw error;
  }
}

const link = Buffer.from(vectorGrant("g0").link, "base64");

describe("a field of grants", () => {
  it("should be read or refused, whatever it is", () => {
    const fields = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => `g0=:${inBase64(bytes)}:`),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => `${vectorField("g0")}, g1=:${inBase64(bytes)}:`),
    );
    const property = fc.property(fields, (field) => {
      expect(outcome(field)).to.be.oneOf(["bad_delegation_field", "delegation_too_large"]);
    });
    fc.assert(property, { numRuns: 3_000 });
  });

  it("should be read or refused with any byte of it changed, and never be written in two ways", () => {
    const property = fc.property(fc.nat(link.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
      const bytes = Uint8Array.from(link);
      bytes[at] = value;
      const field = `g0=:${inBase64(bytes)}:`;
      const grants = outcome(field);
      if (typeof grants !== "string") expect(encodeGrants(grants)).to.equal(field);
    });
    fc.assert(property, { numRuns: 3_000 });
  });

  it("should be refused where it is a bomb: deep, or long in promises", () => {
    const deep = new Uint8Array(8_000).fill(0x81);
    const wide = Uint8Array.from([0x8d, 0x60, 0x60, 0x9b, ...new Array(8).fill(0xff)]);
    const permissions = Uint8Array.from([
      0x8d,
      ...link.subarray(1, 105),
      0x81,
      0x82,
      0x60,
      0x9a,
      0xff,
      0xff,
      0xff,
      0xff,
    ]);
    for (const bomb of [deep, wide, permissions]) {
      expect(outcome(`g0=:${inBase64(bomb)}:`)).to.be.oneOf(["bad_delegation_field", "delegation_too_large"]);
    }
    expect(outcome(`g0=:${inBase64(new Uint8Array(8_193).fill(0x8d))}:`)).to.equal("delegation_too_large");
  });
});
