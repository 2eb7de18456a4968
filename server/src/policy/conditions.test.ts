import { expect } from "chai";
import fc from "fast-check";
import { gatheredWith } from "../../test/utils/gathered.ts";
import { loadCedar } from "./cedar.ts";
import { driftsOf, firstFlip } from "./drift.ts";
import { createPolicyEngine, type PolicyEngine } from "./engine.ts";
import { evaluate, type Scene } from "./evaluate.ts";
import { explain } from "./explain.ts";

const uid = (type: string, id: string) => ({ type, id });
const principal = uid("Tenure::Agent", "a");
const resource = uid("Tenure::Resource", "document/1");
const entities = [{ uid: resource, attrs: { type: "document", id: "1" }, parents: [], tags: { zone: "internal" } }];

/** Comparisons of facts, and what is made of them. */
const amount = fc.integer({ min: 0, max: 12 });
const atom = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("identity.age", "identity.silence", "grant.timeLeft", "stakes.support", "identity.tenure"),
      fc.constantFrom("<", "<=", ">", ">=", "==", "!="),
      amount,
      fc.boolean(),
    )
    .map(([fact, operator, limit, isMirrored]) =>
      isMirrored ? `${limit} ${operator} context.facts.${fact}` : `context.facts.${fact} ${operator} ${limit}`,
    ),
  fc.constantFrom(
    "context.facts.proof.replayable",
    'context.facts.identity.status == "active"',
    "context.facts.stakes.vouching.contains(1)",
    "context.facts.stakes.vouching.containsAny([1, 2])",
    "context.facts.stakes.vouching.containsAll([1, 2])",
    "context.facts.stakes.warning.isEmpty()",
    'resource.hasTag("zone")',
    '(resource.hasTag("zone") && resource.getTag("zone") == "internal")',
    "context.facts.identity has age",
    "context.facts.stakes.support + 1 > 3",
  ),
);
const condition = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    atom,
    fc
      .tuple(tie("node"), fc.constantFrom("&&", "||"), tie("node"))
      .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    tie("node").map((a) => `!(${a})`),
    fc.tuple(tie("node"), tie("node"), tie("node")).map(([a, b, c]) => `(if ${a} then ${b} else ${c})`),
  ),
})).node;
const situation = fc.record({
  age: amount,
  silence: amount,
  tenure: amount,
  timeLeft: amount,
  support: amount,
  replayable: fc.boolean(),
  vouching: fc.subarray([1, 2, 3]),
  status: fc.constantFrom("active", "suspended"),
});
type Situation = typeof situation extends fc.Arbitrary<infer value> ? value : never;

function gatheredOf({ age, silence, tenure, timeLeft, support, replayable, vouching, status }: Situation) {
  return gatheredWith({
    identity: { age, silence, tenure, status },
    stakes: { support, vouching, vouchingCount: vouching.length },
    proof: { replayable },
    grant: { delegated: true, depth: 1, timeLeft },
  });
}

describe("what is said of conditions", () => {
  let engine: PolicyEngine;
  before(async () => {
    engine = await createPolicyEngine();
  });

  function set(text: string) {
    const tenant = engine.compile({ policies: [{ file: "p.cedar", text }] });
    const [action] = tenant.schema.actionsByName.get("read") ?? [];
    if (action === undefined) throw new Error("The schema has no such action.");
    const policies = tenant.policiesFor(action);
    const request = (found: Situation) => ({
      ...{ principal, action: action.uid, resource, entities },
      context: { facts: gatheredOf(found).facts } as never,
    });
    return {
      tenant,
      policies,
      request,
      decide: (found: Situation) => engine.evaluate(tenant, policies, request(found)),
    };
  }

  it("should be decided as they are where the question is checked against the schema each time", async () => {
    const cedar = loadCedar();
    fc.assert(
      fc.property(condition, situation, (text, found) => {
        const { tenant, request, decide } = set(
          `@id("p") permit (principal is Tenure::Agent, action, resource) when { ${text} };`,
        );
        const staticPolicies = Object.fromEntries(tenant.policies.map(({ id, text }) => [id, text]));
        const call = {
          ...request(found),
          schema: tenant.schemaText,
          validateRequest: true,
          policies: { staticPolicies },
        };
        const answer = cedar.isAuthorized(call);
        expect(answer.type).to.equal("success");
        const decision = answer.type === "success" ? answer.response.decision : undefined;
        expect(decide(found).isAllowed).to.equal(decision === "allow");
      }),
      { numRuns: 60 },
    );
  });

  it("should evaluate conditions as Cedar does", () => {
    fc.assert(
      fc.property(condition, situation, (text, found) => {
        const { policies, request, decide } = set(`@id("p") permit (principal, action, resource) when { ${text} };`);
        const body = policies.policies[0]?.json.conditions[0]?.body;
        if (body === undefined) throw new Error("The policy has no condition.");
        const scene: Scene = {
          ...request(found),
          entities: new Map(entities.map((entity) => [`${entity.uid.type}::${JSON.stringify(entity.uid.id)}`, entity])),
        };
        expect(evaluate(body, scene)).to.equal(decide(found).isAllowed);
      }),
      { numRuns: 200 },
    );
  });

  it("should find the first second at which time alone makes Cedar say otherwise, or an earlier one", () => {
    fc.assert(
      fc.property(condition, situation, (text, found) => {
        const { policies, decide } = set(`@id("p") permit (principal, action, resource) when { ${text} };`);
        const now = gatheredOf(found).facts.index.time;
        const flip = firstFlip(policies.drifts, gatheredOf(found), now);
        const at = (seconds: number) =>
          decide({
            ...found,
            age: found.age + seconds,
            silence: found.silence + seconds,
            timeLeft: Math.max(0, found.timeLeft - seconds),
          }).isAllowed;
        const first = Array.from({ length: 16 }, (_, second) => second).find((second) => at(second) !== at(0));
        if (first !== undefined) expect(flip - now).to.be.at.most(first);
        expect(flip).to.be.greaterThan(now);
      }),
      { numRuns: 100 },
    );
  });

  it("should find it exactly where one comparison decides", () => {
    const cases: [string, Partial<Situation>, number][] = [
      ["context.facts.identity.age >= 10", { age: 4 }, 6],
      ["context.facts.identity.age > 10", { age: 4 }, 7],
      ["context.facts.identity.silence < 10", { silence: 4 }, 6],
      ["context.facts.identity.silence <= 10", { silence: 4 }, 7],
      ["10 <= context.facts.identity.age", { age: 4 }, 6],
      ["context.facts.identity.age == 10", { age: 10 }, 1],
      ["context.facts.grant.timeLeft >= 5", { timeLeft: 9 }, 5],
      ["context.facts.grant.timeLeft > 5", { timeLeft: 9 }, 4],
      ["context.facts.identity.age >= 10", { age: 11 }, Number.POSITIVE_INFINITY],
      ["context.facts.identity.tenure >= 10", { tenure: 1 }, Number.POSITIVE_INFINITY],
      ["context.facts.identity.age + 1 >= 10", { age: 1 }, 1],
    ];
    const plain = {
      age: 0,
      silence: 0,
      tenure: 0,
      timeLeft: 0,
      support: 0,
      replayable: false,
      vouching: [],
      status: "active",
    };
    for (const [text, more, seconds] of cases) {
      const { policies } = set(`@id("p") permit (principal, action, resource) when { ${text} };`);
      const [policy] = policies.policies;
      const found = gatheredOf({ ...plain, ...more } as Situation);
      expect(
        firstFlip(policy ? driftsOf(policy.json) : [], found, found.facts.index.time) - found.facts.index.time,
        text,
      ).to.equal(seconds);
    }
  });

  it("should say of a refusal what would have to be otherwise: made so, Cedar permits", () => {
    const numbers = { "identity.age": "age", "identity.silence": "silence", "identity.tenure": "tenure" } as const;
    const settable = new Map<string, keyof Situation>([
      ...Object.entries(numbers),
      ["grant.timeLeft", "timeLeft"],
      ["stakes.support", "support"],
      ["proof.replayable", "replayable"],
    ]);
    fc.assert(
      fc.property(condition, situation, fc.boolean(), (text, found, isForbidding) => {
        const { policies, request, decide } = set(
          isForbidding
            ? `@id("p") permit (principal, action, resource); @id("f") forbid (principal, action, resource) when { ${text} };`
            : `@id("p") permit (principal, action, resource) when { ${text} };`,
        );
        const verdict = decide(found);
        if (verdict.isAllowed) return;
        const { unmet, isWhole } = explain(policies, request(found), verdict);
        // Where one fact is demanded twice, one change cannot tell the two apart.
        const isOnce = new Set(unmet.map(({ fact }) => fact)).size === unmet.length;
        if (!isWhole || !isOnce || unmet.some(({ fact }) => !settable.has(fact))) return;
        const changed: Record<string, unknown> = { ...found };
        for (const { fact, comparison, actual, demanded } of unmet) {
          expect(actual).to.equal(found[settable.get(fact) ?? "age"]);
          changed[settable.get(fact) ?? ""] = comparison === "isNot" ? Number(demanded) + 1 : demanded;
        }
        // What is changed for one condition can matter to another that held before; those are not explained.
        const paths = new Set(text.match(/facts\.(\w+\.\w+)/g)?.map((path) => path.slice(6)));
        const mentions = text.match(/facts\.(\w+\.\w+)/g)?.length ?? 0;
        if (paths.size !== mentions || text.includes("if ")) return;
        expect(decide(changed as Situation).isAllowed, JSON.stringify(unmet)).to.equal(true);
      }),
      { numRuns: 300 },
    );
  });
});
