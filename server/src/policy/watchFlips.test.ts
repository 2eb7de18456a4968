import { rpcEventSource, shortParameters } from "@tenure/sdk";
import { expect } from "chai";
import type { World } from "../../../sdk/test/utils/world.ts";
import { tenantOf } from "../../test/utils/policies.ts";
import { proofOf, questionOf } from "../../test/utils/questions.ts";
import { openRegistries } from "../../test/utils/registries.ts";
import { createFacts, type FactsChain, type FactsGatherer, watchClock } from "../facts/index.ts";
import type { Decision } from "../types/decision.ts";
import type { AccessQuestion, ProofGrant } from "../types/question.ts";
import { createDecisionPoint, type PolicyDecisionPoint } from "./createDecisionPoint.ts";
import { createPolicyEngine, type PolicyEngine } from "./engine.ts";
import { createHolders, type Holders } from "./holders.ts";
import type { TenantFiles } from "./tenantFiles.ts";
import { type Flip, type FlipWatcher, watchFlips } from "./watchFlips.ts";

const shop = `
@id("active") permit (principal is Tenure::Agent, action == Tenure::Action::"read", resource)
  when { context.facts.identity.status == "active" };
@id("supported") permit (principal is Tenure::Agent, action == Tenure::Action::"pay", resource)
  when { context.facts.stakes.support >= 3 };
@id("vouched") permit (principal is Tenure::Agent, action == Tenure::Action::"write", resource)
  when { context.facts.stakes.vouchingCount >= 1 };
@id("young") permit (principal is Tenure::Agent, action == Tenure::Action::"list", resource)
  when { context.facts.identity.silence <= 1000 };
`;

describe("watchFlips", () => {
  let world: World;
  let chain: FactsChain;
  let accounts: readonly string[];
  let engine: PolicyEngine;
  let files: TenantFiles;
  let time: { wall: number; monotonic: number };
  let facts: FactsGatherer;
  let holders: Holders;
  let point: PolicyDecisionPoint;
  let watcher: FlipWatcher;
  let flips: Flip[];
  let errors: unknown[];
  before(async () => {
    ({ world, chain, accounts } = await openRegistries());
    engine = await createPolicyEngine();
  });
  beforeEach(async () => {
    await world.reset();
    files = tenantOf(shop);
    time = { wall: (await world.now()) * 1_000, monotonic: 0 };
    open();
  });
  afterEach(() => watcher.close());
  after(() => world.close());

  function open(limit = 1_000, log?: { append: (question: AccessQuestion, decision: Decision) => Promise<void> }) {
    const clock = watchClock({ wall: () => time.wall, monotonic: () => time.monotonic });
    facts = createFacts({ chains: [{ ...chain, freshBy: "block", maxLag: 10_000 }], headLifetime: 60_000, clock });
    holders = createHolders(limit);
    point = createDecisionPoint({
      engine,
      tenants: { find: () => engine.compile(files) },
      facts,
      holders,
      log,
      lifetime: 5_000,
    });
    [flips, errors] = [[], []];
    watcher = watchFlips({
      ...{ point, holders, facts },
      onFlip: (flip) => {
        flips.push(flip);
      },
      onError: (error) => errors.push(error),
    });
  }

  /** Lets a platform's server hear of what happened since a block, as its index would. */
  async function hear(fromBlock: bigint): Promise<void> {
    const stop = new AbortController();
    const head = await world.members[0].getBlockNumber();
    const source = rpcEventSource(world.members[0]);
    setTimeout(() => stop.abort(), 1_500);
    for await (const event of source.events({ fromBlock, signal: stop.signal })) {
      watcher.onChange({ kind: "event", chainId: 31337, event });
      if (event.blockNumber === head) break;
    }
    await watcher.settled();
  }
  async function happens(action: () => Promise<unknown>): Promise<void> {
    const before = await world.members[0].getBlockNumber();
    await action();
    await hear(before + 1n);
  }
  const pass = async (seconds: number) => {
    await world.wait(seconds);
    time.wall += seconds * 1_000;
    time.monotonic += seconds * 1_000;
    watcher.onChange({ kind: "block", chainId: 31337 });
    await watcher.settled();
  };
  const ask = (account: number, action: string, more: Partial<AccessQuestion> = {}) =>
    point.decide(questionOf(accounts[account] ?? "", { action: { name: action }, ...more }));
  const told = () =>
    flips.map(({ holder, question, from, to }) => [holder, question.action.name, from.outcome, to.outcome]);

  it("should tell who holds a yes that it is a no, when an identity is suspended, and nobody else", async () => {
    const [, , two, , four] = world.members;
    await two.setGuardianSync({ id: 2, guardian: four.account.address });
    watcher.onChange({ kind: "block", chainId: 31337 });
    const held = await ask(2, "read");
    await ask(2, "read", { askedBy: "other gateway" });
    await ask(1, "read");
    await ask(2, "pay");
    await happens(() => four.suspendSync({ id: 2 }));
    expect(told()).to.have.deep.members([
      ["gateway", "read", "allowed", "refused"],
      ["other gateway", "read", "allowed", "refused"],
    ]);
    const flip = flips.find(({ holder }) => holder === "gateway");
    expect(flip?.from).to.deep.equal(held);
    expect(flip?.to.unmet).to.deep.include({
      fact: "identity.status",
      comparison: "is",
      actual: "suspended",
      demanded: "active",
    });
    await happens(() => four.resumeSync({ id: 2 }));
    expect(told().slice(2)).to.have.deep.members([
      ["gateway", "read", "refused", "allowed"],
      ["other gateway", "read", "refused", "allowed"],
    ]);
    expect(errors).to.deep.equal([]);
  });

  it("should tell when support ends with a period, which no event says", async () => {
    const held = await ask(2, "pay");
    expect(held.outcome).to.equal("allowed");
    const { endPeriod } = await world.members[0].getVouch({ voucherId: 1, subjectId: 2 });
    const end = shortParameters.origin + (endPeriod + 1) * shortParameters.period;
    // The decision lasts until the next end of a period, and not beyond.
    expect(held.flipsAt).to.be.at.most(end);
    expect(holders.hold(questionOf(accounts[2] ?? "", { action: { name: "pay" } }), held, end + 1_000)).to.equal(true);
    await pass(end - (await world.now()) - 10);
    expect(told()).to.deep.equal([]);
    await pass(20);
    expect(told()).to.deep.equal([["gateway", "pay", "allowed", "refused"]]);
    await pass(2_000);
    expect(holders.size()).to.equal(0);
  });

  it("should tell when an age reaches its limit, at that second", async () => {
    const held = await ask(2, "list");
    const { lastSeen } = await world.members[0].getIdentity({ id: 2 });
    expect(held).to.include({ outcome: "allowed", flipsAt: lastSeen + 1_001 });
    expect(held.expiresAt).to.equal(held.flipsAt);
    await pass(lastSeen + 1_000 - (await world.now()));
    expect(told()).to.deep.equal([]);
    await pass(1);
    expect(told()).to.deep.equal([["gateway", "list", "allowed", "refused"]]);
  });

  it("should tell what an anchor's own fate does to those it vouched for", async () => {
    const [, one, , , four] = world.members;
    await one.setGuardianSync({ id: 1, guardian: four.account.address });
    watcher.onChange({ kind: "block", chainId: 31337 });
    expect((await ask(2, "write")).outcome).to.equal("allowed");
    await happens(() => four.suspendSync({ id: 1 }));
    expect(told()).to.deep.equal([["gateway", "write", "allowed", "refused"]]);
  });

  it("should tell when a vouch is revoked, and when a key is rotated: the former one speaks for nobody", async () => {
    const [, one, two, , , five] = world.members;
    await ask(2, "pay");
    await ask(2, "read");
    await happens(() => one.revokeSync({ voucherId: 1, subjectId: 2 }));
    expect(told()).to.deep.equal([["gateway", "pay", "allowed", "refused"]]);
    const consent = await five.signRotateKey({ id: 2 });
    await happens(() => two.rotateKeySync({ signed: consent }));
    expect(told().slice(1)).to.deep.equal([["gateway", "read", "allowed", "refused"]]);
    expect(flips[1]?.to.policies).to.deep.equal(["tenure.key"]);
    expect((await ask(5, "read")).outcome).to.equal("allowed");
  });

  it("should tell of both ways where a reorganisation takes back what happened", async () => {
    const [client, , two, , four] = world.members;
    await two.setGuardianSync({ id: 2, guardian: four.account.address });
    watcher.onChange({ kind: "block", chainId: 31337 });
    await ask(2, "read");
    const snapshot = await client.snapshot();
    const before = await client.getBlockNumber();
    await happens(() => four.suspendSync({ id: 2 }));
    expect(told()).to.deep.equal([["gateway", "read", "allowed", "refused"]]);
    const source = rpcEventSource(client);
    const stop = new AbortController();
    const seen = [];
    for await (const event of source.events({ fromBlock: before + 1n, signal: stop.signal })) {
      seen.push(event);
      if (event.removed) break;
      await client.revert({ id: snapshot });
      await client.mine({ blocks: 2 });
    }
    stop.abort();
    const [removed] = seen.filter((event) => event.removed);
    if (removed === undefined) throw new Error("The source told of no reorganisation.");
    watcher.onChange({ kind: "event", chainId: 31337, event: removed });
    await watcher.settled();
    expect(told().slice(1)).to.deep.equal([["gateway", "read", "refused", "allowed"]]);
  });

  it("should tell strangers' holders when they register", async () => {
    expect((await ask(5, "read")).outcome).to.equal("unknown");
    await happens(() => world.members[5].registerSync({}));
    expect(told()).to.deep.equal([["gateway", "read", "unknown", "allowed"]]);
  });

  it("should tell when other policies are active", async () => {
    await ask(2, "read");
    files = tenantOf(shop.replace('status == "active"', 'status == "retired"'));
    watcher.onChange({ kind: "policies", tenant: "shop" });
    await watcher.settled();
    expect(told()).to.deep.equal([["gateway", "read", "allowed", "refused"]]);
  });

  it("should tell when a grant is revoked, by its handle or with all of its issuer's, and refuse it from then on", async () => {
    const now = Math.floor(time.wall / 1_000);
    const grant = (digest: string): ProofGrant => ({
      ...{ digest, handle: `${digest}f`, issuer: accounts[2] ?? "", delegate: "key" },
      ...{ validAfter: now - 10, validUntil: now + 5_000 },
    });
    const by = (digest: string) => ({
      askedBy: digest,
      proof: proofOf(accounts[2] ?? "", { scheme: "erc8395", signerKind: "session", grants: [grant(digest)] }),
    });
    for (const digest of ["0xA", "0xB", "0xC"]) expect((await ask(2, "read", by(digest))).outcome).to.equal("allowed");
    const position = {
      registry: "0x",
      blockNumber: 1n,
      blockHash: "0x",
      timestamp: 0,
      transactionHash: "0x",
      logIndex: 0,
    } as const;
    const issuer = world.members[2].account.address;
    const event = async (more: object) => {
      watcher.onChange({
        kind: "event",
        chainId: 31337,
        event: { ...position, removed: false, issuer, ...more } as never,
      });
      await watcher.settled();
    };
    await event({ eventName: "GrantRevoked", handle: "0xaf" });
    expect(flips.map(({ holder, to }) => [holder, to.outcome, to.policies])).to.deep.equal([
      ["0xA", "refused", ["tenure.grant"]],
    ]);
    expect((await ask(2, "read", by("0xA"))).outcome).to.equal("refused");
    // A reorganisation took it back.
    await event({ eventName: "GrantRevoked", handle: "0xaf", removed: true });
    expect((await ask(2, "read", by("0xA"))).outcome).to.equal("allowed");
    flips = [];
    await event({ eventName: "EpochAdvanced", epoch: 1n });
    expect(flips.filter(({ to }) => to.outcome === "refused").map(({ holder }) => holder)).to.have.members([
      "0xA",
      "0xB",
      "0xC",
    ]);
    expect((await ask(2, "read", by("0xB"))).outcome).to.equal("refused");
    expect((await ask(2, "read", by("0xD"))).outcome).to.equal("allowed");
    expect((await ask(2, "read")).outcome).to.equal("allowed");
  });

  it("should end a yes where nobody can say any more, and tell a no though the log is full", async () => {
    let isFull = false;
    await watcher.close();
    open(1_000, {
      append: async () => {
        if (isFull) throw new Error("no space left on device");
      },
    });
    await ask(2, "read");
    isFull = true;
    files = { policies: [] };
    watcher.onChange({ kind: "policies", tenant: "shop" });
    await watcher.settled();
    expect(told()).to.deep.equal([["gateway", "read", "allowed", "failed"]]);
    expect(errors).to.have.length(1);
    expect(holders.size()).to.equal(0);
  });

  it("should let nothing be remembered that it has no room to look after", async () => {
    await watcher.close();
    open(2);
    const expiries = [];
    for (const askedBy of ["a", "b", "c", "b"]) {
      const { expiresAt, decidedAt } = await ask(2, "read", { askedBy });
      expiries.push(expiresAt > decidedAt);
    }
    expect(expiries).to.deep.equal([true, true, false, true]);
    expect(holders.size()).to.equal(2);
  });

  it("should decide each once in a storm of events", async () => {
    for (let gateway = 0; gateway < 50; gateway += 1) await ask(2, "read", { askedBy: `gateway ${gateway}` });
    let asked = 0;
    await watcher.close();
    const reconsider = (question: AccessQuestion) => {
      asked += 1;
      return point.reconsider(question);
    };
    const counting = { ...point, reconsider };
    watcher = watchFlips({ point: counting, holders, facts, onFlip: () => undefined });
    for (let round = 0; round < 100; round += 1) watcher.onChange({ kind: "policies", tenant: "shop" });
    await watcher.settled();
    // Those under way when the next was told are looked at once more.
    expect(asked).to.be.within(50, 100);
  });
});
