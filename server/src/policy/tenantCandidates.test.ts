import { expect } from "chai";
import { tenantOf } from "../../test/utils/policies.ts";
import { createPolicyEngine, type PolicyEngine } from "./engine.ts";
import { NoPoliciesError, tenantCandidates } from "./index.ts";
import type { Tenants } from "./tenants.ts";

const stored = (type: string, ...ids: string[]) => ids.map((id) => ({ uid: { type, id }, attrs: {}, parents: [] }));
const file = (name: string, value: unknown) => ({ file: name, text: JSON.stringify(value) });
const all = '@id("all") permit (principal, action, resource);';

describe("what a tenant's search goes through", () => {
  let engine: PolicyEngine;
  before(async () => {
    engine = await createPolicyEngine();
  });

  function candidates() {
    const own = tenantOf(all, {
      schema: {
        file: "a.cedarschema",
        text: `entity User; entity Doc; entity Note;
          action "read" appliesTo { principal: [User], resource: [Doc, Note], context: {} };
          action "edit" appliesTo { principal: [User], resource: [Doc], context: {} };
          action "change";`,
      },
      entities: file("entities.json", [...stored("User", "b", "a", "c"), ...stored("Doc", "2", "10", "1")]),
      settings: file("tenant.json", { types: { person: "User", document: "Doc" } }),
    });
    const generic = tenantOf(all, { settings: file("tenant.json", { actions: ["use", "see"] }) });
    const tenants: Tenants = {
      find: async (name) => {
        if (name === "own") return engine.compile(own);
        if (name === "generic") return engine.compile(generic);
        throw new NoPoliciesError(name);
      },
    };
    return tenantCandidates(tenants);
  }
  const ids = async (tenant: string, type: string, after?: string, limit = 10) =>
    (await candidates().entities({ tenant, role: "subject", type, after, limit })).map(({ id }) => id);

  it("should be the entities of its files, in order, under the types that enforcement points name", async () => {
    expect(await ids("own", "person")).to.deep.equal(["a", "b", "c"]);
    expect(await ids("own", "User")).to.deep.equal(["a", "b", "c"]);
    expect(await ids("own", "document", undefined, 2)).to.deep.equal(["1", "10"]);
    expect(await ids("own", "document", "10")).to.deep.equal(["2"]);
    // What was there when a page ended may be gone.
    expect(await ids("own", "person", "aa", 1)).to.deep.equal(["b"]);
    expect(await ids("own", "person", "z")).to.deep.equal([]);
  });

  it("should be nothing of types and tenants that nobody knows", async () => {
    for (const type of ["ship", "__proto__", "constructor", "Note", ""])
      expect(await ids("own", type)).to.deep.equal([]);
    expect(await ids("nobody", "person")).to.deep.equal([]);
    expect(await candidates().actions({ tenant: "nobody", resourceType: "document" })).to.deep.equal([]);
  });

  it("should be the actions that its schema has for a type, groups left out", async () => {
    const actions = (tenant: string, resourceType: string) => candidates().actions({ tenant, resourceType });
    expect(await actions("own", "document")).to.deep.equal(["edit", "read"]);
    expect(await actions("own", "Note")).to.deep.equal(["read"]);
    expect(await actions("own", "ship")).to.deep.equal([]);
    expect(await actions("generic", "anything")).to.deep.equal(["see", "use"]);
  });
});
