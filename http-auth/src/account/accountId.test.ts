import { expect } from "chai";
import fc from "fast-check";
import { formatAccountId, parseAccountId } from "./accountId.ts";

const address = `0x${"Ab".repeat(20)}`;

describe("an account as CAIP-10 writes it", () => {
  it("should be read as it is written", () => {
    const chains = fc.bigInt({ min: 1n, max: 10n ** 32n - 1n });
    const property = fc.property(chains, (chain) => {
      const read = parseAccountId(formatAccountId(chain, address));
      expect(read).to.deep.equal({ chainId: String(chain), address: address.toLowerCase() });
    });
    fc.assert(property);
  });

  it("should be written in one way only", () => {
    const property = fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(parseAccountId(text)).to.equal(undefined);
      expect(parseAccountId(`eip155:1:${address.toLowerCase()}${text || " "}`)).to.equal(undefined);
    });
    fc.assert(property);
    expect(parseAccountId(`eip155:1:${address}`)).to.equal(undefined);
    expect(parseAccountId(`eip155:0:${address.toLowerCase()}`)).to.equal(undefined);
    expect(parseAccountId(`eip155:${"1".repeat(33)}:${address.toLowerCase()}`)).to.equal(undefined);
  });
});
