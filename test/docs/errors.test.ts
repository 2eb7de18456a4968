// The table of errors names every error that a registry, the links or a gate throws, with its arguments.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { artifacts } from "hardhat";

/** Declared by the libraries of OpenZeppelin, and not reached here. */
const UNREACHED = [
  "AddressEmptyCode",
  "ERC721IncorrectOwner",
  "ERC721InsufficientApproval",
  "ERC721InvalidReceiver",
  "ERC721InvalidSender",
  "InvalidShortString",
  "StringTooLong",
];

interface AbiItem {
  type: string;
  name?: string;
  inputs?: readonly { name?: string }[];
}

describe("the table of errors in docs/contracts.md", () => {
  const text = readFileSync(path.join(import.meta.dirname, "../../docs/contracts.md"), "utf8");
  const table = text.slice(text.indexOf("\n## Errors"));
  const firstCells = [...table.matchAll(/^\| (`.*?`) \|/gm)].map(([, cell = ""]) => cell);
  const told = firstCells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));

  it("should name each that is thrown, with its arguments, and no other", async () => {
    const thrown = new Set<string>();
    for (const name of ["IdentityRegistry", "VouchRegistry", "RegistryLens", "AgentLinks", "TrustGate"]) {
      const { abi } = await artifacts.readArtifact(name);
      for (const { type, name = "", inputs = [] } of abi as readonly AbiItem[]) {
        if (type !== "error" || UNREACHED.includes(name)) continue;
        thrown.add(`${name}(${inputs.map((input) => input.name).join(", ")})`);
      }
    }
    expect(told.toSorted()).to.deep.equal([...thrown].sort());
  });
});
