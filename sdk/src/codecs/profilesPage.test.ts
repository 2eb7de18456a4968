import { expect } from "chai";
import fc from "fast-check";
import { decodeFunctionResult, encodeFunctionResult, type Hex, hexToBytes } from "viem";
import { registryLensAbi } from "../abi/registryLens.ts";
import type { RawProfile } from "./answers.ts";
import { decodeProfilesPage } from "./profilesPage.ts";

const abi = registryLensAbi;
const functionName = "profiles";
const byViem = (data: Hex) => decodeFunctionResult({ abi, functionName, data });
const encode = (result: readonly RawProfile[]) => encodeFunctionResult({ abi, functionName, result });

const address = fc
  .oneof(
    fc.constant("0".repeat(40)),
    fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 40, maxLength: 40 }),
  )
  .map((digits): Hex => `0x${digits}`);
const byte = fc.integer({ min: 0, max: 255 });
const time = fc.oneof(fc.constant(0), fc.constant(2 ** 40 - 1), fc.integer({ min: 0, max: 2 ** 40 - 1 }));
const word = fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }));
const profile = fc.record({
  key: address,
  role: byte,
  identity: fc.record({
    ...{ id: word, owner: address, wallet: address, guardian: address, status: byte, ownerKind: byte },
    ...{ isDelegated: fc.boolean(), isArbiter: fc.boolean(), keyEpoch: byte },
    ...{ keySince: time, firstSeen: time, lastSeen: time, tenure: time },
    pending: fc.record({ kind: byte, candidate: address, readyAt: time }),
  }),
  standing: fc.record({ standing: word, staked: word, burned: word, free: word, scars: word }),
  support: word,
  opposition: word,
});
const page = fc.array(profile, { maxLength: 5 });

describe("decodeProfilesPage", () => {
  it("should decode every page as viem does, bit by bit", () => {
    fc.assert(
      fc.property(page, fc.boolean(), (profiles, isUpper) => {
        const data = encode(profiles);
        const sent: Hex = isUpper ? `0x${data.slice(2).toUpperCase()}` : data;
        expect(decodeProfilesPage(sent)).to.deep.equal(byViem(data));
      }),
      { numRuns: 500 },
    );
  });

  it("should do as viem does with a page of which a digit is another one", () => {
    fc.assert(
      fc.property(page, fc.nat(), fc.constantFrom(..."0123456789abcdef"), (profiles, place, digit) => {
        const data = encode(profiles);
        const at = 2 + (place % (data.length - 2));
        const changed = `${data.slice(0, at)}${digit}${data.slice(at + 1)}` as Hex;
        expectTheSame(changed);
      }),
      { numRuns: 2_000 },
    );
  });

  it("should do as viem does with a page that is cut off, or goes on", () => {
    fc.assert(
      fc.property(page, fc.nat(), fc.nat({ max: 70 }), (profiles, cut, more) => {
        const data = encode(profiles);
        const bytes = hexToBytes(data).length;
        expectTheSame(data.slice(0, 2 + (cut % (bytes + 1)) * 2) as Hex);
        expectTheSame(`${data}${"00".repeat(more)}` as Hex);
      }),
      { numRuns: 500 },
    );
  });

  it("should refuse what is no page", () => {
    expect(() => decodeProfilesPage("0x")).to.throw("Cannot decode zero data");
    expect(() => decodeProfilesPage("0x00")).to.throw("Data size of 1 bytes is too small");
  });
});

/** The same value, or an error of the same name and words. */
function expectTheSame(data: Hex): void {
  const outcome = (decode: (data: Hex) => unknown): unknown => {
    try {
      return decode(data);
    } catch (error) {
      return String(error);
    }
  };
  expect(outcome(decodeProfilesPage)).to.deep.equal(outcome(byViem));
}
