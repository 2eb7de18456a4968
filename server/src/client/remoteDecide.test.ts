import { createHash } from "node:crypto";
import { createVerifier, memoryReplayStore, signRequest } from "@tenure/http-auth";
import { fetchGuard } from "@tenure/http-auth/fetch";
import { expect } from "chai";
import { Hono } from "hono";
import { createClient, custom } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { mainnet } from "viem/chains";
import { type Served, serveApp } from "../../test/utils/serveApp.ts";
import { authzen, createAuthenticator } from "../authzen/index.ts";
import type { Decision } from "../types/decision.ts";
import type { AccessQuestion } from "../types/question.ts";
import { type RemoteDecideOptions, remoteDecide } from "./index.ts";

const token = "guard-0123456789abcdef";
const agent = privateKeyToAccount(`0x${"1".padStart(64, "0")}`);
const principal = `eip155:1:${agent.address.toLowerCase()}`;
const service = "https://api.example";
const client = createClient({ chain: mainnet, transport: custom({ request: async () => "0x" }, { retryCount: 0 }) });

describe("remoteDecide", () => {
  let served: Served;
  let asked: AccessQuestion[];
  let outcome: Decision["outcome"];
  let ttl: number;
  before(async () => {
    const tokenHashes = [createHash("sha256").update(token).digest("hex")];
    served = await serveApp(
      authzen({
        publicUrl: "https://pdp.example",
        tenants: new Map([["shop", {}]]),
        decisionPoint: {
          decide: async (question) => {
            asked.push(question);
            const decidedAt = Math.floor(Date.now() / 1_000);
            return {
              ...{
                id: "1",
                subject: question.subject.id,
                outcome,
                policies: [],
                unmet: [],
                obligations: [],
                restsOn: [],
                blocks: [],
              },
              ...{
                reason: "Not before May.",
                factsHash: "",
                policyHash: "",
                decidedAt,
                expiresAt: decidedAt + ttl,
                flipsAt: undefined,
              },
            };
          },
        },
        authenticate: createAuthenticator({
          realm: "test",
          clients: [{ id: "guard", tokenHashes, mayAssertProof: true }],
        }),
      }),
    );
  });
  after(() => served.close());
  beforeEach(() => {
    asked = [];
    outcome = "allowed";
    ttl = 0;
  });

  function guarded(options: Partial<RemoteDecideOptions> = {}) {
    const decide = remoteDecide({ url: served.url, tenant: "shop", token, ...options });
    const handle = fetchGuard(() => new Response("ok"), {
      clients: [client],
      origins: [service],
      replay: memoryReplayStore(),
      routes: { "/items": {} },
      decide,
    });
    const call = async (method = "GET") => {
      const request = new Request(`${service}/items`, { method });
      const response = await handle(await signRequest(request, { account: agent, chainId: 1 }));
      const text = await response.text();
      return { status: response.status, body: text === "ok" ? text : JSON.parse(text) };
    };
    return { call, decide };
  }

  it("should let in whom the decision point lets in, and tell it what was verified", async () => {
    const { call } = guarded({ context: () => ({ ip: "::1" }) });
    expect(await call()).to.deep.equal({ status: 200, body: "ok" });
    const [question] = asked;
    expect(question).to.deep.include({
      tenant: "shop",
      subject: { type: "agent", id: principal },
      action: { name: "GET" },
      resource: { type: "http", id: "/items", properties: { route: "/items", origin: service } },
      context: { ip: "::1" },
      askedBy: "guard",
    });
    expect(question?.proof).to.deep.include({ scheme: "erc8128", principal, replayable: false });
    expect(question?.correlationId).to.match(/^[0-9a-f-]{36}$/);
  });

  it("should refuse whom it refuses, with the reason", async () => {
    outcome = "refused";
    const { status, body } = await guarded().call();
    expect([status, body.reason, body.reasons]).to.deep.equal([403, "access_denied", ["Not before May."]]);
  });

  it("should be 503 where the decision point cannot say, is not there, or knows nobody by this token", async () => {
    outcome = "failed";
    expect((await guarded().call()).status).to.equal(503);
    outcome = "allowed";
    for (const options of [{ token: "wrong-0123456789abcdef" }, { tenant: "nobody" }, { url: "http://127.0.0.1:1" }]) {
      const { status, body } = await guarded(options).call();
      expect([status, body.reason], JSON.stringify(options)).to.deep.equal([503, "decision_unavailable"]);
    }
  });

  it("should take nothing but `true` for a yes, whoever answers", async () => {
    const answers: [string, ResponseInit][] = [
      ["{}", {}],
      ['{"decision":"true"}', {}],
      ['{"decision":1}', {}],
      ['{"decision":null}', {}],
      ['[{"decision":true}]', {}],
      ["true", {}],
      ["", {}],
      ['{"decision":true}', { status: 201 }],
      ['{"decision":true}', { status: 500 }],
      ['{"decision":true}', { headers: { "content-type": "text/html" } }],
      ['{"decision":true,"context":7}', {}],
      ["", { status: 302, headers: { location: "https://elsewhere.example" } }],
    ];
    for (const [body, init] of answers) {
      const headers = { "content-type": "application/json", ...(init.headers as Record<string, string> | undefined) };
      const other = await serveApp(new Hono().all("*", () => new Response(body, { ...init, headers })));
      try {
        expect((await guarded({ url: other.url }).call()).status, `${body} ${JSON.stringify(init)}`).to.equal(503);
      } finally {
        await other.close();
      }
    }
  });

  it("should wait no longer than it is told", async () => {
    const silent = await serveApp(new Hono().all("*", () => new Promise<Response>(() => {})));
    try {
      expect((await guarded({ url: silent.url, timeout: 50 }).call()).status).to.equal(503);
    } finally {
      await silent.close();
    }
  });

  it("should remember a decision as long as it is good, and no longer", async () => {
    let time = Date.now();
    ttl = 30;
    const { call, decide } = guarded({ now: () => time });
    await call();
    await call();
    expect(asked).to.have.length(1);
    await call("HEAD");
    expect(asked).to.have.length(2);
    outcome = "refused";
    expect((await call()).status).to.equal(200);
    time += 31_000;
    expect((await call()).status).to.equal(403);
    expect((await call()).status).to.equal(403);
    expect(asked).to.have.length(3);
    outcome = "allowed";
    decide.forget("eip155:1:0x00");
    expect((await call()).status).to.equal(403);
    decide.forget(principal);
    expect((await call()).status).to.equal(200);
    decide.forget();
    await call();
    expect(asked).to.have.length(5);
  });

  it("should remember no failure, nothing for longer than it is told, and no more than it is told", async () => {
    let time = Date.now();
    ttl = 3_600;
    const brief = guarded({ now: () => time, maxAge: 5 });
    await brief.call();
    time += 6_000;
    await brief.call();
    expect(asked).to.have.length(2);
    const never = guarded({ maxAge: 0 });
    await never.call();
    await never.call();
    expect(asked).to.have.length(4);
    const small = guarded({ size: 1 });
    for (const method of ["GET", "POST", "GET"]) await small.call(method);
    expect(asked).to.have.length(7);
    outcome = "failed";
    const failing = guarded();
    expect((await failing.call()).status).to.equal(503);
    outcome = "allowed";
    expect((await failing.call()).status).to.equal(200);
  });

  it("should work with another verifier's caller too: what it depends on is all in the question", async () => {
    ttl = 60;
    const verifier = createVerifier({ clients: [client], origins: [service], replay: memoryReplayStore() });
    const decide = remoteDecide({ url: served.url, tenant: "shop", token });
    const request = await signRequest(new Request(`${service}/items`), { account: agent, chainId: 1 });
    const caller = await verifier.verify(request);
    const question = { action: "tools/call", resource: { type: "tool", id: "a" }, route: "default", request };
    for (const one of [
      question,
      { ...question, action: "tools/list" },
      { ...question, resource: { type: "tool", id: "b" } },
      { ...question, route: "other" },
    ]) {
      await decide(caller, one);
    }
    await decide({ ...caller, replayable: true }, question);
    await decide({ ...caller, binding: "class-bound" }, question);
    await decide({ ...caller, expiresAt: caller.expiresAt + 1 }, question);
    expect(asked).to.have.length(6);
  });
});
