// The table of errors names every error that a registry, the links or a gate throws, with its arguments.
import { readFileSync } from "node:fs";
import path from "node:path";
import * as sdk from "@tenure/sdk";
import * as trust from "@tenure/sdk/trust";
import { expect } from "chai";
import { artifacts } from "hardhat";
import { makeErrors } from "../../scripts/reference/errors.ts";

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
    for (const name of [
      "IdentityRegistry",
      "VouchRegistry",
      "RegistryLens",
      "AgentLinks",
      "DelegationRegistry",
      "TrustGate",
    ]) {
      const { abi } = await artifacts.readArtifact(name);
      for (const { type, name = "", inputs = [] } of abi as readonly AbiItem[]) {
        if (type !== "error" || UNREACHED.includes(name)) continue;
        thrown.add(`${name}(${inputs.map((input) => input.name).join(", ")})`);
      }
    }
    expect(told.toSorted()).to.deep.equal([...thrown].sort());
  });
});

describe("docs/errors.md", () => {
  const page = readFileSync(path.join(import.meta.dirname, "../../docs/errors.md"), "utf8");
  const sections = page.split(/^### /m).slice(1);

  it("should be what `npm run docs` makes of the sources", () => {
    expect(page === makeErrors(), "run npm run docs").to.equal(true);
  });

  it("should say of each error when it comes, what it says and what to do", () => {
    for (const section of sections) {
      const [name, meaning, ...rest] = section.split("\n\n");
      expect(meaning, name).to.match(/^[A-Z].*\.$/);
      expect(
        rest.filter((line) => line.startsWith("> ")),
        name,
      ).to.not.deep.equal([]);
      expect(
        rest.filter((line) => line.startsWith("**What to do:** ")),
        name,
      ).to.have.length(1);
      expect(section, name).to.not.match(/\$\{|undefined|\*\*\*/);
    }
  });

  it("should be where the `docsPath` of every error class leads", () => {
    // Any argument of any class, and whatever it is asked for.
    const anything: unknown = new Proxy(() => anything, {
      get: (_, key) => (key === Symbol.toPrimitive ? () => "1" : key === Symbol.iterator ? undefined : anything),
      apply: () => anything,
    });
    const classes = Object.entries<unknown>({ ...sdk, ...trust }).filter(
      (entry): entry is [string, new (args: unknown) => sdk.TenureError] =>
        typeof entry[1] === "function" && entry[1].prototype instanceof sdk.TenureError && entry[0] !== "ContractError",
    );
    expect(classes.map(([name]) => name).sort()).to.deep.equal(sections.map((text) => text.split("\n")[0]).sort());
    for (const [name, ErrorClass] of classes) {
      const error = new ErrorClass(anything);
      expect(error.name).to.equal(name);
      expect(error.docsPath).to.equal(`docs/errors.md#${name.toLowerCase()}`);
      expect(error.message.split("\n")).to.include(`Docs: ${error.docsPath}`);
    }
  });
});
