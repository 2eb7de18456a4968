import path from "node:path";
import {
  deployRegistries,
  isExpectedCode,
  planDeployment,
  productionAddresses,
  productionParameters,
  shortAddresses,
  shortParameters,
} from "@tenure/sdk";
import * as bytecode from "@tenure/sdk/bytecode";
import { expect } from "chai";
import { build } from "esbuild";
import { openWorld, type World } from "./utils/world.ts";

const { registryArtifacts } = bytecode;

describe("@tenure/sdk/bytecode", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  it("should be each compiled contract, alone and together", () => {
    expect(bytecode).to.have.all.keys(
      "registryArtifacts",
      ...[
        "agentLinksArtifact",
        "delegationRegistryArtifact",
        "identityRegistryArtifact",
        "registrationRendererArtifact",
      ],
      ...["registryLensArtifact", "vouchRegistryArtifact"],
    );
    const alone = new Map<string, unknown>(Object.entries(bytecode));
    for (const [name, artifact] of Object.entries(registryArtifacts)) {
      expect(artifact, name).to.equal(alone.get(`${name}Artifact`));
    }
  });

  it("should let anyone plan a deployment, and check what is on a chain", async () => {
    const [reader] = world.members;
    for (const [parameters, addresses] of [
      [shortParameters, shortAddresses],
      [productionParameters, productionAddresses],
    ] as const) {
      await deployRegistries(reader, { parameters });
      for (const { contract, address, artifact } of planDeployment(parameters, registryArtifacts)) {
        expect(address).to.equal(addresses[contract]);
        const code = (await reader.getCode({ address })) ?? "0x";
        for (const [other, expected] of Object.entries(registryArtifacts)) {
          expect(isExpectedCode(code, expected), `${contract} as ${other}`).to.equal(expected === artifact);
        }
      }
    }
  });

  it("should not be carried by who only reads, but for the lens", async () => {
    const { metafile } = await build({
      stdin: {
        contents: 'import { tenurePublicActions } from "@tenure/sdk"; console.log(tenurePublicActions);',
        resolveDir: path.join(import.meta.dirname, "../.."),
        loader: "ts",
      },
      bundle: true,
      write: false,
      metafile: true,
      format: "esm",
      platform: "browser",
    });
    const outputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
    const carried = outputs.filter(([file, { bytesInOutput }]) => file.includes("/bytecode/") && bytesInOutput > 0);
    expect(carried.map(([file]) => path.basename(file))).to.deep.equal(["registryLens.js"]);
  });
});
