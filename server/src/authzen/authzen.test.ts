import { createHash } from "node:crypto";
import { createVerifier, memoryReplayStore, signRequest } from "@tenure/http-auth";
import { expect } from "chai";
import { createClient, custom } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { mainnet } from "viem/chains";
import { type Served, serveApp } from "../../test/utils/serveApp.ts";
import type { Decision } from "../types/decision.ts";
import type { AccessQuestion } from "../types/question.ts";
import { createAuthenticator } from "./authenticate/createAuthenticator.ts";
import { authzen } from "./authzen.ts";
import { settle } from "./evaluate/verdict.ts";
import type { AuthzenOptions } from "./types.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const tokens = { gateway: "gateway-0123456789ab", guard: "guard-0123456789abcd", shop: "shop-0123456789abcde" };
const agent = privateKeyToAccount(`0x${"1".padStart(64, "0")}`);
const other = privateKeyToAccount(`0x${"2".padStart(64, "0")}`);
const principal = `eip155:1:${agent.address.toLowerCase()}`;
const agentSubject = { type: "agent", id: principal };
const service = "https://api.example";

/** A chain on which no account has code. */
const client = createClient({
  chain: mainnet,
  transport: custom({ request: async () => "0x" }, { retryCount: 0 }),
});
const verifierFor = (origin: string) =>
  createVerifier({ clients: [client], origins: [origin], replay: memoryReplayStore() });

const question = {
  subject: { type: "user", id: "alice" },
  action: { name: "read" },
  resource: { type: "doc", id: "1" },
};

describe("authzen", () => {
  let served: Served;
  let asked: AccessQuestion[];
  let logged: [AccessQuestion, Decision][];
  let answerWith: (asked: AccessQuestion) => Decision;
  const allowed = (): Decision => ({
    ...settle({ subject: "agent", outcome: "refused", reason: "All is well.", now: 1_000 }),
    outcome: "allowed",
    policies: ["open"],
    expiresAt: 1_030,
    blocks: [{ chainId: 1, number: 7n, hash: "0xaa", timestamp: 990 }],
    unmet: [{ fact: "stakes.support", comparison: "atLeast", actual: 3n, demanded: 5 }],
    flipsAt: 2_000,
    obligations: [
      { type: "step_up", proof: "fresh" },
      { type: "approve", anchors: ["eip155:1:0xaa/7"] },
      { type: "wait", until: 2_000 },
    ],
  });

  const open = (options: Partial<AuthzenOptions> = {}) => {
    const verifier = verifierFor("https://pdp.example");
    const all = { mayAssertProof: false };
    return serveApp(
      authzen({
        publicUrl: "https://pdp.example",
        tenants: new Map([
          ["main", {}],
          ["other", { responses: "bare" }],
        ]),
        defaultTenant: "main",
        decisionPoint: {
          decide: async (one) => {
            asked.push(one);
            return answerWith(one);
          },
        },
        log: { append: async (...line) => void logged.push(line) },
        requests: { verifier: verifierFor(service) },
        authenticate: createAuthenticator({
          realm: "https://pdp.example",
          verifier,
          clients: [
            { ...all, id: "gateway", tokenHashes: [sha256(tokens.gateway)] },
            {
              id: "guard",
              tokenHashes: [sha256("an old one, 0123456789"), sha256(tokens.guard)],
              mayAssertProof: true,
            },
            { ...all, id: "shop", tokenHashes: [sha256(tokens.shop)], tenants: ["other"] },
            { ...all, id: "signer", account: principal },
          ],
        }),
        ...options,
      }),
    );
  };

  before(async () => {
    served = await open();
  });
  after(() => served.close());
  beforeEach(() => {
    asked = [];
    logged = [];
    answerWith = allowed;
  });

  async function post(path: string, body: unknown, headers: Record<string, string> = {}, at = served) {
    const response = await fetch(`${at.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${tokens.gateway}`, ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape.
    return { status: response.status, headers: response.headers, body: (await response.json()) as any };
  }
  const evaluate = (body: unknown, headers?: Record<string, string>) => post("/access/v1/evaluation", body, headers);
  const asGuard = { authorization: `Bearer ${tokens.guard}` };

  describe("and what it answers", () => {
    it("should say why, for how long, of which block, and what would help", async () => {
      const { body } = await evaluate(question, { "x-request-id": "r-1" });
      expect(body.decision).to.equal(true);
      const { id, facts_hash, policy_hash, ...context } = body.context;
      expect(id).to.match(/^[0-9a-f-]{36}$/);
      expect(facts_hash).to.have.length(64);
      expect(policy_hash).to.have.length(64);
      expect(context).to.deep.equal({
        subject: "agent",
        flips_at: 2_000,
        outcome: "allowed",
        policies: ["open"],
        unmet: [{ fact: "stakes.support", comparison: "atLeast", actual: 3, demanded: 5 }],
        reason_user: { 200: "All is well." },
        obligations: [
          { type: "step_up", proof: "fresh" },
          { type: "approve", anchors: ["eip155:1:0xaa/7"] },
          { type: "wait", until: 2_000 },
        ],
        // Its time has passed.
        ttl: 0,
        rests_on: ["proof"],
        blocks: [{ chain_id: 1, number: 7, hash: "0xaa", timestamp: 990 }],
        decided_at: 1_000,
      });
      expect(asked[0]).to.deep.include({ tenant: "main", askedBy: "gateway", correlationId: "r-1" });
      expect(asked[0]?.proof.scheme).to.equal("asserted");
    });

    it("should say nothing beside the decision where the tenant's answers are bare", async () => {
      expect((await post("/other/access/v1/evaluation", question)).body).to.deep.equal({ decision: true });
    });

    it("should tell unknown from refused, and say yes for neither", async () => {
      for (const outcome of ["refused", "unknown"] as const) {
        answerWith = () => ({ ...allowed(), outcome });
        const { status, body } = await evaluate(question);
        expect([status, body.decision, body.context.outcome]).to.deep.equal([200, false, outcome]);
      }
    });

    it("should answer 503 where nobody can say, whether the decision point says so, throws, or answers nothing", async () => {
      const failures: (() => Decision)[] = [
        () =>
          settle({
            subject: "agent",
            outcome: "failed",
            reason: "",
            now: 1,
            failure: { part: "node", message: "secret.internal" },
          }),
        () => {
          throw new Error("secret.internal");
        },
        () => undefined as unknown as Decision,
        () => ({}) as Decision,
        () => ({ outcome: "ALLOWED" }) as unknown as Decision,
      ];
      for (const [index, failure] of failures.entries()) {
        answerWith = failure;
        const { status, body, headers } = await evaluate(question);
        expect([status, body.reason], String(index)).to.deep.equal([503, "decision_unavailable"]);
        expect(headers.get("retry-after")).to.equal("1");
        expect(headers.get("content-type")).to.equal("application/problem+json");
        expect(JSON.stringify(body)).to.not.include("secret");
      }
    });
  });

  describe("and who asks", () => {
    it("should refuse strangers, and say how to show who one is", async () => {
      for (const authorization of [
        "",
        "Bearer",
        `Basic ${tokens.gateway}`,
        `Bearer ${tokens.gateway}x`,
        `Bearer ${tokens.gateway.slice(0, -1)}`,
        `Bearer ${sha256(tokens.gateway)}`,
        `Bearer ${tokens.gateway}, Bearer ${tokens.gateway}`,
        `Bearer ${tokens.gateway} ${tokens.gateway}`,
        `Bearer ${"a".repeat(4_000)}`,
      ]) {
        const { status, body, headers } = await evaluate(question, { authorization, "x-request-id": "r-2" });
        expect([status, body.reason], authorization).to.deep.equal([401, "unauthenticated"]);
        expect(headers.get("www-authenticate")).to.equal('Bearer realm="https://pdp.example"');
        expect(headers.get("x-request-id")).to.equal("r-2");
        expect(JSON.stringify(body)).to.not.include(tokens.gateway);
      }
      expect(asked).to.deep.equal([]);
    });

    it("should know a client by a signature, once", async () => {
      const request = await signRequest(
        new Request("https://pdp.example/access/v1/evaluation", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(question),
        }),
        { account: agent, chainId: 1 },
      );
      const headers = Object.fromEntries(request.headers);
      const send = () => post("/access/v1/evaluation", question, { ...headers, authorization: "" });
      expect((await send()).body.decision).to.equal(true);
      expect(asked[0]?.askedBy).to.equal("signer");
      const again = await send();
      expect([again.status, again.body.reason]).to.deep.equal([401, "unauthenticated"]);
      expect(again.headers.get("www-authenticate")).to.match(/^Bearer realm="https:\/\/pdp\.example", ERC8128 /);
      const stranger = await signRequest(
        new Request("https://pdp.example/access/v1/evaluation", { method: "POST", body: "{}" }),
        { account: other, chainId: 1 },
      );
      const refused = await post("/access/v1/evaluation", "{}", Object.fromEntries(stranger.headers));
      expect([refused.status, refused.body.reason]).to.deep.equal([403, "access_denied"]);
    });

    it("should keep tenants apart", async () => {
      const shop = { authorization: `Bearer ${tokens.shop}` };
      expect((await post("/other/access/v1/evaluation", question, shop)).status).to.equal(200);
      for (const path of ["/access/v1/evaluation", "/main/access/v1/evaluation"]) {
        expect((await post(path, question, shop)).body.reason).to.equal("tenant_not_allowed");
      }
      for (const tenant of ["nobody", "__proto__", "constructor", "%00", "..%2fmain"]) {
        const { status, body } = await post(`/${tenant}/access/v1/evaluation`, question);
        expect([status, body.reason], tenant).to.deep.equal([404, "unknown_tenant"]);
      }
    });
  });

  describe("and how often", () => {
    it("should count each enforcement point for itself", async () => {
      const limited = await open({ rate: { perSecond: 1, burst: 2 } });
      try {
        const status = async (headers = {}) => (await post("/access/v1/evaluation", question, headers, limited)).status;
        expect([await status(), await status(), await status()]).to.deep.equal([200, 200, 429]);
        expect(await status(asGuard)).to.equal(200);
      } finally {
        await limited.close();
      }
    });
  });

  describe("and what an enforcement point says of the request", () => {
    const caller = {
      principal,
      signer: principal,
      binding: "request-bound",
      replayable: false,
      expiresAt: Math.floor(Date.now() / 1_000) + 3_600,
      origin: service,
      grants: [],
      identity: { id: 1, role: "owner", status: "active", keyEpoch: 0 },
    };
    const about = (context: unknown, subject: unknown = agentSubject) => ({ ...question, subject, context });

    it("should believe one that may say so, and no other", async () => {
      await evaluate(about({ caller, ip: "::1" }), asGuard);
      await evaluate(about({ caller, ip: "::1" }));
      expect(asked.map(({ proof }) => proof.scheme)).to.deep.equal(["erc8128", "asserted"]);
      expect(asked[0]?.proof).to.deep.equal({
        scheme: "erc8128",
        binding: "request-bound",
        replayable: false,
        principal,
        signer: principal,
        signerKind: "account",
        grants: [],
        permissions: undefined,
      });
      for (const { context } of asked) expect(context).to.deep.equal({ ip: "::1" });
    });

    it("should read grants, and that the signer is a session", async () => {
      const grant = {
        issuer: principal,
        delegate: "{}",
        delegateId: "urn:ietf:params:oauth:jwk-thumbprint:sha-256:x",
        permissions: ["a"],
        validAfter: 1,
        validUntil: caller.expiresAt,
        depth: 1,
        revocationAccount: principal,
        revocationHandle: "0x1",
        digest: "0x2",
      };
      const delegated = { ...caller, signer: grant.delegateId, grants: [grant], permissions: ["a"] };
      await evaluate(about({ caller: delegated }), asGuard);
      expect(asked[0]?.proof).to.deep.include({ scheme: "erc8395", signerKind: "session", permissions: ["a"] });
      const ended = { ...delegated, grants: [{ ...grant, validUntil: 2 }] };
      const { body } = await evaluate(about({ caller: ended }), asGuard);
      expect(body.context.error.code).to.equal("proof_ended");
      for (const wrong of [
        { permissions: undefined },
        { signer: principal },
        { principal: `${principal.slice(0, -1)}0` },
      ]) {
        expect((await evaluate(about({ caller: { ...delegated, ...wrong } }), asGuard)).status).to.equal(400);
      }
    });

    it("should refuse a caller that is not the subject, one that ended, and write that down", async () => {
      const someone = `eip155:1:${other.address.toLowerCase()}`;
      for (const [subject, told, code] of [
        [{ type: "agent", id: someone }, caller, "subject_mismatch"],
        [{ type: "agent", id: principal.replace("eip155:1:", "eip155:2:") }, caller, "subject_mismatch"],
        [{ type: "agent", id: "did:web:example" }, caller, "subject_mismatch"],
        [agentSubject, { ...caller, expiresAt: 1_700_000_000 }, "proof_ended"],
      ] as const) {
        const { status, body } = await evaluate(about({ caller: told }, subject), asGuard);
        expect([status, body.decision, body.context.error.code]).to.deep.equal([200, false, code]);
        expect(logged.at(-1)?.[1]).to.deep.include({ outcome: "refused", id: body.context.id });
      }
      expect(asked).to.deep.equal([]);
      for (const id of [agent.address.replace("0x", "eip155:1:0x"), `did:pkh:${principal}`]) {
        expect((await evaluate(about({ caller }, { type: "agent", id }), asGuard)).body.decision, id).to.equal(true);
      }
    });

    it("should refuse each part of a caller that is of another type", async () => {
      const strange = [null, 7, "", "x", [], {}, true, -1, 1.5, [null], { a: 1 }];
      for (const [name, right] of Object.entries(caller)) {
        if (name === "origin" || name === "identity") continue;
        for (const value of strange) {
          if (
            typeof value === typeof right &&
            (typeof value !== "object" || Array.isArray(value) === Array.isArray(right))
          ) {
            if (value !== "" && value !== "x" && !(Array.isArray(value) && value.length > 0)) continue;
          }
          const { status, body } = await evaluate(about({ caller: { ...caller, [name]: value } }), asGuard);
          expect([status, body.reason], `${name}: ${JSON.stringify(value)}`).to.deep.equal([400, "invalid_request"]);
        }
      }
      for (const value of strange) {
        expect((await evaluate(about({ caller: value }), asGuard)).status, JSON.stringify(value)).to.equal(400);
      }
    });

    it("should write nothing down as told where the log cannot take it", async () => {
      const broken = await open({
        log: {
          append: async () => {
            throw new Error("full");
          },
        },
      });
      try {
        const wrong = about({ caller: { ...caller, expiresAt: 1 } });
        expect((await post("/access/v1/evaluation", wrong, asGuard, broken)).status).to.equal(503);
      } finally {
        await broken.close();
      }
    });
  });

  describe("and a request that is handed over", () => {
    const content = '{"item":1}';
    async function handedOver(method = "POST", url = `${service}/items?a=1`, account = agent) {
      const body = method === "GET" ? {} : { body: content };
      const request = await signRequest(new Request(url, { method, ...body }), { account, chainId: 1 });
      const raw = { method, url, headers: Object.fromEntries(request.headers) };
      return method === "GET" ? raw : { ...raw, content: Buffer.from(content).toString("base64") };
    }
    const about = (request: unknown, subject: unknown = agentSubject) => ({
      ...question,
      subject,
      context: { request },
    });
    const errorOf = async (request: unknown, subject?: unknown) => {
      const { status, body } = await evaluate(about(request, subject));
      return status === 200 ? (body.decision ? "yes" : body.context.error.code) : `${status} ${body.reason}`;
    };

    it("should be verified here, with its content or the digest of it", async () => {
      expect(await errorOf(await handedOver())).to.equal("yes");
      expect(await errorOf(await handedOver("GET"))).to.equal("yes");
      const { content: _, ...withDigest } = { content: "", ...(await handedOver()) };
      const digest = `sha-256=:${createHash("sha256").update(content).digest("base64")}:`;
      expect(await errorOf({ ...withDigest, digest })).to.equal("yes");
      expect(asked.map(({ proof }) => [proof.scheme, proof.principal, proof.replayable])).to.deep.equal(
        Array(3).fill(["erc8128", principal, false]),
      );
      for (const { context } of asked) expect(context).to.deep.equal({});
    });

    it("should be good once, and only where the answer is yes", async () => {
      const request = await handedOver();
      answerWith = () => ({ ...allowed(), outcome: "refused" });
      for (const _ of [1, 2]) expect((await evaluate(about(request))).body.decision).to.equal(false);
      answerWith = allowed;
      const answers = await Promise.all(Array.from({ length: 12 }, () => errorOf(request)));
      expect(answers.filter((answer) => answer === "yes")).to.have.length(1);
      expect(answers.filter((answer) => answer === "nonce_reused")).to.have.length(11);
      expect(logged.filter(([, { outcome }]) => outcome === "refused")).to.have.length(11);
    });

    it("should be refused where it was changed, with what helps whoever sent it", async () => {
      const request = await handedOver();
      const digest = `sha-256=:${createHash("sha256").update("x").digest("base64")}:`;
      const { content: _, ...without } = { content: "", ...request };
      const header = (name: string, value: string) => ({ ...request, headers: { ...request.headers, [name]: value } });
      for (const [changed, code] of [
        [{ ...request, url: `${service}/items?a=2` }, "bad_signature"],
        [{ ...request, method: "PUT" }, "bad_signature"],
        [{ ...request, content: Buffer.from("x").toString("base64") }, "bad_content_digest"],
        [{ ...without, digest }, "bad_content_digest"],
        [without, "bad_content_digest"],
        [header("signature", "eth=:AAAA:"), "signature_input_invalid"],
        [{ ...request, headers: {} }, "signature_missing"],
        [{ ...request, headers: [] }, "signature_missing"],
      ] as const) {
        expect(await errorOf(changed), JSON.stringify(changed)).to.equal(code);
      }
      const { body } = await evaluate(about({ ...request, headers: {} }));
      expect(body.context.error.headers["www-authenticate"]).to.match(/^ERC8128 /);
      expect(body.context.error.status).to.equal(401);
      expect(asked).to.deep.equal([]);
      // None of that used anything up. Scheme and host are those that the verifier is told: gateways see others.
      expect(await errorOf({ ...request, url: "http://10.0.0.5:8080/items?a=1" })).to.equal("yes");
    });

    it("should be of the subject", async () => {
      expect(await errorOf(await handedOver("POST", undefined, other))).to.equal("subject_mismatch");
      expect(await errorOf(await handedOver(), { type: "agent", id: "eip155:1/erc721:0xaa/7" })).to.equal(
        "subject_mismatch",
      );
      expect(asked).to.deep.equal([]);
    });

    it("should find the accounts of a subject that is none itself, and be 503 where it cannot", async () => {
      const token = { type: "agent", id: `eip155:1/erc721:0x${"a".repeat(40)}/7` };
      const known = await open({ accounts: async ({ id }) => (id === token.id ? [principal] : undefined) });
      const broken = await open({ accounts: async () => Promise.reject(new Error("index")) });
      try {
        const send = async (at: Served, subject: unknown) =>
          post("/access/v1/evaluation", about(await handedOver(), subject), {}, at);
        expect((await send(known, token)).body.decision).to.equal(true);
        expect((await send(known, { ...token, id: "x" })).body.context.error.code).to.equal("subject_mismatch");
        expect((await send(broken, token)).status).to.equal(503);
      } finally {
        await known.close();
        await broken.close();
      }
    });

    it("should be no request but one that can be read in one way", async () => {
      const request = await handedOver();
      const long = Object.fromEntries(Array.from({ length: 129 }, (_, index) => [`x-${index}`, "a"]));
      for (const wrong of [
        { ...request, digest: "sha-256=:aa:" },
        { ...request, url: "/items" },
        { ...request, url: `${service}/a/../items` },
        { ...request, url: `${service.toUpperCase()}/items` },
        { ...request, url: `${service}/items#x` },
        { ...request, url: "https://user:pass@api.example/items" },
        { ...request, url: "ftp://api.example/items" },
        { ...request, method: "post" },
        { ...request, method: "GET" },
        { ...request, method: "TRACE" },
        { ...request, method: "A B" },
        { ...request, method: 1 },
        { ...request, content: "?" },
        { ...request, headers: { "a b": "c" } },
        { ...request, headers: { a: "b\r\nc: d" } },
        { ...request, headers: [["a"]] },
        { ...request, headers: long },
        { ...request, headers: { a: "b".repeat(70_000) } },
        { ...request, headers: null },
        ...[null, 7, "GET / HTTP/1.1", [], {}],
      ]) {
        expect(await errorOf(wrong), JSON.stringify(wrong).slice(0, 200)).to.equal("400 invalid_request");
      }
      expect(asked).to.deep.equal([]);
    });

    it("should be used once for all the evaluations of one request", async () => {
      const request = await handedOver();
      const several = {
        subject: agentSubject,
        action: { name: "read" },
        context: { request },
        evaluations: [1, 2, 3].map((id) => ({ resource: { type: "doc", id: String(id) } })),
      };
      answerWith = ({ resource }) => (resource.id === "2" ? { ...allowed(), outcome: "refused" } : allowed());
      const decisions = async () =>
        (await post("/access/v1/evaluations", several)).body.evaluations.map(({ decision }: Decided) => decision);
      expect(await decisions()).to.deep.equal([true, false, true]);
      expect(await decisions()).to.deep.equal([false, false, false]);
    });

    it("should not be used up where an enforcement point that is believed has verified it", async () => {
      const request = await handedOver();
      const caller = {
        ...{ principal, signer: principal, binding: "request-bound", replayable: false, grants: [] },
        expiresAt: Math.floor(Date.now() / 1_000) + 60,
      };
      const both = { ...question, subject: agentSubject, context: { request, caller } };
      for (const _ of [1, 2]) expect((await evaluate(both, asGuard)).body.decision).to.equal(true);
      // Whoever is not believed is judged by the request.
      const forged = { ...both, context: { request, caller: { ...caller, replayable: true } } };
      expect((await evaluate(forged)).body.decision).to.equal(true);
      expect(asked.at(-1)?.proof.replayable).to.equal(false);
      expect((await evaluate(forged)).body.context.error.code).to.equal("nonce_reused");
    });

    it("should count for agents alone: what others have in their context is theirs", async () => {
      await evaluate({ ...question, context: { request: "GET /", caller: 7 } }, asGuard);
      expect(asked[0]?.context).to.deep.equal({ request: "GET /", caller: 7 });
      expect(asked[0]?.proof.scheme).to.equal("asserted");
    });

    it("should be 503 where a node fails", async () => {
      const transport = custom({ request: () => Promise.reject(new Error("down")) }, { retryCount: 0 });
      const down = createClient({ chain: mainnet, transport });
      const verifier = createVerifier({ clients: [down], origins: [service], replay: memoryReplayStore() });
      const broken = await open({ requests: { verifier } });
      try {
        const { headers, ...rest } = await handedOver();
        const answered = await post("/access/v1/evaluation", about({ ...rest, headers, method: "PUT" }), {}, broken);
        expect([answered.status, answered.body.reason]).to.deep.equal([503, "decision_unavailable"]);
        expect(logged.at(-1)?.[1].outcome).to.equal("failed");
      } finally {
        await broken.close();
      }
    });
  });

  describe("and several evaluations", () => {
    const item = (id: string) => ({ resource: { type: "doc", id } });
    const several = (semantic?: string, ...ids: string[]) => ({
      subject: question.subject,
      action: question.action,
      ...(semantic === undefined ? {} : { options: { evaluations_semantic: semantic, other: 1 } }),
      evaluations: ids.map(item),
    });
    beforeEach(() => {
      answerWith = ({ resource: { id } }) => {
        if (id.startsWith("fail")) return settle({ subject: "agent", outcome: "failed", reason: "", now: 1 });
        return id.startsWith("yes") ? allowed() : { ...allowed(), outcome: "refused" };
      };
    });
    const decide = async (body: unknown) => {
      const answered = await post("/access/v1/evaluations", body);
      return answered.status === 200
        ? answered.body.evaluations.map(({ decision, context }: Decided) => context?.error?.status ?? decision)
        : `${answered.status} ${answered.body.reason}`;
    };

    it("should end where the semantics say, and take a failure for a no", async () => {
      const ids = ["yes1", "no1", "fail", "yes2"];
      expect(await decide(several(undefined, ...ids))).to.deep.equal([true, false, 503, true]);
      expect(await decide(several("execute_all", ...ids))).to.deep.equal([true, false, 503, true]);
      expect(await decide(several("deny_on_first_deny", ...ids))).to.deep.equal([true, false]);
      expect(await decide(several("deny_on_first_deny", "yes1", "fail", "yes2"))).to.deep.equal([true, 503]);
      expect(await decide(several("permit_on_first_permit", "no1", "fail", "yes1", "yes2"))).to.deep.equal([
        false,
        503,
        true,
      ]);
      expect(asked.map(({ resource }) => resource.id).slice(-3)).to.deep.equal(["no1", "fail", "yes1"]);
    });

    it("should be 503 where none could be answered, and 400 for what is wrong with all of it", async () => {
      expect(await decide(several(undefined, "fail1", "fail2"))).to.equal("503 decision_unavailable");
      expect(await decide(several("deny_on_first_deny", "fail1", "yes1"))).to.equal("503 decision_unavailable");
      for (const body of [
        several("any", "yes1"),
        { ...several(undefined, "yes1"), options: 7 },
        { ...several(undefined, "yes1"), evaluations: {} },
        { ...several(undefined, "yes1"), subject: "alice" },
        { ...several(undefined, "yes1"), context: [] },
        { ...several(undefined), evaluations: [], resource: undefined },
        several(undefined, ...Array.from({ length: 201 }, () => "yes")),
      ]) {
        expect(await decide(body), JSON.stringify(body).slice(0, 200)).to.match(/^400 /);
      }
    });

    it("should answer each item that is wrong by itself", async () => {
      const evaluations = [
        item("yes1"),
        null,
        "x",
        [],
        { resource: { type: "doc" } },
        { ...item("yes1"), context: 1 },
        {},
      ];
      expect(await decide({ ...several(), evaluations })).to.deep.equal([true, 400, 400, 400, 400, 400, 400]);
      expect(asked).to.have.length(1);
    });

    it("should keep the order of many that run together", async () => {
      const ids = Array.from({ length: 150 }, (_, index) => (index % 3 === 0 ? `yes${index}` : `no${index}`));
      expect(await decide(several(undefined, ...ids))).to.deep.equal(ids.map((id) => id.startsWith("yes")));
    });
  });
});

/** What a decision looks like in an answer. */
interface Decided {
  readonly decision: boolean;
  readonly context?: { readonly error?: { readonly status: number } };
}
