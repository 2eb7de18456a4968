import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
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
});
