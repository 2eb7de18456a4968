// Every external function, event and error of the registries has a counterpart here, or a reason why it needs none.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { type AbiParameter, encodeAbiParameters, encodeErrorResult, type Hex, pad, toEventSelector } from "viem";
import * as sdk from "../src/index.ts";
import {
  agentLinksAbi,
  decodeContractError,
  decodeEvent,
  delegationRegistryAbi,
  identityRegistryAbi,
  registrationRendererAbi,
  vouchRegistryAbi,
} from "../src/index.ts";

type Named = { name: string; inputs: readonly (AbiParameter & { indexed?: boolean })[] };
type Item = { type: string; name?: string; inputs?: readonly AbiParameter[] };

const registries = {
  registrationRenderer: registrationRendererAbi,
  identityRegistry: identityRegistryAbi,
  vouchRegistry: vouchRegistryAbi,
  agentLinks: agentLinksAbi,
  delegationRegistry: delegationRegistryAbi,
} as const;
const itemsOf = (abi: readonly Item[], type: string) => abi.filter((item) => item.type === type) as Named[];

/** The export that does what a function of the contract does, where it has another name. */
const counterparts: Record<string, Record<string, string>> = {
  identityRegistry: {
    identityOf: "getIdentity",
    resolve: "resolveKey",
    getMetadata: "getAgentMetadata",
    metadata: "getAgentMetadata",
    tokenURI: "getRegistrationFile",
    getRecord: "decodeIdentityRecord",
    // Fields of `getIdentity`.
    ageOf: "getIdentity",
    firstSeen: "getIdentity",
    lastSeen: "getIdentity",
    tenureOf: "getIdentity",
    ownerOf: "getIdentity",
    getAgentWallet: "getIdentity",
    guardianOf: "getIdentity",
    nonceBitmap: "getFreeNonces",
    maxSilence: "getParameters",
    recoveryDelay: "getParameters",
  },
  vouchRegistry: {
    standingOf: "getStanding",
    supportOf: "getSupport",
    supportAt: "getSupportAt",
    vouchOf: "getVouch",
    vouchersOf: "getVouchers",
    vouchesBy: "getVouchesBy",
    currentPeriod: "periodAt",
    nonceBitmap: "getFreeNonces",
    identities: "getRegistryAddress",
    cap: "getParameters",
    origin: "getParameters",
    period: "getParameters",
    unit: "getParameters",
  },
  registrationRenderer: {
    // What it makes is what the registry answers.
    tokenURI: "getRegistrationFile",
  },
  agentLinks: {
    linkOf: "getLink",
    linksOf: "getLinks",
    linkedIdentity: "getLinkedIdentity",
    isLinked: "getLink",
    identities: "getRegistryAddress",
  },
  delegationRegistry: {
    status: "getDelegationStatus",
    revoke: "revokeDelegation",
    revokeBySig: "revokeDelegationFor",
    advanceEpoch: "advanceDelegationEpoch",
  },
};

/** Functions that viem or any wallet calls as well with the ABI that is exported, and why Tenure adds nothing. */
const leftToViem: Record<string, string> = {
  approve: "ERC-721",
  balanceOf: "ERC-721",
  getApproved: "ERC-721",
  isApprovedForAll: "ERC-721",
  isAuthorizedOrOwner: "ERC-721",
  name: "ERC-721",
  symbol: "ERC-721",
  totalSupply: "ERC-721",
  totalRegistered: "ERC-721",
  setApprovalForAll: "ERC-721",
  supportsInterface: "ERC-165",
  eip712Domain: "ERC-5267",
  locked: "ERC-5192",
  safeTransferFrom: "always refused: Soulbound",
  transferFrom: "always refused: Soulbound",
  identityPair: "packed view for contracts",
  multicall: "takes what `.call` makes",
  renderer: "asked by the registry itself, through `tokenURI`",
  tokenOwner: "asked by the links themselves",
  tokenWallet: "asked by the links themselves",
  READ_GAS: "matters to token contracts only",
};

/** Events that have another name here, since another registry has one of theirs. */
const renamedEvents: Record<string, Record<string, string>> = { delegationRegistry: { Revoked: "GrantRevoked" } };

/** Events that repeat another one of the same transaction for the standards' sake, or that are never emitted. */
const echoes: Record<string, string> = {
  Transfer: "Registered, KeyRotated or Retired",
  Locked: "Registered",
  MetadataUpdate: "URIUpdated, Suspended or Resumed",
  BatchMetadataUpdate: "never emitted",
  Unlocked: "never emitted",
  EIP712DomainChanged: "never emitted",
};

/** Errors of transfers, which do not exist here, and of helpers for strings and calls. */
const leftErrors = [
  "AddressEmptyCode",
  "ERC721IncorrectOwner",
  "ERC721InsufficientApproval",
  "ERC721InvalidReceiver",
  "ERC721InvalidSender",
  "FailedCall",
  "InvalidShortString",
  "StringTooLong",
  "StringsInsufficientHexLength",
];

const exported = new Set(Object.keys(sdk));

describe("what the SDK covers", () => {
  let source = "";
  before(async () => {
    const folder = path.join(import.meta.dirname, "../src/actions");
    for (const file of await readdir(folder, { recursive: true })) {
      if (file.endsWith(".ts") && !file.endsWith(".test.ts")) source += await readFile(path.join(folder, file), "utf8");
    }
  });

  for (const [registry, abi] of Object.entries(registries)) {
    describe(registry, () => {
      it("should have an export for every function, or a reason", () => {
        for (const { name } of itemsOf(abi, "function")) {
          const counterpart = counterparts[registry]?.[name] ?? name;
          const isCovered = exported.has(counterpart) || name in leftToViem;
          expect(isCovered, `${registry}.${name} has no counterpart`).to.equal(true);
        }
      });

      it("should have both forms of every function that changes something", () => {
        for (const item of itemsOf(abi, "function")) {
          const { stateMutability } = item as unknown as { stateMutability: string };
          if (stateMutability !== "nonpayable" || item.name in leftToViem) continue;
          const counterpart = counterparts[registry]?.[item.name] ?? item.name;
          expect(exported.has(`${counterpart}Sync`), item.name).to.equal(true);
          expect(source, item.name).to.include(`functionName: "${item.name}"`);
        }
      });

      it("should decode every event, or say what it repeats", () => {
        for (const item of itemsOf(abi, "event")) {
          const event = decodeEvent(sample(item));
          if (item.name in echoes) expect(event, item.name).to.equal(undefined);
          else
            expect(event, item.name).to.have.property("eventName", renamedEvents[registry]?.[item.name] ?? item.name);
          const words = JSON.stringify(Object.values(event ?? {}), (_, value) =>
            typeof value === "bigint" ? `${value}n` : value,
          );
          expect(words, item.name).to.not.match(/null/);
        }
      });

      it("should have a class for every error, or leave it to viem", () => {
        for (const item of itemsOf(abi, "error")) {
          const args = item.inputs.map(some);
          const error = decodeContractError(encodeErrorResult({ abi: [item], args } as never));
          if (leftErrors.includes(item.name)) expect(error, item.name).to.equal(undefined);
          else expect(exported.has(error?.name ?? item.name), item.name).to.equal(true);
        }
      });
    });
  }

  it("should have no entry that no registry has", () => {
    const names = (type: string) =>
      Object.values(registries).flatMap((abi) => itemsOf(abi, type).map(({ name }) => name));
    expect(names("function")).to.include.members(Object.keys(leftToViem));
    expect(names("event")).to.include.members(Object.keys(echoes));

    for (const [registry, entries] of Object.entries(counterparts)) {
      const own = itemsOf(registries[registry as keyof typeof registries], "function").map(({ name }) => name);
      expect(own).to.include.members(Object.keys(entries));
      expect([...exported]).to.include.members(Object.values(entries));
    }
  });
});

/** A log of an event, with some value in every place. */
function sample(item: Named): { topics: Hex[]; data: Hex } {
  const indexed = item.inputs.filter(({ indexed }) => indexed);
  const rest = item.inputs.filter(({ indexed }) => !indexed);
  const topics = indexed.map((input) =>
    input.type === "string" ? pad("0x01") : encodeAbiParameters([{ type: input.type }], [some(input)]),
  );
  return {
    topics: [toEventSelector(item as never), ...topics],
    data: encodeAbiParameters(rest, rest.map(some) as never),
  };
}

function some({ type }: AbiParameter): unknown {
  if (type === "address") return "0x00000000000000000000000000000000DeaDBeef";
  if (type === "string") return "key";
  if (type === "bool") return true;
  if (type === "bytes") return "0x1234";
  if (type.startsWith("bytes")) return `0x${"12".repeat(Number(type.slice(5)))}`;
  if (type === "uint8") return 2;
  return /^uint(8|16|24|32|40|48)$/.test(type) ? 7 : 7n;
}
