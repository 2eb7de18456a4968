import { expect } from "chai";
import { parseDictionary } from "../fields/parse.ts";
import { signatureBase } from "./base.ts";
import { messageOf } from "./target.ts";

/** The request of RFC 9421, section B.2, at the target that it is for. */
const example = new Request("https://example.com/foo?param=Value&Pet=dog", {
  method: "POST",
  headers: {
    date: "Tue, 20 Apr 2021 02:07:55 GMT",
    "content-type": "application/json",
    "content-digest":
      "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:",
    "content-length": "18",
    "x-list": "a=1,   b=2;x=1;y=2,   c=(a   b   c)",
    "x-empty": "",
    "x-latin": "é",
  },
  body: '{"hello": "world"}',
});

function baseOf(input: string, request = example, origin?: string): string | undefined {
  const member = parseDictionary(`sig=${input}`).get("sig");
  if (member?.kind !== "list") throw new Error("no list");
  const base = signatureBase(messageOf(request, origin), { components: member.items, parameters: member.parameters });
  return base && new TextDecoder().decode(base);
}

/** The lines for some components, without the one of the parameters. */
const linesOf = (components: string, ...rest: [Request?, string?]) =>
  baseOf(`(${components})`, ...rest)
    ?.split("\n")
    .slice(0, -1);

describe("the base of a signature", () => {
  it("should be that of the standard, B.2.2 and B.2.5, with the parameters in their order", () => {
    const parameters = ';created=1618884473;keyid="test-key-rsa-pss";tag="header-example"';
    expect(baseOf(`("@authority" "content-digest" "@query")${parameters}`)).to.equal(
      '"@authority": example.com\n' +
        '"content-digest": sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:\n' +
        '"@query": ?param=Value&Pet=dog\n' +
        `"@signature-params": ("@authority" "content-digest" "@query")${parameters}`,
    );
    expect(baseOf('("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"')).to.equal(
      '"date": Tue, 20 Apr 2021 02:07:55 GMT\n"@authority": example.com\n"content-type": application/json\n' +
        '"@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    );
    expect(baseOf("()")).to.equal('"@signature-params": ()');
  });

  it("should have each part of the target", () => {
    expect(linesOf('"@method" "@scheme" "@authority" "@path" "@query" "@target-uri"')).to.deep.equal([
      ...['"@method": POST', '"@scheme": https', '"@authority": example.com', '"@path": /foo'],
      ...['"@query": ?param=Value&Pet=dog', '"@target-uri": https://example.com/foo?param=Value&Pet=dog'],
    ]);
    const bare = new Request("http://EXAMPLE.com:80");
    expect(linesOf('"@scheme" "@authority" "@path" "@query" "@target-uri"', bare)).to.deep.equal([
      ...[
        '"@scheme": http',
        '"@authority": example.com',
        '"@path": /',
        '"@query": ?',
        '"@target-uri": http://example.com/',
      ],
    ]);
    expect(linesOf('"@authority"', new Request("https://example.com:8443/"))).to.deep.equal([
      '"@authority": example.com:8443',
    ]);
  });

  it("should have the origin that is configured, and the path and query that came", () => {
    const behind = new Request("http://10.0.0.7:8080/a%20b/?x=%2f", {
      headers: { "x-forwarded-host": "evil.example" },
    });
    expect(linesOf('"@scheme" "@authority" "@path" "@query"', behind, "https://api.example")).to.deep.equal([
      ...['"@scheme": https', '"@authority": api.example', '"@path": /a%20b/', '"@query": ?x=%2f'],
    ]);
  });

  it("should have fields as they came, in the one way to write them, or a member of them", () => {
    expect(linesOf('"x-list" "x-empty" "x-list";key="b" "x-list";key="c"')).to.deep.equal([
      ...['"x-list": a=1,   b=2;x=1;y=2,   c=(a   b   c)', '"x-empty": '],
      ...['"x-list";key="b": 2;x=1;y=2', '"x-list";key="c": (a b c)'],
    ]);
    expect(linesOf('"content-digest";sf "content-digest"')?.map((line) => line.slice(0, 25))).to.deep.equal([
      '"content-digest";sf: sha-',
      '"content-digest": sha-512',
    ]);
  });

  it("should have bytes of a field, one parameter of the query, and other fields in their one form", () => {
    const request = new Request("https://example.com/?Pet=a+dog&x=1&x=2", {
      headers: { "x-latin": "\u00e9", "x-text": "a,  b", "client-cert-chain": ":AAAA:,:AQID:", priority: "u=1,i" },
    });
    const components = '"x-latin";bs "x-text";bs "@query-param";name="Pet" "client-cert-chain";sf "priority";sf';
    expect(linesOf(components, request)).to.deep.equal([
      ...['"x-latin";bs: :6Q==:', '"x-text";bs: :YSwgIGI=:', '"@query-param";name="Pet": a%20dog'],
      ...['"client-cert-chain";sf: :AAAA:, :AQID:', '"priority";sf: u=1, i'],
    ]);
    for (const other of ['"@query-param";name="x"', '"@query-param";name="y"', '"x-none";bs', '"content-digest";sf']) {
      expect(baseOf(`(${other})`, request), other).to.equal(undefined);
    }
  });

  for (const component of [
    ...['"x-none"', '"X-List"', '"x-latin"', '"x-list";sf', '"x-list";tr', '"x-list";req', '"x-list";key="z"'],
    ...[
      '"x-list";key=b',
      '"x-list";key="a";sf',
      '"content-type";key="a"',
      '"@path";x',
      '"@status"',
      '"@none"',
      '"@query-param"',
      '"@query-param";name=Pet',
      '"@query-param";name="Pet";x',
    ],
    ...['"@query-param";name="pet"', '"content-digest";sf=?0', '""', '"a b"', '"@signature-params"', '"x-list";x'],
  ]) {
    it(`should not be there where one cannot say it: ${component}`, () => {
      expect(baseOf(`("@method" ${component})`)).to.equal(undefined);
    });
  }
});
