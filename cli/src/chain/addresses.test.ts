import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { refused } from "../../test/utils/tenure.ts";
import { addressesOn, readAddresses } from "./addresses.ts";

const one = "0x00000000000000000000000000000000000000AA";
const two = "0x00000000000000000000000000000000000000bb";
const addresses = { identityRegistry: one, vouchRegistry: two };

describe("a file of addresses", () => {
  let file: string;
  before(() => {
    file = path.join(mkdtempSync(path.join(tmpdir(), "tenure-")), "addresses.json");
  });
  after(() => rmSync(path.dirname(file), { recursive: true }));

  function read(content: unknown) {
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return readAddresses(file);
  }

  it("should be read, without whatever else is in it", () => {
    const found = read({ chainId: 5, gas: 1, addresses: { ...addresses, agentLinks: one, owner: two } });
    expect(addressesOn(5, found)).to.deep.equal({
      ...addresses,
      agentLinks: one,
      registryLens: undefined,
      delegationRegistry: undefined,
    });
    expect(addressesOn(6, read({ addresses }))).to.include(addresses);
    expect(() => addressesOn(6, found)).to.throw(`${file} is about chain 5, but the node runs chain 6.`);
  });

  it("should be refused in a sentence where it holds none", () => {
    const wrong: unknown[] = [
      ...["null", "[]", "5", '"text"', "{}", { addresses: null }, { addresses: [] }, { addresses: "text" }],
      `{"addresses":{"__proto__":${JSON.stringify(addresses)}}}`,
      `{"__proto__":{"addresses":${JSON.stringify(addresses)}}}`,
      { addresses: { ...addresses, identityRegistry: [one] } },
      { addresses: { ...addresses, vouchRegistry: "0x12" } },
      { addresses: { ...addresses, registryLens: null } },
      { addresses: { ...addresses, agentLinks: 7 } },
      { addresses: { ...addresses, delegationRegistry: "" } },
    ];
    for (const content of wrong) {
      expect(() => read(content), JSON.stringify(content))
        .to.throw(`${file} holds no addresses of the registries.`)
        .with.property("name", "UsageError");
    }
  });

  it("should be refused where its chain is none", () => {
    for (const chainId of ["5", null, {}, 0, 1.5, "\u001b[31m"]) {
      expect(() => read({ chainId, addresses })).to.throw(`${file} names no chain.`);
    }
  });

  it("should be refused before the node is asked anything", async () => {
    writeFileSync(file, "{");
    expect(await refused(2, ["show", "1", "--addresses", file], { TENURE_RPC: "http://127.0.0.1:1" })).to.equal(
      `The file of addresses ${file} cannot be read: it holds no JSON.`,
    );
  });
});
