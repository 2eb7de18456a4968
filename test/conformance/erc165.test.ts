import { expect } from "chai";
import { dataSlice, type Interface, id, toBeHex } from "ethers";
import { ethers, loadFixture, registered } from "../utils/identity.ts";
import {
  ERC165,
  ERC721,
  ERC721_METADATA,
  ERC5192,
  ERC5267,
  ERC8004_IDENTITY,
  ERC8048,
  UNORDERED_NONCES,
} from "../utils/identityInterfaces.ts";

const selector = (signature: string) => dataSlice(id(signature), 0, 4);
const interfaceId = (functions: string[]) =>
  toBeHex(
    functions.reduce((sum, signature) => sum ^ BigInt(selector(signature)), 0n),
    4,
  );

/** Name, functions, and the id that the standard's text gives, if it gives one. */
const interfaces: [string, string[], string?][] = [
  ["ERC-165", ERC165, "0x01ffc9a7"],
  ["ERC-721", ERC721, "0x80ac58cd"],
  ["ERC-721 Metadata", ERC721_METADATA, "0x5b5e139f"],
  ["ERC-5192", ERC5192, "0xb45a3c0e"],
  ["ERC-5267", ERC5267],
  ["ERC-8048", ERC8048, "0xdf670be1"],
  ["ERC-8004 Identity Registry", ERC8004_IDENTITY],
];

describe("Conformance of IdentityRegistry", () => {
  describe("ERC-165", () => {
    for (const [name, functions, given] of interfaces) {
      describe(name, () => {
        const computed = interfaceId(functions);

        if (given !== undefined) {
          it(`has the id ${given}, computed from its functions`, () => {
            expect(computed).to.equal(given);
          });
        }

        it("is announced, for less than 30,000 gas", async () => {
          const { registry } = await loadFixture(registered);
          expect(await registry.supportsInterface(computed)).to.equal(true);
          const { data } = await registry.supportsInterface.populateTransaction(computed);
          const gas = await ethers.provider.estimateGas({ to: registry, data }); // a whole transaction: even more
          expect(gas).to.be.lessThan(30_000n);
        });

        for (const signature of functions) {
          it(`is there: ${signature}`, async () => {
            const { registry } = await loadFixture(registered);
            const abi: Interface = registry.interface;
            expect(abi.getFunction(signature)?.selector).to.equal(selector(signature));
          });
        }
      });
    }

    it("announces ERC-4906 by its own id 0x49064906, which has no function", async () => {
      const { registry } = await loadFixture(registered);
      expect(await registry.supportsInterface("0x49064906")).to.equal(true);
    });

    it("announces what IIdentityRegistry adds to the standards", async () => {
      const { registry } = await loadFixture(registered);
      const full = await ethers.getContractAt("IIdentityRegistry", registry);
      const standards = [
        ...[ERC165, ERC721, ERC721_METADATA, ERC5192, ERC5267, ERC8048, ERC8004_IDENTITY].flat(),
        ...UNORDERED_NONCES,
      ];
      const own: string[] = [];
      full.interface.forEachFunction((fragment) => {
        if (!standards.includes(fragment.format("sighash"))) own.push(fragment.format("sighash"));
      });
      expect(own).to.include("pulse(uint256,bytes32)");
      expect(await registry.supportsInterface(interfaceId(own))).to.equal(true);
    });

    for (const foreign of ["0xffffffff", "0x00000000", "0x12345678", "0x4e2312e0", "0x780e9d63", "0xd9b67a26"]) {
      it(`does not announce ${foreign}, for less than 30,000 gas`, async () => {
        const { registry } = await loadFixture(registered);
        expect(await registry.supportsInterface(foreign)).to.equal(false);
        const { data } = await registry.supportsInterface.populateTransaction(foreign);
        expect(await ethers.provider.estimateGas({ to: registry, data })).to.be.lessThan(30_000n);
      });
    }

    it("has no function but those of the interfaces and of the contract's own", async () => {
      const { registry } = await loadFixture(registered);
      const full = await ethers.getContractAt("IIdentityRegistry", registry);
      const there = new Set<string>();
      registry.interface.forEachFunction((fragment) => there.add(fragment.format("sighash")));
      const promised = new Set<string>();
      full.interface.forEachFunction((fragment) => promised.add(fragment.format("sighash")));
      expect(there).to.deep.equal(promised);
    });
  });
});
