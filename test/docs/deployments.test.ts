// While the registries are on no public chain, every page with which somebody begins says so; afterwards none does.
import { readFileSync } from "node:fs";
import path from "node:path";
import { recordedAddresses } from "@tenure/sdk";
import { expect } from "chai";
import { markdownFiles } from "../../scripts/site/files.ts";

const root = path.join(import.meta.dirname, "../..");

const beginnings = [
  ...["README.md", "sdk/README.md", "cli/README.md", "contracts/README.md"],
  ...["agents", "platforms", "relayers", "integrators", "rebuild", "trust", "contracts"].map(
    (name) => `docs/${name}.md`,
  ),
  ...["wagmi", "ethers", "hardhat", "foundry", "smart-accounts"].map((name) => `docs/with-${name}.md`),
];

const isPublic = Object.keys(recordedAddresses).length > 0;

describe("no public deployment", () => {
  it(`should be said ${isPublic ? "nowhere any more" : "wherever somebody begins"}`, () => {
    const saying = markdownFiles().filter((file) =>
      /no\s+public\s+deployment\s+yet/.test(readFileSync(path.join(root, file), "utf8")),
    );
    if (isPublic) expect(saying).to.deep.equal([]);
    else expect(saying).to.include.members(beginnings);
  });

  it("should be true of the chain that an overview names", () => {
    for (const file of ["README.md", "sdk/README.md"]) {
      const text = readFileSync(path.join(root, file), "utf8");
      const blocks = [...text.matchAll(/^```ts\n[\s\S]*?^```$/gm)].join("\n");
      const chains = [...blocks.matchAll(/import \{ (\w+) \} from ["']viem\/chains["']/g)].map(([, chain]) => chain);
      expect(chains, file).to.not.have.length(0);
      if (!isPublic) expect([...new Set(chains)], file).to.deep.equal(["hardhat"]);
    }
  });
});
