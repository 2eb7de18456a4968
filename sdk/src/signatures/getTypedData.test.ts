import { expect } from "chai";
import { Wallet } from "ethers";
import { getAddress, type Hex, verifyTypedData, zeroHash } from "viem";
import { testKeys } from "../../test/utils/localChain.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import {
  getAgentLinkTypedData,
  getAgentWalletTypedData,
  getDelegationRevocationTypedData,
  getPulseTypedData,
  getRegisterTypedData,
  getRevokeTypedData,
  getRotateKeyTypedData,
  getVouchTypedData,
  getWarnTypedData,
  type SignableTypedData,
  shortAddresses,
} from "../index.ts";

describe("the messages in parts, signed by ethers", () => {
  const [one, two] = [1, 2];
  let world: World;
  before(async () => {
    world = await openWorld();
    const agents = world.members.slice(0, 2);
    for (const agent of agents) await agent.registerSync({});
    await world.earn(...agents);
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  /** Nothing of viem, and no client. */
  const byEthers = async (index: 0 | 1 | 3, { domain, types, message }: SignableTypedData) =>
    (await new Wallet(testKeys[index]).signTypedData(domain, types, message)) as Hex;

  async function common(name: "identityRegistry" | "vouchRegistry" | "delegationRegistry") {
    const registry = getAddress(shortAddresses[name] ?? "0x");
    return { chainId: 31337, registry, deadline: (await world.now()) + 200 };
  }

  it("should register", async () => {
    const [payer, , , { account }] = world.members;
    const consent = {
      ...(await common("identityRegistry")),
      owner: account.address,
      agentURI: "ipfs://a",
      signatureNonce: 0,
    };
    const signed = { ...consent, signature: await byEthers(3, getRegisterTypedData(consent)) };
    expect(await payer.verifyRegister({ signed })).to.equal(true);
    expect((await payer.registerForSync({ signed })).owner).to.equal(account.address);
  });

  it("should check in", async () => {
    const [{ account }, payer] = world.members;
    await world.wait(60);
    const { lastSeen } = await payer.getIdentity({ id: one });
    const checkIn = {
      ...(await common("identityRegistry")),
      id: one,
      owner: account.address,
      checkpoint: zeroHash,
      lastSeen,
    };
    const signed = { ...checkIn, signature: await byEthers(0, getPulseTypedData(checkIn)) };
    expect(await payer.verifyPulse({ signed })).to.equal(true);
    expect((await payer.pulseForSync({ signed })).id).to.equal(one);
  });

  it("should revoke a grant", async () => {
    const [{ account }, , , , payer] = world.members;
    const { deadline: _, ...place } = await common("delegationRegistry");
    const revocation = { ...place, issuer: account.address, handle: zeroHash };
    const signature = await byEthers(0, getDelegationRevocationTypedData(revocation));
    const signed = { ...revocation, signature };
    expect(await payer.verifyDelegationRevocation({ signed })).to.equal(true);
    expect((await payer.revokeDelegationForSync({ signed })).issuer).to.equal(account.address);
  });

  it("should vouch, warn and revoke", async () => {
    const [{ account }, , , , payer] = world.members;
    const pair = { voucherId: two, subjectId: one, keyEpoch: 0, since: 0, signatureNonce: 0 };
    const offer = {
      ...(await common("vouchRegistry")),
      ...{ ...pair, stake: 2, periods: 1, topic: zeroHash, evidence: "ipfs://e" },
    };
    const vouch = { ...offer, subjectOwner: account.address };
    const signedVouch = { ...vouch, signature: await byEthers(1, getVouchTypedData(vouch)) };
    expect(await payer.verifyVouch({ signed: signedVouch })).to.equal(true);
    expect((await payer.vouchForSync({ signed: signedVouch })).edge.stake).to.equal(2);

    const { since } = await payer.getVouch({ voucherId: two, subjectId: one });
    const revocation = { ...(await common("vouchRegistry")), ...pair, since, signatureNonce: 1 };
    const signedRevoke = { ...revocation, signature: await byEthers(1, getRevokeTypedData(revocation)) };
    expect(await payer.verifyRevoke({ signed: signedRevoke })).to.equal(true);
    expect((await payer.revokeForSync({ signed: signedRevoke })).edge.state).to.equal("revoked");

    await world.reset();
    const warning = { ...offer, subjectKey: account.address };
    const signedWarn = { ...warning, signature: await byEthers(1, getWarnTypedData(warning)) };
    expect(await payer.verifyWarn({ signed: signedWarn })).to.equal(true);
    expect((await payer.warnForSync({ signed: signedWarn })).edge.stance).to.equal("against");
  });

  it("should consent to being the next key, and the wallet", async () => {
    const [owner, , , { account }] = world.members;
    const bound = { ...(await common("identityRegistry")), id: one, owner: owner.account.address };
    const wallet = { ...bound, newWallet: account.address };
    const signedWallet = { ...wallet, signature: await byEthers(3, getAgentWalletTypedData(wallet)) };
    expect(await owner.verifyAgentWallet({ signed: signedWallet })).to.equal(true);
    expect((await owner.setAgentWalletSync({ signed: signedWallet })).wallet).to.equal(account.address);

    await world.reset();
    const next = { ...bound, newOwner: account.address, keyEpoch: 0 };
    const signedNext = { ...next, signature: await byEthers(3, getRotateKeyTypedData(next)) };
    expect(await owner.verifyRotateKey({ signed: signedNext })).to.equal(true);
    expect((await owner.rotateKeySync({ signed: signedNext })).keyEpoch).to.equal(1);
  });

  it("should state a link as `signAgentLink` does", async () => {
    const [owner] = world.members;
    const agent = { agentRegistry: "eip155:1:0x8004A169FB4a3325136EB29fA0ceB6D2e539a432", agentId: 22 };
    const { signature, ...statement } = await owner.signAgentLink({ id: one, agent });
    const typedData = getAgentLinkTypedData(statement);
    expect(await byEthers(0, typedData)).to.equal(signature);
    const { address } = owner.account;
    expect(await verifyTypedData({ ...typedData, address, signature })).to.equal(true);
  });

  it("should belong to whoever asked", async () => {
    const [voucher] = world.members;
    const { signature: _, ...offer } = await voucher.signVouch({
      voucherId: one,
      subjectId: two,
      stake: 1,
      periods: 1,
    });
    const mine = getVouchTypedData(offer);
    mine.types.Vouch?.splice(0);
    mine.domain.name = "another";
    mine.message.stake = 9n;
    const { domain, types, message } = getVouchTypedData(offer);
    expect({ name: domain.name, fields: types.Vouch?.length, stake: message.stake }).to.deep.equal({
      name: "TenureVouchRegistry",
      fields: 13,
      stake: 1n,
    });
  });

  it("should refuse what is no address", () => {
    const broken = { chainId: 1, registry: "0x12" as Hex, deadline: 1, owner: "0x12" as Hex };
    expect(() => getRegisterTypedData({ ...broken, agentURI: "", signatureNonce: 0 })).to.throw("0x12");
  });
});
