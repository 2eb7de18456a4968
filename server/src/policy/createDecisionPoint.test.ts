import { expect } from "chai";
import type { World } from "../../../sdk/test/utils/world.ts";
import { tenantOf } from "../../test/utils/policies.ts";
import { proofOf, questionOf } from "../../test/utils/questions.ts";
import { openRegistries, REGISTRY } from "../../test/utils/registries.ts";
import {
  createFacts,
  type FactsChain,
  type FactsOptions,
  type FactsReader,
  tokenName,
  watchClock,
} from "../facts/index.ts";
import type { Decision, Failure } from "../types/decision.ts";
import type { AccessQuestion } from "../types/question.ts";
import { createDecisionPoint, type DecisionPointOptions } from "./createDecisionPoint.ts";
import { createPolicyEngine, type PolicyEngine } from "./engine.ts";
import { NoPoliciesError } from "./errors.ts";
import type { TenantFiles } from "./tenantFiles.ts";

const agents = "principal is Tenure::Agent, action, resource";
const shop = `
@id("known") permit (${agents}) when { context.facts.identity.known };
@id("seen") forbid (principal, action == Tenure::Action::"write", resource) unless { context.facts.identity.tenure >= 86400 };
@id("vouched") forbid (principal, action == Tenure::Action::"pay", resource) unless { context.facts.stakes.vouching.containsAny([1]) };
@id("fresh") forbid (principal, action == Tenure::Action::"pay", resource) when { context.facts.proof.replayable };
@id("usual") forbid (principal, action == Tenure::Action::"delegate", resource) when { context.facts.behaviour.pattern != "usual" };
`;

describe("createDecisionPoint", () => {
  let world: World;
  let chain: FactsChain;
  let accounts: readonly string[];
  let engine: PolicyEngine;
  before(async () => {
    ({ world, chain, accounts } = await openRegistries());
    engine = await createPolicyEngine();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  function pointOf(files: TenantFiles = tenantOf(shop), more: Partial<DecisionPointOptions & FactsOptions> = {}) {
    const alarms: Failure[] = [];
    const point = createDecisionPoint({
      engine,
      tenants: {
        find: (tenant) => {
          if (tenant !== "shop") throw new NoPoliciesError(`No policies are active for the tenant "${tenant}".`);
          return engine.compile(files);
        },
      },
      facts: createFacts({ chains: [chain], headLifetime: 0, ...more }),
      onFailure: (failure) => alarms.push(failure),
      ...more,
    });
    return {
      ...point,
      alarms,
      ask: (id: string, more?: Partial<AccessQuestion>) => point.decide(questionOf(id, more)),
    };
  }
  const act = (name: string): Partial<AccessQuestion> => ({ action: { name } });
  const one = () => accounts[1] ?? "";
  const two = () => accounts[2] ?? "";
  const stranger = () => accounts[5] ?? "";

  describe("answering", () => {
    it("should permit, and say by which policy, of which block, and of whom", async () => {
      const decision = await pointOf().ask(two());
      expect(decision).to.deep.include({ outcome: "allowed", policies: ["known"], unmet: [], obligations: [] });
      expect(decision.subject).to.equal(tokenName(31337, REGISTRY, 2));
      expect(decision.reason).to.equal("Permitted by known.");
      expect(decision.restsOn).to.deep.equal(["identity.known"]);
      const block = await world.members[0].getBlock();
      expect(decision.blocks.map(({ hash }) => hash)).to.deep.equal([block.hash]);
      expect(decision.factsHash).to.match(/^[0-9a-f]{64}$/);
      expect(decision.policyHash).to.equal(engine.compile(tenantOf(shop)).hash);
      expect(decision.expiresAt - decision.decidedAt).to.be.within(29, 30);
      expect(decision).to.have.property("flipsAt", undefined);
    });

    it("should say what is unmet, as actual and demanded, and when to ask again", async () => {
      const decision = await pointOf().ask(two(), act("write"));
      const { tenure, lastSeen } = await world.members[0].getIdentity({ id: 2 });
      expect(decision).to.deep.include({ outcome: "refused", policies: ["seen"] });
      expect(decision.unmet).to.deep.equal([
        { fact: "identity.tenure", comparison: "atLeast", actual: tenure, demanded: 86_400 },
      ]);
      expect(decision.reason).to.match(
        /^Forbidden by seen: identity\.tenure is .* minutes, and has to be at least 24 hours\.$/,
      );
      const [wait] = decision.obligations;
      const offset = decision.decidedAt - (await world.now());
      expect(wait?.type === "wait" && Math.abs(wait.until - (lastSeen + offset + 86_400 - tenure)) <= 2).to.equal(true);
    });

    it("should say whose vouch would help, and which proof", async () => {
      const replayable = proofOf(accounts[3] ?? "", { replayable: true });
      const decision = await pointOf().ask(accounts[3] ?? "", { ...act("pay"), proof: replayable });
      expect(decision.policies).to.deep.equal(["fresh", "vouched"]);
      expect(decision.unmet).to.deep.include({
        fact: "proof.replayable",
        comparison: "is",
        actual: true,
        demanded: false,
      });
      expect(decision.obligations).to.deep.equal([
        { type: "step_up", proof: "fresh" },
        { type: "approve", anchors: [tokenName(31337, REGISTRY, 1)] },
      ]);
      expect((await pointOf().ask(two(), act("pay"))).outcome).to.equal("allowed");
    });

    it("should tell unknown from refused", async () => {
      const { ask } = pointOf();
      const nobody = await ask(stranger());
      expect(nobody).to.include({ outcome: "unknown", subject: stranger().toLowerCase() });
      expect(nobody.reason).to.include("Nobody is known here as");
      const named = await ask("did:web:example.com");
      expect(named.outcome).to.equal("unknown");
      expect(named.reason).to.include('a DID of the method "web"');
      // The agent is known, and what it usually does is not.
      const unusual = await ask(two(), act("delegate"));
      expect(unusual.outcome).to.equal("unknown");
      expect(unusual.reason).to.match(/^Too little is known\. Forbidden by usual/);
      expect(unusual.obligations).to.deep.equal([{ type: "step_up", proof: "owner" }]);
    });

    it("should refuse what no policy is about, in words", async () => {
      const { ask } = pointOf();
      for (const question of [
        act("fly"),
        { subject: { type: "my-type", id: two() } },
        { subject: { type: "constructor", id: two() } },
        { subject: { type: "Tenure::Group", id: two() } },
      ]) {
        const decision = await ask(two(), question);
        expect(decision.outcome).to.equal("refused");
        expect(decision.failure).to.equal(undefined);
        expect(decision.reason).to.match(/^No policy here is about/);
      }
    });

    it("should take what a service says of its own resource, and nothing of the subject", async () => {
      const { ask } = pointOf(
        tenantOf(
          '@id("open") permit (principal, action, resource) when { resource.hasTag("zone") && resource.getTag("zone") == "a" };',
        ),
      );
      const zone = (properties: Record<string, unknown>) =>
        ask(two(), { resource: { type: "my/type", id: "1", properties } });
      expect((await zone({ zone: "a", nothing: null, list: [1.5] })).outcome).to.equal("allowed");
      expect((await zone({ zone: "b" })).unmet).to.deep.equal([
        { fact: "resource.tags.zone", comparison: "is", actual: "b", demanded: "a" },
      ]);
      expect((await zone({ zone: 2 ** 60 })).reason).to.include("beyond 2^53");
      const subject = { type: "agent", id: two(), properties: { zone: "a" } };
      expect((await ask(two(), { subject })).outcome).to.equal("refused");
    });
  });

  describe("proofs", () => {
    it("should refuse who does not speak for the subject, whatever is permitted", async () => {
      const { ask } = pointOf(tenantOf(`@id("all") permit (${agents});`));
      const token = tokenName(31337, REGISTRY, 2);
      expect((await ask(token, { proof: proofOf(two()) })).outcome).to.equal("allowed");
      for (const [id, signer] of [
        [token, one()],
        [two(), one()],
        [stranger(), one()],
        [two(), two().replace("31337", "1")],
      ] as const) {
        expect(await ask(id, { proof: proofOf(signer) })).to.deep.include({
          outcome: "refused",
          policies: ["tenure.key"],
        });
      }
      const [, , , three, four] = world.members;
      await three.rotateKeySync({ signed: await four.signRotateKey({ id: 3 }) });
      expect(await ask(accounts[3] ?? "")).to.deep.include({ outcome: "refused", policies: ["tenure.key"] });
      expect((await ask(accounts[4] ?? "")).outcome).to.equal("allowed");
    });

    it("should refuse a grant that has ended, and let no decision outlast one", async () => {
      const { ask } = pointOf();
      const now = Math.floor(Date.now() / 1_000);
      const grant = { digest: "0x1", handle: "0x2", issuer: two(), delegate: "key", validAfter: now - 100 };
      const by = (validUntil: number) =>
        ask(two(), {
          proof: proofOf(two(), { scheme: "erc8395", signerKind: "session", grants: [{ ...grant, validUntil }] }),
        });
      expect(await by(now)).to.deep.include({ outcome: "refused", policies: ["tenure.grant"] });
      const decision = await by(now + 10);
      expect(decision).to.deep.include({ outcome: "allowed", expiresAt: now + 10, flipsAt: now + 10 });
    });
  });

  describe("remembering", () => {
    function counted() {
      let reads = 0;
      const reader: FactsReader = {
        ...chain.reader,
        profile: (parameters) => {
          reads += 1;
          return chain.reader.profile(parameters);
        },
      };
      return { chains: [{ ...chain, reader }], cacheLimit: 100, reads: () => reads };
    }

    it("should remember by block, question and class of proof, and give each answer an id of its own", async () => {
      const { chains } = counted();
      const { ask, remembered } = pointOf(tenantOf(shop), { chains });
      const decisions = [await ask(two()), await ask(two())];
      expect(new Set(decisions.map(({ id }) => id)).size).to.equal(2);
      expect(decisions[1]).to.deep.equal({ ...decisions[0], id: decisions[1]?.id, decidedAt: decisions[1]?.decidedAt });
      expect(remembered()).to.equal(1);
      await ask(two(), { proof: proofOf(two(), { replayable: true }) });
      await ask(two(), act("write"));
      await ask(two(), { context: { "request-id": "other" } });
      expect(remembered()).to.equal(3);
      await world.wait(1);
      await ask(two());
      expect(remembered()).to.equal(4);
    });

    it("should see with the next block what changed, and not before", async () => {
      const { ask } = pointOf();
      expect((await ask(two(), act("pay"))).outcome).to.equal("allowed");
      await world.members[1].revokeSync({ voucherId: 1, subjectId: 2 });
      expect((await ask(two(), act("pay"))).outcome).to.equal("refused");
    });

    it("should say after whatever happens what one says that remembers nothing", async () => {
      const [, first, second, , guardian] = world.members;
      await second.setGuardianSync({ id: 2, guardian: guardian.account.address });
      const renewed = { voucherId: 1, subjectId: 2, stake: 3, periods: 1 };
      const actions: (() => Promise<unknown>)[] = [
        () => world.wait(700),
        () => second.pulseSync({ id: 2 }),
        () => first.revokeSync({ voucherId: 1, subjectId: 2 }),
        () => first.vouchSync(renewed),
        () => guardian.suspendSync({ id: 2 }),
        () => guardian.resumeSync({ id: 2 }),
      ];
      const kept = pointOf();
      const outcomes = new Set<string>();
      let seed = 7;
      for (let step = 0; step < 40; step += 1) {
        seed = (seed * 16_807) % 2_147_483_647;
        // What the registry refuses here, such as resuming somebody who is active, changes nothing.
        await actions[seed % actions.length]?.().catch(() => undefined);
        for (const name of ["read", "write", "pay", "read", "pay"]) {
          const [ours, fresh] = [await kept.ask(two(), act(name)), await pointOf().ask(two(), act(name))];
          const told = ({ outcome, unmet, policies, factsHash, blocks }: Decision) => ({
            outcome,
            unmet,
            policies,
            factsHash,
            blocks,
          });
          expect(told(ours)).to.deep.equal(told(fresh));
          outcomes.add(`${name} ${ours.outcome}`);
        }
      }
      expect(outcomes).to.include("pay allowed").and.to.include("pay refused");
    });

    it("should not remember what rests on a source that has to be asked each time", async () => {
      let pattern: "usual" | "unusual" = "usual";
      const behaviour = { name: "profiles", lifetime: 0, of: async () => ({ pattern, surprise: 0, why: "", at: 0 }) };
      const { ask, remembered } = pointOf(tenantOf(shop), { behaviour });
      expect(await ask(two(), act("delegate"))).to.deep.include({ outcome: "allowed" });
      expect(remembered()).to.equal(0);
      pattern = "unusual";
      const refused = await ask(two(), act("delegate"));
      expect(refused.outcome).to.equal("refused");
      expect(refused.expiresAt).to.equal(refused.decidedAt);
    });

    it("should hold a bounded number of decisions, of 50,000 tenants, each by its own policies", async function () {
      this.timeout(240_000);
      const schema = {
        file: "s.cedarschema",
        text: "entity user, todo; action see appliesTo { principal: user, resource: todo };",
      };
      const files = Array.from({ length: 40 }, (_, index) =>
        tenantOf(`@id("p${index}") permit (principal == user::"u${index}", action, resource);`, { schema }),
      );
      const point = createDecisionPoint({
        engine: await createPolicyEngine([], { parsedSets: 16 }),
        tenants: { find: (tenant) => engine.compile(files[Number(tenant) % files.length] ?? { policies: [] }) },
        facts: createFacts({ chains: [] }),
        cacheLimit: 20_000,
      });
      const ask = (tenant: number, user: number) =>
        point.decide({
          ...questionOf(""),
          tenant: String(tenant),
          subject: { type: "user", id: `u${user % files.length}` },
          action: { name: "see" },
          resource: { type: "todo", id: "1" },
        });
      let wrong = 0;
      for (let tenant = 0; tenant < 50_000; tenant += 1) {
        const isOwn = tenant % 3 !== 0;
        const { outcome } = await ask(tenant, isOwn ? tenant : tenant + 1);
        if (outcome !== (isOwn ? "allowed" : "refused")) wrong += 1;
      }
      expect(wrong).to.equal(0);
      expect(point.remembered()).to.equal(20_000);
    });
  });

  describe("failing", () => {
    const failure = (decision: Decision, part: string) => {
      expect(decision).to.include({ outcome: "failed", expiresAt: decision.decidedAt });
      expect(decision.failure?.part).to.equal(part);
      expect(decision.policies).to.deep.equal([]);
    };

    it("should fail, with an alarm, where there are no policies", async () => {
      const { ask, alarms } = pointOf();
      failure(await ask(two(), { tenant: "nobody" }), "policy");
      expect(alarms).to.have.length(1);
      expect(alarms[0]?.message).to.include('"nobody"');
    });

    it("should fail where a policy does, also where another would permit", async () => {
      const { ask } = pointOf(
        tenantOf(`@id("all") permit (${agents});
          @id("overflows") forbid (principal, action, resource) when { context.facts.identity.tenure + 9223372036854775807 > 1 };`),
      );
      failure(await ask(two()), "policy");
    });

    it("should fail where the node does, and where a source does, and not remember it", async () => {
      let isDown = true;
      const reader: FactsReader = {
        ...chain.reader,
        head: () => (isDown ? Promise.reject(new Error("connection refused")) : chain.reader.head()),
      };
      const { ask, alarms } = pointOf(tenantOf(shop), { chains: [{ ...chain, reader }] });
      failure(await ask(two()), "node");
      expect(alarms[0]?.message).to.include("connection refused");
      isDown = false;
      expect((await ask(two())).outcome).to.equal("allowed");
      const behaviour = { name: "profiles", lifetime: 0, of: () => Promise.reject(new Error("locked")) };
      failure(await pointOf(tenantOf(shop), { behaviour }).ask(two(), act("delegate")), "facts");
    });

    it("should fail where the index is behind, and the clock jumps, and answer again a minute after", async () => {
      const time = { wall: (await world.now()) * 1_000, monotonic: 0 };
      const clock = watchClock({ wall: () => time.wall, monotonic: () => time.monotonic });
      const pass = (seconds: number) => {
        time.wall += seconds * 1_000;
        time.monotonic += seconds * 1_000;
      };
      const chains = [{ ...chain, freshBy: "block", maxLag: 200 } as const];
      const { ask } = pointOf(tenantOf(shop), { chains, clock });
      expect((await ask(two())).outcome).to.equal("allowed");
      time.wall -= 3_600_000;
      failure(await ask(two()), "clock");
      pass(61);
      // Believed again, it is an hour behind the block.
      failure(await ask(two()), "clock");
      time.wall += 3_600_000;
      failure(await ask(two()), "clock");
      pass(61);
      expect((await ask(two())).outcome).to.equal("allowed");
      pass(100);
      failure(await ask(two()), "index");
    });

    it("should tell no decision that cannot be written down", async () => {
      const written: Decision[] = [];
      let isFull = false;
      const log = {
        append: async (_: AccessQuestion, decision: Decision) => {
          if (isFull) throw new Error("no space left on device");
          written.push(decision);
        },
      };
      const { ask, alarms } = pointOf(tenantOf(shop), { log });
      expect(written).to.deep.equal([]);
      const decision = await ask(two());
      expect(written).to.deep.equal([decision]);
      isFull = true;
      failure(await ask(two()), "log");
      expect(alarms[0]?.message).to.include("no space left on device");
    });

    it("should fail where too much is asked at once, and at what it cannot read, and never throw", async () => {
      const { ask } = pointOf(tenantOf(shop), { concurrency: 2 });
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => ask(two())));
      expect(outcomes.filter(({ outcome }) => outcome === "allowed")).to.have.length(2);
      failure(outcomes[4] as Decision, "busy");
      const circular: Record<string, unknown> = {};
      circular.self = circular;
      failure(await ask(two(), { resource: { type: "document", id: "1", properties: circular } }), "facts");
    });
  });

  it("should decide for tenants that know no agents, by their own schema and entities, and ask no chain", async () => {
    const reader: FactsReader = { ...chain.reader, head: () => Promise.reject(new Error("nobody should ask")) };
    const { ask } = pointOf(
      {
        policies: [
          {
            file: "todo.cedar",
            text: `@id("editor") permit (principal in Group::"editor", action == Action::"can_create_todo", resource);
              @id("own") permit (principal, action == Action::"can_update_todo", resource) when { resource.ownerID == principal.email };`,
          },
        ],
        schema: {
          file: "todo.cedarschema",
          text: `entity Group; entity User in [Group] = { "email": String }; entity Todo = { "ownerID": String };
            action can_create_todo, can_update_todo appliesTo { principal: User, resource: Todo };`,
        },
        entities: {
          file: "entities.json",
          text: JSON.stringify([
            {
              uid: { type: "User", id: "rick" },
              attrs: { email: "rick@the-citadel.com" },
              parents: [{ type: "Group", id: "editor" }],
            },
            { uid: { type: "User", id: "morty" }, attrs: { email: "morty@the-citadel.com" }, parents: [] },
          ]),
        },
        settings: { file: "tenant.json", text: '{"types":{"user":"User","todo":"Todo"}}' },
      },
      { chains: [{ ...chain, reader }] },
    );
    const can = async (name: string, user: string, ownerID: unknown = "rick@the-citadel.com") => {
      const subject = { type: "user", id: user, properties: { email: "rick@the-citadel.com" } };
      const resource = { type: "todo", id: "7", properties: { ownerID, colour: 1.5, none: null } };
      return (await ask(user, { subject, resource, action: { name } })).outcome;
    };
    expect(await can("can_create_todo", "rick")).to.equal("allowed");
    expect(await can("can_create_todo", "morty")).to.equal("refused");
    expect(await can("can_update_todo", "rick")).to.equal("allowed");
    expect(await can("can_update_todo", "morty")).to.equal("refused");
    expect(await can("can_update_todo", "summer")).to.equal("unknown");
    expect(await can("can_update_todo", "rick", null)).to.equal("unknown");
    expect(await can("can_update_todo", "rick", ["x"])).to.equal("refused");
  });
});
