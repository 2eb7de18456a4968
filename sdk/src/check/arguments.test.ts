import { expect } from "chai";
import { createClient, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import { testKeys } from "../../test/utils/localChain.ts";
import { rejection } from "../../test/utils/rejection.ts";
import {
  checkRequirement,
  getAgentMetadata,
  getIdentity,
  getLink,
  getLinkedIdentity,
  getLinks,
  getProfile,
  getProfiles,
  getRegistrationFile,
  getStanding,
  getSupport,
  getSupportAt,
  getVouch,
  getVouchers,
  getVouchesBy,
  isNonceUsed,
  tenureWalletActions,
} from "../index.ts";

/** Nobody listens there: a request would be an error of HTTP, not one of ours. */
const transport = http("http://127.0.0.1:1", { retryCount: 0 });
const account = privateKeyToAccount(testKeys[0]);
const client = createClient({ account, chain: hardhat, transport });
const agent = client.extend(tenureWalletActions());

/** What a caller in JavaScript can pass, whatever the types say. */
const anything = (value: unknown) => value as never;

const notIds = [0, -1, 1.5, Number.NaN, 2 ** 40, 1n, "1", undefined, null];
const notPoints = [0, -1, 0.5, Number.NaN, 2 ** 32, 5n, "5", undefined];
const notPeriods = [0, 7, -1, 1.5, Number.NaN, 2n, undefined];
const notAddresses = ["0x", "0x123", "agent.eth", "", undefined, 7];
const notBytes32 = ["0x", "0x01", "text", `0x${"0".repeat(63)}`, `0x${"0".repeat(66)}`, 7];
const notTimes = [-1, 1.5, Number.NaN, 2 ** 40, 1n, undefined];

describe("arguments, before any request", () => {
  const offer = { voucherId: 1, subjectId: 2, stake: 1, periods: 1 };
  const signed = { deadline: 1, signature: "0x00", signatureNonce: 0, subjectKey: account.address } as const;
  const token = { agentRegistry: account.address, agentId: 1 } as const;

  const cases: [what: string, values: readonly unknown[], error: string, attempts: ((value: unknown) => unknown)[]][] =
    [
      [
        "a number that is no identity's",
        notIds,
        "InvalidIdError",
        [
          (id) => agent.pulse({ id: anything(id) }),
          (id) => agent.pulseSync({ id: anything(id) }),
          (id) => agent.pulseFor({ signed: { ...signed, id: anything(id) } }),
          (id) => agent.pulseForSync({ signed: { ...signed, id: anything(id) } }),
          (id) => agent.signPulse({ id: anything(id) }),
          (id) => agent.proveKey({ id: anything(id) }),
          (id) => agent.setAgentURI({ id: anything(id), agentURI: "" }),
          (id) => agent.setMetadata({ id: anything(id), key: "k", value: "0x" }),
          (id) => agent.setAgentWallet({ signed: { ...signed, id: anything(id), newWallet: account.address } }),
          (id) => agent.unsetAgentWallet({ id: anything(id) }),
          (id) => agent.rotateKey({ signed: { ...signed, id: anything(id), newOwner: account.address } }),
          (id) => agent.suspend({ id: anything(id) }),
          (id) => agent.resume({ id: anything(id) }),
          (id) => agent.setGuardian({ id: anything(id), guardian: undefined }),
          (id) => agent.proposeRecovery({ id: anything(id), candidate: account.address }),
          (id) => agent.claimRecovery({ id: anything(id) }),
          (id) => agent.cancelPending({ id: anything(id) }),
          (id) => agent.retire({ id: anything(id) }),
          (id) => agent.setArbitration({ id: anything(id), isOpen: true }),
          (id) => agent.link({ ...token, id: anything(id) }),
          (id) => agent.unlink({ ...token, id: anything(id) }),
          (id) => agent.signAgentLink({ id: anything(id), agent: { agentRegistry: "eip155:1:0x", agentId: 1 } }),
          (id) => getLinks(client, { id: anything(id) }),
          (id) => agent.vouch({ ...offer, voucherId: anything(id) }),
          (id) => agent.warn({ ...offer, subjectId: anything(id) }),
          (id) => agent.vouchFor({ signed: { ...offer, ...signed, voucherId: anything(id) } }),
          (id) => agent.warnFor({ signed: { ...offer, ...signed, voucherId: anything(id) } }),
          (id) => agent.renew({ ...offer, voucherId: anything(id) }),
          (id) => agent.revoke({ voucherId: 1, subjectId: anything(id) }),
          (id) => agent.revokeFor({ signed: { ...signed, voucherId: 1, subjectId: anything(id) } }),
          (id) => agent.disown({ voucherId: anything(id), subjectId: 1 }),
          (id) => agent.burn({ voucherId: anything(id), subjectId: 1, amount: 1 }),
          (id) => agent.signRotateKey({ id: anything(id) }),
          (id) => agent.signAgentWallet({ id: anything(id) }),
          (id) => agent.signVouch({ ...offer, voucherId: anything(id) }),
          (id) => agent.signWarn({ ...offer, voucherId: anything(id) }),
          (id) => agent.signRevoke({ voucherId: anything(id), subjectId: 2 }),
          (id) => getIdentity(client, { id: anything(id) }),
          (id) => getProfiles(client, { ids: [1, anything(id)] }),
          (id) => getStanding(client, { id: anything(id) }),
          (id) => getSupport(client, { id: anything(id) }),
          (id) => getVouch(client, { voucherId: 1, subjectId: anything(id) }),
          (id) => getVouchers(client, { id: anything(id) }),
          (id) => getVouchesBy(client, { id: anything(id) }),
          (id) => getSupportAt(client, { id: anything(id), period: 1 }),
          (id) => getAgentMetadata(client, { id: anything(id), key: "k" }),
          (id) => getRegistrationFile(client, { id: anything(id) }),
        ],
      ],
      [
        "an arbiter that is no identity",
        [0, -1, 1.5, "2"],
        "InvalidIdError",
        [(id) => agent.vouch({ ...offer, arbiterId: anything(id) })],
      ],
      [
        "a stake that is no number of points",
        notPoints,
        "InvalidPointsError",
        [
          (stake) => agent.vouch({ ...offer, stake: anything(stake) }),
          (stake) => agent.warn({ ...offer, stake: anything(stake) }),
          (stake) => agent.signVouch({ ...offer, stake: anything(stake) }),
          (amount) => agent.burn({ voucherId: 1, subjectId: 2, amount: anything(amount) }),
        ],
      ],
      [
        "an added stake below zero",
        [-1, 0.5, 1n],
        "InvalidPointsError",
        [(stake) => agent.renew({ voucherId: 1, subjectId: 2, periods: 1, addedStake: anything(stake) })],
      ],
      [
        "a number of periods that is not 1 to 6",
        notPeriods,
        "InvalidPeriodsError",
        [
          (periods) => agent.vouch({ ...offer, periods: anything(periods) }),
          (periods) => agent.renew({ voucherId: 1, subjectId: 2, periods: anything(periods) }),
          (periods) => agent.signWarn({ ...offer, periods: anything(periods) }),
        ],
      ],
      [
        "what is not an address",
        notAddresses,
        "InvalidAddressError",
        [
          (address) => agent.proposeRecovery({ id: 1, candidate: anything(address) }),
          (address) => agent.rotateKey({ signed: { ...signed, id: 1, newOwner: anything(address) } }),
          (address) => agent.registerFor({ signed: { ...signed, owner: anything(address) } }),
          (address) => agent.warnFor({ signed: { ...offer, ...signed, subjectKey: anything(address) } }),
          (address) => agent.link({ ...token, id: 1, agentRegistry: anything(address) }),
          (address) => getLink(client, { ...token, agentRegistry: anything(address) }),
          (address) => isNonceUsed(client, { registry: "vouchRegistry", owner: anything(address), nonce: 0 }),
          (address) => getProfiles(client, { address: [anything(address)] }),
        ],
      ],
      [
        "what is not 32 bytes",
        notBytes32,
        "InvalidBytes32Error",
        [
          (checkpoint) => agent.pulse({ id: 1, checkpoint: anything(checkpoint) }),
          (checkpoint) => agent.pulseFor({ signed: { ...signed, id: 1, checkpoint: anything(checkpoint) } }),
          (checkpoint) => agent.signPulse({ id: 1, checkpoint: anything(checkpoint) }),
          (topic) => agent.vouch({ ...offer, topic: anything(topic) }),
        ],
      ],
      [
        "what is not bytes",
        ["0x0", "text", 7, undefined],
        "InvalidBytesError",
        [
          (value) => agent.setMetadata({ id: 1, key: "k", value: anything(value) }),
          (signature) =>
            agent.registerFor({ signed: { ...signed, owner: account.address, signature: anything(signature) } }),
          (signature) => agent.pulseFor({ signed: { ...signed, id: 1, signature: anything(signature) } }),
          (value) => agent.register({ metadata: [{ key: "k", value: anything(value) }] }),
        ],
      ],
      [
        "what is not a number of 256 bits",
        [-1, 0.5, 2 ** 53, -1n, 2n ** 256n, "1"],
        "InvalidUint256Error",
        [
          (nonce) => agent.invalidateNonces({ registry: "vouchRegistry", nonces: [anything(nonce)] }),
          (signatureNonce) =>
            agent.revokeFor({
              signed: { ...signed, voucherId: 1, subjectId: 2, signatureNonce: anything(signatureNonce) },
            }),
          (nonce) => isNonceUsed(client, { registry: "vouchRegistry", owner: account.address, nonce: anything(nonce) }),
          (agentId) => agent.link({ ...token, id: 1, agentId: anything(agentId) }),
          (agentId) => getLinkedIdentity(client, { ...token, agentId: anything(agentId) }),
        ],
      ],
      [
        "what is not a time",
        notTimes,
        "InvalidTimeError",
        [
          (deadline) =>
            agent.rotateKey({ signed: { ...signed, id: 1, newOwner: account.address, deadline: anything(deadline) } }),
          (deadline) => agent.pulseFor({ signed: { ...signed, id: 1, deadline: anything(deadline) } }),
        ],
      ],
      [
        "what is not a text",
        [7, {}, null],
        "InvalidTextError",
        [
          (agentURI) => agent.register({ agentURI: anything(agentURI) }),
          (evidence) => agent.vouch({ ...offer, evidence: anything(evidence) }),
          (agentURI) => agent.signRegister({ agentURI: anything(agentURI) }),
        ],
      ],
      [
        "what is not a limit",
        [0, -1, 1.5, Number.NaN],
        "InvalidLimitError",
        [
          (limit) => getVouchers(client, { id: 1, limit: anything(limit) }),
          (pageSize) => getVouchers(client, { id: 1, pageSize: anything(pageSize) }),
        ],
      ],
      [
        "an identity that stakes on itself",
        [3],
        "SelfVouchError",
        [
          (id) => agent.vouch({ ...offer, voucherId: anything(id), subjectId: anything(id) }),
          (id) => agent.signWarn({ ...offer, voucherId: anything(id), subjectId: anything(id) }),
        ],
      ],
      [
        "neither a number nor an address",
        [undefined],
        "InvalidTargetError",
        [
          (id) => getProfile(client, { id: anything(id) }),
          (id) => checkRequirement(client, { id: anything(id), requirement: { minAge: 1 } }),
          (ids) => getProfiles(client, { ids: anything(ids) }),
        ],
      ],
    ];

  for (const [what, values, name, attempts] of cases) {
    it(`should refuse ${what} as ${name}, in ${attempts.length} places`, async () => {
      for (const attempt of attempts) {
        for (const value of values) {
          // Called inside, so that what is thrown at once counts as well.
          const error = await rejection((async () => attempt(value))());
          expect(error.name, `${attempt} with ${String(value)}`).to.equal(name);
        }
      }
    });
  }

  it("should find the client without an account", async () => {
    const reader = createClient({ chain: hardhat, transport });
    const untyped = reader.extend(tenureWalletActions());
    expect((await rejection(untyped.pulse(anything({ id: 1 })))).name).to.equal("AccountRequiredError");
    expect((await rejection(untyped.signRegister(anything({})))).name).to.equal("AccountRequiredError");
    expect((await rejection(untyped.signPulse(anything({ id: 1 })))).name).to.equal("AccountRequiredError");
    const consent = { ...signed, id: 1 };
    expect((await rejection(untyped.pulseFor(anything({ signed: consent })))).name).to.equal("AccountRequiredError");
  });

  it("should find the chain whose registries nobody knows, and the client without a chain", async () => {
    const elsewhere = createClient({ chain: { ...hardhat, id: 424_242 }, transport });
    const error = await rejection(getIdentity(elsewhere, { id: 1 }));
    expect(error.name).to.equal("DeploymentNotFoundError");
    expect(error.message).to.include("No IdentityRegistry is known on chain 424242.");
    expect((await rejection(getVouch(elsewhere, { voucherId: 1, subjectId: 2 }))).message).to.include("VouchRegistry");
    const nowhere = createClient({ transport });
    expect((await rejection(getIdentity(nowhere, { id: 1 }))).name).to.equal("ChainRequiredError");
  });
});
