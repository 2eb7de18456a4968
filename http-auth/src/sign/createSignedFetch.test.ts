// Over HTTP, from the platform's own fetch to a server that verifies.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { nodeWithoutCode, vectorAccount } from "../../test/utils/signers.ts";
import { AccessError } from "../errors/accessError.ts";
import { memoryReplayStore } from "../replay/memoryReplayStore.ts";
import { createVerifier } from "../verify/createVerifier.ts";
import type { RoutePolicy, Verifier } from "../verify/types.ts";
import { createSignedFetch } from "./createSignedFetch.ts";
import { RedirectedError } from "./redirectedError.ts";
import { signRequest } from "./signRequest.ts";

const own = { account: vectorAccount, chainId: 1 };

describe("a fetch that signs", () => {
  let server: Server;
  let url: string;
  let verifier: Verifier;
  let respond: (request: Request) => Promise<Response>;
  const seen: Request[] = [];
  before(async () => {
    server = createServer(async (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const body = chunks.length > 0 ? new Uint8Array(Buffer.concat(chunks)) : null;
      const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
        values.map((value): [string, string] => [name, value]),
      );
      const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
        method: incoming.method ?? "GET",
        headers,
        body,
      });
      seen.push(request.clone());
      const response = await respond(request);
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    verifier = createVerifier({ clients: [nodeWithoutCode().client], origins: [url], replay: memoryReplayStore() });
  });
  beforeEach(() => {
    seen.length = 0;
    respond = guarded({});
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  function guarded(policy: RoutePolicy) {
    return async (request: Request) => {
      try {
        const { principal } = await verifier.verify(request, policy);
        return new Response(`${principal} ${await request.text()}`);
      } catch (error) {
        if (error instanceof AccessError) return error.toResponse();
        throw error;
      }
    };
  }
  const inputOf = (request: Request | undefined) => request?.headers.get("signature-input") ?? "";

  it("should be let in, each time", async () => {
    const signedFetch = createSignedFetch(own);
    const principal = `eip155:1:${vectorAccount.address.toLowerCase()}`;
    expect(await (await signedFetch(`${url}/a?b=c`)).text()).to.equal(`${principal} `);
    expect(await (await signedFetch(new URL(url), { method: "POST", body: "é" })).text()).to.equal(`${principal} é`);
    const request = new Request(url, { method: "PUT", body: "x", headers: { "content-type": "text/plain" } });
    expect(await (await signedFetch(request)).text()).to.equal(`${principal} x`);
    expect(seen).to.have.length(3);
  });

  it("should cover what it is asked for, and send once more with the content", async () => {
    respond = guarded({ requiredComponents: ["idempotency-key"] });
    const headers = { "idempotency-key": '"k"' };
    const answer = await createSignedFetch(own)(url, { method: "POST", headers, body: "a" });
    expect(answer.status).to.equal(200);
    expect(seen.map((request) => inputOf(request).includes('"idempotency-key"'))).to.deep.equal([false, true]);
    expect(inputOf(seen[1])).to.match(
      /^request=\("@scheme" .* "@query" "idempotency-key" "content-digest" "content-type"\)/,
    );
  });

  it("should digest no content where that is asked for", async () => {
    respond = guarded({ contentDigest: "required" });
    expect((await createSignedFetch(own)(url)).status).to.equal(200);
    expect((await createSignedFetch(own)(url, { method: "POST" })).status).to.equal(200);
    expect(seen.map((request) => request.headers.has("content-digest"))).to.deep.equal([false, true, false, true]);
  });

  it("should use a nonce that it is given, under the label that is asked for", async () => {
    const given = '("@query" "@path" "@method" "@authority" "@scheme");created;expires;nonce="theirs";tag="erc8128"';
    const challenge = {
      "www-authenticate": 'Bearer, erc8128 error="nonce_required"',
      "accept-signature": `api=${given}`,
    };
    respond = async (request) =>
      inputOf(request).includes("theirs")
        ? guarded({})(request)
        : new Response(null, { status: 401, headers: challenge });
    expect((await createSignedFetch(own)(url)).status).to.equal(200);
    expect(inputOf(seen[1])).to.match(/^api=\("@query" "@path" "@method" "@authority" "@scheme"\);.*nonce="theirs"/);
  });

  it("should send once more, and not again", async () => {
    const all = '("@scheme" "@authority" "@method" "@path" "@query" "@target-uri");created;expires;tag="erc8128"';
    const headers = { "www-authenticate": "ERC8128", "accept-signature": `request=${all}` };
    respond = async () => new Response("no", { status: 401, headers });
    const answer = await createSignedFetch(own)(url);
    expect([answer.status, await answer.text(), seen.length]).to.deep.equal([401, "no", 2]);
  });

  const least = '"@scheme" "@authority" "@method" "@path" "@query"';
  const unheeded: Readonly<Record<string, Record<string, string>>> = {
    "less than a whole request": { "accept-signature": 'request=("@authority");created;expires;tag="erc8128"' },
    "another profile": { "accept-signature": `request=(${least} "@target-uri");created;tag="other"` },
    "a field that is not there": { "accept-signature": `request=(${least} "x-none");created;expires;tag="erc8128"` },
    "a component twice": { "accept-signature": `request=(${least} "@target-uri" "@path");created;tag="erc8128"` },
    "a nonce beyond all measure": { "accept-signature": `r=(${least});nonce="${"n".repeat(129)}";tag="erc8128"` },
    "the same in another order": {
      "accept-signature": `r=(${least.split(" ").reverse().join(" ")});created;expires;tag="erc8128"`,
    },
    "the same as it got": { "accept-signature": `request=(${least});created;expires;tag="erc8128"` },
    "an algorithm that an account has not": {
      "accept-signature": `r=(${least} "@target-uri");alg="ed25519";tag="erc8128"`,
    },
    "what cannot be read": { "accept-signature": "request=(" },
    nothing: {},
  };
  for (const [what, headers] of Object.entries(unheeded)) {
    it(`should hand on a 401 that asks for ${what}`, async () => {
      respond = async () => new Response("no", { status: 401, headers: { "www-authenticate": "ERC8128", ...headers } });
      const answer = await createSignedFetch(own)(url);
      expect([answer.status, await answer.text()]).to.deep.equal([401, "no"]);
      expect(seen).to.have.length(1);
    });
  }

  it("should hand on any other answer, and a 401 of another scheme", async () => {
    const more = { "accept-signature": `request=(${least} "@target-uri");created;tag="erc8128"` };
    for (const [status, scheme] of [
      [403, "ERC8128"],
      [400, "ERC8128"],
      [401, "Bearer"],
      [401, "XERC8128"],
    ] as const) {
      respond = async () => new Response(null, { status, headers: { "www-authenticate": scheme, ...more } });
      seen.length = 0;
      expect((await createSignedFetch(own)(url)).status).to.equal(status);
      expect(seen, scheme).to.have.length(1);
    }
  });

  describe("when the answer is a redirect", () => {
    let elsewhere: Server;
    let target: string;
    const met: string[] = [];
    before(async () => {
      elsewhere = createServer((incoming, outgoing) => {
        met.push(String(incoming.headers.signature));
        outgoing.end("elsewhere");
      });
      await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
      target = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/there`;
    });
    beforeEach(() => {
      met.length = 0;
    });
    after(() => {
      elsewhere.closeAllConnections();
      elsewhere.close();
    });

    for (const status of [301, 302, 303, 307, 308]) {
      it(`should not take the signature to where ${status} points`, async () => {
        respond = async () => new Response(null, { status, headers: { location: target } });
        const error = await createSignedFetch(own)(url, { method: "POST", body: "x" }).catch(
          (reason: unknown) => reason,
        );
        expect(error).to.be.instanceOf(RedirectedError);
        expect(error).to.include({ url: `${url}/`, location: target });
        expect((error as RedirectedError).message).to.contain(target);
        expect(met).to.deep.equal([]);
      });
    }

    it("should hand the answer on where that is asked for", async () => {
      respond = async () => new Response(null, { status: 302, headers: { location: target } });
      const answer = await createSignedFetch(own)(url, { redirect: "manual" });
      expect([answer.status, answer.headers.get("location")]).to.deep.equal([302, target]);
      const failed = await createSignedFetch(own)(url, { redirect: "error" }).catch((reason: unknown) => reason);
      expect(failed).to.be.instanceOf(TypeError);
      expect(met).to.deep.equal([]);
    });

    it("should not be followed with a request that was signed by itself", async () => {
      respond = async () => new Response(null, { status: 307, headers: { location: target } });
      const answer = await fetch(await signRequest(new Request(url), own));
      expect(answer.status).to.equal(307);
      expect(met).to.deep.equal([]);
    });

    it("should say that a browser does not tell where to", async () => {
      const hidden = Object.defineProperty(Response.error(), "type", { value: "opaqueredirect" });
      const error = await createSignedFetch({ ...own, fetch: async () => hidden })(url).catch(
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(RedirectedError).and.to.include({ location: undefined });
    });
  });

  it("should send by another fetch, where there is one", async () => {
    const sent: string[] = [];
    const other = async (request: Request) => {
      sent.push(inputOf(request));
      return new Response("other");
    };
    expect(await (await createSignedFetch({ ...own, fetch: other })("https://api.example/")).text()).to.equal("other");
    expect(sent).to.have.length(1);
  });
});
