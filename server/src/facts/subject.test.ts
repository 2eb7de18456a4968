import { expect } from "chai";
import fc from "fast-check";
import { parseSubject, tokenName } from "./subject.ts";

const address = "0xABcdef0123456789abcdef0123456789abcdef01";
const lower = address.toLowerCase();

describe("parseSubject", () => {
  it("should read accounts, by CAIP-10 and did:pkh", () => {
    const account = { kind: "account", chainId: 31337, address: lower };
    expect(parseSubject(`eip155:31337:${address}`)).to.deep.equal(account);
    expect(parseSubject(`did:pkh:eip155:31337:${address}`)).to.deep.equal(account);
  });

  it("should read tokens, by CAIP-19 and did:aip", () => {
    const token = { kind: "token", chainId: 1, registry: lower, id: 42 };
    expect(parseSubject(`eip155:1/erc721:${address}/42`)).to.deep.equal(token);
    expect(parseSubject(`did:aip:eip155:1:${address}:42`)).to.deep.equal(token);
    expect(parseSubject(tokenName(1, address, 42))).to.deep.equal(token);
  });

  it("should say why anything else is nobody", () => {
    for (const [id, why] of [
      ["", "no account"],
      ["alice", "no account"],
      [`eip155:0:${address}`, "no account"],
      [`eip155:01:${address}`, "no account"],
      [`eip155:1:${address} `, "no account"],
      [`eip155:9999999999999999:${address}`, "beyond 2^53"],
      [`eip155:1/erc721:${address}/0`, "no identity has the number 0"],
      [`eip155:1/erc721:${address}/042`, "no account"],
      [`eip155:1/erc721:${address}/1099511627776`, "no identity has the number"],
      [`eip155:1/erc20:${address}`, "no account"],
      ["did:web:example.com", 'the method "web"'],
      ["did:aip:eip155:1:0x12:3", 'the method "aip"'],
      ["x".repeat(100_000), "100000 characters"],
    ] as const) {
      const subject = parseSubject(id);
      expect(subject.kind).to.equal("unknown");
      expect(subject).to.have.property("why").that.includes(why);
    }
  });

  it("should throw at no text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (id) => parseSubject(id).kind === "unknown"));
  });
});
