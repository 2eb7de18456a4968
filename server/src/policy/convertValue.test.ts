import { expect } from "chai";
import fc from "fast-check";
import { convertRecord, convertText, convertValue, UnfitValueError } from "./convertValue.ts";
import { createPolicyEngine } from "./engine.ts";
import type { ValueType } from "./schemaModel.ts";

const decimal: ValueType = { kind: "Extension", name: "decimal" };
const long: ValueType = { kind: "Long" };
const text: ValueType = { kind: "String" };

describe("convertValue", () => {
  it("should put fractions into decimals where four digits hold them, and into text where text is declared", () => {
    expect(convertValue(1.5, decimal, "x")).to.deep.equal({ __extn: { fn: "decimal", arg: "1.5000" } });
    expect(convertValue(-0.0001, decimal, "x")).to.deep.equal({ __extn: { fn: "decimal", arg: "-0.0001" } });
    expect(convertValue(3, decimal, "x")).to.deep.equal({ __extn: { fn: "decimal", arg: "3.0000" } });
    expect(convertValue(1.5, text, "x")).to.equal("1.5");
    for (const value of [0.00001, 1e300, 1 / 3])
      expect(() => convertValue(value, decimal, "x")).to.throw(UnfitValueError);
    expect(() => convertValue(1.5, long, "x")).to.throw(UnfitValueError, "x has to be a whole number, and is 1.5");
  });

  it("should refuse integers that JSON cannot hold, of whatever type", () => {
    for (const type of [long, text, decimal]) {
      expect(() => convertValue(2 ** 53, type, "x.id")).to.throw(UnfitValueError, "x.id is beyond 2^53");
    }
    expect(convertValue(2 ** 53 - 1, long, "x")).to.equal(2 ** 53 - 1);
    expect(() => convertText(2 ** 60, "x")).to.throw(UnfitValueError);
  });

  it("should take null for nothing, also inside of lists", () => {
    expect(convertValue(null, long, "x")).to.equal(undefined);
    expect(convertValue([1, null, 2], { kind: "Set", element: long }, "x")).to.deep.equal([1, 2]);
    const attributes = new Map([["a", { type: long, isRequired: true }]]);
    expect(() => convertRecord({ a: null }, attributes, "x")).to.throw(UnfitValueError, "x.a is not said");
  });

  it("should take of a record only what is declared", () => {
    const attributes = new Map([
      ["a", { type: long, isRequired: true }],
      ["b", { type: text, isRequired: false }],
    ]);
    expect(convertRecord({ a: 1, c: 1.5, ["__proto__"]: 3 }, attributes, "x")).to.deep.equal({ a: 1 });
    expect(() => convertRecord({}, new Map([["toString", { type: text, isRequired: true }]]), "x")).to.throw(
      UnfitValueError,
    );
  });

  it("should refuse what is nested without end", () => {
    const nested = (depth: number): ValueType => (depth === 0 ? long : { kind: "Set", element: nested(depth - 1) });
    const value = (depth: number): unknown => (depth === 0 ? 1 : [value(depth - 1)]);
    expect(() => convertValue(value(40), nested(40), "x")).to.throw(UnfitValueError, "nested more than 16 deep");
  });

  it("should make what Cedar takes, or refuse, whatever is said", async () => {
    const engine = await createPolicyEngine();
    const schema = `entity user; entity thing = { "a"?: Long, "b"?: String, "c"?: Bool, "d"?: decimal, "e"?: Set<Long>, "f"?: { "g"?: String } };
      action "see" appliesTo { principal: user, resource: thing, context: { "a"?: Long, "d"?: decimal } };`;
    const tenant = engine.compile({
      policies: [{ file: "p.cedar", text: '@id("all") permit (principal, action, resource);' }],
      schema: { file: "s.cedarschema", text: schema },
    });
    const action = tenant.schema.actionsByName.get("see")?.[0];
    const thing = tenant.schema.entities.get("thing");
    if (action === undefined || thing === undefined) throw new Error("The schema has no such action.");
    const member = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.double(), fc.integer(), fc.maxSafeInteger());
    const said = fc.dictionary(fc.constantFrom("a", "b", "c", "d", "e", "f", "__proto__"), member);
    fc.assert(
      fc.property(said, said, (properties, context) => {
        try {
          const attrs = convertRecord(properties, thing.attributes, "resource");
          const request = {
            principal: { type: "user", id: "x" },
            action: action.uid,
            resource: { type: "thing", id: "y" },
            context: convertRecord(context, action.context, "context"),
            entities: [{ uid: { type: "thing", id: "y" }, attrs, parents: [] }],
          };
          expect(engine.evaluate(tenant, tenant.policiesFor(action), request).isAllowed).to.equal(true);
        } catch (error) {
          expect(error).to.be.instanceOf(UnfitValueError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
