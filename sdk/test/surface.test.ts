import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { createClient, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import * as sdk from "../src/index.ts";
import { testKeys } from "./utils/localChain.ts";

const dist = path.join(import.meta.dirname, "../dist");

const reads = [
  "checkRequirement",
  "getAgentMetadata",
  "getDelegationStatus",
  "getDelegationStatuses",
  "getFreeNonces",
  "getHistory",
  "getIdentity",
  "getLink",
  "getLinkedIdentity",
  "getLinks",
  "getParameters",
  "getProfile",
  "getProfiles",
  "getRegistrationFile",
  "getStanding",
  "getSupport",
  "getSupportAt",
  "getVouch",
  "getVouchers",
  "getVouchesBy",
  "isNonceUsed",
  "resolveKey",
  "scanEvents",
  "verifyAgentLink",
  "verifyAgentWallet",
  "verifyDelegationRevocation",
  "verifyPulse",
  "verifyRegister",
  "verifyRevoke",
  "verifyRotateKey",
  "verifyVouch",
  "verifyWarn",
  "watchEvents",
];
const writes = [
  "advanceDelegationEpoch",
  "burn",
  "cancelPending",
  "claimRecovery",
  "disown",
  "invalidateNonces",
  "link",
  "proposeRecovery",
  "pulse",
  "pulseFor",
  "register",
  "registerFor",
  "renew",
  "resume",
  "retire",
  "revoke",
  "revokeDelegation",
  "revokeDelegationFor",
  "revokeFor",
  "rotateKey",
  "setAgentURI",
  "setAgentWallet",
  "setArbitration",
  "setGuardian",
  "setMetadata",
  "suspend",
  "unlink",
  "unsetAgentWallet",
  "voidConsent",
  "vouch",
  "vouchFor",
  "warn",
  "warnFor",
];
/** Writes that sign first, so that there is no call before. */
const signedWrites = ["proveKey", "proveKeySync"];
const signatures = [
  "signAgentLink",
  "signAgentWallet",
  "signDelegationRevocation",
  "signPulse",
  "signRegister",
  "signRevoke",
  "signRotateKey",
  "signVouch",
  "signWarn",
];

describe("the surface of the SDK", () => {
  const account = privateKeyToAccount(testKeys[0]);
  const client = createClient({ account, chain: hardhat, transport: http("http://127.0.0.1:1") });

  it("should be these values, and no others", () => {
    const others = [
      ...["addressBook", "productionAddresses", "productionParameters", "recordedAddresses", "shortAddresses"],
      ...["shortParameters", "identityRegistryAbi", "registryLensAbi", "trustGateAbi", "vouchRegistryAbi"],
      ...["agentLinksAbi", "delegationRegistryAbi", "registrationRendererAbi", "unorderedNoncesAbi"],
      ...[
        "decodeEdge",
        "decodeEvent",
        "decodeIdentityRecord",
        "decodeReasons",
        "encodeReasons",
        "parseRegistrationFile",
        "parseSigned",
      ],
      ...["periodAt", "periodEnd", "decodeSubjectRing", "decodeVoucherRing", "stakedAt"],
      ...["consentNonce", "decodeIdentityExtension", "decodeKeyEntry", "identityExtensionSlot", "keyEntrySlot"],
      ...["canonicalSignature", "getRegisterTypedData", "getPulseTypedData", "getVouchTypedData", "getWarnTypedData"],
      ...["getRevokeTypedData", "getRotateKeyTypedData", "getAgentWalletTypedData", "getAgentLinkTypedData"],
      ...["getDelegationAddress", "getDelegationRevocationTypedData"],
      ...["commitmentsRingSlot", "edgeSlot", "identityRecordSlot", "oppositionRingSlot", "supportRingSlot"],
      ...[
        "delegationRegistryCodeHash",
        "reasonWords",
        "unmetReasons",
        "decodeContractError",
        "isTenureError",
        "toTenureError",
      ],
      ...["deployRegistries", "deploymentSalt", "deterministicDeployer", "deterministicDeployerCode"],
      ...[
        "deterministicDeployerCost",
        "deterministicDeployerGasPrice",
        "deterministicDeployerSigner",
        "deterministicDeployerTransaction",
      ],
      ...[
        "getDeterministicAddress",
        "getLensAddress",
        "getLinksAddress",
        "getRegistryAddress",
        "isExpectedCode",
        "planDeployment",
      ],
      ...["tenurePublicActions", "tenureWalletActions", "rpcEventSource", "rpcReader", "rpcStatusSource"],
      ...[
        "checkRequirementWith",
        "currentTime",
        "evaluateRequirement",
        "requireChain",
        "requireRegistries",
        "waitForReceipt",
      ],
      ...["chooseParameters", "isLocalChain", "formatCount", "formatDuration", "formatHex", "formatTime"],
    ];
    const expected = [
      ...reads,
      ...writes,
      ...writes.map((name) => `${name}Sync`),
      ...signedWrites,
      ...signatures,
      ...others,
    ];
    const found = Object.keys(sdk).filter((name) => !/^[A-Z].*Error$/.test(name));
    expect(found.sort()).to.deep.equal(expected.sort());
  });

  it("should be bound by the decorators, every action once", () => {
    expect(Object.keys(sdk.tenurePublicActions()(client)).sort()).to.deep.equal(reads);
    expect(Object.keys(sdk.tenureWalletActions()(client)).sort()).to.deep.equal(
      [...writes, ...writes.map((name) => `${name}Sync`), ...signedWrites, ...signatures].sort(),
    );
  });

  it("should give every write its other forms, bound and free", () => {
    const bound = new Map(Object.entries(sdk.tenureWalletActions()(client)));
    const free = new Map<string, unknown>(Object.entries(sdk));
    for (const name of writes) {
      for (const action of [free.get(name), bound.get(name)]) {
        expect(action, name).to.include.all.keys("call", "simulate", "estimateGas", "extractEvent");
      }
    }
  });

  it("should have no `any` in its types, and no default export", async () => {
    for (const file of await readdir(dist, { recursive: true })) {
      if (!file.endsWith(".d.ts")) continue;
      const text = await readFile(path.join(dist, file), "utf8");
      const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
      expect(code, file).to.not.match(/\bany\b|export default/);
    }
  });

  it("should have documentation with an example on every function", async () => {
    const source = path.join(import.meta.dirname, "../src");
    const functions = /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)?\nexport (?:async function|function|const)\*? (\w+)/g;
    let seen = 0;
    for (const folder of [
      "actions/delegation",
      "actions/events",
      "actions/gate",
      "actions/identity",
      "actions/link",
      "actions/nonces",
      "actions/vouch",
      "decorators",
      "deployments",
    ]) {
      for (const file of await readdir(path.join(source, folder))) {
        if (file.endsWith(".test.ts")) continue;
        const text = await readFile(path.join(source, folder, file), "utf8");
        for (const [, comment, name = ""] of text.matchAll(functions)) {
          const isFunction = typeof (sdk as Record<string, unknown>)[name] === "function";
          if (!isFunction) continue;
          expect(comment, `${file}: ${name}`).to.include("@example").and.include("@returns");
          seen += 1;
        }
      }
    }
    expect(seen).to.be.at.least(reads.length + 2 * writes.length + signatures.length);
  });
});
