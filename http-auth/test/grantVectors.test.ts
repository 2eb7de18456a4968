// The vectors of grants, as far as they are about form, hashes and narrowing. Who signed them is in the rows of verifiers.
import { createHash } from "node:crypto";
import { expect } from "chai";
import { domainSeparator, hashMessage, hashTypedData, hexToBytes } from "viem";
import { GRANT_DOMAIN, GRANT_FIELD, GRANT_LIMITS, GRANT_TYPES } from "../src/constants.ts";
import { parseDictionary } from "../src/fields/parse.ts";
import { grantStructHash } from "../src/grants/digest.ts";
import { encodeLink } from "../src/grants/link.ts";
import { checkChain, decodeGrants, encodeGrants, type Grant, GrantError, type SignedGrant } from "../src/index.ts";
import { signatureBase } from "../src/message/base.ts";
import { messageOf } from "../src/message/target.ts";
import { grantVectors, vectorField, vectorGrant } from "./utils/grantVectors.ts";
import { inBase64 } from "./utils/signers.ts";

const chains = [["g0"], ["g0", "g1"], ["p0"], ["p0", "q1"], ["p0", "q1", "q2"]];
const root = { issuer: undefined, epoch: undefined };

/** The root of the vectors with other values, as a field. */
function rootWith(change: Partial<Grant>): string {
  const { grant, signature } = vectorGrant("g0");
  return `g0=:${inBase64(encodeLink({ grant: { ...grant, ...change }, signature }, root))}:`;
}

/** The bytes of the root's link, changed. */
function bytesWith(change: (bytes: Uint8Array) => Uint8Array | number[]): string {
  const bytes = new Uint8Array(Buffer.from(vectorGrant("g0").link, "base64"));
  return `g0=:${Buffer.from(change(bytes)).toString("base64")}:`;
}

function refused(field: string, code: string): void {
  expect(() => decodeGrants(field), field.slice(0, 80))
    .to.throw(GrantError)
    .and.to.include({ code });
}

/** A chain of two, the second with other values, in the place that it says. */
function childWith(change: Partial<Grant>, parent = "g0", name = "g1"): readonly SignedGrant[] {
  const { grant, signature } = vectorGrant(name);
  const { grant: above, signature: proof } = vectorGrant(parent);
  return [
    { grant: above, signature: proof },
    { grant: { ...grant, ...change }, signature },
  ];
}

function refusedChain(grants: readonly SignedGrant[], code: string, ...words: string[]): void {
  const error = expect(() => checkChain(decodeGrants(encodeGrants(grants)))).to.throw(GrantError);
  error.and.to.include({ code });
  for (const word of words) error.and.to.have.property("message").that.contains(word);
}

describe("the vectors of ERC-8395", () => {
  it("should have this domain, these types and these limits", () => {
    const { chainId, ...domain } = grantVectors.domain;
    expect(GRANT_DOMAIN).to.deep.equal(domain);
    expect(GRANT_TYPES).to.deep.equal(grantVectors.types);
    expect(domainSeparator({ domain: { ...GRANT_DOMAIN, chainId } })).to.equal(grantVectors.domainSeparator);
    const { fieldBytes, linkBytes, entries, tokensPerGrant, delegateBytes, otherTextBytes, maxDepth } =
      grantVectors.limits;
    expect(GRANT_LIMITS).to.deep.equal({
      ...{ fieldBytes, linkBytes, entries, permissions: tokensPerGrant, delegateBytes },
      ...{ textBytes: otherTextBytes, depth: maxDepth },
    });
  });

  for (const names of chains) {
    it(`should be read and written to the byte: ${names.join(", ")}`, () => {
      const field = vectorField(...names);
      const grants = decodeGrants(field);
      expect(encodeGrants(grants)).to.equal(field);
      expect(encodeGrants(names.map(vectorGrant))).to.equal(field);
      for (const [index, name] of names.entries()) {
        const { grant, signature, digest, structHash, message, registryHandle } = vectorGrant(name);
        const actual = grants[index];
        expect(actual?.grant).to.deep.equal(grant);
        expect(actual).to.include({ signature, digest, revocationHandle: registryHandle ?? message.id });
        expect(grantStructHash(grant)).to.equal(structHash);
        const typed = { domain: { ...GRANT_DOMAIN, chainId: 1 }, types: grantVectors.types, primaryType: "Delegation" };
        expect(hashTypedData({ ...typed, message: { ...grant } })).to.equal(digest);
        expect(hexToBytes(actual?.signingInput ?? "0x")).to.have.length(66);
      }
      checkChain(grants);
    });
  }

  for (const { mutation, set, structHash } of grantVectors.structHashMutations) {
    it(`should hash as they say: ${mutation}`, () => {
      expect(grantStructHash({ ...vectorGrant("g0").grant, ...set })).to.equal(structHash);
    });
  }

  for (const [name, request] of Object.entries(grantVectors.requests)) {
    it(`should have the base of their request, and its principal and signer: ${name}`, () => {
      const field = vectorField(...request.delegation);
      const member = parseDictionary(request.signatureInput).get("request");
      if (member?.kind !== "list") throw new Error("no list");
      const headers = { [GRANT_FIELD]: field };
      const message = messageOf(new Request(`https://${request.host}${request.target}`, { headers }));
      const base =
        signatureBase(message, { components: member.items, parameters: member.parameters }) ?? new Uint8Array();
      expect(base.length).to.equal(request.signatureBaseBytes);
      if (request.H !== undefined) expect(hashMessage({ raw: base })).to.equal(request.H);
      const sha256 = `0x${createHash("sha256").update(base).digest("hex")}`;
      if (request.SHA256 !== undefined) expect(sha256).to.equal(request.SHA256);
      const grants = decodeGrants(field);
      expect(grants[0]?.grant.issuer).to.equal(request.expect.principal);
      expect(grants.at(-1)?.delegateId).to.equal(request.expect.signer);
      const accounts = grants.map(({ revocationAccount }) => revocationAccount);
      expect(accounts.every((account) => account.startsWith("eip155:1:0x"))).to.equal(true);
    });
  }

  it("should refuse a field of another form, row 2", () => {
    const { link } = vectorGrant("g0");
    for (const field of [
      ...["", "(", `g1=:${link}:`, `g01=:${link}:`, `G0=:${link}:`, `g0=:${link}:, g2=:${link}:`, `g0=:${link}:, x=1`],
      ...[
        `${vectorField("g0", "g1")}, g01=1`,
        `g1=:${vectorGrant("g1").link}:, g0=:${link}:`,
        "g0",
        'g0="text"',
        "g0=::",
      ],
      ...[`g0=(:${link}:)`, `g0=:${link.slice(4)}:`],
    ]) {
      refused(field, "bad_delegation_field");
    }
    const at =
      (index: number, ...values: number[]) =>
      (bytes: Uint8Array) => {
        bytes.set(values, index);
        return bytes;
      };
    refused(bytesWith(at(3, 0xff)), "bad_delegation_field");
    refused(
      bytesWith((bytes) => [...bytes, 0]),
      "bad_delegation_field",
    );
    refused(
      bytesWith((bytes) => bytes.subarray(0, -1)),
      "bad_delegation_field",
    );
    refused(
      bytesWith((bytes) => [0x98, 13, ...bytes.subarray(1)]),
      "bad_delegation_field",
    );
    refused(
      bytesWith((bytes) => [0x9f, ...bytes.subarray(1), 0xff]),
      "bad_delegation_field",
    );
    refused(
      bytesWith((bytes) => [0xd8, 0x2a, ...bytes]),
      "bad_delegation_field",
    );
  });

  it("should refuse another count of elements, and what a link should leave out, rows 6 and 17", () => {
    for (const count of [0, 11, 12, 14, 15]) {
      refused(
        bytesWith((bytes) => [0x80 | count, ...bytes.subarray(1)]),
        "bad_delegation_field",
      );
    }
    const base64 = (bytes: Uint8Array) => inBase64(bytes);
    const [g0, g1, p0, q1] = [vectorGrant("g0"), vectorGrant("g1"), vectorGrant("p0"), vectorGrant("q1")];
    const rootForm = base64(encodeLink(g1, root));
    refused(`${vectorField("g0")}, g1=:${rootForm}:`, "bad_delegation_field");
    const childForm = base64(encodeLink(g0, { issuer: g0.grant.issuer, epoch: undefined }));
    refused(`g0=:${childForm}:`, "bad_delegation_field");
    const withEpoch = base64(encodeLink(q1, { issuer: "x", epoch: undefined }));
    refused(`g0=:${base64(encodeLink(p0, root))}:, g1=:${withEpoch}:`, "bad_delegation_field");
  });

  it("should refuse audiences and permissions of another form, rows 7 and 8", () => {
    const [first] = vectorGrant("g0").grant.audiencePermissions;
    if (first === undefined) throw new Error("no audience");
    refused(rootWith({ audiencePermissions: [] }), "bad_delegation_field");
    refused(rootWith({ audiencePermissions: [first, first] }), "bad_delegation_field");
    for (const permission of ["", "a b", "1a", 'a"', "é"]) {
      refused(rootWith({ audiencePermissions: [{ ...first, permissions: [permission] }] }), "bad_delegation_field");
    }
    for (const audience of [
      ...[
        "https://api.example:443",
        "https://api.example/",
        "https://bücher.example",
        "https://api.example.",
        "http://api.example",
      ],
      ...[
        "https://u@api.example",
        "https://api.example?x",
        "https://api.example#x",
        "https://*.example",
        "https://API.example",
      ],
      ...["api.example", "https://", "", "null", "https://api.example/x", "data:,", "blob:https://api.example/1"],
    ]) {
      refused(rootWith({ audiencePermissions: [{ ...first, audience }] }), "bad_delegation_field");
    }
    const odd = [
      { audience: "https://[::1]:8443", permissions: [] },
      { audience: "https://xn--bcher-kva.example", permissions: ["*"] },
    ];
    expect(decodeGrants(rootWith({ audiencePermissions: odd }))[0]?.grant.audiencePermissions).to.deep.equal(odd);
  });

  it("should take the last of a member that comes twice, rows 9 and 10", () => {
    const { link } = vectorGrant("g0");
    expect(decodeGrants(`g0=:AAAA:, g0=:${link}:`)).to.have.length(1);
    refused(`g0=:${link}:, g0=:AAAA:`, "bad_delegation_field");
  });

  it("should refuse what is beyond a limit, and take what is at it, row 13", () => {
    const audience = (index: number, permissions: string[] = []) => ({
      audience: `https://a${index}.example`,
      permissions,
    });
    const many = <T>(count: number, one: (index: number) => T) =>
      Array.from({ length: count }, (_, index) => one(index));
    const fits: Partial<Grant>[] = [
      { audiencePermissions: many(32, (index) => audience(index)) },
      {
        audiencePermissions: [
          audience(
            0,
            many(100, String).map((n) => `p${n}`),
          ),
          audience(
            1,
            many(28, (n) => `p${n}`),
          ),
        ],
      },
      { audiencePermissions: [audience(0, ["p".repeat(256)])] },
      { requiredComponents: many(32, (index) => `x${index}`) },
    ];
    for (const change of fits) expect(decodeGrants(rootWith(change))).to.have.length(1);
    const large: Partial<Grant>[] = [
      { audiencePermissions: many(33, (index) => audience(index)) },
      {
        audiencePermissions: [
          audience(
            0,
            many(101, (n) => `p${n}`),
          ),
          audience(
            1,
            many(28, (n) => `p${n}`),
          ),
        ],
      },
      { audiencePermissions: [audience(0, ["p".repeat(257)])] },
      { requiredComponents: many(33, (index) => `x${index}`) },
      { issuer: "x".repeat(257) },
      { delegate: "x".repeat(257) },
      { delegate: "x".repeat(2_049), delegateProfile: "ed25519" },
      {
        audiencePermissions: many(32, (index) =>
          audience(
            index,
            many(4, (n) => `${"p".repeat(200)}${n}`),
          ),
        ),
      },
    ];
    for (const change of large) refused(rootWith(change), "delegation_too_large");
    refused(`${vectorField("g0")}${" ".repeat(16_384)}`, "delegation_too_large");
  });

  it("should refuse other values of another form", () => {
    const { grant } = vectorGrant("g0");
    for (const change of [
      ...[
        { validUntil: grant.validAfter },
        { maxRequestValiditySeconds: 0 },
        { delegateProfile: "a b" },
        { id: "0x11" as const },
      ],
      ...[{ maxRequestValiditySeconds: 2 ** 32 }, { remainingDelegations: 2 ** 32 }, { issuer: "eip155:01:0x00" }],
      ...[
        "",
        "@signature-params",
        "erc-8128-delegation",
        "erc-8128-delegation;sf",
        "X-List",
        "x; sf",
        "x;",
        'x"',
        "x y",
        "x;sf=?1",
      ].map((component) => ({ requiredComponents: [component] })),
    ] as Partial<Grant>[]) {
      refused(rootWith(change), "bad_delegation_field");
    }
    const components = ['@query-param;name="id"', "content-type", "@foo", "x-list;sf"];
    expect(decodeGrants(rootWith({ requiredComponents: components }))[0]?.grant.requiredComponents).to.deep.equal(
      components,
    );
  });

  it("should refuse keys of another form, and profiles that are not known, rows 2, 4, 5 and 6 of P-256, 1 of JWK", () => {
    const { delegate } = vectorGrant("p0").grant;
    const ed25519 = vectorGrant("q1").grant.delegate;
    const p256 = (text: string) => rootWith({ delegate: text, delegateProfile: "ecdsa-p256-sha256" });
    expect(decodeGrants(p256(delegate))).to.have.length(1);
    const swapped = JSON.stringify({ kty: "EC", crv: "P-256", x: JSON.parse(delegate).x, y: JSON.parse(delegate).y });
    for (const wrong of [
      ...[
        swapped,
        delegate.replace(",", ", "),
        delegate.replace("}", ',"alg":"ES256"}'),
        delegate.replace("}", ',"d":"AA"}'),
      ],
      ...[delegate.replace('"y":"6', '"y":"7'), delegate.replace('kak"', 'kal"'), ed25519, `${delegate}\n`, "{}", ""],
    ]) {
      refused(p256(wrong), "bad_delegation_field");
    }
    const edwards = (text: string) => rootWith({ delegate: text, delegateProfile: "ed25519" });
    expect(decodeGrants(edwards(ed25519))).to.have.length(1);
    const point = (bytes: number[]) =>
      `{"crv":"Ed25519","kty":"OKP","x":"${Buffer.from(bytes).toString("base64url")}"}`;
    const noPoint = [...new Array(32).keys()].map((index) => (index === 0 ? 2 : 0));
    for (const wrong of [
      delegate,
      point(noPoint),
      point(new Array(32).fill(0xff)),
      point(new Array(31).fill(0)),
      "{}",
    ]) {
      refused(edwards(wrong), "bad_delegation_field");
    }
    refused(rootWith({ delegate: '{"k":"AA","kty":"oct"}', delegateProfile: "hmac-sha256" }), "bad_delegation_field");
    refused(rootWith({ delegateProfile: "rsa-pss-sha512" }), "unsupported_delegate_profile");
    refused(rootWith({ delegateProfile: "ecdsa-p384-sha384", delegate: "{}" }), "unsupported_delegate_profile");
    refused(rootWith({ delegate, delegateProfile: "erc8128" }), "bad_delegation_field");
    refused(rootWith({ issuer: vectorGrant("q1").grant.issuer }), "bad_delegation_field");
    refused(rootWith({ issuer: delegate }), "bad_delegation_field");
  });

  it("should refuse a chain that is too long, row 16", () => {
    const grants = decodeGrants(vectorField("g0", "g1"));
    expect(() => checkChain(grants, 1))
      .to.throw(GrantError)
      .and.to.include({ code: "delegation_chain_too_long" });
    const one = grants[0];
    if (one === undefined) throw new Error("no grant");
    const tooMany = new Array(GRANT_LIMITS.depth + 1).fill(one);
    expect(() => checkChain(tooMany))
      .to.throw(GrantError)
      .and.to.include({ code: "delegation_chain_too_long" });
  });

  it("should refuse a child of another parent, row 5 of JWK", () => {
    refusedChain(childWith({ parentGrantHash: `0x${"ab".repeat(32)}` }), "delegation_chain_discontinuous");
    refusedChain(
      childWith({ parentGrantHash: vectorGrant("g0").digest }, "p0", "q1"),
      "delegation_chain_discontinuous",
    );
  });

  it("should refuse a child that is wider, in each of its values, rows 5 and 19, and 8 of JWK", () => {
    const [parent] = childWith({});
    if (parent === undefined) throw new Error("no parent");
    const { validAfter, validUntil } = parent.grant;
    const at = (audience: string, ...permissions: string[]) => ({ audiencePermissions: [{ audience, permissions }] });
    const wider: [Partial<Grant>, string][] = [
      [at("https://new.example"), 'audience "https://new.example"'],
      [at("https://api.example", "resource:admin"), 'permission "resource:admin" at "https://api.example"'],
      [at("https://backup.example", "resource:write"), 'permission "resource:write" at "https://backup.example"'],
      [{ validAfter: validAfter - 1n }, "validAfter"],
      [{ validUntil: validUntil + 1n }, "validUntil"],
      [{ maxRequestValiditySeconds: 61 }, "maxRequestValiditySeconds"],
      [{ remainingDelegations: 2 }, "remainingDelegations"],
    ];
    for (const [change, words] of wider) refusedChain(childWith(change), "delegation_attenuation_violation", words);
    for (const change of [
      at("https://api.example"),
      at("https://backup.example", "resource:read"),
      { validAfter, validUntil },
    ]) {
      checkChain(decodeGrants(encodeGrants(childWith(change))));
    }
    refusedChain(childWith({ remainingDelegations: 2 }, "p0", "q1"), "delegation_attenuation_violation");
  });

  it("should not be written where a grant says something else than its place", () => {
    const wrong: Partial<Grant>[] = [
      { issuer: vectorGrant("g0").grant.issuer },
      { id: "0x11" },
      { maxRequestValiditySeconds: -1 },
    ];
    for (const change of wrong) expect(() => encodeGrants(childWith(change))).to.throw(GrantError);
    expect(() => encodeGrants(childWith({ epoch: 8n }, "p0", "q1"))).to.throw(GrantError, "epoch");
    expect(() => encodeGrants([vectorGrant("g1")])).to.throw(GrantError, "root has a parent");
    expect(() => encodeGrants([])).to.throw(GrantError, "empty");
  });
});
