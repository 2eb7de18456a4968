// The policies of the guide are active ones, and say of facts what their page says that they do.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { AccessQuestion } from "@tenure/server";
import { type FactsGatherer, watchClock } from "@tenure/server/facts";
import {
  createDecisionPoint,
  createPolicyEngine,
  InvalidPoliciesError,
  openPolicyFolder,
  type PolicyEngine,
} from "@tenure/server/policy";
import { expect } from "chai";
import { gatheredWith } from "../../server/test/utils/gathered.ts";
import { starterSet } from "../../server/test/utils/policies.ts";
import { questionOf } from "../../server/test/utils/questions.ts";
import { root } from "../package/utils/run.ts";

const AGENT = "eip155:1:0x00000000000000000000000000000000000000aa";
const TENANT_OF: Readonly<Record<string, string>> = { mine: "mine", shop: "shop" };

type Known = Parameters<typeof gatheredWith>[0];

describe("docs/policies.md", () => {
  let page: string;
  let folder: string;
  let engine: PolicyEngine;
  before(async () => {
    page = await readFile(path.join(root, "docs/policies.md"), "utf8");
    folder = await mkdtemp(path.join(tmpdir(), "tenure-policies-page-"));
    engine = await createPolicyEngine(await starterSet("floor"));
    for (const [, language, code = ""] of page.matchAll(/^```(json|cedar|cedarschema)\n([\s\S]*?)^```$/gm)) {
      const [, file = "tenant.json", set = "shop"] = /^\/\/ ((\w+)\.\w+)\n/.exec(code) ?? [];
      expect(language === "json").to.equal(file === "tenant.json");
      await write(TENANT_OF[set] ?? expect.fail(file), file, code);
    }
    const [, settings = ""] = /`(\{ "types": .*?\} \})`/.exec(page) ?? [];
    await write("mine", "tenant.json", settings);
  });
  after(() => rm(folder, { recursive: true }));

  async function write(tenant: string, file: string, text: string): Promise<void> {
    await mkdir(path.join(folder, tenant), { recursive: true });
    await writeFile(path.join(folder, tenant, file), text);
  }

  /** What policies say of an agent of whom that is known. */
  async function decide(policies: string | undefined, known: Known, more: Partial<AccessQuestion> = {}) {
    const tenants = openPolicyFolder({ root: folder, engine });
    const gathered = gatheredWith(known);
    const facts: FactsGatherer = {
      clock: watchClock(),
      getFacts: async () => gathered,
      moment: () => ({ blocks: [] }),
      changed: () => {},
      lifetimeOf: () => 0,
      anchorsOf: () => [`eip155:1/erc721:${gathered.facts.identity.registry}/1`],
      isAnchor: () => false,
    };
    const own = engine.compile({ policies: [{ file: "own.cedar", text: policies ?? "" }] });
    const given = policies === undefined ? tenants : { find: () => own };
    try {
      return await createDecisionPoint({ engine, tenants: given, facts }).decide(questionOf(AGENT, more));
    } finally {
      await tenants.close();
    }
  }

  it("should have tenants that hold up", async () => {
    const tenants = openPolicyFolder({ root: folder, engine });
    try {
      for (const tenant of Object.keys(TENANT_OF)) expect(await tenants.check(tenant), tenant).to.deep.equal([]);
    } finally {
      await tenants.close();
    }
  });

  it("should refuse an order in the words of the page, and say what would help", async () => {
    const order = { action: { name: "order" } };
    const young = { identity: { tenure: 864_000 }, stakes: { vouching: [], vouchingCount: 0 } };
    const { outcome, reason, obligations } = await decide(undefined, young, order);
    expect(outcome).to.equal("refused");
    expect(page).to.include(`\`\`\`text\n${reason}\n\`\`\``);
    expect(obligations.map(({ type }) => type)).to.deep.equal(["approve", "wait"]);
    expect((await decide(undefined, {}, order)).policies).to.deep.equal(["shop.order"]);
    const delegated = { grant: { delegated: true, depth: 1, permissions: ["reading"] } };
    expect((await decide(undefined, delegated, order)).policies).to.deep.equal(["shop.sub-agents"]);
    expect((await decide(undefined, delegated)).policies).to.deep.equal(["shop.read"]);
  });

  it("should compare amounts by a schema of one's own", async () => {
    const refund = (amount: number) =>
      decide(
        undefined,
        {},
        {
          ...{ tenant: "mine", action: { name: "refund" } },
          resource: { type: "order", id: "1", properties: { amount } },
        },
      );
    expect(await refund(100)).to.include({ outcome: "allowed" });
    expect(await refund(101)).to.include({ outcome: "refused" });
  });

  it("should say what the check says", async () => {
    const text = `@id("shop.order") permit (principal is Tenure::Agent, action == Tenure::Action::"order", resource)
when {
  context.facts.identity.tenur >= 1
};`;
    const settings = { file: "tenant.json", text: '{ "actions": ["order"] }' };
    const problem = () => engine.compile({ policies: [{ file: "shop.cedar", text }], settings });
    expect(problem).to.throw(InvalidPoliciesError);
    try {
      problem();
    } catch (error) {
      expect(page).to.include(`\`\`\`text\n${(error as Error).message}\n\`\`\``);
    }
  });

  it("should have every condition of its table of facts hold against the schema", () => {
    const section = page.slice(page.indexOf("## Facts"), page.indexOf("## Check it"));
    const conditions = [...section.matchAll(/`(!?context\.facts\.[^`]+)`/g)].map(([, condition]) => condition);
    expect(conditions).to.have.length(11);
    for (const [at, condition] of conditions.entries()) {
      const text = `@id("c.${at}") permit (principal is Tenure::Agent, action, resource) when { ${condition} };`;
      expect(engine.compile({ policies: [{ file: "own.cedar", text }] }).warnings, condition).to.deep.equal([]);
    }
  });

  describe("its traps", () => {
    const permit = (condition: string) =>
      `@id("own") permit (principal is Tenure::Agent, action, resource) when { ${condition} };`;
    const forbid = (condition: string) =>
      `${permit("true")} @id("no") forbid (principal is Tenure::Agent, action, resource) ${condition};`;
    const stranger = { identity: { known: false, status: "unknown" }, stakes: { opposition: 0 } };
    const items = { resource: { type: "http", id: "/items" } };

    it("should let a stranger through where nobody demands that they are known", async () => {
      const few = "context.facts.stakes.opposition < 10";
      expect(await decide(permit(few), stranger)).to.include({ outcome: "allowed" });
      const known = `context.facts.identity.status == "active" && ${few}`;
      expect((await decide(permit(known), stranger)).outcome).to.not.equal("allowed");
    });

    it("should tell unknown from unusual", async () => {
      const when = forbid('when { context.facts.behaviour.pattern == "unusual" }');
      expect(await decide(when, {})).to.include({ outcome: "allowed" });
      const unless = forbid('unless { context.facts.behaviour.pattern == "usual" }');
      expect((await decide(unless, {})).outcome).to.not.equal("allowed");
    });

    it("should know a resource by type and id", async () => {
      for (const [condition, outcome] of [
        ['resource == Tenure::Resource::"/items"', "refused"],
        ['resource == Tenure::Resource::"http//items"', "allowed"],
        ['resource.type == "http" && resource.id == "/items"', "allowed"],
      ] as const) {
        expect((await decide(permit(condition), {}, items)).outcome, condition).to.equal(outcome);
      }
      const below = { resource: { type: "http", id: "/items/a/b" } };
      expect(await decide(permit('resource.id like "/items/*"'), {}, below)).to.include({ outcome: "allowed" });
    });

    it("should be refused where a tag is read that may not be there, and where an id is missing or comes twice", () => {
      for (const text of [
        permit('resource.getTag("zone") == "a"'),
        permit("true").replace('@id("own") ', ""),
        `${permit("true")}${permit("true")}`,
      ]) {
        expect(() => engine.compile({ policies: [{ file: "own.cedar", text }] }), text).to.throw(InvalidPoliciesError);
      }
    });

    it("should fail where arithmetic does, though another policy would permit", async () => {
      const text = forbid("when { context.facts.stakes.support * 9223372036854775807 > 0 }");
      expect(await decide(text, {})).to.include({ outcome: "failed" });
    });
  });
});
