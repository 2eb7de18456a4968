// The examples of guarded services, on the packed packages and a chain with the registries: who is let in, who is not, and why.
import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createSession, createSessionKey, createSignedFetch, type Fetch, openSession } from "@tenure/http-auth";
import {
  deployRegistries,
  getRegistryAddress,
  shortParameters,
  tenurePublicActions,
  tenureWalletActions,
} from "@tenure/sdk";
import { expect } from "chai";
import { network } from "hardhat";
import { createClient, http, publicActions, testActions, walletActions } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import { install } from "./utils/install.ts";
import { pack } from "./utils/pack.ts";
import { root, run } from "./utils/run.ts";

const tsc = path.join(root, "node_modules/typescript/bin/tsc");
const audience = "https://api.example";
const frameworks = ["fetch", "hono", "express", "fastify"] as const;

/** What an example says that it needs. */
async function needsOf(example: string): Promise<Record<string, string>> {
  const text = await readFile(path.join(root, "examples", example, "package.json"), "utf8");
  const { dependencies, devDependencies } = JSON.parse(text) as Record<string, Record<string, string>>;
  return { ...dependencies, ...devDependencies };
}

describe("the examples of guarded services", () => {
  let folder: string;
  let url: string;
  let closeChain: () => Promise<void>;
  const children: ChildProcess[] = [];

  const connect = (addressIndex: number) =>
    createClient({
      account: mnemonicToAccount("test test test test test test test test test test test junk", { addressIndex }),
      chain: hardhat,
      transport: http(url),
      cacheTime: 0,
    })
      .extend(publicActions)
      .extend(walletActions)
      .extend(testActions({ mode: "hardhat" }))
      .extend(tenurePublicActions())
      .extend(tenureWalletActions());

  before(async function () {
    this.timeout(300_000);
    const server = await network.createServer("default", "127.0.0.1", 0);
    url = `http://127.0.0.1:${(await server.listen()).port}`;
    closeChain = () => server.close();
    await deployRegistries(connect(0), { parameters: shortParameters });

    folder = await mkdtemp(path.join(tmpdir(), "tenure-guarded-"));
    const examples = (await readdir(path.join(root, "examples"))).filter((name) => name.startsWith("guarded-"));
    expect(examples.sort()).to.deep.equal([...frameworks, "mcp"].map((name) => `guarded-${name}`).sort());
    const needs: Record<string, string> = {};
    for (const example of examples) {
      for (const [name, version] of Object.entries(await needsOf(example))) {
        expect(needs[name] ?? version, `${name} in ${example}`).to.equal(version);
        needs[name] = version;
      }
      const made = /\/(node_modules|package-lock\.json)$/;
      const place = path.join(folder, example);
      await cp(path.join(root, "examples", example), place, { recursive: true, filter: (file) => !made.test(file) });
    }
    // Once for all of them: each finds in the folder above what it says that it needs.
    needs["@tenure/sdk"] = await pack("sdk");
    needs["@tenure/http-auth"] = await pack("http-auth");
    await install(folder, needs);
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill();
  });
  after(async () => {
    await closeChain?.();
    await rm(folder, { recursive: true, force: true });
  });

  /** Starts an example, as `npm start` does, and answers what sends requests for its origin to it. */
  async function start(example: string, env: NodeJS.ProcessEnv = {}) {
    const cwd = path.join(folder, example);
    const settings = { ...process.env, RPC_URL: url, PORT: "0", ...env };
    const child = spawn(process.execPath, ["server.ts"], { cwd, env: settings, stdio: ["ignore", "pipe", "inherit"] });
    children.push(child);
    for await (const line of createInterface({ input: child.stdout })) {
      const [, place] = /^listening on (http:\S+)$/.exec(line) ?? [];
      if (place !== undefined) {
        return (request: Request) => fetch(new Request(request.url.replace(audience, place), request));
      }
    }
    throw new Error(`${example} ended before it listened.`);
  }

  const fetchOf = (account: ReturnType<typeof connect>["account"], send: (request: Request) => Promise<Response>) =>
    createSignedFetch({ account, chainId: hardhat.id, fetch: send });

  /** A new identity with a guardian, a session of its key, and a sub-agent that may read. */
  async function agentOf(index: number, send: (request: Request) => Promise<Response>) {
    const client = connect(index);
    const guardian = connect(0);
    const { id } = await client.registerSync({});
    await client.setGuardianSync({ id, guardian: guardian.account.address });
    const session = await createSession({
      account: client.account,
      chainId: hardhat.id,
      audiences: [audience],
      permissions: ["items:read", "items:write"],
      validFor: 600,
      remainingDelegations: 1,
      revocations: { client, registry: getRegistryAddress(client, "delegationRegistry") },
      fetch: send,
    });
    const key = await createSessionKey({ keyType: "p256" });
    const { field } = await session.delegate({ key, audiences: [audience], permissions: ["items:read"], validFor: 60 });
    const reader = await openSession({ grants: field, key, fetch: send });
    return { id, client, guardian, session, reader };
  }

  const add = { method: "POST", headers: { "content-type": "text/plain" }, body: "an item" };
  const statusAndBody = async (answer: Promise<Response>) => {
    const response = await answer;
    return [response.status, (await response.json()) as Record<string, unknown>] as const;
  };

  for (const [position, framework] of frameworks.entries()) {
    it(`should let in whom the registries know, and sub-agents within their grants: ${framework}`, async () => {
      const send = await start(`guarded-${framework}`);
      const { id, client, guardian, session, reader } = await agentOf(1 + position, send);
      const principal = `eip155:31337:${client.account.address.toLowerCase()}`;
      const known = { caller: principal, identity: id };

      const direct = fetchOf(client.account, send);
      expect(await statusAndBody(direct(`${audience}/items`, add))).to.deep.equal([
        200,
        { ...known, items: ["an item"] },
      ]);
      const [, written] = await statusAndBody(session.fetch(`${audience}/items`, add));
      expect(written).to.deep.equal({ ...known, items: ["an item", "an item"] });
      expect((await statusAndBody(reader.fetch(`${audience}/items`)))[0]).to.equal(200);

      const [forbidden, why] = await statusAndBody(reader.fetch(`${audience}/items`, add));
      expect([forbidden, why.reason]).to.deep.equal([403, "insufficient_permissions"]);
      expect(why.detail).to.contain("items:write");
      const stranger = fetchOf(connect(9).account, send);
      const [unknown, reason] = await statusAndBody(stranger(`${audience}/items`));
      expect([unknown, reason.reason]).to.deep.equal([401, "principal_not_allowed"]);
      expect(reason.detail).to.contain("no identity");
      const unsigned = await statusAndBody(send(new Request(`${audience}/items`)));
      expect([unsigned[0], unsigned[1].reason]).to.deep.equal([401, "signature_missing"]);

      await guardian.suspendSync({ id });
      const all: readonly [string, Fetch][] = [
        ["the account", direct],
        ["its session", session.fetch],
        ["its sub-agent", reader.fetch],
      ];
      for (const [who, itsFetch] of all) {
        const [status, refusal] = await statusAndBody(itsFetch(`${audience}/items`));
        expect([status, refusal.reason], who).to.deep.equal([401, "principal_not_allowed"]);
        expect(refusal.detail, who).to.contain("suspended");
      }
      await guardian.resumeSync({ id });
      expect((await statusAndBody(reader.fetch(`${audience}/items`)))[0]).to.equal(200);
    }).timeout(120_000);
  }

  it("should refuse by the rule of the service, and say it", async () => {
    const send = await start("guarded-hono", { CLOSED: "1" });
    const { session } = await agentOf(6, send);
    const [status, refusal] = await statusAndBody(session.fetch(`${audience}/items`, add));
    expect([status, refusal.reason]).to.deep.equal([403, "access_denied"]);
    expect(refusal.reasons).to.deep.equal(["nothing is written while the shop is closed"]);
    expect((await statusAndBody(session.fetch(`${audience}/items`)))[0]).to.equal(200);
  }).timeout(120_000);

  it("should say what it demands, in the words of the standard", async () => {
    const send = await start("guarded-express");
    const document = await (await send(new Request(`${audience}/.well-known/erc8128`))).json();
    expect(document).to.deep.include({ chains: ["eip155:31337"] });
    const write = { methods: ["POST"], permissions: ["items:write"], audience, max_depth: 4 };
    expect(document).to.have.nested.property("route_policies./items[1]").that.deep.includes(write);
  }).timeout(120_000);

  it("should guard each tool of an MCP server", async () => {
    const send = await start("guarded-mcp");
    const { id, guardian, session, reader } = await agentOf(7, send);
    // What the client makes of a refusal is not all of it.
    const watched = (itsFetch: Fetch, told: string[]) => async (input: string | URL | Request, init?: RequestInit) => {
      const answer = await itsFetch(input, init);
      if (!answer.ok) told.push(await answer.clone().text());
      return answer;
    };
    async function callOf(itsFetch: Fetch, name: string) {
      const told: string[] = [];
      const fetch = watched(itsFetch, told);
      const client = new Client({ name: "agent", version: "1.0.0" }, { versionNegotiation: { mode: "auto" } });
      try {
        await client.connect(new StreamableHTTPClientTransport(new URL(`${audience}/mcp`), { fetch }));
        const { content } = await client.callTool({ name, arguments: name === "add" ? { item: "an item" } : {} });
        return JSON.stringify(content);
      } catch (error) {
        return `${error} ${told.join()}`;
      } finally {
        await client.close();
      }
    }
    expect(await callOf(session.fetch, "add")).to.contain("added");
    expect(await callOf(reader.fetch, "list"))
      .to.contain("an item")
      .and.to.contain(session.principal);
    expect(await callOf(reader.fetch, "add")).to.contain("the grants do not permit items:write");
    const stranger = fetchOf(connect(9).account, send);
    expect(await callOf(stranger, "list")).to.contain("no identity");
    await guardian.suspendSync({ id });
    expect(await callOf(reader.fetch, "list")).to.contain("suspended");
  }).timeout(120_000);

  it("should compile in a strict project", async () => {
    for (const name of [...frameworks, "mcp"]) {
      const cwd = path.join(folder, `guarded-${name}`);
      expect(await run(process.execPath, [tsc, "-p", cwd, "--pretty", "false"], { cwd }), name).to.equal("");
    }
  }).timeout(180_000);
});
