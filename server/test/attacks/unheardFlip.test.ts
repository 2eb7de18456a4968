// A decision is made of one block while the next one is told: whoever comes to hold it must hear.
import { scanEvents } from "@tenure/sdk";
import { expect } from "chai";
import type { World } from "../../../sdk/test/utils/world.ts";
import { createFacts, type FactsChain, type OptionalSources } from "../../src/facts/index.ts";
import {
  createDecisionPoint,
  createHolders,
  createPolicyEngine,
  type Flip,
  type PolicyEngine,
  watchFlips,
} from "../../src/policy/index.ts";
import type { Decision } from "../../src/types/decision.ts";
import { tenantOf } from "../utils/policies.ts";
import { questionOf } from "../utils/questions.ts";
import { openRegistries } from "../utils/registries.ts";

const ACTIVE = `@id("active") permit (principal is Tenure::Agent, action == Tenure::Action::"read", resource)
  when { context.facts.identity.status == "active" };`;
const LOW = `@id("low") permit (principal is Tenure::Agent, action == Tenure::Action::"read", resource)
  when { context.facts.risk.level == "low" };`;
const NOBODY = `@id("nobody") forbid (principal, action, resource);`;

describe("a change while a decision is made", () => {
  let world: World;
  let chain: FactsChain;
  let agent: string;
  let other: string;
  let engine: PolicyEngine;
  /** Reads of identities that wait, with what they have read already: what ends that, by the number and the place in line. */
  let gates: Map<number, () => void>;
  let waiting: (() => void)[];
  let isHeld: boolean;
  before(async () => {
    const opened = await openRegistries();
    ({ world, chain } = opened);
    [, other = "", agent = ""] = opened.accounts;
    engine = await createPolicyEngine();
  });
  beforeEach(async () => {
    await world.reset();
    [gates, waiting, isHeld] = [new Map(), [], false];
  });
  after(() => world.close());

  function open(sources: OptionalSources = {}, text = ACTIVE) {
    const { reader } = chain;
    const profile: typeof reader.profile = async (parameters) => {
      const read = await reader.profile(parameters);
      if (isHeld) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          gates.set(read.id, resolve);
        });
      }
      return read;
    };
    const own = { ...chain, reader: { ...reader, profile } };
    const facts = createFacts({ ...sources, chains: [own], headLifetime: 60_000 });
    const holders = createHolders();
    let files = tenantOf(text);
    const point = createDecisionPoint({ engine, tenants: { find: () => engine.compile(files) }, facts, holders });
    const flips: Flip[] = [];
    const watcher = watchFlips({ point, holders, facts, onFlip: (flip) => void flips.push(flip) });
    /** What the newest block says is heard of. */
    const hear = async () => {
      const newest = await world.members[0].getBlockNumber();
      for await (const { events } of scanEvents(world.members[0], { fromBlock: newest, toBlock: newest })) {
        for (const event of events)
          watcher.onChange({ kind: "event", chainId: 31337, event: { ...event, removed: false } });
      }
    };
    return { ...{ facts, holders, point, flips, watcher, hear }, swap: (text: string) => (files = tenantOf(text)) };
  }
  async function until(holds: () => boolean) {
    for (const end = Date.now() + 5_000; !holds(); await new Promise((resolve) => setTimeout(resolve, 10))) {
      if (Date.now() > end) throw new Error("It has not come to hold.");
    }
  }
  const told = (flips: readonly Flip[]) => flips.map(({ from, to }) => [from.outcome, to.outcome]);

  it("should be told of a suspension that came between its facts and its being held", async () => {
    const { point, flips, watcher, hear } = open();
    try {
      isHeld = true;
      const asked = point.decide(questionOf(agent));
      await until(() => waiting.length > 0);
      await world.members[2].suspendSync({ id: 2 });
      isHeld = false;
      await hear();
      for (const open of waiting.splice(0)) open();
      const decision = await asked;
      // It may say yes of the block before, and then it is not believed for longer than it takes to hear otherwise.
      if (decision.outcome === "allowed" && decision.expiresAt > decision.decidedAt) {
        await until(() => flips.length > 0);
        expect(told(flips)).to.deep.equal([["allowed", "refused"]]);
      }
    } finally {
      await watcher.close();
    }
  });

  it("should be told of it too where whoever asks again holds an older answer already", async () => {
    const { facts, point, flips, watcher, hear } = open();
    try {
      expect((await point.decide(questionOf(agent))).outcome).to.equal("allowed");
      await world.wait(1);
      facts.changed(31337);
      isHeld = true;
      const again = point.decide(questionOf(agent));
      await until(() => waiting.length > 0);
      await world.members[2].suspendSync({ id: 2 });
      await hear();
      // That of the older block is there first.
      await until(() => waiting.length > 1);
      waiting.shift()?.();
      await again;
      isHeld = false;
      for (const open of waiting.splice(0)) open();
      await until(() => flips.length > 0);
      expect(told(flips)).to.deep.equal([["allowed", "refused"]]);
    } finally {
      await watcher.close();
    }
  });

  it("should be told of policies that were swapped meanwhile", async () => {
    const { point, flips, watcher, swap } = open();
    try {
      isHeld = true;
      const asked = point.decide(questionOf(agent));
      await until(() => waiting.length > 0);
      swap(NOBODY);
      isHeld = false;
      watcher.onChange({ kind: "policies", tenant: "shop" });
      for (const open of waiting.splice(0)) open();
      const decision: Decision = await asked;
      expect(decision.outcome).to.equal("allowed");
      await until(() => flips.length > 0);
      expect(told(flips)).to.deep.equal([["allowed", "refused"]]);
    } finally {
      await watcher.close();
    }
  });

  it("should not be remembered where what it rests on had to be forgotten meanwhile", async () => {
    let level: "low" | "high" = "low";
    let answer: (() => void) | undefined;
    const risk = {
      ...{ name: "signals", lifetime: 1_000 },
      of: async () => {
        const said = { level, reasons: [], at: 1 };
        if (level === "low") await new Promise<void>((resolve) => (answer = resolve));
        return said;
      },
    };
    const { point, flips, watcher } = open({ risk }, LOW);
    try {
      const asked = point.decide(questionOf(agent));
      await until(() => answer !== undefined);
      level = "high";
      watcher.onChange({ kind: "subject", subject: agent });
      answer?.();
      expect((await asked).outcome).to.equal("allowed");
      expect((await point.decide(questionOf(agent))).outcome).to.equal("refused");
      expect(flips.filter(({ to }) => to.outcome === "allowed")).to.deep.equal([]);
    } finally {
      await watcher.close();
    }
  });

  it("should end with the newest answer, however late that of an older block comes", async () => {
    const { point, flips, watcher, hear } = open();
    try {
      await world.members[2].suspendSync({ id: 2 });
      expect((await point.decide(questionOf(agent))).outcome).to.equal("refused");
      expect((await point.decide(questionOf(other))).outcome).to.equal("allowed");
      await world.members[2].resumeSync({ id: 2 });
      isHeld = true;
      watcher.onChange({ kind: "chain", chainId: 31337 });
      await until(() => gates.size === 2);
      await world.members[2].suspendSync({ id: 2 });
      isHeld = false;
      await hear();
      // Whoever looked at the other one goes on to look at what the newer block says of this one.
      gates.get(1)?.();
      await new Promise((resolve) => setTimeout(resolve, 300));
      gates.get(2)?.();
      await watcher.settled();
      expect(told(flips).at(-1)?.at(-1) ?? "refused").to.equal("refused");
    } finally {
      await watcher.close();
    }
  });
});
