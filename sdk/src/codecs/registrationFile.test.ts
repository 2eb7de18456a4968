import { expect } from "chai";
import fc from "fast-check";
import { isTenureError, parseRegistrationFile, type RegistrationFile, shortAddresses } from "../index.ts";

const type = "https://eips.ethereum.org/EIPS/eip-8004#registration-v1";
const own = { agentId: 1, agentRegistry: `eip155:31337:${shortAddresses.identityRegistry}` };
const lark = {
  type,
  name: "Lark",
  description: "Reads contracts",
  services: [{ name: "A2A", endpoint: "https://lark.example/card.json", version: "0.3.0" }],
  registrations: [own],
  supportedTrust: ["reputation"],
};
const read = {
  name: "Lark",
  description: "Reads contracts",
  image: undefined,
  services: lark.services,
  registrations: [own],
  supportedTrust: ["reputation"],
  active: undefined,
  skipped: [],
  moreSkipped: 0,
};

const parse = (file: unknown) => parseRegistrationFile(JSON.stringify(file));
const named = ({ skipped }: RegistrationFile) => skipped.map(({ path, reason }) => `${path} ${reason}`);

describe("parseRegistrationFile", () => {
  it("should read what the standard describes, and old files too", () => {
    expect(parse(lark)).to.deep.equal(read);
    expect(parse({ ...lark, x402Support: true, attributes: [{}], description: null })).to.deep.equal({
      ...read,
      description: undefined,
    });
    const { services, ...rest } = lark;
    expect(parse({ ...rest, endpoints: services })).to.deep.equal(read);
    expect(parse({ ...lark, registrations: [{ ...own, agentId: "1" }] }).registrations).to.deep.equal([own]);
    for (const agentId of [2n ** 53n, 2n ** 256n - 1n]) {
      const file = parse({ ...lark, registrations: [{ ...own, agentId: String(agentId) }] });
      expect(file.registrations).to.deep.equal([{ ...own, agentId }]);
    }
  });

  it("should leave out what is not as the standard has it, name it, and read the rest", () => {
    const cases: [change: object, left: Partial<RegistrationFile>, ...names: string[]][] = [
      [{ type: "other" }, {}, `type is not ${type}`],
      [{ type: undefined }, {}, "type is missing"],
      [{ name: undefined }, { name: undefined }, "name is missing"],
      [{ name: null }, { name: undefined }, "name is no text"],
      [{ name: { en: "Lark" } }, { name: undefined }, "name is no text"],
      [{ description: ["a"] }, { description: undefined }, "description is no text"],
      [{ image: 7 }, {}, "image is no text"],
      [{ active: "true" }, {}, "active is neither true nor false"],
      [{ active: 1 }, {}, "active is neither true nor false"],
      [{ services: { web: "https://a.example" } }, { services: [] }, "services is no list"],
      [{ services: [...lark.services, { name: "A2A" }] }, {}, "services[1].endpoint is missing"],
      [
        { services: [{ type: "web", url: "https://a.example" }, ...lark.services] },
        {},
        "services[0].name is missing",
        "services[0].endpoint is missing",
      ],
      [
        { services: [{ ...lark.services[0], version: 1 }] },
        { services: [{ name: "A2A", endpoint: "https://lark.example/card.json", version: undefined }] },
        "services[0].version is no text",
      ],
      [{ services: {}, endpoints: lark.services }, {}, "services is no list"],
      [{ services: undefined, endpoints: {} }, { services: [] }, "endpoints is no list"],
      [{ services: undefined, endpoints: [7] }, { services: [] }, "endpoints[0] is no object"],
      [{ endpoints: lark.services }, {}, "endpoints is the earlier name of `services`, which is there too"],
      [{ registrations: {} }, { registrations: [] }, "registrations is no list"],
      [{ registrations: [null, own] }, {}, "registrations[0] is no object"],
      [{ registrations: [own, { agentRegistry: own.agentRegistry }] }, {}, "registrations[1].agentId is missing"],
      [{ registrations: [own, { agentId: 1 }] }, {}, "registrations[1].agentRegistry is missing"],
      ...["8453:57911", "x", "", "0x7", " 7", "-7", [7], true, 7.5, null, 2 ** 53, String(2n ** 256n)].map(
        (agentId): [object, object, string] => [
          { registrations: [own, { ...own, agentId }] },
          {},
          "registrations[1].agentId is no number of a token",
        ],
      ),
      ...[
        "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:8oo4dC4JvBLwy5tGgiH3WwK4B9PWxL9Z4XjA2jzkQMbQ",
        "near:mainnet:agents.near",
        own.agentRegistry.replace("eip155:31337:", ""),
        own.agentRegistry.replace("31337", "0"),
        own.agentRegistry.slice(0, -1),
        "",
        null,
        {},
      ].map((agentRegistry): [object, object, string] => [
        { registrations: [{ agentId: 1, agentRegistry }, own] },
        {},
        "registrations[0].agentRegistry is no registry of an EVM chain",
      ]),
      ...["0x1", "0xzz", 7, {}].map((linkSignature): [object, object, string] => [
        { registrations: [{ ...own, linkSignature }] },
        {},
        "registrations[0].linkSignature is no data in hexadecimal",
      ]),
      [{ supportedTrust: [1, "reputation"] }, {}, "supportedTrust[0] is no text"],
      [{ supportedTrust: "reputation" }, { supportedTrust: [] }, "supportedTrust is no list"],
    ];
    for (const [change, left, ...names] of cases) {
      const file = parse({ ...lark, ...change });
      const label = JSON.stringify(change);
      expect(named(file), label).to.deep.equal(names);
      expect({ ...file, skipped: [] }, label).to.deep.equal({ ...read, ...left });
    }
  });

  it("should refuse by name what is no JSON object", () => {
    for (const text of ["<html>", "", "[1]x", '{"name":"Lark"', "{'name':'Lark'}", "undefined"]) {
      expect(() => parseRegistrationFile(text), text).to.throw("it is not JSON");
    }
    for (const text of ["[]", "null", "7", '"Lark"', "true"]) {
      expect(() => parseRegistrationFile(text), text).to.throw("the file is not an object");
    }
  });

  describe("given a file that means harm", () => {
    it("should name a hundred, and count the rest", () => {
      const file = parse({ ...lark, supportedTrust: Array(50_000).fill(7), active: "yes" });
      expect(named(file)).to.have.length(100);
      expect(named(file).at(-1)).to.equal("supportedTrust[99] is no text");
      expect(file.moreSkipped).to.equal(50_001 - 100);
    });

    it("should take nothing from names that objects have by nature", () => {
      const text = `{"__proto__": ${JSON.stringify(lark)}, "constructor": {"name": "Lark"}, "toString": 7,
        "services": [{"__proto__": {"name": "a", "endpoint": "b"}}],
        "registrations": [{"__proto__": ${JSON.stringify(own)}}, {"constructor": ${JSON.stringify(own)}}]}`;
      const file = parseRegistrationFile(text);
      const nothing = { name: undefined, description: undefined, services: [], registrations: [], supportedTrust: [] };
      expect(file).to.deep.include(nothing);
      expect(named(file)).to.include.members([
        "type is missing",
        "name is missing",
        "registrations[1].agentId is missing",
      ]);
      expect(Object.getPrototypeOf(file)).to.equal(Object.prototype);
    });

    it("should read past what is nested deeply, wherever it stands", () => {
      const lists = `${"[".repeat(60_000)}${"]".repeat(60_000)}`;
      const objects = `${'{"a":'.repeat(20_000)}7${"}".repeat(20_000)}`;
      for (const nested of [lists, objects]) {
        const text = `{"type": "${type}", "name": ${nested}, "registrations": [{"agentId": ${nested}}], "x": ${nested}}`;
        expect(named(parseRegistrationFile(text))).to.deep.equal([
          "name is no text",
          "registrations[0].agentId is no number of a token",
          "registrations[0].agentRegistry is missing",
        ]);
      }
    });

    it("should keep lone surrogates and controls out of what it names", () => {
      const odd = "\ud800\u0007\u001b[2J\u202e`";
      const file = parse({
        ...{ type: odd, name: odd, image: [odd], [odd]: odd },
        services: [{ [odd]: odd, name: odd, endpoint: { [odd]: odd } }],
        registrations: [{ agentId: odd, agentRegistry: odd }],
      });
      expect(file.name).to.equal(odd);
      expect(file.skipped.map(({ path }) => path)).to.deep.equal([
        ...["type", "image", "services[0].endpoint", "registrations[0].agentId", "registrations[0].agentRegistry"],
      ]);
      for (const name of named(file)) expect(name).to.match(/^[\x20-\x7e]+$/);
    });
  });

  describe("given any JSON", () => {
    const entry = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          name: fc.oneof(fc.string(), fc.jsonValue()),
          endpoint: fc.oneof(fc.string(), fc.jsonValue()),
          version: fc.jsonValue(),
          agentId: fc.oneof(fc.nat(), fc.bigInt().map(String), fc.jsonValue()),
          agentRegistry: fc.oneof(fc.constant(own.agentRegistry), fc.jsonValue()),
          linkSignature: fc.oneof(fc.constant("0x12"), fc.jsonValue()),
        },
        { requiredKeys: [] },
      ),
      fc.string(),
    );
    const field = fc.oneof(fc.array(entry), fc.jsonValue());
    const file = fc.record(
      {
        type: fc.oneof(fc.constant(type), fc.jsonValue()),
        name: fc.oneof(fc.string(), fc.jsonValue()),
        ...{ description: fc.jsonValue(), image: fc.jsonValue(), active: fc.jsonValue() },
        ...{ services: field, endpoints: field, registrations: field, supportedTrust: field },
      },
      { requiredKeys: [] },
    );

    it("should end in what it says, or in the error of its name", () => {
      fc.assert(
        fc.property(
          fc.oneof(
            fc.json(),
            fc.string(),
            file.map((value) => JSON.stringify(value)),
          ),
          (text) => {
            try {
              expect(parseRegistrationFile(text).skipped).to.be.an("array");
            } catch (error) {
              expect(isTenureError(error) && error.name).to.equal("InvalidRegistrationFileError");
            }
          },
        ),
        { numRuns: 500 },
      );
    });

    it("should name every entry that it drops, and none that it keeps whole", () => {
      fc.assert(
        fc.property(file, (given) => {
          const found = parse(given);
          // Nothing here is long enough to be counted only.
          if (found.moreSkipped > 0) return;
          const paths = found.skipped.map(({ path }) => path);
          const isNamed = (path: string) => paths.some((it) => it === path || it.startsWith(`${path}.`));
          const said = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
          const isSaid = (value: unknown) => value !== undefined && value !== null;
          for (const name of ["description", "image", "active"] as const) {
            expect(isNamed(name), name).to.equal(isSaid(said[name]) && found[name] === undefined);
          }
          expect(isNamed("name")).to.equal(found.name === undefined);
          const isOld = isSaid(said.endpoints) && !Array.isArray(said.services);
          const lists = [
            ["registrations", found.registrations],
            ["supportedTrust", found.supportedTrust],
            [isOld ? "endpoints" : "services", found.services],
          ] as const;
          for (const [name, kept] of lists) {
            const entries = said[name];
            if (!Array.isArray(entries)) {
              expect(kept).to.deep.equal([]);
              expect(isNamed(name), name).to.equal(isSaid(entries));
              continue;
            }
            const dropped = entries.filter((_, index) => {
              const path = `${name}[${index}]`;
              const optional = [`${path}.version`, `${path}.linkSignature`];
              return paths.some((it) => (it === path || it.startsWith(`${path}.`)) && !optional.includes(it));
            });
            expect(dropped.length + kept.length, name).to.equal(entries.length);
          }
        }),
        { numRuns: 500 },
      );
    });
  });
});
