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

const IDENTITY = ["test/IdentityRegistry", "test/conformance"];
const VOUCH = ["test/VouchRegistry", "test/signatures"];

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
  library("CivilDate", [contract("IdentityRegistry")], IDENTITY),
  library("RegistrationFile", [contract("IdentityRegistry")], IDENTITY),
  library("Consent", registries, ["test/signatures", ...IDENTITY, "test/VouchRegistry"]),
  library("Edge", [contract("VouchRegistry")], VOUCH),
  library("ExpiryRing", [contract("VouchRegistry")], VOUCH),
  library("SubjectRing", [contract("VouchRegistry")], VOUCH),
  library("VoucherRing", [contract("VouchRegistry")], VOUCH),
  library("Tenure", registries, ["test/IdentityRegistry", "test/VouchRegistry"]),
  library("IdentityRecord", registries, [...IDENTITY, ...VOUCH]),
  {
    file: "contracts/IdentityRegistry.sol",
    targets: [contract("IdentityRegistry")],
    tests: [...IDENTITY, "test/signatures"],
  },
  { file: "contracts/VouchRegistry.sol", targets: [contract("VouchRegistry")], tests: [...VOUCH, "test/TrustGate"] },
  { file: "contracts/RegistryLens.sol", targets: [contract("RegistryLens")], tests: ["test/RegistryLens"] },
  { file: "contracts/TrustGate.sol", targets: gates, tests: ["test/TrustGate"], isBeyondModel: true },
  {
    file: "contracts/examples/GatedBoard.sol",
    targets: gates.slice(1),
    tests: ["test/TrustGate"],
    isBeyondModel: true,
  },
];
