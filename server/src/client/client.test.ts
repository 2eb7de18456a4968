import { createHash } from "node:crypto";
import { shortAddresses } from "@tenure/sdk";
import { expect } from "chai";
import { Hono } from "hono";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { candidatesOf, pointOf, policies } from "../../test/authzen/utils/policies.ts";
import { type RpcDirectory, rpcDirectory } from "../../test/utils/rpcDirectory.ts";
import { type Served, serveApp } from "../../test/utils/serveApp.ts";
import { authzen, createAuthenticator } from "../authzen/index.ts";
import { type HttpApi, http } from "../http/index.ts";
import {
  CursorLostError,
  createTenureClient,
  RequestRefusedError,
  ServerUnavailableError,
  type TenureClient,
  UnexpectedAnswerError,
  UnreachableError,
} from "./index.ts";
import { messagesOf } from "./messages.ts";

const token = "client-0123456789abcdef";

describe("a client", () => {
  let world: World;
  let directory: RpcDirectory;
  let api: HttpApi;
  let served: Served;
  let tenure: TenureClient;
  const start = async () => {
    const tokenHashes = [createHash("sha256").update(token).digest("hex")];
    api = http({
      directories: [directory],
      publicUrl: "https://tenure.example",
      version: "0",
      limits: { heartbeat: 100 },
    });
    const decisions = authzen({
      publicUrl: "https://tenure.example",
      tenants: new Map([["search", { responses: "bare" }]]),
      decisionPoint: pointOf(policies),
      search: { candidates: candidatesOf(policies) },
      authenticate: createAuthenticator({
        realm: "test",
        clients: [{ id: "one", tokenHashes, mayAssertProof: false }],
      }),
    });
    return serveApp(new Hono().route("/", decisions).route("/", api.app));
  };
  before(async () => {
    world = await openWorld();
    const [client, one, two, three] = world.members;
    for (const agent of [one, two, three]) await agent.registerSync({ agentURI: "ipfs://agent" });
    await world.earn(one, two, three);
    await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 3, periods: 2 });
    directory = rpcDirectory(client, shortAddresses.identityRegistry, { fromBlock: 0n });
    served = await start();
    tenure = createTenureClient({
      url: `${served.url}/`,
      publicUrl: "https://tenure.example",
      tenant: "search",
      token,
    });
  });
  after(async () => {
    api.close();
    await served.close();
    await directory.feed.close();
    await world.close();
  });

  const errorOf = (promise: Promise<unknown>) => promise.then(() => undefined).catch((error: unknown) => error);

  it("should ask each route, and get what it is typed to get", async () => {
    const { identity, at } = await tenure.getIdentity(2);
    expect([identity.id, identity.support, at.chainId]).to.deep.equal([2, 3, 31337]);
    expect((await tenure.getIdentity(identity.name)).identity).to.deep.equal(identity);
    expect((await tenure.getAddress(identity.owner ?? "", { chain: 31337 })).role).to.equal("owner");
    const ids: number[] = [];
    for await (const { id } of tenure.identities({ limit: 1, status: "active" })) ids.push(id);
    expect(ids).to.deep.equal([1, 2, 3]);
    expect((await tenure.listIdentities({ vouchedBy: 1 })).items.map(({ id }) => id)).to.deep.equal([2]);
    expect((await tenure.listVouchers(2)).items[0]).to.include({ voucherId: 1, stake: 3 });
    expect((await tenure.listVouches(1, { limit: 5 })).items).to.have.length(1);
    expect((await tenure.listHistory(1)).items[0]).to.include({ eventName: "Registered" });
    expect((await tenure.getTrust(2, [1])).verdict).to.equal("supported");
    const { isMet } = await tenure.checkRequirement({ identity: "2", requirement: { minSupport: 3 } });
    expect(isMet).to.equal(true);
  });

  it("should ask for decisions, and for what may be done", async () => {
    const alice = { subject: { type: "user", id: "alice" } };
    const record = { resource: { type: "record", id: "101" } };
    expect(await tenure.evaluate({ ...alice, action: { name: "edit" }, ...record })).to.deep.equal({ decision: true });
    const evaluations = ["view", "delete", "fly"].map((name) => ({ action: { name } }));
    const several = await tenure.evaluateAll({ ...alice, resource: { type: "record", id: "102" }, evaluations });
    expect(several.evaluations.map(({ decision }) => decision)).to.deep.equal([true, false, false]);
    const found = await tenure.searchActions({ ...alice, ...record });
    expect(found.results).to.deep.equal([{ name: "delete" }, { name: "edit" }, { name: "view" }]);
    const resources = await tenure.searchResources({
      ...{ ...alice, action: { name: "delete" }, resource: { type: "record" }, page: { limit: 2 } },
    });
    expect(resources.results.map(({ id }) => id)).to.deep.equal(["101", "107"]);
    const subjects = await tenure.searchSubjects({ subject: { type: "user" }, action: { name: "delete" }, ...record });
    expect(subjects.results).to.deep.equal([{ type: "user", id: "alice" }]);
    expect((await tenure.getMetadata()).policy_decision_point).to.equal("https://tenure.example/search");
    const another = createTenureClient({ url: served.url, tenant: "search" });
    expect(await errorOf(another.getMetadata())).to.be.instanceOf(UnexpectedAnswerError);
  });

  it("should say by its errors whether something is wrong, not there, or not known now", async () => {
    const unknown = await errorOf(tenure.getIdentity(99));
    expect(unknown).to.be.instanceOf(RequestRefusedError).and.include({ status: 404, reason: "unknown_identity" });
    const stranger = createTenureClient({ url: served.url, tenant: "search" });
    const question = { subject: { type: "a", id: "" }, action: { name: "" }, resource: { type: "", id: "" } };
    expect(await errorOf(stranger.evaluate(question))).to.include({ status: 401, reason: "unauthenticated" });
    const nobody = createTenureClient({ url: "http://127.0.0.1:1" });
    expect(await errorOf(nobody.getIdentity(1))).to.be.instanceOf(UnreachableError);
    const events = tenure.events({ cursor: "x" });
    expect(await errorOf(events.next())).to.be.instanceOf(CursorLostError);
    const answering = async (body: string, init: ResponseInit, call: (client: TenureClient) => Promise<unknown>) => {
      const other = await serveApp(new Hono().all("*", () => new Response(body, init)));
      try {
        return await errorOf(call(createTenureClient({ url: other.url, timeout: 500 })));
      } finally {
        await other.close();
      }
    };
    const json = { headers: { "content-type": "application/json" } };
    const get = (client: TenureClient) => client.getIdentity(1);
    expect(await answering("<html>", { status: 502 }, get)).to.be.instanceOf(ServerUnavailableError);
    const later = await answering("{}", { status: 503, headers: { "retry-after": "7" } }, get);
    expect(later).to.be.instanceOf(ServerUnavailableError).and.include({ retryAfter: 7 });
    for (const [body, init] of [
      ["<html>", {}],
      ["[]", json],
      ["{", json],
      ["1", json],
    ] as const) {
      expect(await answering(body, init, get), body).to.be.instanceOf(UnexpectedAnswerError);
    }
    expect(await answering("{}", json, (client) => client.evaluate(question))).to.be.instanceOf(UnexpectedAnswerError);
    const none = { evaluations: [{ decision: true }, {}] };
    const several = await answering(JSON.stringify(none), json, (client) => client.evaluateAll({ evaluations: [] }));
    expect(several).to.be.instanceOf(UnexpectedAnswerError);
  });

  it("should take its token to no other server", async () => {
    const seen: (string | undefined)[] = [];
    const other = await serveApp(
      new Hono().all("*", (context) => {
        seen.push(context.req.header("authorization"));
        return context.json({ decision: true });
      }),
    );
    const moved = await serveApp(new Hono().all("*", (context) => context.redirect(`${other.url}/x`, 307)));
    try {
      const client = createTenureClient({ url: moved.url, token });
      const question = { subject: { type: "a", id: "b" }, action: { name: "c" }, resource: { type: "d", id: "e" } };
      expect(await errorOf(client.evaluate(question))).to.be.instanceOf(UnreachableError);
      expect(seen).to.deep.equal([]);
    } finally {
      await moved.close();
      await other.close();
    }
  });

  it("should follow events over connections that end, each event once", async () => {
    const all = await directory.feed.after(undefined, 1_000);
    const names = all.map(({ event }) => event.eventName);
    const [first] = all;
    const heard: string[] = [];
    const errors: unknown[] = [];
    let connections = 0;
    // A way to the server that breaks off after some bytes, again and again.
    const breaking = async (request: Request) => {
      connections += 1;
      const response = await fetch(request);
      if (response.status !== 200 || connections > 4) return response;
      let left = 900;
      const cut = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          if (chunk.length > left) {
            controller.enqueue(chunk.subarray(0, left));
            controller.error(new Error("cut"));
          } else controller.enqueue(chunk);
          left -= chunk.length;
        },
      });
      return new Response(response.body?.pipeThrough(cut), response);
    };
    const client = createTenureClient({ url: served.url, fetch: breaking });
    const options = { cursor: first?.cursor, retry: 1, onError: (error: unknown) => errors.push(error) };
    for await (const { event } of client.events(options)) {
      heard.push(event.eventName);
      if (heard.length === names.length - 1) break;
    }
    expect(heard).to.deep.equal(names.slice(1));
    expect(errors.length).to.be.greaterThan(0);
    expect(connections).to.be.greaterThan(2);
  });

  it("should hear of what happens while it follows, and end when it is told to", async () => {
    const ended = new AbortController();
    const heard: unknown[] = [];
    let isThere = () => {};
    const there = new Promise<void>((resolve) => (isThere = resolve));
    const announcing = async (request: Request) => {
      const response = await fetch(request);
      isThere();
      return response;
    };
    const client = createTenureClient({ url: served.url, fetch: announcing });
    const following = (async () => {
      for await (const { event } of client.events({ identity: 3, signal: ended.signal, retry: 1 })) {
        heard.push(event.eventName);
        ended.abort();
      }
    })();
    await there;
    await world.members[3].setAgentURISync({ id: 3, agentURI: "ipfs://new" });
    await following;
    expect(heard).to.deep.equal(["URIUpdated"]);
  });

  it("should connect anew where a stream is silent", async () => {
    let connections = 0;
    const headers = { "content-type": "text/event-stream" };
    const silent = await serveApp(
      new Hono().all("*", () => {
        connections += 1;
        return new Response(new ReadableStream(), { headers });
      }),
    );
    const ended = new AbortController();
    const client = createTenureClient({ url: silent.url });
    const onError = () => connections > 2 && ended.abort();
    for await (const _ of client.events({ signal: ended.signal, silence: 20, retry: 1, onError }))
      throw new Error("an event");
    expect(connections).to.be.greaterThan(2);
    await silent.close();
  });

  it("should take a stream apart however it comes", async () => {
    const text = "﻿: hi\n\nid: 1\nevent: A\ndata: é\ndata: b\n\nid\ndata:x\r\n\r\nretry: 7\nretry: x\ndata: y\n\nrest";
    const bytes = new TextEncoder().encode(text.replace("\uFEFF", ""));
    for (const size of [1, 2, 3, 7, 1_000]) {
      const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.slice(index * size, (index + 1) * size),
      );
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const part of parts) controller.enqueue(part);
          controller.close();
        },
      });
      const messages: unknown[] = [];
      for await (const { lastId, event, data, retry } of messagesOf(body)) messages.push([lastId, event, data, retry]);
      expect(messages, String(size)).to.deep.equal([
        [undefined, undefined, "", undefined],
        ["1", "A", "é\nb", undefined],
        ["", undefined, "x", undefined],
        ["", undefined, "y", 7],
      ]);
    }
  });
});
