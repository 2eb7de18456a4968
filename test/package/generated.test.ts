import { readdirSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { artifacts } from "hardhat";
import * as contracts from "../../contracts/ts/index.ts";
import { generatedContractsFiles } from "../../scripts/lib/generateContracts.ts";

const root = path.join(import.meta.dirname, "../..");

describe("generated files of the package of contracts", () => {
  it("should be what `npm run generate` makes of the compiled contracts", async () => {
    for (const [file, text] of await generatedContractsFiles()) {
      expect((await readFile(path.join(root, file), "utf8")) === text, `${file}; run npm run generate`).to.equal(true);
    }
  });

  it("should be all that is in their folders", async () => {
    const files = [...(await generatedContractsFiles()).keys()];
    for (const folder of ["contracts/abi", "contracts/bytecode", "contracts/ts/generated/abi"]) {
      const expected = files.filter((file) => path.dirname(file) === folder).map((file) => path.basename(file));
      expect((await readdir(path.join(root, folder))).sort(), folder).to.deep.equal(expected.sort());
    }
  });

  for (const file of readdirSync(path.join(root, "contracts/abi"))) {
    const name = file.replace(".json", "");
    it(`should give the ABI that the compiler made, in JSON and as a constant: ${name}`, async () => {
      const { abi } = await artifacts.readArtifact(name);
      // Solidity's own name of a type, which no other language needs, is left out.
      const bare = JSON.parse(JSON.stringify(abi, (key, value) => (key === "internalType" ? undefined : value)));
      expect(JSON.parse(await readFile(path.join(root, "contracts/abi", file), "utf8"))).to.deep.equal(bare);
      const constant = `${name.charAt(0).toLowerCase()}${name.slice(1)}Abi`;
      expect(Object.entries(contracts)).to.deep.include([constant, bare]);
    });
  }
});
