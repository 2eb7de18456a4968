import { rpcReader, shortAddresses } from "@tenure/sdk";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "chai";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { type RpcDirectory, rpcDirectory } from "../../test/utils/rpcDirectory.ts";
import type { Directory } from "../types/directory.ts";
import { type HttpApi, type HttpOptions, http, type Json, openApiOf } from "./index.ts";

/** What an answer is, for tests that look into all of them. */
// biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape.
type Any = any;

interface Operation {
  readonly responses: Readonly<Record<string, { content: Readonly<Record<string, { schema: Json }>> }>>;
}

describe("http", () => {
  let world: World;
  let directory: RpcDirectory;
  let api: HttpApi;
  let registry: string;
  const open = (options: Partial<HttpOptions> = {}) =>
    http({ directories: [directory], publicUrl: "https://tenure.example", version: "0.2.0", ...options });
  before(async () => {
    world = await openWorld();
    const [client, one, two, three] = world.members;
    for (const agent of [one, two, three]) await agent.registerSync({ agentURI: "ipfs://agent" });
    await world.earn(one, two, three);
    await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 3, periods: 2 });
    await one.vouchSync({ voucherId: 1, subjectId: 3, stake: 2, periods: 2 });
    await two.vouchSync({ voucherId: 2, subjectId: 3, stake: 4, periods: 2 });
    await three.setAgentWalletSync({ signed: await world.members[4].signAgentWallet({ id: 3 }) });
    registry = shortAddresses.identityRegistry;
    directory = rpcDirectory(client, registry as `0x${string}`);
    api = open();
    await world.mark();
  });
  after(async () => {
    api.close();
    await directory.feed.close();
    await world.close();
  });

  async function get(path: string, init: RequestInit = {}, at = api) {
    const response = await at.app.request(path, init);
    const text = await response.text();
    const body: Any = text === "" ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, body };
  }
  const check = (body: unknown, at = api) =>
    get(
      "/v1/requirements/check",
      { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
      at,
    );

  it("should tell all of an identity, and of which block that is", async () => {
    const { body } = await get("/v1/identities/3");
    const head = await rpcReader(world.members[0]).head();
    expect(body.at).to.deep.equal({
      chainId: 31337,
      registry,
      number: Number(head.number),
      hash: head.hash,
      timestamp: head.timestamp,
      age: 0,
      lag: 0,
      isFresh: true,
    });
    const profile = await rpcReader(world.members[0]).profile({ id: 3 });
    const { key: _, role: __, ...expected } = JSON.parse(JSON.stringify(profile));
    const name = `eip155:31337/erc721:${registry.toLowerCase()}/3`;
    expect(body.identity).to.deep.equal({ chainId: 31337, registry, name, ...expected });
    for (const other of ["31337:3", `31337:${registry}:3`, `${registry}:3`, encodeURIComponent(name)]) {
      expect((await get(`/v1/identities/${other}`)).body, other).to.deep.equal(body);
    }
  });

  it("should tell what an address is", async () => {
    const [, one, , , wallet, nobody] = world.members;
    const ask = async ({ account: { address } }: typeof one) => (await get(`/v1/addresses/${address}`)).body;
    expect(await ask(one))
      .to.deep.include({ role: "owner" })
      .with.nested.property("identity.id", 1);
    expect(await ask(wallet))
      .to.deep.include({ role: "wallet" })
      .with.nested.property("identity.id", 3);
    expect(await ask(nobody))
      .to.have.all.keys("at", "address", "role")
      .and.include({ role: "none" });
  });

  it("should list identities in pages, by every filter", async () => {
    const ids = async (query: string) => {
      const found: number[] = [];
      let cursor = "";
      for (let pages = 0; pages < 5; pages += 1) {
        const { status, body } = await get(`/v1/identities?limit=2&${query}${cursor}`);
        expect(status, JSON.stringify(body)).to.equal(200);
        found.push(...body.items.map(({ id }: { id: number }) => id));
        if (body.next === undefined) return found;
        cursor = `&cursor=${body.next}`;
      }
      throw new Error("endless");
    };
    expect(await ids("")).to.deep.equal([1, 2, 3]);
    expect(await ids("minSupport=3")).to.deep.equal([2, 3]);
    expect(await ids("minSupport=4")).to.deep.equal([3]);
    expect(await ids("vouchedBy=1")).to.deep.equal([2, 3]);
    expect(await ids("vouchedBy=2&minSupport=1")).to.deep.equal([3]);
    expect(await ids("status=retired")).to.deep.equal([]);
    expect(await ids("chain=31337&status=active")).to.deep.equal([1, 2, 3]);
  });

  it("should say of pages that there is more only where there is", async () => {
    expect((await get("/v1/identities?limit=3")).body).to.not.have.property("next");
    expect((await get("/v1/identities?limit=2")).body).to.have.property("next");
  });

  it("should keep pages stable while the chain moves", async () => {
    const first = (await get("/v1/identities?limit=2")).body;
    await world.members[4].registerSync({}).catch(() => undefined);
    await world.members[5].registerSync({ agentURI: "ipfs://new" });
    const second = (await get(`/v1/identities?limit=2&cursor=${first.next}`)).body;
    const ids = [...first.items, ...second.items].map(({ id }: { id: number }) => id);
    // All of them are of the block at which the list began.
    expect(ids).to.deep.equal([1, 2, 3]);
    expect(second.at.number).to.equal(first.at.number);
    expect((await get("/v1/identities")).body.items).to.have.length(4);
    await world.reset();
  });

  it("should tell who vouches for whom, and what happened, in pages", async () => {
    const vouchers = await get("/v1/identities/3/vouchers?limit=1");
    expect(vouchers.body.items).to.have.length(1);
    expect(vouchers.body.items[0]).to.deep.include({ voucherId: 2, subjectId: 3, stake: 4, isActive: true });
    const rest = await get(`/v1/identities/3/vouchers?limit=1&cursor=${vouchers.body.next}`);
    expect(rest.body.items[0]).to.deep.include({ voucherId: 1, stake: 2 });
    expect(rest.body).to.not.have.property("next");
    const vouches = await get("/v1/identities/1/vouches");
    expect(vouches.body.items.map(({ subjectId }: Any) => subjectId)).to.deep.equal([3, 2]);

    const whole = (await get("/v1/identities/3/history")).body.items;
    expect(whole[0]).to.deep.include({ eventName: "Registered", id: 3, agentURI: "ipfs://agent" });
    expect(whole.map(({ eventName }: Any) => eventName)).to.include.members(["Pulse", "Vouched", "MetadataSet"]);
    const paged: unknown[] = [];
    let cursor = "";
    do {
      const { body } = await get(`/v1/identities/3/history?limit=2${cursor}`);
      paged.push(...body.items);
      cursor = body.next === undefined ? "" : `&cursor=${body.next}`;
    } while (cursor !== "");
    expect(paged).to.deep.equal(whole);
  });

  it("should tell how far trust reaches", async () => {
    const { body } = await get("/v1/identities/3/trust?anchors=1,2,1");
    expect(body).to.deep.include({ anchors: [1, 2], verdict: "supported" });
    expect(body.score).to.be.greaterThan(0);
    expect((await get("/v1/identities/3/trust?anchors=99")).body.reason).to.equal("unknown_anchor");
    const many = Array.from({ length: 65 }, (_, index) => index + 1).join();
    expect((await get(`/v1/identities/3/trust?anchors=${many}`)).body.reason).to.equal("too_many_anchors");
    for (const anchors of ["", "?anchors=", "?anchors=1,", "?anchors=a", "?anchors=-1"]) {
      expect((await get(`/v1/identities/3/trust${anchors}`)).status, anchors).to.equal(400);
    }
  });

  it("should hold identities and addresses against a requirement", async () => {
    const met = await check({ identity: "3", requirement: { minSupport: 6, anchors: [1, 2], minAnchors: 2 } });
    expect(met.body).to.deep.include({ isMet: true, unmet: [] });
    const unmet = await check({ identity: "31337:2", requirement: { minSupport: 5 } });
    expect(unmet.body.isMet).to.equal(false);
    expect(unmet.body.unmet).to.deep.equal([{ reason: "support", actual: 3, demanded: 5 }]);
    const unknown = await check({ identity: "99", requirement: { minSupport: 5 } });
    expect(unknown.body).to.deep.include({ isMet: false, unmet: [{ reason: "unknown" }] });
    expect(unknown.body).to.not.have.property("identity");
    const { address } = world.members[2].account;
    expect((await check({ address, requirement: { minSupport: 3 } })).body.isMet).to.equal(true);
    for (const body of [
      { identity: "3", requirement: {} },
      { identity: "3", requirement: { minTenur: 1 } },
      { identity: "3", requirement: { minSupport: "5" } },
      { identity: "3", requirement: { minAnchors: 1 } },
      { identity: "3", address, requirement: { minSupport: 1 } },
      { requirement: { minSupport: 1 } },
      { identity: "3", requirement: { minSupport: 1 }, requirements: {} },
      { identity: "3" },
    ]) {
      expect((await check(body)).status, JSON.stringify(body)).to.equal(400);
    }
  });

  it("should refuse what cannot be meant, each with its own word", async () => {
    for (const [path, status, reason] of [
      ["/v1/identities/99", 404, "unknown_identity"],
      ["/v1/identities/0", 400, "invalid_name"],
      ["/v1/identities/x", 400, "invalid_name"],
      ["/v1/identities/1099511627776", 400, "invalid_name"],
      ["/v1/identities/1:3", 404, "unknown_registry"],
      [`/v1/identities/31337:0x${"a".repeat(40)}:3`, 404, "unknown_registry"],
      ["/v1/addresses/0x12", 400, "invalid_request"],
      ["/v1/identities?limit=0", 400, "invalid_request"],
      ["/v1/identities?limit=501", 400, "invalid_request"],
      ["/v1/identities?limit=1e2", 400, "invalid_request"],
      ["/v1/identities?limit=", 400, "invalid_request"],
      ["/v1/identities?limit=1&limit=2", 400, "invalid_request"],
      ["/v1/identities?minsupport=5", 400, "invalid_request"],
      ["/v1/identities?status=good", 400, "invalid_request"],
      ["/v1/identities?cursor=x", 400, "invalid_cursor"],
      ["/v1/identities/3?x=1", 400, "invalid_request"],
      [`/v1/identities?cursor=${"a".repeat(5_000)}`, 414, "target_too_long"],
      ["/v1/events?cursor=x", 410, "cursor_gone"],
      ["/v1/events?identity=0", 400, "invalid_request"],
    ] as const) {
      const { status: actual, body, headers } = await get(path);
      expect([actual, body.reason], path).to.deep.equal([status, reason]);
      expect(headers.get("content-type")).to.equal("application/problem+json");
    }
    const { next } = (await get("/v1/identities/3/vouchers?limit=1")).body;
    expect((await get(`/v1/identities/3/vouches?cursor=${next}`)).body.reason).to.equal("invalid_cursor");
    expect((await get(`/v1/identities/2/vouchers?cursor=${next}`)).body.reason).to.equal("invalid_cursor");
    expect((await get("/v1/identities/3", { method: "DELETE" })).status).to.equal(405);
    expect((await get("/v1/events", { method: "HEAD" })).status).to.equal(405);
    const typed = { method: "POST", body: "{}", headers: { "content-type": "text/plain" } };
    expect((await get("/v1/requirements/check", typed)).status).to.equal(415);
  });

  it("should say where it is behind, and decide nothing then", async () => {
    const { freshness } = directory;
    const behind: Directory = {
      ...directory,
      freshness: async () => ({ ...(await freshness()), age: 61.2, isFresh: false }),
    };
    const api = open({ directories: [behind] });
    const { status, headers, body } = await get("/v1/identities/3", {}, api);
    expect([status, headers.get("tenure-behind"), body.at.isFresh]).to.deep.equal([200, "62", false]);
    const decided = await check({ identity: "3", requirement: { minSupport: 1 } }, api);
    expect([decided.status, decided.body.reason]).to.deep.equal([503, "behind"]);
    api.close();
  });

  it("should be 503 where nothing can be read, and tell only whoever runs it why", async () => {
    const fail = () => Promise.reject(new Error("http://secret.internal"));
    const reader = { ...directory.reader, profile: fail, key: fail };
    const broken: Directory = { ...directory, reader, list: fail, vouches: fail, history: fail, trust: fail };
    const told: unknown[] = [];
    const api = open({ directories: [broken], onError: (error) => told.push(error) });
    const paths = [
      ...["", "/3", "/3/vouchers", "/3/vouches", "/3/history", "/3/trust?anchors=1"].map(
        (end) => `/v1/identities${end}`,
      ),
      `/v1/addresses/0x${"a".repeat(40)}`,
    ];
    for (const path of paths) {
      const { status, body, headers } = await get(path, {}, api);
      expect([status, body.reason, headers.get("retry-after")], path).to.deep.equal([503, "registry_unavailable", "1"]);
      expect(JSON.stringify(body)).to.not.include("secret");
    }
    expect((await check({ identity: "3", requirement: { minSupport: 1 } }, api)).status).to.equal(503);
    expect(told).to.have.length(paths.length + 1);
    api.close();
  });

  it("should want to know which registry is meant, where there are several", async () => {
    const api = open({ directories: [directory, { ...directory, chainId: 1 }] });
    expect((await get("/v1/identities", {}, api)).body.reason).to.equal("ambiguous_registry");
    expect((await get("/v1/identities/3", {}, api)).body.reason).to.equal("ambiguous_registry");
    expect((await get("/v1/identities/1:3", {}, api)).body.at.chainId).to.equal(1);
    expect((await get("/v1/identities?chain=31337", {}, api)).status).to.equal(200);
    api.close();
  });

  it("should count senders where it is told to", async () => {
    const api = open({
      rate: { perSecond: 1, burst: 2 },
      senderOf: (context) => context.req.header("x-sender") ?? "",
    });
    const from = async (sender: string) =>
      (await get("/v1/identities/3", { headers: { "x-sender": sender } }, api)).status;
    expect([await from("a"), await from("a"), await from("a"), await from("b")]).to.deep.equal([200, 200, 429, 200]);
    api.close();
  });

  it("should answer as its document says, by a validator of somebody else", async () => {
    const document = (await get("/openapi.json")).body;
    expect(document.openapi).to.equal("3.1.1");
    expect(Object.keys(document.paths)).to.have.length(9);
    const strict = openApiOf(api.routes, { version: "0", url: "https://x.example", isStrict: true }) as unknown as {
      paths: Record<string, Record<string, Operation>>;
      components: Json;
    };
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    ajv.addSchema({ $id: "doc", components: strict.components } as object);
    const validate = (path: string, method: string, status: number, type: string | null, body: unknown) => {
      const schema = strict.paths[path]?.[method]?.responses[String(status)]?.content[type ?? ""]?.schema;
      expect(schema, `${path} ${status} ${type}`).to.not.equal(undefined);
      const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"doc#/'));
      const isValid = ajv.validate(absolute, body);
      expect(isValid, `${path}: ${ajv.errorsText()} in ${JSON.stringify(body)}`).to.equal(true);
    };
    const [, one, , , wallet, nobody] = world.members;
    const asked: [string, string][] = [
      ["/v1/identities", "/v1/identities?limit=2"],
      ["/v1/identities", "/v1/identities?limit=0"],
      ["/v1/identities/{identity}", "/v1/identities/1"],
      ["/v1/identities/{identity}", "/v1/identities/99"],
      ["/v1/identities/{identity}/vouchers", "/v1/identities/3/vouchers?limit=1"],
      ["/v1/identities/{identity}/vouches", "/v1/identities/1/vouches"],
      ["/v1/identities/{identity}/history", "/v1/identities/3/history"],
      ["/v1/identities/{identity}/trust", "/v1/identities/3/trust?anchors=1"],
      ...[one, wallet, nobody].map(({ account: { address } }): [string, string] => [
        "/v1/addresses/{address}",
        `/v1/addresses/${address}`,
      ]),
    ];
    for (const [path, url] of asked) {
      const { status, headers, body } = await get(url);
      validate(path, "get", status, headers.get("content-type"), body);
    }
    for (const body of [{ identity: "3", requirement: { minSupport: 9, minTenure: 1 } }, { identity: 3 }]) {
      const { status, headers, body: said } = await check(body);
      validate("/v1/requirements/check", "post", status, headers.get("content-type"), said);
    }
  });
});
