import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { generatedFiles } from "../../scripts/lib/generate.ts";

const root = path.join(import.meta.dirname, "../..");

describe("generated files of the SDK", () => {
  it("should be what `npm run generate` makes of the compiled contracts", async () => {
    for (const [file, text] of await generatedFiles()) {
      expect((await readFile(path.join(root, file), "utf8")) === text, `${file}; run npm run generate`).to.equal(true);
    }
  });

  it("should be all that is in their folders", async () => {
    const files = [...(await generatedFiles()).keys()];
    for (const folder of ["sdk/src/abi", "sdk/src/bytecode"]) {
      const expected = files.filter((file) => path.dirname(file) === folder).map((file) => path.basename(file));
      expect((await readdir(path.join(root, folder))).sort(), folder).to.deep.equal(expected.sort());
    }
  });
});
