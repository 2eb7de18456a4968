import { readFile, writeFile } from "node:fs/promises";
import { expect } from "chai";
import { keccak256 } from "ethers";
import { artifacts } from "hardhat";

/**
 * What users depend on and a change must not alter unseen: where each word is stored, how large the code is, and from
 * what the deterministic addresses follow. After a deliberate change run the tests with UPDATE_SNAPSHOTS=1 and commit.
 */
const SNAPSHOT = new URL("./contracts.json", import.meta.url);
const EIP_170_LIMIT = 24_576;
/** What the registry of identities leaves free below that: the last room that a mistake found late could need. */
const SPARE = 1_500;
const CONTRACTS = [
  "RegistrationRenderer",
  "IdentityRegistry",
  "VouchRegistry",
  "RegistryLens",
  "AgentLinks",
  "DelegationRegistry",
] as const;

interface Facts {
  codeBytes: number;
  initcodeHash: string;
  storage: string[];
}

interface StorageEntry {
  label: string;
  offset: number;
  slot: string;
  type: string;
}

interface BuildOutput {
  output: { contracts: Record<string, Record<string, { storageLayout: { storage: StorageEntry[] } }>> };
}

async function factsOf(name: (typeof CONTRACTS)[number]): Promise<Facts> {
  const { bytecode, deployedBytecode, buildInfoId, inputSourceName } = await artifacts.readArtifact(name);
  const path = await artifacts.getBuildInfoOutputPath(buildInfoId ?? "");
  const build = JSON.parse(await readFile(path ?? "", "utf8")) as BuildOutput;
  const layout = build.output.contracts[inputSourceName ?? ""]?.[name]?.storageLayout.storage ?? [];
  return {
    codeBytes: (deployedBytecode.length - 2) / 2,
    initcodeHash: keccak256(bytecode),
    storage: layout.map(
      ({ label, offset, slot, type }) => `${slot}+${offset} ${label}: ${type.replaceAll(/\)\d+/g, ")")}`,
    ),
  };
}

describe("snapshots of the contracts", () => {
  const actual: Record<string, Facts> = {};

  before(async () => {
    for (const name of CONTRACTS) actual[name] = await factsOf(name);
    if (process.env.UPDATE_SNAPSHOTS) await writeFile(SNAPSHOT, `${JSON.stringify(actual, undefined, 2)}\n`);
  });

  it(`IdentityRegistry leaves ${SPARE} bytes below the limit of EIP-170`, () => {
    expect(actual.IdentityRegistry?.codeBytes).to.be.at.most(EIP_170_LIMIT - SPARE);
  });

  for (const name of CONTRACTS) {
    it(`${name} has the committed storage layout, size and initcode`, async () => {
      const expected = JSON.parse(await readFile(SNAPSHOT, "utf8")) as Record<string, Facts>;
      expect(actual[name]).to.deep.equal(expected[name]);
    });

    it(`${name} is smaller than EIP-170 allows`, () => {
      expect(actual[name]?.codeBytes).to.be.within(1, EIP_170_LIMIT);
    });
  }
});
