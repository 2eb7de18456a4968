import { expect } from "chai";
import { tenantOf } from "../../test/utils/policies.ts";
import { createPolicyEngine, type PolicyEngine } from "./engine.ts";
import { InvalidPoliciesError, type PolicyProblem } from "./errors.ts";
import type { TenantFiles } from "./tenantFiles.ts";

const whole = '@id("all") permit (principal, action, resource);';

describe("compileTenant", () => {
  let engine: PolicyEngine;
  before(async () => {
    engine = await createPolicyEngine();
  });

  function problemsOf(files: TenantFiles): readonly PolicyProblem[] {
    try {
      engine.compile(files);
    } catch (error) {
      if (error instanceof InvalidPoliciesError) return error.problems;
      throw error;
    }
    return [];
  }

  it("should name policies by their @id, wherever semicolons, quotes and comments stand", () => {
    const { policies } = engine.compile(
      tenantOf(
        `
// A comment; with a semicolon, and a "quote.
@id("one; \\" // two")
permit (principal, action, resource) when { "a;b" == "c" }; @id("second") // why; not
forbid (principal, action, resource) when { context.facts.identity.status == "a\\\\" };
`.replace('one; \\" // two', "first"),
      ),
    );
    expect(policies.map(({ id, line }) => [id, line])).to.deep.equal([
      ["first", 3],
      ["second", 4],
    ]);
  });

  it("should tell every problem at once, each with file and line", () => {
    const problems = problemsOf({
      policies: [
        {
          file: "a.cedar",
          text: `${whole}\n\npermit (principal, action, resource);\n@id("all") forbid (principal, action, resource);`,
        },
        {
          file: "b.cedar",
          text: '@id("x")\npermit (principal, action, resource)\nwhen { "é" == context.facts.nothing };',
        },
        {
          file: "c.cedar",
          text: '\n@id("y")\npermit (principal, action resource);\n@id("z z") permit (principal, action, resource);',
        },
        { file: "d.cedar", text: '@id("t") permit (principal == ?principal, action, resource);' },
        { file: "e.cedar", text: '@id("open") permit (principal, action, resource)' },
      ],
    });
    const told = problems.map(({ file, line }) => `${file}:${line}`);
    expect(told).to.include.members([
      "a.cedar:3",
      "a.cedar:4",
      "b.cedar:3",
      "c.cedar:3",
      "c.cedar:4",
      "d.cedar:1",
      "e.cedar:1",
    ]);
    const messageOf = (place: string) => problems.find(({ file, line }) => `${file}:${line}` === place)?.message;
    expect(messageOf("a.cedar:3")).to.include('Write @id("some-name")');
    expect(messageOf("a.cedar:4")).to.include("already the name of the policy in a.cedar, line 1");
    expect(messageOf("b.cedar:3")).to.include("`facts.nothing`");
    expect(messageOf("d.cedar:1")).to.include("template");
  });

  it("should hold policies strictly against the schema", () => {
    const [mixed] = problemsOf(
      tenantOf('@id("x") permit (principal, action, resource) when { context.facts.identity.age > "1" };'),
    );
    expect(mixed?.message).to.include("expected Long but saw String");
    const [optional] = problemsOf({
      ...tenantOf('@id("x") permit (principal, action, resource) when { resource.owner == "bob" };'),
      schema: {
        file: "a.cedarschema",
        text: 'entity user, todo = {"owner"?: String}; action "edit" appliesTo {principal: user, resource: todo};',
      },
    });
    expect(optional?.message).to.include("unable to guarantee safety of access to optional attribute");
  });

  it("should refuse a schema that is none, on its line, and one that declares what is the server's", () => {
    const schema = (text: string) => problemsOf(tenantOf(whole, { schema: { file: "own.cedarschema", text } }));
    const [broken] = schema("entity user;\nentity todo = {\n  owner: Strin\n};");
    expect(broken).to.include({ file: "own.cedarschema" });
    expect(broken?.message).to.include("Strin");
    expect(schema("entity user;\nentity ;")[0]).to.include({ line: 2 });
    const about = "action ask appliesTo { principal: Tenure::Agent, resource: todo };";
    expect(schema(`entity todo; ${about}`)).to.deep.equal([]);
    expect(schema(`entity todo; ${about} namespace Tenure { entity Agent; }`)[0]?.message).to.include("Tenure");
    const [shadow] = schema(`entity todo, Group; ${about}`);
    expect(shadow?.file).to.equal("own.cedarschema");
    expect(shadow?.message).to.include("`Tenure::Group` illegally shadows");
  });

  it("should refuse entities and settings that do not fit", () => {
    const entities = (text: string) => problemsOf(tenantOf(whole, { entities: { file: "entities.json", text } }));
    expect(entities("{")[0]?.message).to.include("no JSON");
    expect(entities("{}")[0]?.message).to.include("a list");
    expect(entities('[{"uid":{"type":"Tenure::Nobody","id":"1"},"attrs":{},"parents":[]}]')[0]?.message).to.include(
      "Nobody",
    );
    expect(entities('[{"uid":{"type":"Tenure::Resource","id":"1"},"attrs":{"type":1.5},"parents":[]}]')).to.have.length(
      1,
    );
    const settings = (text: string) => problemsOf(tenantOf(whole, { settings: { file: "tenant.json", text } }));
    expect(settings("{")[0]?.message).to.include("no JSON");
    expect(settings('{"types":{"a":"my-type"},"colour":1,"actions":[]}')).to.have.length(3);
    expect(settings('{"actions":["a\\"b"]}')).to.have.length(1);
    expect(
      problemsOf({
        ...tenantOf(whole, { settings: { file: "tenant.json", text: '{"actions":["x"]}' } }),
        schema: { file: "s.cedarschema", text: "entity a;" },
      })[0]?.message,
    ).to.include("s.cedarschema says which actions there are");
  });

  it("should refuse a folder without policies, and one that is too large", async () => {
    expect(problemsOf({ policies: [] })[0]?.message).to.include("no file of policies");
    const small = await createPolicyEngine([], { tenantSize: 1_000 });
    const files = tenantOf(`${whole}\n// ${"x".repeat(1_000)}`);
    expect(() => small.compile(files)).to.throw(InvalidPoliciesError, "1000 are allowed");
  });

  it("should refuse what the engine breaks off over, and decide for everybody else as before", () => {
    const when = (body: string) => tenantOf(`@id("deep") permit (principal, action, resource) when { ${body} };`);
    const good = engine.compile(tenantOf(whole));
    const [action] = good.schema.actionsByName.get("read") ?? [];
    if (action === undefined) throw new Error("The schema has no such action.");
    const isAllowed = () =>
      engine.evaluate(good, good.policiesFor(action), {
        ...{
          principal: { type: "Tenure::Agent", id: "a" },
          action: action.uid,
          resource: { type: "Tenure::Resource", id: "b" },
        },
        ...{ context: {}, entities: [] },
      }).isAllowed;
    expect(isAllowed()).to.equal(true);
    for (const body of [
      `${"(".repeat(20_000)}true${")".repeat(20_000)}`,
      "if true then true else ".repeat(20_000),
      `${"[".repeat(20_000)}${"]".repeat(20_000)} == []`,
      `1${" + 1".repeat(20_000)} == 2`,
    ]) {
      expect(problemsOf(when(body))[0]?.message).to.include("The policy engine breaks off");
      expect(isAllowed()).to.equal(true);
    }
    expect(problemsOf(when(`true${" && true".repeat(600)}`))[0]?.message).to.include("nested more than 500 deep");
    expect(problemsOf(when(`true${" && true".repeat(400)}`))).to.deep.equal([]);
  });

  it("should lay the floor under tenants that are about agents alone", async () => {
    const floor = [
      { file: "floor.cedar", text: '@id("floor") forbid (principal is Tenure::Agent, action, resource);' },
    ];
    const engine = await createPolicyEngine(floor);
    const about = (text: string) => engine.compile(tenantOf(whole, { schema: { file: "s.cedarschema", text } }));
    expect(engine.compile(tenantOf(whole)).policies).to.have.length(2);
    const users = 'entity user, todo; action "edit" appliesTo {principal: user, resource: todo};';
    expect(about(users).policies).to.have.length(1);
    const both = `${users} action "ask" appliesTo {principal: [Tenure::Agent], resource: todo, context: Tenure::Context};`;
    expect(about(both).policies).to.have.length(2);
    // A tenant cannot have a policy by the name of one of the floor.
    expect(() => engine.compile(tenantOf('@id("floor") permit (principal, action, resource);'))).to.throw(
      InvalidPoliciesError,
    );
  });

  it("should have a hash of everything that decides, and of nothing else", () => {
    const hash = (files: TenantFiles) => engine.compile(files).hash;
    const base = hash(tenantOf(whole));
    expect(base).to.match(/^[0-9a-f]{64}$/);
    expect(hash(tenantOf(`// a comment\n\n${whole}`))).to.equal(base);
    const others = [
      hash(tenantOf(whole.replace("all", "any"))),
      hash(tenantOf(whole, { settings: { file: "tenant.json", text: '{"actions":["x"]}' } })),
      hash(tenantOf(whole, { settings: { file: "tenant.json", text: '{"subjectProperties":true}' } })),
      hash(
        tenantOf(whole, {
          entities: {
            file: "entities.json",
            text: '[{"uid":{"type":"Tenure::Group","id":"1"},"attrs":{},"parents":[]}]',
          },
        }),
      ),
    ];
    expect(new Set([base, ...others]).size).to.equal(5);
  });
});
