// What strangers and faulty enforcement points send, on the wire.
import { createHash } from "node:crypto";
import { connect } from "node:net";
import { expect } from "chai";
import fc from "fast-check";
import { AUTHZEN_LIMITS, authzen, createAuthenticator } from "../../src/authzen/index.ts";
import { exchange } from "../utils/exchange.ts";
import { type Served, serveApp } from "../utils/serveApp.ts";
import { candidatesOf, pointOf, policies } from "./utils/policies.ts";
import { ask } from "./utils/runCases.ts";

const token = "attacks-0123456789abcdef";
const good = {
  subject: { type: "user", id: "alice" },
  action: { name: "read" },
  resource: { type: "record", id: "record-1" },
};

describe("AuthZEN under attack", () => {
  let served: Served;
  const errors: unknown[] = [];
  before(async () => {
    const tokenHashes = [createHash("sha256").update(token).digest("hex")];
    served = await serveApp(
      authzen({
        publicUrl: "https://pdp.example",
        tenants: new Map([["certification", { responses: "bare" }]]),
        defaultTenant: "certification",
        decisionPoint: pointOf(policies),
        search: { candidates: candidatesOf(policies) },
        authenticate: createAuthenticator({
          realm: "test",
          clients: [{ id: "one", tokenHashes, mayAssertProof: true }],
        }),
        limits: { content: { ...AUTHZEN_LIMITS.content, bytes: 65_536, time: 200 } },
        onError: (error) => errors.push(error),
      }),
    );
  });
  afterEach(() => expect(errors.splice(0)).to.deep.equal([]));
  after(() => served.close());

  const send = async (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
    method = "POST",
  ) => {
    const response = await fetch(`${served.url}/access/v1/evaluation`, {
      method,
      headers: { "content-type": "application/json", authorization: `Bearer ${token}`, ...headers },
      ...(method === "GET" || method === "HEAD" ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text };
  };
  /** A request as text, and what came back: the status. */
  const wire = async (fields: readonly string[], body: string, path = "/access/v1/evaluation") => {
    const head = [`POST ${path} HTTP/1.1`, "Host: pdp.example", "Connection: close", ...fields];
    const all = await exchange(served.port, `${head.join("\r\n")}\r\n\r\n${body}`);
    return { status: Number(all.split(" ")[1]), all };
  };
  const text = JSON.stringify(good);
  const usual = [`Authorization: Bearer ${token}`, "Content-Type: application/json"];
  const whole = [...usual, `Content-Length: ${text.length}`];

  it("should take the methods that are meant, and say which", async () => {
    for (const method of ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
      const { status, headers } = await send(text, { "x-request-id": "r" }, method);
      expect([status, headers.get("allow"), headers.get("x-request-id")], method).to.deep.equal([405, "POST", "r"]);
    }
    const metadata = await fetch(`${served.url}/.well-known/authzen-configuration`, { method: "POST" });
    expect([metadata.status, metadata.headers.get("allow")]).to.deep.equal([405, "GET, HEAD"]);
  });

  it("should refuse content that is too large, too deep, ambiguous or none", async () => {
    const context = (inner: string) => `${text.slice(0, -1)},"context":${inner}}`;
    for (const [body, status] of [
      [context(`"${"a".repeat(70_000)}"`), 413],
      [context(`${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`), 400],
      [`${text.slice(0, -1)},"subject":{"type":"user","id":"bob"}}`, 400],
      [text.replace('"id":"alice"', '"id":"bob","\\u0069d":"alice"'), 400],
      [context('{"n":1e999}'), 400],
      [context('{"n":12345678901234567890}'), 400],
      [context('"\\ud800"'), 400],
      [`[${text}]`, 400],
      [`${text}${text}`, 400],
      ["", 400],
      ["null", 400],
      ["\u0000", 400],
    ] as const) {
      expect((await send(body)).status, body.slice(0, 80)).to.equal(status);
    }
    expect((await send(new Uint8Array([0x7b, 0xc3, 0x28, 0x7d]))).status).to.equal(400);
    const gzip = await send(text, { "content-encoding": "gzip" });
    expect(gzip.status).to.equal(415);
  });

  it("should pass over names that nobody knows, those that mean something to JavaScript too", async () => {
    const odd = `${text.slice(0, -1)},"__proto__":{"decision":true},"constructor":1,"toString":null,"isAdmin":true}`;
    expect(await send(odd)).to.deep.include({ status: 200, text: '{"decision":true}' });
    const denied = odd.replace("alice", "carol").replace('"isAdmin"', '"decision"');
    expect(await send(denied)).to.deep.include({ status: 200, text: '{"decision":false}' });
    const role = { type: "user", id: "carol", properties: JSON.parse('{"__proto__":{"role":"admin"}}') };
    const write = { ...good, subject: role, action: { name: "write" }, resource: { type: "record", id: "record-2" } };
    expect(await send(JSON.stringify(write))).to.deep.include({ text: '{"decision":false}' });
  });

  it("should refuse each part that is of another type, in every endpoint", async () => {
    const strange = [null, 7, true, "text", [], [{}], {}, { id: 1 }, { type: "a", id: null }];
    const bodies: Record<string, Record<string, unknown>> = {
      evaluation: { ...good, context: {} },
      evaluations: { ...good, context: {} },
      "search/subject": { ...good, subject: { type: "user" }, context: {}, page: { limit: 1 } },
      "search/resource": { ...good, resource: { type: "record" }, context: {}, page: { limit: 1 } },
      "search/action": { subject: good.subject, resource: good.resource, context: {}, page: { limit: 1 } },
    };
    const inner = {
      id: [null, 7, [], {}, true],
      type: [null, 7, [], {}],
      name: [null, 7, [], {}],
      properties: [null, 7, [], "a"],
    };
    const limits = [-1, 1.5, "1", null, [], {}, 1e300];
    const tokens = [7, null, {}, [], "", "x", "a".repeat(9_000)];
    for (const [endpoint, body] of Object.entries(bodies)) {
      const scalars = strange.filter((value) => Array.isArray(value) || typeof value !== "object" || value === null);
      const wrong: unknown[] = [...scalars];
      for (const [name, right] of Object.entries(body)) {
        for (const value of name === "context" || name === "page" ? scalars : strange) {
          // What is searched for has a type, and its id is not read.
          if (endpoint === `search/${name}` && JSON.stringify(value) === '{"type":"a","id":null}') continue;
          wrong.push({ ...body, [name]: value });
        }
        for (const [part, values] of Object.entries(inner)) {
          const isWanted = part === "id" && endpoint === `search/${name}`;
          if (
            isWanted ||
            !(part in (right as object) || part === "properties") ||
            name === "context" ||
            name === "page"
          )
            continue;
          for (const value of values) wrong.push({ ...body, [name]: { ...(right as object), [part]: value } });
        }
      }
      if ("page" in body) {
        for (const limit of limits) wrong.push({ ...body, page: { limit } });
        for (const token of tokens) wrong.push({ ...body, page: { token } });
      }
      for (const request of wrong) {
        const answered = await ask({ url: served.url, token }, endpoint, request);
        expect(answered.status, `${endpoint} ${JSON.stringify(request).slice(0, 200)}`).to.equal(400);
      }
      expect((await ask({ url: served.url, token }, endpoint, body)).status).to.equal(200);
    }
  });

  it("should answer any JSON at all with 200 or 400", async () => {
    const part = fc.oneof(fc.jsonValue(), fc.constant(good.subject), fc.constant(good.action));
    const request = fc.dictionary(
      fc.constantFrom(...Object.keys(good), "context", "evaluations", "options", "page"),
      part,
    );
    const endpoints = fc.constantFrom(
      "evaluation",
      "evaluations",
      "search/subject",
      "search/resource",
      "search/action",
    );
    await fc.assert(
      fc.asyncProperty(endpoints, request, async (endpoint, body) => {
        const { status, body: answered } = await ask({ url: served.url, token }, endpoint, body);
        expect(status).to.be.oneOf([200, 400]);
        expect(answered).to.be.an("object");
      }),
      { numRuns: 300 },
    );
  });

  it("should read each field as one, and a length as one", async () => {
    expect((await wire(whole, text)).status).to.equal(200);
    for (const [fields, body] of [
      [[...whole, `Authorization: Bearer ${token}`], text],
      [["Authorization: Bearer x", ...whole], text],
      [[...whole, "Content-Type: application/json"], text],
      [[...whole, "Content-Type: text/plain"], text],
      [[...whole, `Content-Length: ${text.length + 1}`], text],
      [[...whole, "Transfer-Encoding: chunked"], `2\r\n{}\r\n0\r\n\r\n`],
      [[...usual, "Transfer-Encoding: chunked, identity"], "0\r\n\r\n"],
      [[...usual, "Transfer-Encoding: xchunked"], "0\r\n\r\n"],
      [[...usual, `Content-Length: +${text.length}`], text],
      [[...usual, `Content-Length : ${text.length}`], text],
      [[...whole, "X-Request-ID: a\r\n b"], text],
      [[...whole, `X-Request-ID: ${"a".repeat(2_000)}`], text],
      [[...whole, "Bad Name: 1"], text],
      [[...whole, `X-Long: ${"a".repeat(20_000)}`], text],
    ] as const) {
      const { status, all } = await wire(fields, body);
      expect(status, fields.join(" | ").slice(0, 200)).to.be.oneOf([400, 401, 431]);
      expect(all).to.not.include('"decision":true');
    }
    const two = await wire([...whole, "X-Request-ID: a", "X-Request-ID: b"], text);
    expect(two.all.toLowerCase()).to.include("x-request-id: a, b");
  });

  it("should not take a second request out of the content of the first", async () => {
    const smuggled = `${text}POST /access/v1/evaluation HTTP/1.1\r\nHost: a\r\n\r\n`;
    const { all } = await wire([...usual, `Content-Length: ${text.length}`], smuggled);
    expect((all.match(/"decision":true/g) ?? []).length).to.be.at.most(1);
    const keptOpen = await exchange(
      served.port,
      `POST /access/v1/evaluation HTTP/1.1\r\nHost: a\r\n${whole.join("\r\n")}\r\n\r\n${text}GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    );
    expect(keptOpen.match(/HTTP\/1\.1 \d+/g)).to.deep.equal(["HTTP/1.1 200", "HTTP/1.1 404"]);
  });

  it("should wait for slow content no longer than it says, and go on where somebody leaves", async () => {
    const slow = await wire([...usual, `Content-Length: ${text.length}`], text.slice(0, 20));
    expect(slow.status).to.equal(408);
    const chunked = await wire([...usual, "Transfer-Encoding: chunked"], '5\r\n{"sub\r\n');
    expect(chunked.status).to.equal(408);
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const socket = connect(served.port, "127.0.0.1");
        socket.on("error", () => {});
        socket.write(`POST /access/v1/evaluation HTTP/1.1\r\nHost: a\r\n${whole.join("\r\n")}\r\n\r\n{"sub`);
        await new Promise((resolve) => socket.once("connect", resolve));
        socket.destroy();
      }),
    );
    expect((await send(text)).status).to.equal(200);
  });

  it("should end content that grows beyond its limit, though it says no length", async () => {
    const chunk = `10000\r\n${"a".repeat(65_536)}\r\n`;
    const { status } = await wire([...usual, "Transfer-Encoding: chunked"], chunk.repeat(4));
    expect(status).to.equal(413);
  });

  it("should read nothing of what a stranger sends", async () => {
    const fields = ["Content-Type: application/json", "Content-Length: 50000"];
    expect((await wire(fields, "{")).status).to.equal(401);
  });

  it("should let nobody guess a token, and write none down", async () => {
    const guesses = fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9._~+/-]{1,64}$/),
      fc.nat(token.length - 1).map((at) => token.slice(0, at) + (token[at] === "0" ? "1" : "0") + token.slice(at + 1)),
    );
    await fc.assert(
      fc.asyncProperty(guesses, async (guess) => {
        const { status, text: body } = await send(text, { authorization: `Bearer ${guess}` });
        expect(status).to.equal(401);
        expect(body).to.not.include(token);
      }),
      { numRuns: 200 },
    );
  });
});
