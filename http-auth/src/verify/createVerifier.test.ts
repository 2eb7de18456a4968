import { expect } from "chai";
import { type Client, createClient, http } from "viem";
import { hardhat } from "viem/chains";
import {
  inBase64,
  nodeThat,
  nodeWithoutCode,
  vectorAccount,
  vectorNow,
  vectorVerifier,
} from "../../test/utils/signers.ts";
import { type Change, vectorRequest, vectors } from "../../test/utils/vectors.ts";
import { contentDigest } from "../digest/contentDigest.ts";
import type { AccessError } from "../errors/accessError.ts";
import { ContentConsumedError, InvalidOptionError } from "../errors/mistakes.ts";
import { parseDictionary } from "../fields/parse.ts";
import { signatureBase } from "../message/base.ts";
import { messageOf } from "../message/target.ts";
import { memoryReplayStore } from "../replay/memoryReplayStore.ts";
import type { Nonce } from "../replay/types.ts";
import { signRequest } from "../sign/signRequest.ts";
import { createVerifier } from "./createVerifier.ts";
import type { RoutePolicy, VerifierOptions } from "./types.ts";

const { request, keyid } = vectors.positive;
const input = request.headers["Signature-Input"] ?? "";
const signature = request.headers.Signature ?? "";
const now = () => vectorNow * 1_000;

/** What comes of a request: a caller, or the error. */
async function outcome(tried: Request, options: Partial<VerifierOptions> = {}, policy: RoutePolicy = {}) {
  return vectorVerifier(options)
    .verify(tried, policy)
    .catch((reason: unknown) => reason);
}

const sign = (tried: Request, options = {}) =>
  signRequest(tried, { account: vectorAccount, chainId: 1, now, ...options });

describe("a verifier", () => {
  describe("and the origin", () => {
    it("should take its own, whatever host and forwarding the request shows", async () => {
      const headers = {
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "http",
        forwarded: "host=evil.example;proto=http",
        "x-original-url": "/admin",
        "x-http-method-override": "DELETE",
      };
      expect(await outcome(vectorRequest({ headers }))).to.include({ principal: keyid, origin: "https://api.example" });
    });

    it("should let the request's host choose among several", async () => {
      const origins = ["https://api.example", "https://other.example:8443"];
      const at = (url: string) => new Request(url, vectorRequest());
      const target = request.target;
      expect(await outcome(at(`http://api.example${target}`), { origins })).to.include({
        origin: "https://api.example",
      });
      expect(await outcome(at(`http://other.example:8443${target}`), { origins })).to.include({
        code: "bad_signature",
      });
      for (const url of [`http://10.0.0.7${target}`, `http://other.example${target}`, `http://api.example.${target}`]) {
        const error = await outcome(at(url), { origins });
        expect(error, url).to.include({ code: "misdirected_request", status: 421 });
      }
    });
  });

  describe("and content", () => {
    it("should leave it to be read", async () => {
      const tried = vectorRequest();
      await vectorVerifier().verify(tried);
      expect(await tried.text()).to.equal(request.body);
    });

    it("should refuse it with 413 as soon as it is too long, and use up nothing", async () => {
      let taken = 0;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          taken += 1;
          controller.enqueue(new Uint8Array(1_000));
        },
      });
      const error = await outcome(vectorRequest({ body }), { contentLimit: 5_000, replay: neverAsked });
      expect(error).to.include({ code: "content_too_large", status: 413 });
      expect(taken).to.be.below(10);
    });

    it("should not read it for a signature that fails before", async () => {
      let taken = 0;
      const body = new ReadableStream<Uint8Array>({ pull: () => void taken++ }, { highWaterMark: 0 });
      const tried = vectorRequest({ body, headers: { "Signature-Input": input.replace("eip155:1:", "eip155:5:") } });
      expect(await outcome(tried)).to.include({ code: "unsupported_chain" });
      expect(taken).to.equal(0);
    });

    it("should want a digest of nothing where the route does", async () => {
      const policy = { contentDigest: "required" } as const;
      const error = await outcome(await sign(new Request("https://api.example/")), {}, policy);
      expect(error).to.include({ code: "content_digest_required" });
      expect((error as AccessError).headers["accept-signature"]).to.contain('"@query" "content-digest")');
    });

    it("should say so where somebody has read it", async () => {
      const tried = vectorRequest();
      await tried.text();
      expect(await outcome(tried)).to.be.instanceOf(ContentConsumedError);
    });
  });

  const neverAsked = {
    consume(): never {
      throw new Error("a nonce was used up");
    },
  };

  describe("and the platform's decision", () => {
    it("should ask before the nonce is used up, and spend nothing on a no", async () => {
      const verifier = vectorVerifier();
      const refused = await verifier
        .verify(vectorRequest(), { decide: () => false })
        .catch((reason: unknown) => reason);
      expect(refused).to.include({ code: "access_denied", status: 403 });
      expect((refused as AccessError).headers).to.deep.equal({});
      const asked: unknown[] = [];
      await verifier.verify(vectorRequest(), { decide: async (caller) => asked.push(caller.principal) > 0 });
      expect(asked).to.deep.equal([keyid]);
    });

    it("should hand on what it throws, and spend nothing", async () => {
      const broken = () => {
        throw new RangeError("the platform's own");
      };
      expect(await outcome(vectorRequest(), { replay: neverAsked }, { decide: broken })).to.be.instanceOf(RangeError);
    });

    it("should not ask about a signature that does not hold", async () => {
      const decide = () => expect.fail("asked");
      expect(await outcome(vectorRequest({ target: "/other" }), {}, { decide })).to.include({ code: "bad_signature" });
    });
  });

  describe("and its stores", () => {
    it("should be unable to say where one cannot", async () => {
      const error = await outcome(vectorRequest(), { replay: neverAsked });
      expect(error).to.include({ code: "signature_verification_unavailable", status: 503 });
      const invalidations = { isInvalidated: () => Promise.reject(new Error("down")) };
      const replayable = await sign(new Request("https://api.example/"), { nonce: null });
      const either = { replay: "either" } as const;
      expect(await outcome(replayable, { invalidations }, either)).to.include({
        code: "signature_verification_unavailable",
      });
    });

    it("should refuse what was ended early, told by account, time and hash", async () => {
      const asked: unknown[] = [];
      const invalidations = { isInvalidated: (ended: unknown) => asked.push(ended) > 0 };
      const replayable = await sign(new Request("https://api.example/"), { nonce: null });
      const error = await outcome(replayable, { invalidations }, { replay: "either" });
      expect(error).to.include({ code: "replayable_not_allowed", status: 401 });
      expect(asked).to.have.length(1);
      expect(asked[0])
        .to.include({ keyid, created: vectorNow })
        .and.to.have.property("hash")
        .that.matches(/^0x[0-9a-f]{64}$/);
    });

    it("should use up a nonce where there is one, on a route that needs none too", async () => {
      const verifier = vectorVerifier({ invalidations: { isInvalidated: () => false }, policy: { replay: "either" } });
      await verifier.verify(vectorRequest());
      const again = await verifier.verify(vectorRequest()).catch((reason: unknown) => reason);
      expect(again).to.include({ code: "nonce_reused" });
    });

    it("should mark no nonce whose signature ended while it was checked", async () => {
      const times = [vectorNow, 1_700_000_091];
      const marked: Nonce[] = [];
      const replay = { consume: (nonce: Nonce) => marked.push(nonce) > 0 };
      const error = await outcome(vectorRequest(), { replay, now: () => (times.shift() ?? 0) * 1_000 });
      expect(error).to.include({ code: "request_expired" });
      expect(marked).to.deep.equal([]);
    });

    it("should let one of 10,000 in that come at once", async () => {
      const tried = await sign(new Request("https://api.example/"));
      const verifier = createVerifier({
        clients: [nodeWithoutCode().client],
        origins: ["https://api.example"],
        replay: memoryReplayStore(),
        now,
      });
      const all = Array.from({ length: 10_000 }, () => verifier.verify(tried));
      const outcomes = await Promise.allSettled(all);
      expect(outcomes.filter(({ status }) => status === "fulfilled")).to.have.length(1);
    }).timeout(300_000);
  });

  describe("and several signatures", () => {
    const others = (count: number, of: (index: number) => string) =>
      Array.from({ length: count }, (_, i) => of(i)).join(", ");

    it("should find the good one after seven others", async () => {
      const wrong = others(7, (index) => input.replace("request=", `x${index}=`).replace("view=full", "x"));
      const bytes = others(7, (index) => `x${index}=:${"A".repeat(88)}:`);
      const headers = { "Signature-Input": `${wrong}, ${input}`, Signature: `${bytes}, ${signature}` };
      expect(await outcome(vectorRequest({ headers }))).to.include({ principal: keyid });
    });

    it("should say why the first one fails, or that it cannot say of a later one", async () => {
      const expired = input.replace("request=", "old=").replaceAll("17000000", "16000000");
      const headers = { "Signature-Input": `${expired}, ${input}`, Signature: `${signature}, old=:aGk=:` };
      const broken = nodeThat(() => {
        throw new Error("down");
      });
      const change: Change = { headers, target: "/other" };
      expect(await outcome(vectorRequest(change))).to.include({ code: "request_expired" });
      expect(await outcome(vectorRequest(change), { clients: [broken.client] })).to.include({
        code: "signature_verification_unavailable",
      });
    });

    it("should leave the nonce of one that fails for another request", async () => {
      const verifier = vectorVerifier();
      await verifier.verify(vectorRequest({ target: "/other" })).catch(() => {});
      await verifier.verify(vectorRequest());
    });
  });

  describe("and signatures that bind a class of requests", () => {
    const list = '"@scheme" "@authority" "@method" "@path" "@query"';
    const classOf = async (covered: string, url = "https://api.example/items?a=1", init: RequestInit = {}) => {
      const request = new Request(url, init);
      const text = input.replace(/\(.+\)/, `(${covered})`).replace(/nonce="[^"]+"/, 'nonce="class"');
      const member = parseDictionary(text).get("request");
      if (member?.kind !== "list") throw new Error("no list");
      const { items: components, parameters } = member;
      const base = signatureBase(messageOf(request), { components, parameters });
      if (base === undefined) throw new Error("no base");
      const proof = await vectorAccount.signMessage({ message: { raw: base } });
      const headers = { ...init.headers, "signature-input": text, signature: `request=:${inBase64(proof)}:` };
      return new Request(url, { ...init, headers });
    };

    it("should refuse them where the route says nothing", async () => {
      for (const covered of ['"@authority"', '"@authority" "@method" "@path"', list.replace(' "@query"', "")]) {
        expect(await outcome(await classOf(covered))).to.include({ code: "insufficient_coverage" });
      }
    });

    it("should take them where it does, if they cover the authority and what it wants", async () => {
      const policy = { classBound: ["@method"] };
      const covered = '"@authority" "@method"';
      expect(await outcome(await classOf(covered), {}, policy)).to.include({
        binding: "class-bound",
        principal: keyid,
      });
      expect(await outcome(await classOf(list), {}, policy)).to.include({ binding: "request-bound" });
      // What is not covered may be another one.
      const signed = await classOf(covered);
      const other = new Request("https://api.example/others?b=2", signed);
      expect(await outcome(other, {}, policy)).to.include({ binding: "class-bound" });
      for (const less of ['"@method"', '"@authority"', '"@method" "@path" "@query"']) {
        expect(await outcome(await classOf(less), {}, policy)).to.include({ code: "insufficient_coverage" });
      }
      expect(await outcome(await classOf('"@authority"'), {}, { classBound: [] })).to.include({
        binding: "class-bound",
      });
      const more = { classBound: [], requiredComponents: ["@path"] };
      expect(await outcome(await classOf('"@authority"'), {}, more)).to.include({ code: "insufficient_coverage" });
    });

    it("should want a digest and a type of content covered all the same", async () => {
      const headers = { "content-type": "text/plain" };
      const tried = await classOf('"@authority"', undefined, { method: "POST", headers });
      expect(await outcome(tried, {}, { classBound: [] })).to.include({ code: "insufficient_coverage" });
      const whole = await classOf('"@authority" "content-type"', undefined, { method: "POST", headers });
      expect(await outcome(whole, {}, { classBound: [] })).to.include({ binding: "class-bound" });
    });

    it("should never let them end other signatures", async () => {
      const policy = { classBound: [], isInvalidationEndpoint: true };
      expect(await outcome(await classOf('"@authority"'), {}, policy)).to.include({ code: "insufficient_coverage" });
    });
  });

  describe("and its answer", () => {
    it("should be a problem with the code, and a challenge on every 401", async () => {
      const error = (await outcome(new Request("https://api.example/"))) as AccessError;
      const response = error.toResponse();
      expect([response.status, response.headers.get("content-type")]).to.deep.equal([401, "application/problem+json"]);
      expect(response.headers.get("www-authenticate")).to.equal('ERC8128 error="signature_missing"');
      expect(response.headers.has("accept-signature")).to.equal(false);
      expect(await response.json()).to.deep.equal({
        title: "The request does not prove who sent it",
        status: 401,
        detail: "The request has no `Signature-Input` field. Sign it.",
        reason: "signature_missing",
      });
    });

    it("should say what a route wants beyond the baseline, from the first refusal on", async () => {
      const policy = { requiredComponents: ["idempotency-key", "@path"] };
      const tried = new Request("https://api.example/", { method: "POST", body: "a" });
      const error = (await outcome(tried, {}, policy)) as AccessError;
      expect(error.code).to.equal("signature_missing");
      expect(error.headers["accept-signature"]).to.equal(
        'request=("@scheme" "@authority" "@method" "@path" "@query" "idempotency-key" "content-digest" "content-type");created;expires;tag="erc8128"',
      );
    });

    it("should have no challenge beside another status", async () => {
      const error = (await outcome(vectorRequest({ headers: { Signature: "(" } }))) as AccessError;
      expect([error.status, error.headers]).to.deep.equal([400, {}]);
    });

    it("should show at most 80 characters of a field, none of which does anything", async () => {
      const long = input.replace(keyid, `\\"${"x".repeat(5_000)}`);
      const error = (await outcome(vectorRequest({ headers: { "Signature-Input": long } }))) as AccessError;
      expect(error.code).to.equal("invalid_keyid");
      expect(error.message.length).to.be.below(180);
    });
  });

  describe("and its options", () => {
    const node = nodeWithoutCode();
    const registries = { registries: { 1: `0x${"11".repeat(20)}` } } as const;
    const hardhatClient: Client = createClient({ chain: hardhat, transport: http("http://127.0.0.1:1") });
    const reader = { key: () => expect.fail("asked"), identity: () => expect.fail("asked") };
    const wrong: Readonly<Record<string, [string, Partial<VerifierOptions>]>> = {
      "no client": ["clients", { clients: [] }],
      "a client without a chain": [
        "clients",
        { clients: [createClient({ transport: http("http://127.0.0.1:1") }) as Client] },
      ],
      "no origin": ["origins", { origins: [] }],
      "an origin with a path": ["origins", { origins: ["https://api.example/"] }],
      "an origin that is none": ["origins", { origins: ["api.example"] }],
      "an origin of another scheme": ["origins", { origins: ["ftp://api.example"] }],
      "a skew that is none": ["clockSkew", { clockSkew: -1 }],
      "a limit that is none": ["contentLimit", { contentLimit: Number.NaN }],
      "a time that is none": ["timeout", { timeout: 0 }],
      "less validity than every signer relies on": ["maxValidity", { policy: { maxValidity: 59 } }],
      "a component that is none": ["requiredComponents", { policy: { requiredComponents: ['a"b'] } }],
      "a component that is none, for a class": ["classBound", { policy: { classBound: ["x;"] } }],
      "grants on a route, and no way to check them": ["delegation", { policy: { delegation: true } }],
      "grants, and no registry of revocations": ["delegation.registries", { delegation: { registries: {} } }],
      "a registry on a chain that is not served": [
        "delegation.registries",
        { delegation: { registries: { 5: `0x${"11".repeat(20)}` } } },
      ],
      "a registry at no address": ["delegation.registries", { delegation: { registries: { 1: "0x11" } } }],
      "no depth": ["delegation.maxDepth", { delegation: { ...registries, maxDepth: 0 } }],
      "no time for grants": ["delegation.maxGrantValidity", { delegation: { ...registries, maxGrantValidity: 0 } }],
      "belief for longer than the draft's": [
        "delegation.statusLifetime",
        { delegation: { ...registries, statusLifetime: 61 } },
      ],
      "a kind of key that is not known": ["delegation.profiles", { delegation: { ...registries, profiles: ["rsa"] } }],
      "permissions that nobody understands": [
        "permissions",
        {
          delegation: { ...registries, understandsPermissions: false },
          policy: { delegation: true, permissions: ["a"] },
        },
      ],
      "permissions that are no tokens": ["permissions", { policy: { permissions: ["a b"] } }],
      "a permission twice": ["permissions", { policy: { permissions: ["a", "a"] } }],
      "no depth of a route": ["maxDepth", { policy: { maxDepth: 0 } }],
      "no time for grants of a route": ["maxGrantWindow", { policy: { maxGrantWindow: 1.5 } }],
      "identities, and nobody who knows them": ["identity", { policy: { identity: "required" } }],
      "identities on a chain of no client": ["identityChain", { reader, identityChain: 5 }],
      "identities on one of several chains": ["identityChain", { reader, clients: [node.client, hardhatClient] }],
      "signatures that come again, and nothing that ends them": ["replay", { policy: { replay: "either" } }],
    };
    for (const [what, [option, options]] of Object.entries(wrong)) {
      it(`should be refused with ${what}`, () => {
        const base = { clients: [node.client], origins: ["https://api.example"], replay: memoryReplayStore() };
        expect(() => createVerifier({ ...base, ...options }))
          .to.throw(InvalidOptionError, `\`${option}\``)
          .and.to.include({ option });
      });
    }
  });

  describe("and content that somebody else has", () => {
    const signed = async () => {
      const whole = await sign(new Request("https://api.example/items", { method: "POST", body: "hello" }));
      return new Request(whole.url, { method: "POST", headers: whole.headers });
    };
    const digestOf = (text: string) => contentDigest(new TextEncoder().encode(text));

    it("should hold the field against the digest that they found", async () => {
      const { verify } = vectorVerifier();
      expect(await verify(await signed(), {}, await digestOf("hello"))).to.include({ binding: "request-bound" });
    });

    it("should refuse another digest, none, and what is none", async () => {
      const { verify } = vectorVerifier();
      for (const found of [await digestOf("hellO"), "", "sha-256", "sha-512=:aGk=:"]) {
        const error = await verify(await signed(), {}, found).catch((reason: unknown) => reason);
        expect(error, found).to.have.property("code", "bad_content_digest");
      }
      const bare = await sign(new Request("https://api.example/items"));
      const error = await verify(bare, {}, await digestOf("hello")).catch((reason: unknown) => reason);
      expect(error).to.have.property("code", "content_digest_required");
    });
  });
});
