import { expect } from "chai";
import { Hono } from "hono";
import { z } from "zod";
import { answer, endpoint, notFound, Problem, quote, validate } from "./index.ts";

describe("an endpoint", () => {
  const at = (handle: () => Response | Promise<Response>, onError?: (error: unknown) => void) => {
    const app = new Hono().all("/", endpoint({ methods: ["GET"], handle, onError })).notFound(notFound);
    return async (path = "/", init: RequestInit = {}) => {
      const response = await app.request(path, init);
      return { status: response.status, headers: response.headers, text: await response.text() };
    };
  };

  it("should answer with the request's own id, whatever it answers", async () => {
    const headers = { "x-request-id": 'a"b' };
    for (const [handle, status] of [
      [() => answer({ a: 1n, b: 2n ** 60n }), 200],
      [() => Promise.reject(new Problem(404, "none", "There is none.")), 404],
      [() => Promise.reject(new Error("secret")), 500],
    ] as const) {
      const answered = await at(handle)("/", { headers });
      expect([answered.status, answered.headers.get("x-request-id")]).to.deep.equal([status, 'a"b']);
    }
    expect((await at(() => answer({ a: 1n, b: 2n ** 60n }))()).text).to.equal('{"a":1,"b":"1152921504606846976"}');
    const long = await at(() => answer({}))("/", { headers: { "x-request-id": "a".repeat(1_025) } });
    expect(long.status).to.equal(400);
  });

  it("should tell whoever runs it of mistakes, say nothing of them, and bear with a log that fails", async () => {
    const told: unknown[] = [];
    const fail = () => Promise.reject(new Error("http://secret.internal"));
    const answered = await at(fail, (error) => told.push(error))();
    expect(answered.text).to.not.include("secret");
    expect(JSON.parse(answered.text)).to.deep.include({ status: 500, reason: "internal_error" });
    expect(told).to.have.length(1);
    const logless = await at(fail, () => {
      throw new Error("disk full");
    })();
    expect(logless.status).to.equal(500);
    await at(
      () => Promise.reject(new Problem(400, "x", "x")),
      (error) => told.push(error),
    )();
    expect(told).to.have.length(1);
  });

  it("should answer other methods and other paths in the same form", async () => {
    const ask = at(() => answer({}));
    expect((await ask("/", { method: "HEAD" })).status).to.equal(200);
    const wrong = await ask("/", { method: "POST" });
    expect([wrong.status, wrong.headers.get("allow")]).to.deep.equal([405, "GET, HEAD"]);
    const nowhere = await ask("/x");
    expect([nowhere.status, nowhere.headers.get("content-type")]).to.deep.equal([404, "application/problem+json"]);
  });
});

describe("validate", () => {
  it("should say what does not fit, and quote no more than is good to read", () => {
    const schema = z.object({ subject: z.object({ id: z.string() }) });
    const say = (value: unknown) => {
      try {
        return validate(schema, value, "the request");
      } catch (error) {
        return (error as Problem).message;
      }
    };
    expect(say({ subject: { id: "a" }, other: 1 })).to.deep.equal({ subject: { id: "a" } });
    expect(say({ subject: { id: 7 } })).to.equal(
      "`subject.id` of the request is not as it has to be: Invalid input: expected string, received number.",
    );
    expect(say(7)).to.match(/^The request is not as it has to be/);
    expect(quote(`\u0000${"a".repeat(100)}`)).to.equal(`"\\u0000${"a".repeat(59)}…"`);
    expect(quote(undefined)).to.equal('"undefined"');
  });
});
