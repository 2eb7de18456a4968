import { expect } from "chai";
import {
  createClient,
  custom,
  encodeErrorResult,
  type Hex,
  hexToBigInt,
  http,
  keccak256,
  RpcRequestError,
  stringToHex,
  toFunctionSelector,
  toHex,
  zeroHash,
} from "viem";
import { hardhat } from "viem/chains";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { decodeEvent, identityRegistryAbi, proveKeySync, shortAddresses, tenureWalletActions } from "../../index.ts";

const RECOVERY_DELAY = 7 * 60;

const pulseForSelector = toFunctionSelector("pulseFor(uint256,bytes32,uint256,bytes)");

onEachNode("identity actions", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  describe("register", () => {
    it("should return the hash at once, and the transaction should register the account", async () => {
      const [agent] = world.members;
      const hash = await agent.register({ agentURI: "ipfs://agent" });
      expect(hash).to.match(/^0x[0-9a-f]{64}$/);
      const { logs } = await agent.waitForTransactionReceipt({ hash });
      const event = agent.register.extractEvent(logs, { address: shortAddresses.identityRegistry });
      expect(event).to.deep.equal({ id: 1, agentURI: "ipfs://agent", owner: agent.account.address });
    });

    it("should return the identity and the receipt when it waits", async () => {
      const [, agent] = world.members;
      const { id, owner, agentURI, receipt } = await agent.registerSync({});
      expect({ id, owner, agentURI }).to.deep.equal({ id: 1, owner: agent.account.address, agentURI: "" });
      expect(receipt.status).to.equal("success");
    });

    it("should write metadata at once", async () => {
      const [agent] = world.members;
      const { receipt } = await agent.registerSync({ metadata: [{ key: "model", value: stringToHex("m-1") }] });
      const event = agent.setMetadata.extractEvent(receipt.logs, {
        address: shortAddresses.identityRegistry,
        match: { key: "model" },
      });
      expect(event).to.deep.equal({ id: 1, key: "model", value: stringToHex("m-1") });
    });

    it("should refuse a key that is registered, before it sends anything", async () => {
      const [agent] = world.members;
      await agent.registerSync({});
      const nonce = await agent.getTransactionCount({ address: agent.account.address });
      const error = await rejection(agent.register({}));
      expect(error).to.deep.include({ name: "AlreadyRegisteredError" });
      expect(error).to.have.property("args").that.deep.equals({ key: agent.account.address, id: 1 });
      expect(await agent.getTransactionCount({ address: agent.account.address })).to.equal(nonce);
    });

    it("should refuse the metadata key that is reserved", async () => {
      const [agent] = world.members;
      const error = await rejection(agent.register({ metadata: [{ key: "agentWallet", value: "0x" }] }));
      expect(error).to.deep.include({ name: "ReservedMetadataKeyError", args: { key: "agentWallet" } });
    });
  });

  describe("the other forms of a write", () => {
    it("should simulate without sending: the result, and a request that can be sent", async () => {
      const [agent] = world.members;
      const { result, request } = await agent.register.simulate({ agentURI: "ipfs://a" });
      expect(result).to.equal(1n);
      expect(await agent.getIdentity({ id: 1 })).to.deep.include({ status: "unknown" });
      const hash = await agent.writeContract(request);
      const { logs } = await agent.waitForTransactionReceipt({ hash });
      const event = agent.register.extractEvent(logs, { address: shortAddresses.identityRegistry });
      expect(event).to.deep.include({ id: 1, agentURI: "ipfs://a" });
    });

    it("should say why a simulation and an estimate are refused", async () => {
      const [agent] = world.members;
      await agent.registerSync({});
      expect((await rejection(agent.register.simulate({}))).name).to.equal("AlreadyRegisteredError");
      expect((await rejection(agent.register.estimateGas({}))).name).to.equal("AlreadyRegisteredError");
    });

    it("should estimate gas that suffices, and obey a limit that does not", async () => {
      const [agent] = world.members;
      const gas = await agent.register.estimateGas({ agentURI: "ipfs://a" });
      const { receipt } = await agent.registerSync({ agentURI: "ipfs://a", gas });
      expect(receipt.gasUsed <= gas).to.equal(true);
      const nonce = await agent.getTransactionCount({ address: agent.account.address });
      const error = await rejection(agent.pulse({ id: 1, gas: 25_000n }));
      expect(error.name).to.equal("ContractFunctionExecutionError");
      expect(await agent.getTransactionCount({ address: agent.account.address })).to.equal(nonce);
    });

    it("should make a call that any sender can send", async () => {
      const [agent] = world.members;
      const { to, data, address, functionName, args } = agent.register.call({ agentURI: "ipfs://a" });
      expect({ to, address, functionName, args }).to.deep.equal({
        to: shortAddresses.identityRegistry,
        address: shortAddresses.identityRegistry,
        functionName: "register",
        args: ["ipfs://a"],
      });
      const hash = await agent.sendTransaction({ to, data });
      await agent.waitForTransactionReceipt({ hash });
      expect((await agent.getIdentity({ id: 1 })).owner).to.equal(agent.account.address);
    });

    it("should report a transaction that was mined but refused", async () => {
      const [agent] = world.members;
      const { id } = await agent.registerSync({});
      // Two that each would do, in one block: the second is refused after its simulation went well.
      await agent.setAutomine(false);
      const nonce = await agent.getTransactionCount({ address: agent.account.address });
      const first = agent.suspend({ id, nonce, gas: 100_000n });
      await first;
      const second = agent.suspendSync({ id, nonce: nonce + 1, gas: 100_000n });
      const mining = setTimeout(() => agent.mine({ blocks: 1 }), 300);
      const error = await rejection(second);
      clearTimeout(mining);
      await agent.setAutomine(true);
      expect(error.name).to.equal("TransactionRefusedError");
      expect(error)
        .to.have.property("hash")
        .that.matches(/^0x[0-9a-f]{64}$/);
    });

    it("should find the event of the identity that is meant among others", async () => {
      const [first, second] = world.members;
      const { receipt: one } = await first.registerSync({});
      const { receipt: two } = await second.registerSync({});
      const options = { address: shortAddresses.identityRegistry, match: { id: 2 } };
      const event = first.register.extractEvent([...one.logs, ...two.logs], options);
      expect(event.owner).to.equal(second.account.address);
    });
  });

  describe("pulse", () => {
    it("should credit the silence before it, and report the checkpoint", async () => {
      const [agent] = world.members;
      const { id } = await agent.registerSync({});
      await world.wait(900);
      expect((await agent.getIdentity({ id })).tenure).to.equal(0);
      const { result: promised } = await agent.pulse.simulate({ id });
      expect(promised).to.be.within(900, 960);
      const checkpoint = keccak256(toHex("log"));
      const event = await agent.pulseSync({ id, checkpoint });
      expect(event).to.deep.include({ id, checkpoint });
      const { tenure, lastSeen, firstSeen } = await agent.getIdentity({ id });
      expect(lastSeen - firstSeen).to.be.within(900, 960);
      expect(tenure).to.equal(lastSeen - firstSeen);
    });

    it("should send zero where no checkpoint is given", async () => {
      const [agent] = world.members;
      const { id } = await agent.registerSync({});
      expect((await agent.pulseSync({ id })).checkpoint).to.equal(zeroHash);
    });

    it("should have the gas for it where the node estimates with the time at which the identity was seen", async () => {
      const [agent] = world.members;
      const { id } = await agent.registerSync({});
      const { request } = http(world.url)({ chain: hardhat });
      // Nodes that take the latest block's time find that nothing changes in storage, which takes so much less.
      const stale = custom({
        request: async (asked: { method: string; params?: unknown }) => {
          const answer = await request(asked as Parameters<typeof request>[0]);
          return asked.method === "eth_estimateGas" ? toHex(hexToBigInt(answer as Hex) - 2_258n) : answer;
        },
      });
      const through = (account: typeof agent.account) =>
        createClient({ account, chain: hardhat, transport: stale, pollingInterval: 20 }).extend(tenureWalletActions());
      await world.wait(2);
      expect((await through(agent.account).pulseSync({ id })).receipt.status).to.equal("success");
      const { receipt } = await agent.pulseSync({ id, gas: 50_000n });
      expect((await agent.getTransaction({ hash: receipt.transactionHash })).gas).to.equal(50_000n);
    });

    it("should refuse a stranger and an unknown identity", async () => {
      const [agent, stranger] = world.members;
      const { id } = await agent.registerSync({});
      const caller = stranger.account.address;
      expect(await rejection(stranger.pulse({ id }))).to.deep.include({
        name: "NotAuthorizedError",
        args: { id, caller },
      });
      expect(await rejection(stranger.pulse({ id: 9 }))).to.deep.include({
        name: "UnknownIdentityError",
        args: { id: 9 },
      });
    });
  });

  describe("proveKey", () => {
    it("should prove the owner to be a key straight after it registered", async () => {
      const [agent] = world.members;
      const { id, owner } = await agent.registerSync({});
      expect((await agent.getIdentity({ id })).ownerKind).to.equal("unproven");
      const checkpoint = keccak256(toHex("log"));
      const { receipt, ...event } = await agent.proveKeySync({ id, checkpoint });
      expect(event).to.deep.equal({ id, checkpoint });
      expect(receipt.from).to.equal(owner.toLowerCase());
      const names = receipt.logs.map((log) => decodeEvent(log)?.eventName);
      expect(names).to.deep.equal(["OwnerProven", "Pulse"]);
      const { ownerKind, lastSeen } = await agent.getIdentity({ id });
      expect([ownerKind, lastSeen]).to.deep.equal(["key", await world.now()]);
    });

    it("should be done with by a rotation, which the next key signed, and by a registration that was signed", async () => {
      const [agent, nextKey, newcomer] = world.members;
      const { id } = await agent.registerSync({});
      await agent.rotateKeySync({ signed: await nextKey.signRotateKey({ id }) });
      expect((await agent.getIdentity({ id })).ownerKind).to.equal("key");
      const { id: other } = await agent.registerForSync({ signed: await newcomer.signRegister({}) });
      expect((await agent.getIdentity({ id: other })).ownerKind).to.equal("key");
    });

    it("should answer the hash at once, check in all the same where it is proven, and take what is said about sending", async () => {
      const [agent] = world.members;
      const { id } = await agent.registerSync({});
      const hash = await agent.proveKey({ id, gas: 150_000n });
      expect((await agent.waitForTransactionReceipt({ hash })).status).to.equal("success");
      expect((await agent.getTransaction({ hash })).gas).to.equal(150_000n);
      const { receipt } = await agent.proveKeySync({ id });
      expect(receipt.logs.map((log) => decodeEvent(log)?.eventName)).to.deep.equal(["Pulse"]);
    });

    it("should ask again as often as it is told to, where a node finds it too early", async () => {
      const [agent] = world.members;
      const { id } = await agent.registerSync({});
      const { request } = http(world.url)({ chain: hardhat });
      const { lastSeen } = await agent.getIdentity({ id });
      const data = encodeErrorResult({
        abi: identityRegistryAbi,
        errorName: "AlreadySeen",
        args: [BigInt(id), lastSeen],
      });
      // By the latest block and by the one that comes.
      let early = 2;
      const provider = {
        request: async (asked: { method: string; params?: unknown }) => {
          if (asked.method === "eth_call" && JSON.stringify(asked.params).includes(pulseForSelector) && early-- > 0) {
            throw new RpcRequestError({ body: asked, error: { code: 3, message: "reverted", data }, url: world.url });
          }
          return request(asked as Parameters<typeof request>[0]);
        },
      };
      const patient = createClient({
        // Weeks: with the client's own interval, this would never end.
        ...{ account: agent.account, chain: hardhat, pollingInterval: 2 ** 31 - 1 },
        transport: custom(provider),
      });
      await proveKeySync(patient, { id, pollingInterval: 10 });
      expect(early).to.be.below(1);
      expect((await agent.getIdentity({ id })).ownerKind).to.equal("key");
    });

    it("should be for the owner alone", async () => {
      const [agent, stranger] = world.members;
      const { id } = await agent.registerSync({});
      expect(await rejection(stranger.proveKey({ id }))).to.deep.include({
        name: "NotOwnerError",
        args: { id, caller: stranger.account.address },
      });
      expect((await rejection(agent.proveKey({ id: 9 }))).name).to.equal("UnknownIdentityError");
      await agent.retireSync({ id });
      expect((await rejection(agent.proveKey({ id }))).name).to.equal("IdentityRetiredError");
    });
  });

  describe("setAgentURI and setMetadata", () => {
    it("should change what the identity says of itself", async () => {
      const [agent] = world.members;
      const { id } = await agent.registerSync({});
      const uri = await agent.setAgentURISync({ id, agentURI: "ipfs://next" });
      expect(uri).to.deep.include({ id, agentURI: "ipfs://next", by: agent.account.address });
      const metadata = await agent.setMetadataSync({ id, key: "k", value: "0x01" });
      expect(metadata).to.deep.include({ id, key: "k", value: "0x01" });
    });
  });

  describe("setAgentWallet and unsetAgentWallet", () => {
    it("should give and take the wallet, which consented", async () => {
      const [agent, wallet] = world.members;
      const { id } = await agent.registerSync({});
      const consent = await wallet.signAgentWallet({ id });
      expect(await agent.setAgentWalletSync({ signed: consent })).to.deep.include({
        id,
        wallet: wallet.account.address,
      });
      expect(await agent.resolveKey({ address: wallet.account.address })).to.deep.include({ id, role: "wallet" });
      expect((await agent.getIdentity({ id })).wallet).to.equal(wallet.account.address);
      expect(await agent.unsetAgentWalletSync({ id })).to.deep.include({ id, wallet: agent.account.address });
      expect(await agent.resolveKey({ address: wallet.account.address })).to.deep.equal({
        id: undefined,
        role: "none",
        since: 0,
      });
    });

    it("should refuse a consent that is good for too long", async () => {
      const [agent, wallet] = world.members;
      const { id } = await agent.registerSync({});
      const deadline = (await world.now()) + 4_000;
      const consent = await wallet.signAgentWallet({ id, deadline });
      const error = await rejection(agent.setAgentWallet({ signed: consent }));
      expect(error.name).to.equal("DeadlineTooFarError");
      expect(error).to.have.nested.property("args.deadline", deadline);
    });
  });

  describe("rotateKey", () => {
    it("should hand the identity to the key that consented", async () => {
      const [oldKey, newKey] = world.members;
      const { id } = await oldKey.registerSync({});
      const before = await oldKey.getIdentity({ id });
      const { keyEpoch, oldOwner, newOwner } = await oldKey.rotateKeySync({
        signed: await newKey.signRotateKey({ id }),
      });
      expect({ keyEpoch, oldOwner, newOwner }).to.deep.equal({
        keyEpoch: 1,
        oldOwner: oldKey.account.address,
        newOwner: newKey.account.address,
      });
      const after = await oldKey.getIdentity({ id });
      expect(after).to.deep.include({ owner: newKey.account.address, keyEpoch: 1, firstSeen: before.firstSeen });
      expect(await oldKey.resolveKey({ address: oldKey.account.address })).to.deep.include({ id, role: "former" });
    });

    it("should refuse a consent by somebody else, and one that was used", async () => {
      const [oldKey, newKey, third] = world.members;
      const { id } = await oldKey.registerSync({});
      const consent = await newKey.signRotateKey({ id });
      const forged = { ...consent, newOwner: third.account.address };
      expect(await rejection(oldKey.rotateKey({ signed: forged }))).to.deep.include({
        name: "InvalidSignatureError",
        args: { signer: third.account.address },
      });
      await oldKey.rotateKeySync({ signed: consent });
      expect((await rejection(newKey.rotateKey({ signed: consent }))).name).to.equal("InvalidSignatureError");
    });
  });

  describe("suspend and resume", () => {
    it("should stop the identity and start it again", async () => {
      const [agent] = world.members;
      const { id } = await agent.registerSync({});
      expect(await agent.suspendSync({ id })).to.deep.include({ id, by: agent.account.address });
      expect((await agent.getIdentity({ id })).status).to.equal("suspended");
      expect(await rejection(agent.pulse({ id }))).to.deep.include({ name: "IdentitySuspendedError", args: { id } });
      expect(await agent.getIdentity({ id })).to.deep.include({ wallet: undefined, owner: agent.account.address });
      expect(await agent.resumeSync({ id })).to.deep.include({ id, by: agent.account.address });
      expect((await agent.getIdentity({ id })).wallet).to.equal(agent.account.address);
      expect(await rejection(agent.resume({ id }))).to.deep.include({
        name: "IdentityNotSuspendedError",
        args: { id },
      });
    });
  });

  describe("setArbitration", () => {
    it("should open and close it, by the owner alone", async () => {
      const [agent, stranger] = world.members;
      const { id } = await agent.registerSync({});
      expect((await agent.getIdentity({ id })).isArbiter).to.equal(false);
      expect(await agent.setArbitrationSync({ id, isOpen: true })).to.deep.include({ id, isOpen: true });
      expect((await agent.getProfile({ id })).isArbiter).to.equal(true);
      expect((await rejection(stranger.setArbitration({ id, isOpen: false }))).name).to.equal("NotOwnerError");
      await agent.setArbitrationSync({ id, isOpen: false });
      expect((await agent.getIdentity({ id })).isArbiter).to.equal(false);
      const error = await rejection(agent.setArbitration({ id, isOpen: "yes" as never }));
      expect(error.name).to.equal("InvalidBooleanError");
    });
  });

  describe("setGuardian", () => {
    it("should set the first at once, and make the next wait", async () => {
      const [agent, guardian, other] = world.members;
      const { id } = await agent.registerSync({});
      const first = await agent.setGuardianSync({ id, guardian: guardian.account.address });
      expect(first).to.deep.include({ outcome: "set", readyAt: undefined });
      expect((await agent.getIdentity({ id })).guardian).to.equal(guardian.account.address);

      const next = { id, guardian: other.account.address };
      const second = await agent.setGuardianSync(next);
      const readyAt = (await world.now()) + RECOVERY_DELAY;
      expect(second).to.deep.include({ outcome: "proposed", readyAt });
      expect((await agent.getIdentity({ id })).pending).to.deep.equal({
        kind: "guardian",
        candidate: other.account.address,
        readyAt,
      });
      expect(await rejection(agent.setGuardian(next))).to.deep.include({
        name: "ChangeNotReadyError",
        args: { id, readyAt },
      });
      await world.wait(RECOVERY_DELAY);
      expect((await agent.setGuardianSync(next)).outcome).to.equal("set");
    });

    it("should let it take the wallet away while the identity is suspended, and only then", async () => {
      const [agent, guardian, wallet] = world.members;
      const { id } = await agent.registerSync({});
      await agent.setGuardianSync({ id, guardian: guardian.account.address });
      await agent.setAgentWalletSync({ signed: await wallet.signAgentWallet({ id }) });
      expect((await rejection(guardian.unsetAgentWallet({ id }))).name).to.equal("NotAuthorizedError");
      await guardian.suspendSync({ id });
      expect((await guardian.unsetAgentWalletSync({ id })).wallet).to.equal(undefined);
      await guardian.resumeSync({ id });
      expect((await agent.getIdentity({ id })).wallet).to.equal(agent.account.address);
    });

    it("should refuse the guardian that it has, and the owner", async () => {
      const [agent] = world.members;
      const { id } = await agent.registerSync({});
      expect(await rejection(agent.setGuardian({ id, guardian: undefined }))).to.deep.include({
        name: "GuardianUnchangedError",
        args: { id, guardian: undefined },
      });
      expect(await rejection(agent.setGuardian({ id, guardian: agent.account.address }))).to.deep.include({
        name: "InvalidGuardianError",
        args: { id, guardian: agent.account.address },
      });
    });
  });

  describe("proposeRecovery, claimRecovery and cancelPending", () => {
    it("should recover a suspended identity to the candidate", async () => {
      const [agent, guardian, candidate] = world.members;
      const { id } = await agent.registerSync({});
      await agent.setGuardianSync({ id, guardian: guardian.account.address });
      await guardian.suspendSync({ id });
      const proposal = await guardian.proposeRecoverySync({ id, candidate: candidate.account.address });
      const readyAt = (await world.now()) + RECOVERY_DELAY;
      expect(proposal).to.deep.include({ id, candidate: candidate.account.address, readyAt });
      expect((await rejection(candidate.claimRecovery({ id }))).name).to.equal("ChangeNotReadyError");
      await world.wait(RECOVERY_DELAY);
      expect(await rejection(agent.claimRecovery({ id }))).to.deep.include({
        name: "NotCandidateError",
        args: { id, caller: agent.account.address },
      });
      expect(await candidate.claimRecoverySync({ id })).to.deep.include({ keyEpoch: 1 });
      expect(await agent.getIdentity({ id })).to.deep.include({
        owner: candidate.account.address,
        ownerKind: "unproven",
        status: "suspended",
        pending: undefined,
      });
      expect((await rejection(candidate.proveKey({ id }))).name).to.equal("IdentitySuspendedError");
      await guardian.resumeSync({ id });
      expect((await agent.getIdentity({ id })).status).to.equal("active");
      await candidate.proveKeySync({ id });
      expect((await agent.getIdentity({ id })).ownerKind).to.equal("key");
    });

    it("should say what was cancelled, and by whom", async () => {
      const [agent, guardian, candidate] = world.members;
      const { id } = await agent.registerSync({});
      await agent.setGuardianSync({ id, guardian: guardian.account.address });
      expect(await rejection(agent.proposeRecovery({ id, candidate: candidate.account.address }))).to.deep.include({
        name: "NotGuardianError",
        args: { id, caller: agent.account.address },
      });
      await guardian.proposeRecoverySync({ id, candidate: candidate.account.address });
      expect((await rejection(agent.cancelPending({ id }))).name).to.equal("NotAuthorizedError");
      expect((await rejection(agent.retire({ id }))).name).to.equal("RecoveryPendingError");
      const cancelled = await guardian.cancelPendingSync({ id });
      expect(cancelled).to.deep.include({ id, kind: "recovery", by: guardian.account.address });
      expect(await rejection(guardian.cancelPending({ id }))).to.deep.include({
        name: "NoPendingChangeError",
        args: { id },
      });
    });
  });

  describe("retire", () => {
    it("should end an identity without a guardian at once, for ever", async () => {
      const [agent] = world.members;
      const { id } = await agent.registerSync({});
      expect(await agent.retireSync({ id })).to.deep.include({ id, outcome: "retired", readyAt: undefined });
      expect(await agent.getIdentity({ id })).to.deep.include({
        status: "retired",
        owner: undefined,
        wallet: undefined,
        keySince: 0,
      });
      expect(await rejection(agent.pulse({ id }))).to.deep.include({ name: "IdentityRetiredError", args: { id } });
    });

    it("should make one with a guardian wait", async () => {
      const [agent, guardian] = world.members;
      const { id } = await agent.registerSync({});
      await agent.setGuardianSync({ id, guardian: guardian.account.address });
      expect((await agent.retireSync({ id })).outcome).to.equal("proposed");
      expect((await agent.getIdentity({ id })).pending).to.deep.include({ kind: "retirement", candidate: undefined });
      await world.wait(RECOVERY_DELAY);
      expect((await agent.retireSync({ id })).outcome).to.equal("retired");
    });
  });
});
