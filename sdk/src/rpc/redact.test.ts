// URLs of nodes hold keys. Whatever is asked of a node that does not answer, its error does not give the key away.
import { inspect } from "node:util";
import { expect } from "chai";
import { createClient, http, zeroAddress, zeroHash } from "viem";
import { hardhat } from "viem/chains";
import { rejection } from "../../test/utils/rejection.ts";
import { parseSigned, shortAddresses, type TenurePublicActions, tenurePublicActions } from "../index.ts";
import { loadTrustGraph, watchTrust } from "../trust/index.ts";

/** A port on which nobody listens. */
const url = "http://127.0.0.1:9/v2/SECRETKEY?also=SECRETKEY";
const client = createClient({ chain: hardhat, transport: http(url, { retryCount: 0 }) });
const reader = client.extend(tenurePublicActions());

const addresses = { identityRegistry: shortAddresses.identityRegistry, vouchRegistry: shortAddresses.vouchRegistry };
const signed = {
  ...{ chainId: hardhat.id, deadline: 2 ** 39, signature: "0x00", id: 1, voucherId: 1, subjectId: 2, stake: 1 },
  ...{
    periods: 1,
    topic: zeroHash,
    evidence: "",
    keyEpoch: 0,
    subjectOwner: zeroAddress,
    subjectKey: zeroAddress,
    ...{ signatureNonce: 0, lastSeen: 0, since: 0 },
    agentURI: "",
    checkpoint: zeroHash,
  },
  ...{ owner: zeroAddress, newOwner: zeroAddress, newWallet: zeroAddress },
};
const ofIdentity = { ...signed, registry: addresses.identityRegistry };
const ofVouch = { ...signed, registry: addresses.vouchRegistry };
const ofDelegation = { ...signed, registry: shortAddresses.delegationRegistry, issuer: zeroAddress, handle: zeroHash };
const throwing = {
  onError: (error: unknown) => {
    throw error;
  },
};

/** Every read: the type holds the table against the client's actions. */
const reads: Record<keyof TenurePublicActions, () => Promise<unknown>> = {
  checkRequirement: () => reader.checkRequirement({ id: 1, requirement: { minAge: 1 } }),
  getAgentMetadata: () => reader.getAgentMetadata({ id: 1, key: "model" }),
  getDelegationStatus: () => reader.getDelegationStatus({ issuer: zeroAddress, handle: zeroHash }),
  getDelegationStatuses: () => reader.getDelegationStatuses({ grants: [] }),
  getFreeNonces: () => reader.getFreeNonces({ registry: "vouchRegistry", owner: zeroAddress }),
  getHistory: () => reader.getHistory({ id: 1 }),
  getIdentity: () => reader.getIdentity({ id: 1 }),
  getLink: () => reader.getLink({ agentRegistry: zeroAddress, agentId: 1 }),
  getLinkedIdentity: () => reader.getLinkedIdentity({ agentRegistry: zeroAddress, agentId: 1 }),
  getLinks: () => reader.getLinks({ id: 1 }).next(),
  getParameters: () => reader.getParameters({}),
  getProfile: () => reader.getProfile({ id: 1 }),
  getProfiles: () => reader.getProfiles({ ids: [1] }),
  getRegistrationFile: () => reader.getRegistrationFile({ id: 1 }),
  getStanding: () => reader.getStanding({ id: 1 }),
  getSupport: () => reader.getSupport({ id: 1 }),
  getSupportAt: () => reader.getSupportAt({ id: 1, period: 1 }),
  getVouch: () => reader.getVouch({ voucherId: 1, subjectId: 2 }),
  getVouchers: () => reader.getVouchers({ id: 1 }).next(),
  getVouchesBy: () => reader.getVouchesBy({ id: 1 }).next(),
  isNonceUsed: () => reader.isNonceUsed({ registry: "vouchRegistry", owner: zeroAddress, nonce: 1 }),
  resolveKey: () => reader.resolveKey({ address: zeroAddress }),
  scanEvents: () => reader.scanEvents({ fromBlock: 0n }).next(),
  verifyAgentLink: () => reader.verifyAgentLink({ id: 1, agent: { agentRegistry: "eip155:1:0x", agentId: 1 } }),
  verifyAgentWallet: () => reader.verifyAgentWallet({ signed: parseSigned("agentWallet", ofIdentity) }),
  verifyDelegationRevocation: () =>
    reader.verifyDelegationRevocation({ signed: parseSigned("delegationRevocation", ofDelegation) }),
  verifyPulse: () => reader.verifyPulse({ signed: parseSigned("pulse", ofIdentity) }),
  verifyRegister: () => reader.verifyRegister({ signed: parseSigned("register", ofIdentity) }),
  verifyRevoke: () => reader.verifyRevoke({ signed: parseSigned("revoke", ofVouch) }),
  verifyRotateKey: () => reader.verifyRotateKey({ signed: parseSigned("rotateKey", ofIdentity) }),
  verifyVouch: () => reader.verifyVouch({ signed: parseSigned("vouch", ofVouch) }),
  verifyWarn: () => reader.verifyWarn({ signed: parseSigned("warn", ofVouch) }),
  watchEvents: () => reader.watchEvents(throwing).next(),
};

const others: Record<string, () => Promise<unknown>> = {
  "checkRequirement at a block": () => reader.checkRequirement({ id: 1, requirement: { minAge: 1 }, blockNumber: 1n }),
  "checkRequirement of an address": () => reader.checkRequirement({ address: zeroAddress, requirement: { minAge: 1 } }),
  loadTrustGraph: () => loadTrustGraph(client, { addresses }),
  watchTrust: () => watchTrust(client, { anchors: [1], ...throwing }).next(),
};

describe("the key in a node's URL", () => {
  for (const [name, ask] of Object.entries({ ...reads, ...others })) {
    it(`should not be in the error of ${name}`, async () => {
      const error = await rejection(ask());
      expect(error).to.deep.include({
        name: "NodeUnreachableError",
        shortMessage: "The node at 127.0.0.1:9 does not answer.",
      });
      const printed = inspect(error, { depth: 16, showHidden: true });
      expect(printed).to.include("127.0.0.1:9").and.not.include("SECRETKEY");
    });
  }
});
