import { createHash } from "node:crypto";
import { expect } from "chai";
import { Hono } from "hono";
import { authzen, createAuthenticator, PATHS } from "../../src/authzen/index.ts";
import { type Served, serveApp } from "../utils/serveApp.ts";
import certification from "./fixtures/certification.json" with { type: "json" };
import specification from "./fixtures/specification.json" with { type: "json" };
import { certificationCases, interopCases } from "./utils/cases.ts";
import { candidatesOf, pointOf, policies } from "./utils/policies.ts";
import { ask, runCases } from "./utils/runCases.ts";

const token = "interoperability-0123456789";

describe("AuthZEN's own suites", () => {
  let served: Served;
  const at = (tenant: string) => ({ url: `${served.url}/${tenant}`, token });
  before(async () => {
    const tokenHashes = [createHash("sha256").update(token).digest("hex")];
    const app = authzen({
      publicUrl: "https://pdp.example.com",
      tenants: new Map(Object.keys(policies).map((name) => [name, { responses: "bare" }])),
      defaultTenant: "specification",
      decisionPoint: pointOf(policies),
      search: { candidates: candidatesOf(policies) },
      authenticate: createAuthenticator({
        realm: "test",
        clients: [{ id: "runner", tokenHashes, mayAssertProof: false }],
      }),
    });
    served = await serveApp(app);
  });
  after(() => served.close());

  it("should pass the certification scenario, each answer as a whole", async () => {
    expect(certificationCases).to.have.length(48);
    expect(await runCases(at("certification"), certificationCases)).to.deep.equal([]);
  });

  it("should pass its pages: one after the other, to an empty token", async () => {
    const [first] = certification.cases.filter(({ id }) => id === "c-4-5-1");
    const one = (await ask(at("certification"), "search/subject", first?.request)).body as {
      page: { next_token: string; count: number };
      results: unknown[];
    };
    expect(one.results).to.deep.equal([{ type: "user", id: "alice" }]);
    expect(one.page.count).to.equal(1);
    const request = { ...(first?.request as object), page: { token: one.page.next_token } };
    const two = await ask(at("certification"), "search/subject", request);
    expect(two.body).to.deep.equal({ page: { next_token: "", count: 1 }, results: [{ type: "user", id: "bob" }] });
  });

  for (const [tenant, cases] of Object.entries(interopCases)) {
    it(`should pass the ${cases.length} requests of ${tenant}, each answer as a whole`, async () => {
      expect(await runCases(at(tenant), cases)).to.deep.equal([]);
    });
  }

  it("should be asked by a runner that lets no other server pass", async () => {
    const cases = [...certificationCases, ...Object.values(interopCases).flat()];
    for (const [body, status] of [
      ["{}", 500],
      ["{}", 200],
      ['{"decision":null}', 200],
      ['{"results":[{}]}', 200],
    ] as const) {
      const headers = { "content-type": "application/json" };
      const other = await serveApp(new Hono().all("*", () => new Response(body, { status, headers })));
      try {
        const wrong = await runCases({ url: other.url, token }, cases);
        expect(wrong, `${status} ${body}`).to.have.length(cases.length);
      } finally {
        await other.close();
      }
    }
  });

  describe("and the examples of the specification", () => {
    const { examples } = specification as {
      examples: { section: string; title?: string; http?: string[]; json?: unknown }[];
    };
    const titled = (title: string) => examples.find((example) => example.title === title)?.json;
    const inSection = (section: string) =>
      examples.filter((example) => example.section === section).map(({ json }) => json);
    /** What the standard leaves to implementations, and what it does not say twice. */
    const withoutContext = (body: unknown) =>
      JSON.parse(JSON.stringify(body, (name, value) => (name === "context" || name === "page" ? undefined : value)));

    it("should answer those over HTTP, with the same request id", async () => {
      const requests = examples.filter(({ http, json }) => http?.[0]?.startsWith("POST") && json !== undefined);
      expect(requests).to.have.length(5);
      for (const { http = [], json } of requests) {
        const [line = "", ...fields] = http;
        const path = line.split(" ")[1] ?? "";
        const headers = new Headers(fields.map((field) => field.split(": ", 2) as [string, string]));
        headers.set("authorization", `Bearer ${token}`);
        const response = await fetch(`${served.url}${path}`, { method: "POST", headers, body: JSON.stringify(json) });
        const answered = examples[examples.findIndex((example) => example.json === json) + 1];
        expect(response.status, line).to.equal(200);
        expect(response.headers.get("content-type")).to.equal("application/json");
        expect(response.headers.get("x-request-id")).to.equal("bfe9eb29-ab87-4ca3-be83-a1d5d8305716");
        expect(withoutContext(await response.json()), line).to.deep.equal(withoutContext(answered?.json));
      }
    });

    it("should answer by all three semantics", async () => {
      const pairs = inSection("Example: Evaluate `read` action for three documents using all three semantics");
      expect(pairs).to.have.length(6);
      for (let pair = 0; pair < 6; pair += 2) {
        const { body } = await ask({ url: served.url, token }, "evaluations", pairs[pair]);
        expect(body).to.deep.equal(withoutContext(pairs[pair + 1]));
      }
    });

    it("should take every other request that is there", async () => {
      const evaluations = [...inSection("The Access Evaluations API Request"), ...inSection("Default values")];
      expect(evaluations).to.have.length(3);
      for (const request of evaluations) {
        const { body } = await ask({ url: served.url, token }, "evaluations", request);
        expect(body).to.deep.equal({ evaluations: [{ decision: true }, { decision: false }, { decision: false }] });
      }
      const options = await ask({ url: served.url, token }, "evaluations", inSection("Evaluations options")[0]);
      expect(options.body).to.have.nested.property("evaluations[0].decision", false);
      const request = await ask({ url: served.url, token }, "evaluation", titled("Example Request"));
      expect(request.body).to.deep.equal({ decision: true });
    });

    it("should find what is found there, in pages too", async () => {
      for (const kind of ["Subject", "Resource", "Action"]) {
        const at = examples.findIndex(({ title }) => title === `Example ${kind} Search API Request`);
        const { body } = await ask({ url: served.url, token }, `search/${kind.toLowerCase()}`, examples[at]?.json);
        expect(body, kind).to.deep.equal(examples[at + 1]?.json);
      }
      const first = titled("Example initial Search API Request");
      const one = (await ask(at("pages"), "search/resource", first)).body as { page: { next_token: string } };
      expect(withoutContext(one)).to.deep.equal(withoutContext(titled("Example initial Search API Response")));
      expect(one.page).to.deep.include({ count: 2 });
      expect(one.page.next_token).to.not.equal("");
      // The example leaves out the limit, which stays as it was.
      const second = {
        ...(titled("Example second Search API Request") as object),
        page: { token: one.page.next_token },
      };
      const two = (await ask(at("pages"), "search/resource", second)).body;
      expect(withoutContext(two)).to.deep.equal(withoutContext(titled("Example second Search API Response")));
      expect(two).to.have.deep.property("page", { next_token: "", count: 1 });
    });

    it("should describe itself where it is, and each tenant where that is", async () => {
      const response = await fetch(`${served.url}/.well-known/authzen-configuration`);
      expect(response.status).to.equal(200);
      expect(response.headers.get("content-type")).to.equal("application/json");
      const said = await response.json();
      expect(said).to.deep.include(inSection("Policy Decision Point Metadata Response")[0]);
      expect(Object.keys(said as object)).to.have.length(1 + Object.keys(PATHS).length);
      const tenant = await fetch(`${served.url}/.well-known/authzen-configuration/todo`);
      const { policy_decision_point: base, ...endpoints } = (await tenant.json()) as Record<string, string>;
      expect(base).to.equal("https://pdp.example.com/todo");
      for (const url of Object.values(endpoints))
        expect(url).to.match(/^https:\/\/pdp\.example\.com\/todo\/access\/v1\//);
      expect((await fetch(`${served.url}/.well-known/authzen-configuration/nobody`)).status).to.equal(404);
    });
  });
});
