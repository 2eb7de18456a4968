import { type PeriodClock, rpcReader, shortParameters } from "@tenure/sdk";
import { expect } from "chai";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { questionOf as askedBy, proofOf } from "../../test/utils/questions.ts";
import { hashOf } from "../canonical/index.ts";
import type { AccessQuestion, Proof } from "../types/question.ts";
import { type Clock, watchClock } from "./clock.ts";
import { createFacts, type FactsOptions } from "./createFacts.ts";
import { FactsUnavailableError } from "./errors.ts";
import type { FactsChain, FactsReader } from "./ports.ts";
import { tokenName } from "./subject.ts";

const registry = "0x00000000000000000000000000000000000000aB";
const periods: PeriodClock = shortParameters;

/** A question that says things of itself, of which nothing may become a fact. */
function questionOf(id: string, proof: Proof = proofOf(id)): AccessQuestion {
  return askedBy(id, {
    subject: { type: "agent", id, properties: { tenure: 1e9, status: "active", id: 1 } },
    context: { facts: { identity: { known: true } } },
    proof,
  });
}

describe("createFacts", () => {
  let world: World;
  let chain: FactsChain;
  let names: readonly string[];
  before(async () => {
    world = await openWorld();
    const [client, one, two, three] = world.members;
    for (const agent of [one, two, three]) await agent.registerSync({});
    await world.earn(one, two, three);
    await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 3, periods: 1 });
    await three.warnSync({ voucherId: 3, subjectId: 2, stake: 2, periods: 1 });
    chain = {
      chainId: 31337,
      registry,
      reader: rpcReader(client),
      anchors: [1, 3, 3, 2],
      periods,
      maxLag: 30,
      freshBy: "answer",
    };
    names = world.members.map(({ account }) => `eip155:31337:${account.address}`);
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  const gatherer = (more: Partial<FactsOptions> = {}) => createFacts({ chains: [chain], headLifetime: 0, ...more });

  it("should say what the registries say of an account's identity, at one block", async () => {
    const client = world.members[0];
    const { facts, blocks, principal, origins, hash } = await gatherer().getFacts(questionOf(names[2] ?? ""));
    const block = await client.getBlock();
    const profile = await client.getProfile({ id: 2 });
    const time = Number(block.timestamp);
    expect(facts.identity).to.deep.equal({
      known: true,
      chain: 31337,
      registry: registry.toLowerCase(),
      id: 2,
      status: "active",
      role: "owner",
      ownerKind: profile.ownerKind,
      age: time - profile.firstSeen,
      tenure: profile.tenure,
      keyAge: time - profile.keySince,
      keyEpoch: 0,
      silence: time - profile.lastSeen,
      pending: "",
    });
    expect(facts.stakes).to.include({ support: 3, opposition: 2, standing: profile.standing, free: profile.free });
    expect(facts.stakes).to.deep.include({ vouching: [1], vouchingCount: 1, vouchingStake: 3 });
    expect(facts.stakes).to.deep.include({ warning: [3], warningCount: 1, warningStake: 2 });
    expect(blocks).to.deep.equal([{ chainId: 31337, number: block.number, hash: block.hash, timestamp: time }]);
    expect(facts.index).to.deep.equal({ block: Number(block.number), time, lag: 0 });
    expect(principal).to.equal(tokenName(31337, registry, 2));
    expect(hash).to.equal(hashOf({ facts, blocks }));
    expect(origins.identity.source).to.equal("the registry of identities, at the block");
    expect(origins.trust.source).to.equal("nobody here says it");
  });

  it("should name one identity however it is asked about, and tell the role of whoever signed", async () => {
    const { getFacts } = gatherer();
    const token = tokenName(31337, registry, 2);
    const byAccount = await getFacts(questionOf(names[2] ?? ""));
    for (const id of [token, `did:aip:eip155:31337:${registry}:2`]) {
      const byToken = await getFacts(questionOf(id, proofOf(names[2] ?? "")));
      expect(byToken.facts).to.deep.equal(byAccount.facts);
      expect(byToken.principal).to.equal(token);
    }
    const stranger = await getFacts(questionOf(token, proofOf(names[1] ?? "")));
    expect(stranger.facts.identity).to.include({ id: 2, role: "none" });
    // The same account on another chain may be somebody else's.
    const elsewhere = await getFacts(questionOf(token, proofOf((names[2] ?? "").replace("31337", "1"))));
    expect(elsewhere.facts.identity.role).to.equal("none");
  });

  it("should take nothing from the words of whoever asks", async () => {
    const { facts } = await gatherer().getFacts(questionOf(names[5] ?? ""));
    expect(facts.identity).to.include({ known: false, id: 0, status: "unknown", tenure: 0 });
    for (const id of ["alice", "did:web:example.com", "eip155:1:0x00000000000000000000000000000000000000ab"]) {
      const { facts, blocks, principal } = await gatherer().getFacts(questionOf(id));
      expect(facts.identity.known).to.equal(false);
      expect(blocks).to.deep.equal([]);
      expect(principal).to.equal(id);
    }
  });

  it("should know a former key, and count a wallet's own age", async () => {
    const [, , two, three, four, five] = world.members;
    await two.setAgentWalletSync({ signed: await five.signAgentWallet({ id: 2 }) });
    await three.rotateKeySync({ signed: await four.signRotateKey({ id: 3 }) });
    await world.wait(100);
    const { getFacts } = gatherer();
    const former = await getFacts(questionOf(names[3] ?? ""));
    expect(former.facts.identity).to.include({ id: 3, role: "former", keyEpoch: 1 });
    const wallet = await getFacts(questionOf(names[5] ?? ""));
    expect(wallet.facts.identity).to.include({ id: 2, role: "wallet" });
    expect(wallet.facts.identity.keyAge).to.be.within(100, 110);
    expect(wallet.facts.identity.age).to.be.greaterThan(1_000);
  });

  it("should read a block once, however many ask, and anew with the next", async () => {
    let reads = 0;
    const counting: FactsReader = {
      ...chain.reader,
      profile: (parameters) => {
        reads += 1;
        return chain.reader.profile(parameters);
      },
    };
    const { getFacts, changed } = gatherer({ chains: [{ ...chain, reader: counting }], headLifetime: 60_000 });
    const ask = () => getFacts(questionOf(names[2] ?? ""));
    await Promise.all([ask(), ask(), ask()]);
    expect(reads).to.equal(1);
    await world.members[1].revokeSync({ voucherId: 1, subjectId: 2 });
    expect((await ask()).facts.stakes.support).to.equal(3);
    changed(31337);
    expect((await ask()).facts.stakes).to.deep.include({ support: 0, vouching: [] });
    expect(reads).to.equal(2);
  });

  it("should tell grants apart from what an account signs itself", async () => {
    const now = Math.floor(Date.now() / 1_000);
    const grant = { digest: "0x1", handle: "0x2", issuer: names[2] ?? "", delegate: "key" };
    const grants = [
      { ...grant, validAfter: now - 500, validUntil: now + 900 },
      { ...grant, handle: "0x3", validAfter: now - 100, validUntil: now + 50 },
    ];
    const proof = proofOf(names[2] ?? "", {
      scheme: "erc8395",
      signerKind: "session",
      grants,
      permissions: ["items:read"],
    });
    const { facts } = await gatherer().getFacts(questionOf(names[2] ?? "", proof));
    expect(facts.grant).to.deep.include({ delegated: true, depth: 2, limited: true, permissions: ["items:read"] });
    expect(facts.grant.handles).to.deep.equal(["0x2", "0x3"]);
    expect(facts.grant.timeLeft).to.be.within(45, 50);
    expect(facts.proof.sessionAge).to.be.within(100, 105);
    expect(facts.identity.role).to.equal("owner");
  });

  it("should ask the sources that are needed, scale what they say, and fail where they cannot", async () => {
    const trust = {
      name: "flow of trust",
      lifetime: 60,
      of: async () => ({ verdict: "supported" as const, score: 0.25, flow: 0.0000124, at: 7 }),
    };
    const behaviour = {
      name: "profiles",
      lifetime: 0,
      of: async () => {
        throw new Error("the table is locked");
      },
    };
    const { getFacts, lifetimeOf } = gatherer({ trust, behaviour });
    const { facts, origins } = await getFacts(questionOf(names[2] ?? ""), new Set(["trust"]));
    expect(facts.trust).to.deep.equal({ verdict: "supported", score: 250_000, flow: 12 });
    expect(facts.behaviour.pattern).to.equal("unknown");
    expect(origins.trust).to.include({ source: "flow of trust", at: 7 });
    expect(origins.behaviour.source).to.include("not asked");
    expect(lifetimeOf(new Set(["identity"]))).to.equal(Number.POSITIVE_INFINITY);
    expect(lifetimeOf(new Set(["trust"]))).to.equal(60);
    expect(lifetimeOf(new Set(["trust", "behaviour"]))).to.equal(0);
    const failed = await getFacts(questionOf(names[2] ?? "")).catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(FactsUnavailableError).with.property("part", "facts");
    expect(failed).to.have.property("message", "profiles cannot say behaviour: the table is locked");
  });

  describe("failing", () => {
    const failure = async (more: Partial<FactsChain>, clock?: Clock) => {
      const facts = createFacts({ chains: [{ ...chain, ...more }], headLifetime: 0, clock: watchClock(clock) });
      const error = await facts.getFacts(questionOf(names[2] ?? "")).catch((error: unknown) => error);
      expect(error).to.be.instanceOf(FactsUnavailableError);
      return error as FactsUnavailableError;
    };
    const at = async (seconds: number): Promise<Clock> => {
      const time = ((await world.now()) + seconds) * 1_000;
      return { wall: () => time, monotonic: () => 0 };
    };

    it("should fail where the newest block is older than allowed", async () => {
      const error = await failure({ freshBy: "block" }, await at(31));
      expect(error.part).to.equal("index");
      expect(error.message).to.include("is 31 seconds old, and 30 are allowed");
    });

    it("should fail where the clock is behind the block", async () => {
      const error = await failure({ freshBy: "block" }, await at(-16));
      expect(error.part).to.equal("clock");
    });

    it("should fail where the chain was not heard of for longer than allowed", async () => {
      const heard = Math.floor(Date.now() / 1_000) - 40;
      expect((await failure({ heardAt: () => heard })).part).to.equal("index");
      expect((await failure({ heardAt: () => undefined })).part).to.equal("index");
    });

    it("should fail where a reader does, remember no failure, and say nothing but the first line", async () => {
      let isDown = true;
      const reader: FactsReader = {
        ...chain.reader,
        key: (parameters) => (isDown ? Promise.reject(new Error("socket closed\nat …")) : chain.reader.key(parameters)),
      };
      const { getFacts } = gatherer({ chains: [{ ...chain, reader }] });
      const error = await getFacts(questionOf(names[2] ?? "")).catch((error: unknown) => error);
      expect(error).to.be.instanceOf(FactsUnavailableError).with.property("part", "node");
      expect(error)
        .to.have.property("message")
        .that.matches(/could not be read: socket closed$/);
      isDown = false;
      expect((await getFacts(questionOf(names[2] ?? ""))).facts.identity.known).to.equal(true);
      const head = () => Promise.reject(new Error("no route"));
      expect((await failure({ reader: { ...chain.reader, head } })).part).to.equal("node");
    });
  });
});
