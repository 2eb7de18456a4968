import { existsSync } from "node:fs";
import path from "node:path";
import { ROOT, type Target } from "./compiler.ts";

const contract = (name: string): Target => ({ file: `contracts/${name}.sol`, name });
const registries = [contract("IdentityRegistry"), contract("VouchRegistry")];
const gates = [
  { file: "test/solidity/mocks/VouchGateHarness.sol", name: "VouchGateHarness" },
  { file: "contracts/examples/GatedBoard.sol", name: "GatedBoard" },
];

/** Files to put mistakes into, with the contracts they become part of and the tests that could notice. */
export interface Subject {
  file: string;
  targets: Target[];
  /** Where the model of the rules cannot notice anything. */
  isBeyondModel?: boolean;
  tests: string[];
  /** Solidity tests of a library alone. */
  unitTest?: string;
}

const IDENTITY = ["test/IdentityRegistry", "test/conformance", "test/findings"];
const VOUCH = ["test/VouchRegistry", "test/signatures", "test/findings"];
const EVERY = [...new Set([...VOUCH, ...IDENTITY])];
const renderer = [{ file: "contracts/periphery/RegistrationRenderer.sol", name: "RegistrationRenderer" }];
const DOCUMENT = ["test/conformance", "test/IdentityRegistry"];

const library = (name: string, targets: Target[], tests: string[]): Subject => {
  const unitTest = `test/solidity/libraries/${name}.t.sol`;
  return {
    file: `contracts/libraries/${name}.sol`,
    targets,
    tests,
    ...(existsSync(path.join(ROOT, unitTest)) && { unitTest }),
  };
};

export const subjects: Subject[] = [
  { ...library("CivilDate", renderer, DOCUMENT), isBeyondModel: true },
  library("Consent", registries, EVERY),
  library("Edge", [contract("VouchRegistry")], VOUCH),
  library("ExpiryRing", [contract("VouchRegistry")], VOUCH),
  // Its fields are at the edge of a word in a subject's ring, which the unit tests of that one fill.
  {
    ...library("RingHeader", [contract("VouchRegistry")], VOUCH),
    unitTest: "test/solidity/libraries/SubjectRing.t.sol",
  },
  library("SubjectRing", [contract("VouchRegistry")], VOUCH),
  library("VoucherRing", [contract("VouchRegistry")], VOUCH),
  library("Tenure", registries, EVERY),
  library("IdentityRecord", registries, EVERY),
  { file: "contracts/base/UnorderedNonces.sol", targets: registries, tests: EVERY },
  {
    file: "contracts/IdentityRegistry.sol",
    targets: [contract("IdentityRegistry")],
    tests: [...IDENTITY, "test/signatures"],
  },
  { file: "contracts/VouchRegistry.sol", targets: [contract("VouchRegistry")], tests: [...VOUCH, "test/TrustGate"] },
  {
    file: "contracts/AgentLinks.sol",
    targets: [contract("AgentLinks")],
    tests: ["test/AgentLinks", "test/findings"],
    isBeyondModel: true,
  },
  {
    file: "contracts/DelegationRegistry.sol",
    targets: [contract("DelegationRegistry")],
    tests: ["test/DelegationRegistry"],
  },
  { file: "contracts/RegistryLens.sol", targets: [contract("RegistryLens")], tests: ["test/RegistryLens"] },
  {
    file: "contracts/periphery/RegistrationRenderer.sol",
    targets: renderer,
    tests: DOCUMENT,
    isBeyondModel: true,
  },
  {
    file: "contracts/TrustGate.sol",
    targets: gates,
    tests: ["test/TrustGate", "test/findings"],
    isBeyondModel: true,
  },
  {
    file: "contracts/examples/GatedBoard.sol",
    targets: gates.slice(1),
    tests: ["test/TrustGate", "test/findings"],
    isBeyondModel: true,
  },
  {
    file: "contracts/examples/TransferableAgents.sol",
    targets: [{ file: "contracts/examples/TransferableAgents.sol", name: "TransferableAgents" }],
    tests: ["test/AgentLinks"],
    isBeyondModel: true,
  },
];

export function subjectOf(file: string): Subject {
  const subject = subjects.find((each) => each.file === file);
  if (subject === undefined) throw new Error(`no subject ${file}`);
  return subject;
}
