// Each guard before a running server, called over HTTP. What frameworks would read in another way than the guard is sent to the
// byte.
import { expect } from "chai";
import type { AccessQuestion, GuardOptions } from "../src/guards/types.ts";
import { type AccessError, type Caller, createSignedFetch, signRequest } from "../src/index.ts";
import {
  exchange,
  fieldsOf,
  guardOptions,
  origin,
  routes,
  type Service,
  sendTo,
  services,
  wireText,
} from "./utils/guarded.ts";
import { vectorAccount } from "./utils/signers.ts";

const own = { account: vectorAccount, chainId: 1 };
const principal = `eip155:1:${vectorAccount.address.toLowerCase()}`;

for (const [name, start] of Object.entries(services)) {
  describe(`a guard for ${name}`, () => {
    const running: Service[] = [];
    afterEach(async () => {
      for (const service of running.splice(0)) await service.stop();
    });
    async function startWith(options: Partial<GuardOptions> = {}) {
      const service = await start(guardOptions(options));
      running.push(service);
      return { ...service, call: createSignedFetch({ ...own, fetch: sendTo(service.port) }) };
    }
    async function problemOf(response: Response): Promise<Record<string, unknown>> {
      expect(response.headers.get("content-type")).to.contain("application/problem+json");
      expect(response.headers.get("cache-control")).to.equal("no-store");
      const problem = (await response.json()) as Record<string, unknown>;
      expect(problem.status).to.equal(response.status);
      return problem;
    }

    it("should tell the handler who called, and leave it the content", async () => {
      const { call, seen } = await startWith();
      expect(await (await call(`${origin}/items?a=b%20c`)).text()).to.equal("ok");
      const headers = { "content-type": "application/json" };
      const text = JSON.stringify({ text: "é".repeat(100_000) });
      expect(await (await call(`${origin}/items`, { method: "POST", headers, body: text })).text()).to.equal("ok");
      expect(await (await call(`${origin}/items`, { method: "POST", body: "" })).text()).to.equal("ok");
      expect(seen.map(({ caller }) => caller.principal)).to.deep.equal([principal, principal, principal]);
      expect(seen.map(({ content }) => content)).to.deep.equal(["", text, ""]);
    });

    it("should leave a HEAD and an OPTIONS what they are", async () => {
      const { call, seen } = await startWith();
      const head = await call(`${origin}/items`, { method: "HEAD" });
      expect([head.status, await head.text()]).to.deep.equal([200, ""]);
      expect((await call(`${origin}/items`, { method: "OPTIONS" })).status).to.equal(200);
      expect(seen).to.have.length(2);
      const request = await signRequest(new Request(`${origin}/items`), own);
      const asHead = new Request(`${origin}/items`, { method: "HEAD", headers: request.headers });
      expect((await sendTo(running[0]?.port ?? 0)(asHead)).status).to.equal(401);
    });

    it("should refuse whoever has not signed, or signed something else", async () => {
      const { port, seen, call } = await startWith();
      const unsigned = await sendTo(port)(new Request(`${origin}/items`));
      expect(unsigned.status).to.equal(401);
      expect(unsigned.headers.get("www-authenticate")).to.equal('ERC8128 error="signature_missing"');
      expect(await problemOf(unsigned)).to.include({ reason: "signature_missing" });
      const signed = await signRequest(new Request(`${origin}/items`, { method: "POST", body: "one" }), own);
      const other = new Request(`${origin}/items`, { method: "POST", headers: signed.headers, body: "two" });
      expect(await problemOf(await sendTo(port)(other))).to.include({ reason: "bad_content_digest" });
      expect(seen).to.have.length(0);
      // Nothing was used up, and the connection is good for more.
      expect((await sendTo(port)(signed.clone())).status).to.equal(200);
      expect(await problemOf(await sendTo(port)(signed))).to.include({ reason: "nonce_reused" });
      expect((await call(`${origin}/items`)).status).to.equal(200);
    });

    it("should ask the decision point, tell its reasons, and spend nothing of whoever is refused", async () => {
      const asked: (Pick<AccessQuestion, "action" | "resource" | "route"> & { content: string; caller: Caller })[] = [];
      let allowed = false;
      const { port, seen } = await startWith({
        decide: async (caller, { action, resource, route, request }) => {
          asked.push({ action, resource, route, caller, content: await request.clone().text() });
          return { allowed, reasons: ["quota", "too young"] };
        },
      });
      const signed = await signRequest(new Request(`${origin}/items/7?x`, { method: "POST", body: "b" }), own);
      const refused = await sendTo(port)(signed.clone());
      expect(refused.status).to.equal(403);
      expect(await problemOf(refused)).to.deep.include({ reason: "access_denied", reasons: ["quota", "too young"] });
      allowed = true;
      expect((await sendTo(port)(signed)).status).to.equal(200);
      const resource = { type: "http", id: "/items/7" };
      expect(asked).to.have.length(2);
      expect(asked[0]).to.deep.include({ action: "POST", resource, route: "/items/*", content: "b" });
      expect(asked[0]?.caller).to.include({ principal });
      expect(seen).to.have.length(1);
    });

    it("should take no failure of the decision point, and nothing that is no yes, for a yes", async () => {
      const answers = [
        () => {
          throw new Error("secret words");
        },
        () => Promise.reject(new Error("secret words")),
        () => ({ allowed: "yes" }) as unknown as boolean,
        () => undefined as unknown as boolean,
      ];
      for (const decide of answers) {
        const { call, seen } = await startWith({ decide });
        const problem = await problemOf(await call(`${origin}/items`));
        expect(problem.reason).to.be.oneOf(["decision_unavailable", "access_denied"]);
        expect(JSON.stringify(problem)).not.to.contain("secret");
        expect(seen).to.have.length(0);
      }
    });

    it("should tell the service of each refusal, and refuse all the same where it fails to hear", async () => {
      const told: string[] = [];
      const onRefusal = ({ code, status }: AccessError) => {
        told.push(`${status} ${code}`);
        throw new Error("secret words");
      };
      const { port, call } = await startWith({ onRefusal, decide: () => told.length > 1 });
      const answers = [
        await sendTo(port)(new Request(`${origin}/items`)),
        await call(`${origin}/items`),
        await call(`${origin}/items`),
      ];
      expect(answers.map(({ status }) => status)).to.deep.equal([401, 403, 200]);
      expect(await answers[1]?.text()).not.to.contain("secret");
      expect(told).to.deep.equal(["401 signature_missing", "403 access_denied"]);
    });

    it("should demand what the table says, and refuse what is not in it", async () => {
      const { call, seen } = await startWith();
      const repaired = await call(`${origin}/admin`, { method: "POST", headers: { "x-reason": "r" } });
      expect(repaired.status).to.equal(200);
      expect(await problemOf(await call(`${origin}/admin`, { method: "POST" }))).to.include({
        reason: "insufficient_coverage",
      });
      const wrong = await call(`${origin}/admin`, { method: "GET" });
      expect([wrong.status, wrong.headers.get("allow")]).to.deep.equal([405, "POST"]);
      expect(await problemOf(wrong)).to.include({ reason: "method_not_allowed" });
      const { default: _, ...few } = routes;
      const strict = await startWith({ routes: few });
      const unknown = await strict.call(`${origin}/other`);
      expect(unknown.status).to.equal(404);
      expect(await problemOf(unknown)).to.include({ reason: "unknown_route" });
      expect([seen.length, strict.seen.length]).to.deep.equal([1, 0]);
    });

    it("should say of each route what it demands, out of the same table", async () => {
      const { port } = await startWith({ name: "Items", permissionDescriptions: { "items:read": "Read items" } });
      const response = await fetch(`http://127.0.0.1:${port}/.well-known/erc8128`);
      expect(response.headers.get("content-type")).to.contain("application/json");
      expect(response.headers.get("cache-control")).to.equal("public, max-age=300");
      const document = (await response.json()) as Record<string, unknown>;
      expect(document).to.deep.include({ chains: ["eip155:1"], max_validity_sec: 60, name: "Items" });
      expect(Object.keys(document.route_policies as object)).to.deep.equal(Object.keys(routes));
      const head = await fetch(`http://127.0.0.1:${port}/.well-known/erc8128`, { method: "HEAD" });
      expect([head.status, await head.text()]).to.deep.equal([200, ""]);
      const post = await fetch(`http://127.0.0.1:${port}/.well-known/erc8128`, { method: "POST", body: "x" });
      expect([post.status, post.headers.get("allow")]).to.deep.equal([405, "GET, HEAD"]);
    });

    it("should refuse content beyond its limit while it comes, and content that breaks off", async () => {
      const { port, seen, call } = await startWith({ contentLimit: 1_000 });
      expect((await call(`${origin}/items`, { method: "POST", body: "x".repeat(1_000) })).status).to.equal(200);
      const body = "x".repeat(1_001);
      const long = await signRequest(new Request(`${origin}/items`, { method: "POST", body }), own);
      const fields = fieldsOf(long);
      const told = await exchange(port, wireText("POST", "/items", [...fields, ["Content-Length", "1001"]]));
      expect(told.split("\r\n")[0]).to.contain("413");
      // Without an end: the answer comes although the sender goes on.
      const chunk = `200\r\n${"x".repeat(512)}\r\n`;
      const streamed = wireText("POST", "/items", [...fields, ["Transfer-Encoding", "chunked"]], chunk.repeat(20));
      expect((await exchange(port, streamed)).split("\r\n")[0]).to.contain("413");
      expect(seen).to.have.length(1);
      expect((await call(`${origin}/items`)).status).to.equal(200);
    });

    it("should read content in chunks as what it is", async () => {
      const { port, seen } = await startWith();
      const signed = await signRequest(new Request(`${origin}/items`, { method: "POST", body: "Wikipedia" }), own);
      const fields: [string, string][] = [...fieldsOf(signed), ["Transfer-Encoding", "chunked"]];
      const answer = await exchange(port, wireText("POST", "/items", fields, "4\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\n"));
      expect(answer.split("\r\n")[0]).to.contain("200");
      expect(seen.map(({ content }) => content)).to.deep.equal(["Wikipedia"]);
      const empty = await signRequest(new Request(`${origin}/items`, { method: "POST" }), own);
      const nothing = wireText("POST", "/items", [...fieldsOf(empty), ["Transfer-Encoding", "chunked"]], "0\r\n\r\n");
      expect((await exchange(port, nothing)).split("\r\n")[0]).to.contain("200");
      expect(seen.map(({ content }) => content)).to.deep.equal(["Wikipedia", ""]);
    });

    it("should not be told by fields where a request was sent", async () => {
      const { port } = await startWith();
      const signed = await signRequest(new Request(`${origin}/items`), own);
      const fields: [string, string][] = [
        ...fieldsOf(signed),
        ["X-Forwarded-Host", "evil.example"],
        ["X-Forwarded-Proto", "http"],
        ["X-Original-URL", "/admin"],
        ["X-Rewrite-URL", "/admin"],
        ["Forwarded", "host=evil.example;proto=http"],
      ];
      const text = wireText("GET", "/items", fields).replace("Host: api.example", "hOsT: 127.0.0.1");
      expect((await exchange(port, text)).split("\r\n")[0]).to.contain("200");
    });

    // What a router may take for `/admin`, which demands more than what the same text falls under in the table.
    const near = [
      "/Admin",
      "/admin/",
      "//admin",
      "/%61dmin",
      "/admin;v=1",
      "/x/../admin",
      "/x/%2e%2e/admin",
      "/./admin",
    ];
    for (const target of [...near, "/admin%2f", "/items/..%2fadmin", "/%zz", "/a\\b"]) {
      it(`should let nobody past the table by another way to write a path: ${target}`, async () => {
        const { port, seen } = await startWith();
        // Signed for what a reader of URLs makes of it, and for the text as it is.
        const signed = await signRequest(new Request(`${origin}${target}`, { method: "POST" }), own);
        const answer = await exchange(port, wireText("POST", target, fieldsOf(signed)));
        expect(answer.split("\r\n")[0]).to.match(/ 40[01] /);
        expect(seen).to.have.length(0);
      });
    }
  });
}

for (const name of ["express", "fastify"]) {
  describe(`a guard for ${name}, to the byte`, () => {
    let service: Service;
    before(async () => {
      service = (await (services[name] ?? services.express)?.(guardOptions())) as Service;
    });
    after(() => service.stop());

    async function statusOf(text: string): Promise<string> {
      return (await exchange(service.port, text)).split("\r\n")[0] ?? "";
    }
    const signedFields = async (method = "GET", body?: string) =>
      fieldsOf(await signRequest(new Request(`${origin}/items`, { method, ...(body !== undefined && { body }) }), own));

    it("should take fields in any case, and several lines of one for what they are together", async () => {
      const fields = (await signedFields()).map(([field, value]): [string, string] => [field.toUpperCase(), value]);
      expect(await statusOf(wireText("GET", "/items", fields))).to.contain("200");
      const split: [string, string][] = [...(await signedFields()), ["Signature-Input", "x=()"], ["Signature", "x=::"]];
      expect(await statusOf(wireText("GET", "/items", split))).to.contain("200");
    });

    it("should refuse a second line of a field of which only one would be read", async () => {
      const twice: [string, string][] = [
        ["Content-Type", "text/plain"],
        ["Content-Type", "application/json"],
      ];
      const request = new Request(`${origin}/items`, { method: "POST", body: "b", headers: twice });
      const fields = fieldsOf(await signRequest(request, own)).filter(([field]) => field !== "content-type");
      const text = wireText("POST", "/items", [...fields, ...twice, ["Content-Length", "1"]], "b");
      expect(await statusOf(text)).to.contain("400");
      const once = wireText("GET", "/items", [...(await signedFields()), ["Host", "evil.example"]]);
      expect(await statusOf(once)).to.contain("400");
    });

    it("should refuse a request of which two readers would see two ends", async () => {
      const fields = await signedFields("POST", "b");
      const both: [string, string][] = [...fields, ["Content-Length", "1"], ["Transfer-Encoding", "chunked"]];
      expect(await statusOf(wireText("POST", "/items", both, "1\r\nb\r\n0\r\n\r\n"))).to.contain("400");
      const lengths: [string, string][] = [...fields, ["Content-Length", "1"], ["Content-Length", "1"]];
      expect(await statusOf(wireText("POST", "/items", lengths, "b"))).to.contain("400");
    });

    it("should refuse a field that is folded", async () => {
      const fields = (await signedFields()).map(([field, value]): [string, string] =>
        field === "signature-input" ? [field, value.replace(" ", "\r\n ")] : [field, value],
      );
      expect(await statusOf(wireText("GET", "/items", fields))).to.match(/ 40[01] /);
    });

    it("should refuse targets that are no path, content of a GET, and methods that nobody can sign", async () => {
      const fields = await signedFields();
      expect(await statusOf(wireText("GET", `${origin}/items`, fields))).to.contain("400");
      expect(await statusOf(wireText("OPTIONS", "*", fields))).to.contain("400");
      expect(await statusOf(wireText("GET", "/items#x", fields))).to.contain("400");
      const body: [string, string][] = [...fields, ["Content-Length", "1"]];
      expect(await statusOf(wireText("GET", "/items", body, "b"))).to.contain("400");
      expect(await statusOf(wireText("TRACE", "/items", fields))).to.match(/ 40[045] /);
    });

    it("should not answer two requests for one", async () => {
      const fields = await signedFields("POST", "b");
      const inner = "GET /admin HTTP/1.1\r\nHost: api.example\r\n\r\n";
      const smuggled = wireText(
        "POST",
        "/items",
        [...fields, ["Content-Length", String(1 + inner.length)]],
        `b${inner}`,
      );
      const answer = await exchange(service.port, smuggled);
      expect(answer.match(/HTTP\/1\.1 /g)).to.have.length(1);
      expect(answer).to.contain("bad_content_digest");
    });
  });
}
