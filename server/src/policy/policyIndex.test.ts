import { expect } from "chai";
import fc from "fast-check";
import { createPolicyEngine, type PolicyEngine } from "./engine.ts";
import type { ActionModel } from "./schemaModel.ts";

const schema = `
namespace Shop {
  entity User in [Team];
  entity Team, Thing;
  action "all";
  action "changing" in ["all"];
  action "read" in ["all"] appliesTo { principal: User, resource: Thing, context: { "n": Long } };
  action "write" in ["changing"] appliesTo { principal: User, resource: Thing, context: { "n": Long } };
  action "erase" in ["changing", Other::Action::"danger"] appliesTo { principal: User, resource: Thing, context: { "n": Long } };
}
namespace Other { action "danger"; }
`;

const scopes = [
  "action",
  'action == Shop::Action::"read"',
  'action == Shop::Action::"write"',
  'action == Shop::Action::"erase"',
  'action in Shop::Action::"all"',
  'action in Shop::Action::"changing"',
  'action in Other::Action::"danger"',
  'action in [Shop::Action::"read", Shop::Action::"changing"]',
  'action in [Shop::Action::"write", Shop::Action::"read"]',
  'action in [Shop::Action::"read"]',
];

describe("policiesOf", () => {
  let engine: PolicyEngine;
  before(async () => {
    engine = await createPolicyEngine();
  });

  it("should decide as the whole set does, with the same reasons", () => {
    const policy = fc.record({
      effect: fc.constantFrom("permit", "permit", "forbid"),
      principal: fc.constantFrom(
        "principal",
        'principal == Shop::User::"bob"',
        'principal in Shop::Team::"red"',
        "principal is Shop::User",
      ),
      action: fc.constantFrom(...scopes),
      condition: fc.constantFrom(
        "",
        "when { context.n > 3 }",
        "unless { context.n == 2 }",
        'when { action in Shop::Action::"changing" }',
      ),
    });
    fc.assert(
      fc.property(
        fc.array(policy, { minLength: 1, maxLength: 12 }),
        fc.nat({ max: 6 }),
        fc.boolean(),
        (set, n, isInTeam) => {
          const text = set
            .map(
              ({ effect, principal, action, condition }, index) =>
                `@id("p${index}") ${effect} (${principal}, ${action}, resource) ${condition};`,
            )
            .join("\n");
          const tenant = engine.compile({
            policies: [{ file: "p.cedar", text }],
            schema: { file: "s.cedarschema", text: schema },
          });
          for (const action of tenant.schema.actions.values()) {
            if (action.principals.size === 0) continue;
            const picked = tenant.policiesFor(action);
            const all = { ...picked, policies: tenant.policies, hash: tenant.hash };
            const request = requestFor(action, n, isInTeam);
            expect(engine.evaluate(tenant, picked, request)).to.deep.equal(engine.evaluate(tenant, all, request));
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("should leave out what is about other actions alone", () => {
    const text = scopes.map((scope, index) => `@id("p${index}") permit (principal, ${scope}, resource);`).join("\n");
    const tenant = engine.compile({
      policies: [{ file: "p.cedar", text }],
      schema: { file: "s.cedarschema", text: schema },
    });
    const idsFor = (name: string) => {
      const [action] = tenant.schema.actionsByName.get(name) ?? [];
      return action && tenant.policiesFor(action).policies.map(({ id }) => id);
    };
    expect(idsFor("read")).to.deep.equal(["p0", "p1", "p4", "p7", "p8", "p9"]);
    expect(idsFor("write")).to.deep.equal(["p0", "p2", "p4", "p5", "p7", "p8"]);
    expect(idsFor("erase")).to.deep.equal(["p0", "p3", "p4", "p5", "p6", "p7"]);
  });

  it("should keep few sets parsed, and decide by the right one however often they change places", async () => {
    const small = await createPolicyEngine([], { parsedSets: 3 });
    const tenants = Array.from({ length: 20 }, (_, index) =>
      small.compile({
        policies: [
          {
            file: "p.cedar",
            text: `@id("p${index}") permit (principal, action, resource) when { context.n == ${index} };`,
          },
        ],
        schema: { file: "s.cedarschema", text: schema },
      }),
    );
    for (let round = 0; round < 200; round += 1) {
      const index = (round * 7) % tenants.length;
      const tenant = tenants[index];
      const [action] = tenant?.schema.actionsByName.get("read") ?? [];
      if (tenant === undefined || action === undefined) throw new Error("There is no such tenant.");
      const verdict = (n: number) => small.evaluate(tenant, tenant.policiesFor(action), requestFor(action, n, false));
      expect(verdict(index)).to.deep.equal({ isAllowed: true, policies: [`p${index}`] });
      expect(verdict(index + 1).isAllowed).to.equal(false);
    }
  });
});

function requestFor({ uid }: ActionModel, n: number, isInTeam: boolean) {
  const team = { type: "Shop::Team", id: "red" };
  return {
    principal: { type: "Shop::User", id: "bob" },
    action: uid,
    resource: { type: "Shop::Thing", id: "1" },
    context: { n },
    entities: [{ uid: { type: "Shop::User", id: "bob" }, attrs: {}, parents: isInTeam ? [team] : [] }],
  };
}
