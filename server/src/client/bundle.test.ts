import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { build } from "esbuild";

describe("the client's bundle", () => {
  it("should be for browsers too: nothing of Node, and nothing of what answers", async () => {
    const { metafile } = await build({
      entryPoints: [fileURLToPath(new URL("index.ts", import.meta.url))],
      ...{ bundle: true, write: false, metafile: true, platform: "browser", format: "esm", logLevel: "silent" },
    });
    const inputs = Object.keys(metafile.inputs).map((name) => name.replace(/^.*server\/src\//, ""));
    expect(inputs.filter((name) => !name.startsWith("client/"))).to.deep.equal(["authzen/constants.ts"]);
  });
});
