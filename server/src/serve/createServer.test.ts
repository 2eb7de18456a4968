import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { serve } from "@hono/node-server";
import { createSession, memoryReplayStore, signRequest } from "@tenure/http-auth";
import { expect } from "chai";
import { shortAddresses } from "../../../sdk/src/index.ts";
import { rejection } from "../../../sdk/test/utils/rejection.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { createTenureClient, type FlippedDecision, type ListeningBegins } from "../client/index.ts";
import { createServer, type TenureServer } from "../main.ts";

const POLICIES = path.join(import.meta.dirname, "../../policies");
const TOKEN = "gateway-token-of-this-test-alone";
const OPERATOR = "operator-token-of-this-test-alone";
const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

/** A predicate that comes to hold. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await holds()); ) {
    if (Date.now() > end) throw new Error("It has not come to hold.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("createServer", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(path.join(tmpdir(), "tenure-server-"));
  let world: World;
  let server: TenureServer;
  let listening: Server;
  let url: string;
  let policies: string;
  const problems: [string, unknown][] = [];

  before(async () => {
    world = await openWorld();
    policies = path.join(folder, "policies");
    mkdirSync(policies);
    for (const name of ["open", "market"])
      cpSync(path.join(POLICIES, name), path.join(policies, name), { recursive: true });
    const [, agent] = world.members;
    await agent.registerSync({});
    server = await createServer({
      publicUrl: "http://127.0.0.1:8787",
      version: "0.0.0",
      database: { folder: path.join(folder, "data") },
      chains: [
        {
          ...{ client: world.members[0], addresses: shortAddresses, anchors: [1] },
          ...{ maxLag: 30, freshBy: "answer", pollingInterval: 20 },
        },
      ],
      policies: { folder: policies, defaultTenant: "open" },
      enforcementPoints: [{ id: "gateway", tokenHashes: [hashOf(TOKEN)], mayAssertProof: false }],
      operatorTokens: [hashOf(OPERATOR)],
      requests: { origins: ["https://api.example"], replay: memoryReplayStore() },
      log: { folder: path.join(folder, "log") },
      onProblem: (part, error) => problems.push([part, error]),
    });
    listening = await new Promise<Server>((resolve) => {
      const made = serve({ fetch: server.fetch, port: 0, hostname: "127.0.0.1" }, () => resolve(made as Server));
    });
    url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
    await until(async () => (await server.notReady()).length === 0);
  });
  after(async () => {
    server?.drain();
    listening?.closeAllConnections();
    await new Promise((resolve) => listening?.close(resolve));
    await server?.close();
    await world?.close();
    rmSync(folder, { recursive: true });
  });

  const accountOf = (member: number) => `eip155:31337:${world.members[member]?.account.address.toLowerCase()}`;

  /** What a gateway asks that hands over a request of the agent. */
  async function evaluation(member: number, method = "GET") {
    const { account } = world.members[member] as World["members"][0];
    const signed = await signRequest(new Request("https://api.example/items", { method }), { account, chainId: 31337 });
    return {
      subject: { type: "agent", id: accountOf(member) },
      action: { name: "read" },
      resource: { type: "http", id: "/items" },
      context: { request: { method, url: signed.url, headers: [...signed.headers] } },
    };
  }

  async function ask(question: unknown, tenant = "open"): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${url}/${tenant}/access/v1/evaluation`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
      body: JSON.stringify(question),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it("should let in whom the registry knows, by the request that a gateway hands over, and once", async () => {
    const question = await evaluation(1);
    const { status, body } = await ask(question);
    expect({ status, decision: body.decision }, JSON.stringify(body)).to.deep.equal({ status: 200, decision: true });
    expect((await ask(question)).body).to.have.property("decision", false);
    expect((await ask(await evaluation(2))).body).to.have.property("decision", false);
    expect((await ask(await evaluation(1), "market")).body).to.have.property("decision", false);
  });

  it("should refuse a suspended agent with the block that says so, and tell whoever holds a yes", async () => {
    const told: (FlippedDecision | ListeningBegins)[] = [];
    const ended = new AbortController();
    const listening = (async () => {
      for await (const one of createTenureClient({ url, token: TOKEN }).flips({ signal: ended.signal })) told.push(one);
    })();
    await until(() => told.length === 1);
    expect(told[0]).to.deep.equal({ kind: "listening" });
    const { body } = await ask(await evaluation(1));
    expect(body.decision).to.equal(true);
    await world.members[1].suspendSync({ id: 1 });
    await until(() => told.length === 2);
    expect(told[1]).to.deep.include({ kind: "flip", tenant: "open", action: "read", subject: accountOf(1) });
    expect(told[1]).to.have.nested.property("from.decision", true);
    expect(told[1]).to.have.nested.property("to.decision", false);
    expect((await ask(await evaluation(1))).body.decision).to.equal(false);
    await world.members[1].resumeSync({ id: 1 });
    await until(async () => (await ask(await evaluation(1))).body.decision === true);
    ended.abort();
    await listening;
  });

  it("should let a session act within its grant, until the block that revokes it", async () => {
    const { account } = world.members[1];
    const session = await createSession({
      ...{ account, chainId: 31337, validFor: 600, epoch: 0n },
      ...{ audiences: ["https://api.example"], permissions: ["items:read"] },
    });
    const handed = async () => {
      const signed = await session.signRequest(new Request("https://api.example/items"));
      const { context, ...question } = await evaluation(1);
      return { ...question, context: { request: { ...context.request, headers: [...signed.headers] } } };
    };
    expect((await ask(await handed())).body.decision).to.equal(true);
    expect((await ask(await handed())).body.decision).to.equal(true);
    await world.members[1].revokeDelegationSync({ handle: session.grant.revocationHandle });
    await until(async () => (await ask(await handed())).body.decision === false);
    const { body } = await ask(await handed());
    expect(JSON.stringify(body.context)).to.match(/revoked/);
    expect((await ask(await evaluation(1))).body.decision).to.equal(true);
  });

  it("should tell nobody who is no enforcement point", async () => {
    const stranger = createTenureClient({ url, token: "token-of-a-stranger" });
    expect((await rejection(stranger.flips().next())).name).to.equal("RequestRefusedError");
  });

  it("should answer about identities, and write each decision down for operators alone", async () => {
    const client = createTenureClient({ url });
    expect((await client.getIdentity("1")).identity.status).to.equal("active");
    const log = await fetch(`${url}/v1/decisions?outcome=allowed`, {
      headers: { authorization: `Bearer ${OPERATOR}` },
    });
    const { decisions } = (await log.json()) as { decisions: { id: string; askedBy: string }[] };
    expect(decisions.map(({ askedBy }) => askedBy)).to.include("gateway");
    const proof = await fetch(`${url}/v1/decisions/${decisions[0]?.id}/proof`, {
      headers: { authorization: `Bearer ${OPERATOR}` },
    });
    expect(proof.status).to.equal(200);
    for (const token of [undefined, TOKEN, "x".repeat(20)]) {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      expect((await fetch(`${url}/v1/decisions`, { headers })).status).to.equal(401);
    }
  });

  it("should take other policies once they hold, keep the old ones where they do not, and tell what is wrong", async () => {
    const file = path.join(policies, "open", "open.cedar");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, "permit (principal");
    await until(() =>
      problems.some(([part, error]) => part === "policies of open" && String(error).includes("open.cedar")),
    );
    expect((await ask(await evaluation(1))).body.decision).to.equal(true);
    writeFileSync(file, '@id("nobody") forbid (principal, action, resource);');
    await until(async () => (await ask(await evaluation(1))).body.decision === false);
    writeFileSync(file, text);
    await until(async () => (await ask(await evaluation(1))).body.decision === true);
    mkdirSync(path.join(policies, "late"));
    writeFileSync(path.join(policies, "late", "late.cedar"), text.replaceAll("open.", "late."));
    await until(async () => (await ask(await evaluation(1), "late")).body.decision === true);
    expect(problems.filter(([part]) => part !== "policies of open")).to.deep.equal([]);
  });
});
