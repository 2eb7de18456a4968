import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { gatheredWith } from "../../test/utils/gathered.ts";
import { starterSet } from "../../test/utils/policies.ts";
import { questionOf } from "../../test/utils/questions.ts";
import { baseSchema, DEFAULT_ACTIONS } from "./baseSchema.ts";
import { createPolicyEngine, type PolicyEngine } from "./engine.ts";
import { requestOf, scopeOf } from "./requestOf.ts";

type Differences = Parameters<typeof gatheredWith>[0];

describe("sets of policies to begin with", () => {
  let engine: PolicyEngine;
  before(async () => {
    engine = await createPolicyEngine(await starterSet("floor"));
  });

  async function judge(set: string, differences: Differences = {}, action = "read", properties = {}) {
    const tenant = engine.compile({ policies: await starterSet(set) });
    const question = questionOf("eip155:1:0x00000000000000000000000000000000000000aa", {
      action: { name: action },
      resource: { type: "document", id: "1", properties },
    });
    const scope = scopeOf(question, tenant);
    if (typeof scope === "string") throw new Error(scope);
    const policies = tenant.policiesFor(scope.action);
    const gathered = gatheredWith(differences);
    return engine.evaluate(tenant, policies, requestOf(question, scope, { tenant, policies, gathered }));
  }

  const allowed = (...policies: string[]) => ({ isAllowed: true, policies });
  const forbidden = (...policies: string[]) => ({ isAllowed: false, policies });
  const unknown = { known: false, status: "unknown", id: 0, role: "none", age: 0, tenure: 0, keyAge: 0 };
  const notPermitted = forbidden();

  it("should hold up against the schema, with nothing to warn about", async () => {
    for (const set of ["open", "market", "strict", "dual"]) {
      const { warnings, policies } = engine.compile({ policies: await starterSet(set) });
      expect(warnings).to.deep.equal([]);
      expect(policies.map(({ id }) => id)).to.include.members(["floor.asserted", "floor.status", "floor.risk"]);
      const readme = await readFile(new URL("../../policies/README.md", import.meta.url), "utf8");
      for (const { id } of policies) expect(readme).to.include(`\`${id}\``);
    }
  });

  it("should be of the schema that is written down beside them", async () => {
    const text = await readFile(new URL("../../policies/tenure.cedarschema", import.meta.url), "utf8");
    expect(text).to.equal(baseSchema(DEFAULT_ACTIONS));
  });

  it("floor: should stand under all of them", async () => {
    for (const set of ["open", "market", "strict", "dual"]) {
      expect((await judge(set, { proof: { scheme: "asserted" } })).policies).to.include("floor.asserted");
      expect((await judge(set, { identity: { status: "suspended" } })).policies).to.include("floor.status");
      expect((await judge(set, { identity: { status: "retired" } })).policies).to.include("floor.status");
      expect((await judge(set, { risk: { level: "high", rank: 3 } })).policies).to.include("floor.risk");
      expect(await judge(set, { risk: { level: "medium", rank: 2 } })).to.have.property("isAllowed", true);
    }
  });

  it("open: should permit whoever has an active identity", async () => {
    for (const action of DEFAULT_ACTIONS) expect(await judge("open", {}, action)).to.deep.equal(allowed("open.known"));
    expect(await judge("open", { identity: unknown })).to.deep.equal(notPermitted);
    expect(await judge("open", { identity: { tenure: 0 } })).to.deep.equal(allowed("open.known"));
  });

  it("market: should want time to look, and time and an anchor to trade", async () => {
    expect(await judge("market")).to.deep.equal(allowed("market.look"));
    expect(await judge("market", { identity: { tenure: 86_399 } })).to.deep.equal(notPermitted);
    expect(await judge("market", { identity: unknown })).to.deep.equal(notPermitted);
    for (const action of ["write", "pay"]) {
      expect(await judge("market", {}, action)).to.deep.equal(allowed("market.trade"));
      for (const lacking of [
        { identity: { tenure: 2_591_999 } },
        { identity: { keyAge: 604_799 } },
        { stakes: { vouching: [], vouchingCount: 0 } },
      ]) {
        expect(await judge("market", lacking, action)).to.deep.equal(notPermitted);
      }
    }
    expect(await judge("market", {}, "delegate")).to.deep.equal(notPermitted);
    expect(await judge("market", { stakes: { warning: [3], warningCount: 1 } })).to.deep.equal(
      forbidden("market.warned"),
    );
  });

  it("strict: should want a fresh proof, no grant deeper than one, and nothing unusual", async () => {
    expect(await judge("strict")).to.deep.equal(allowed("strict.anchored"));
    expect(await judge("strict", { grant: { delegated: true, depth: 1 } })).to.deep.equal(allowed("strict.anchored"));
    for (const [differences, policy] of [
      [{ proof: { replayable: true } }, "strict.fresh"],
      [{ proof: { binding: "class-bound" } }, "strict.fresh"],
      [{ grant: { delegated: true, depth: 2 } }, "strict.depth"],
      [{ behaviour: { pattern: "unusual" } }, "strict.unusual"],
      [{ identity: { pending: "recovery" } }, "strict.pending"],
    ] as const) {
      expect(await judge("strict", differences)).to.deep.equal(forbidden(policy));
    }
    expect(await judge("strict", { identity: { tenure: 7_775_999 } })).to.deep.equal(notPermitted);
    expect(await judge("strict", { stakes: { vouchingCount: 0 } })).to.deep.equal(notPermitted);
  });

  it("dual: should want an enterprise token for what is internal, and an identity for the rest", async () => {
    const internal = { zone: "internal" };
    const corporate = { present: true, issuer: "https://idp.example", subject: "robot", groups: ["buyers"] };
    expect(await judge("dual", {}, "read", internal)).to.deep.equal(notPermitted);
    expect(await judge("dual", { corporate }, "read", internal)).to.deep.equal(allowed("dual.internal"));
    expect(await judge("dual", { corporate, identity: unknown }, "read", internal)).to.deep.equal(
      allowed("dual.internal"),
    );
    expect(await judge("dual", {}, "read", { zone: "public" })).to.deep.equal(allowed("dual.public"));
    expect(await judge("dual")).to.deep.equal(allowed("dual.public"));
    expect(await judge("dual", { corporate, identity: unknown })).to.deep.equal(notPermitted);
  });
});
