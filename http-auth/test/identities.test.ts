// Callers and the registries, on a real chain: who they are, and what becomes of everybody below a key that is one no longer.
import { expect } from "chai";
import { type Address, createPublicClient, http } from "viem";
import { hardhat } from "viem/chains";
import { delegationRegistryAbi } from "../../sdk/src/abi/delegationRegistry.ts";
import { delegationRegistryBytecode } from "../../sdk/src/bytecode/delegationRegistry.ts";
import { rpcReader } from "../../sdk/src/index.ts";
import { type Member, openWorld, type World } from "../../sdk/test/utils/world.ts";
import {
  createSession,
  createSessionKey,
  createVerifier,
  memoryReplayStore,
  openSession,
  type RoutePolicy,
  signRequest,
} from "../src/index.ts";

const RECOVERY_DELAY = 7 * 60;
const audience = "https://api.example";
const route: RoutePolicy = { delegation: true };
const request = () => new Request(`${audience}/items`);

describe("callers and their identities", () => {
  let world: World;
  let registry: Address;
  let verify: (signed: Request, policy?: RoutePolicy) => Promise<unknown>;

  before(async () => {
    world = await openWorld();
    const [deployer] = world.members;
    const creation = await deployer.deployContract({
      abi: delegationRegistryAbi,
      bytecode: delegationRegistryBytecode,
    });
    const { contractAddress } = await deployer.waitForTransactionReceipt({ hash: creation });
    if (!contractAddress) throw new Error("nothing was deployed");
    registry = contractAddress;
    await world.mark();
  });
  beforeEach(async () => {
    await world.reset();
    const client = createPublicClient({ chain: hardhat, transport: http(world.url), cacheTime: 0 });
    const verifier = createVerifier({
      clients: [client],
      origins: [audience],
      replay: memoryReplayStore(),
      delegation: { registries: { [hardhat.id]: registry } },
      reader: rpcReader(client),
    });
    verify = (signed, policy = route) => verifier.verify(signed, policy).catch((reason: unknown) => reason);
  });
  after(() => world.close());

  /** A session of an agent, and one of a sub-agent below it. */
  async function sessionsOf({ account }: Member) {
    const session = await createSession({
      account,
      chainId: hardhat.id,
      audiences: [audience],
      validFor: 3_600,
      remainingDelegations: 1,
      epoch: 0n,
    });
    const key = await createSessionKey({ keyType: "p256" });
    const { field } = await session.delegate({ audiences: [audience], validFor: 600, key });
    return { session, below: await openSession({ grants: field, key }) };
  }

  const signDirectly = ({ account }: Member) => signRequest(request(), { account, chainId: hardhat.id });

  it("should say who signed, for themselves and by grants", async () => {
    const [agent] = world.members;
    const { id } = await agent.registerSync({});
    const { session, below } = await sessionsOf(agent);
    const identity = { id, role: "owner", status: "active", keyEpoch: 0 };
    expect(await verify(await signDirectly(agent))).to.deep.include({ identity, grants: [], permissions: undefined });
    const byOne = (await verify(await session.signRequest(request()))) as { grants: unknown[] };
    expect(byOne).to.deep.include({ identity, principal: session.principal, signer: session.keyid });
    const byTwo = (await verify(await below.signRequest(request()))) as { grants: unknown[] };
    expect(byTwo).to.deep.include({ identity, principal: session.principal, signer: below.keyid });
    expect([byOne.grants.length, byTwo.grants.length]).to.deep.equal([1, 2]);
  });

  it("should let nobody's key sign for itself where the route does not ask, and never by grants", async () => {
    const [, stranger] = world.members;
    const { session } = await sessionsOf(stranger);
    expect(await verify(await signDirectly(stranger))).to.have.property("identity", undefined);
    expect(await verify(await signDirectly(stranger), { identity: "required" })).to.include({
      code: "principal_not_allowed",
      status: 401,
    });
    expect(await verify(await session.signRequest(request()))).to.include({ code: "principal_not_allowed" });
  });

  it("should take the wallet for the identity, until it is taken away", async () => {
    const [agent, wallet] = world.members;
    const { id } = await agent.registerSync({});
    await agent.setAgentWalletSync({ signed: await wallet.signAgentWallet({ id }) });
    const { session } = await sessionsOf(wallet);
    expect(await verify(await session.signRequest(request()))).to.deep.include({
      identity: { id, role: "wallet", status: "active", keyEpoch: 0 },
    });
    await agent.unsetAgentWalletSync({ id });
    expect(await verify(await session.signRequest(request()))).to.include({ code: "principal_not_allowed" });
  });

  /** What stops an agent's key, and whether the key is a former one then. */
  const ends: Readonly<Record<string, [stop: (id: number) => Promise<unknown>, isFormer: boolean]>> = {
    rotation: [
      async (id) => {
        const [agent, next] = world.members;
        await agent.rotateKeySync({ signed: await next.signRotateKey({ id }) });
      },
      true,
    ],
    suspension: [(id) => world.members[0].suspendSync({ id }), false],
    retirement: [(id) => world.members[0].retireSync({ id }), true],
    recovery: [
      async (id) => {
        const [agent, guardian, candidate] = world.members;
        await agent.setGuardianSync({ id, guardian: guardian.account.address });
        await guardian.suspendSync({ id });
        await guardian.proposeRecoverySync({ id, candidate: candidate.account.address });
        await world.wait(RECOVERY_DELAY);
        await candidate.claimRecoverySync({ id });
        await guardian.resumeSync({ id });
      },
      true,
    ],
  };
  for (const [what, [stop, isFormer]] of Object.entries(ends)) {
    it(`should stop everybody below a key with the next block after its ${what}`, async () => {
      const [agent] = world.members;
      const { id } = await agent.registerSync({});
      const { session, below } = await sessionsOf(agent);
      for (const one of [session, below])
        expect(await verify(await one.signRequest(request()))).to.have.property("grants");
      await stop(id);
      for (const one of [session, below]) {
        expect(await verify(await one.signRequest(request()))).to.include({
          code: "principal_not_allowed",
          status: 401,
        });
      }
      expect(await verify(await signDirectly(agent), { identity: "required" })).to.include({
        code: "principal_not_allowed",
      });
      const direct = await verify(await signDirectly(agent));
      if (isFormer) expect(direct).to.include({ code: "principal_not_allowed" });
      else expect(direct).to.have.nested.property("identity.status", "suspended");
    });
  }

  it("should let the same sessions in again when an identity is resumed", async () => {
    const [agent] = world.members;
    const { id } = await agent.registerSync({});
    const { session } = await sessionsOf(agent);
    await agent.suspendSync({ id });
    expect(await verify(await session.signRequest(request()))).to.have.property("code");
    await agent.resumeSync({ id });
    expect(await verify(await session.signRequest(request()))).to.have.nested.property("identity.id", id);
  });

  it("should spend no nonce on whoever is refused", async () => {
    const [agent] = world.members;
    const { session } = await sessionsOf(agent);
    const signed = await session.signRequest(request());
    expect(await verify(signed.clone())).to.include({ code: "principal_not_allowed" });
    await agent.registerSync({});
    expect(await verify(signed.clone())).to.have.property("identity");
    expect(await verify(signed)).to.include({ code: "nonce_reused" });
  });
});
