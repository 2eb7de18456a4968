// Agents, sessions and gateways on a real chain: what they sign is handed over, and decided on.
import { createHash } from "node:crypto";
import {
  createSession,
  createSessionKey,
  createSignedFetch,
  createVerifier,
  memoryReplayStore,
  openSession,
  signRequest,
} from "@tenure/http-auth";
import { rpcReader, shortAddresses } from "@tenure/sdk";
import { expect } from "chai";
import { createPublicClient, http } from "viem";
import { hardhat } from "viem/chains";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { accountsOf, authzen, createAuthenticator, InvalidClientError } from "../../src/authzen/index.ts";
import { createTenureClient } from "../../src/client/index.ts";
import type { AccessQuestion } from "../../src/types/question.ts";
import { type Served, serveApp } from "../utils/serveApp.ts";
import { pointOf } from "./utils/policies.ts";

const token = "gateway-0123456789abcdef";
const service = "https://api.example";
const pdp = "https://pdp.example";
const registry = shortAddresses.identityRegistry;

describe("AuthZEN on a real chain", () => {
  let world: World;
  let served: Served;
  const asked: AccessQuestion[] = [];
  const accountOf = (member: number) => `eip155:31337:${world.members[member]?.account.address.toLowerCase()}`;

  before(async () => {
    world = await openWorld();
    const [, agent, gateway] = world.members;
    await agent.registerSync({ agentURI: "ipfs://agent" });
    await gateway.registerSync({ agentURI: "ipfs://gateway" });
    const client = createPublicClient({ chain: hardhat, transport: http(world.url), cacheTime: 0 });
    const reader = rpcReader(client);
    const verifierFor = (origin: string) =>
      createVerifier({
        clients: [client],
        origins: [origin],
        replay: memoryReplayStore(),
        reader,
        delegation: { registries: { [hardhat.id]: shortAddresses.delegationRegistry ?? "0x" }, statusLifetime: 1 },
      });
    const point = pointOf({ shop: { permits: () => true } });
    served = await serveApp(
      authzen({
        publicUrl: pdp,
        tenants: new Map([["shop", { responses: "full" }]]),
        decisionPoint: {
          decide: (question) => {
            asked.push(question);
            return point.decide(question);
          },
        },
        requests: { verifier: verifierFor(service), policy: { delegation: true } },
        accounts: accountsOf([{ chainId: hardhat.id, registry, reader }]),
        authenticate: createAuthenticator({
          realm: pdp,
          verifier: verifierFor(pdp),
          clients: [
            { id: "by token", tokenHashes: [createHash("sha256").update(token).digest("hex")], mayAssertProof: false },
            { id: "by identity", identity: 2, mayAssertProof: false },
          ],
        }),
      }),
    );
    await world.mark();
  });
  after(async () => {
    await served.close();
    await world.close();
  });
  beforeEach(async () => {
    asked.length = 0;
    await world.reset();
  });

  const tenure = () => createTenureClient({ url: served.url, tenant: "shop", token });
  const rawOf = (request: Request) => ({
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(request.headers),
  });
  const ask = (request: Request, id: string, client = tenure()) =>
    client.evaluate({
      subject: { type: "agent", id },
      action: { name: "GET" },
      resource: { type: "http", id: "/items" },
      context: { request: rawOf(request) },
    });

  it("should know an agent by a request that they signed, under each of their names", async () => {
    for (const id of [accountOf(1), `did:pkh:${accountOf(1)}`, `eip155:31337/erc721:${registry}/1`]) {
      const request = await signRequest(new Request(`${service}/items`), {
        account: world.members[1].account,
        chainId: 31_337,
      });
      expect((await ask(request, id)).decision, id).to.equal(true);
      expect((await ask(request, id)).context?.error?.code, id).to.equal("nonce_reused");
      const other = await ask(request, `eip155:31337/erc721:${registry}/2`);
      expect(other.context?.error?.code).to.equal("subject_mismatch");
    }
  });

  it("should know them by the session of a sub-agent, until the identity is suspended", async () => {
    const [, agent] = world.members;
    const client = createPublicClient({ chain: hardhat, transport: http(world.url), cacheTime: 0 });
    const session = await createSession({
      account: agent.account,
      chainId: 31_337,
      audiences: [service],
      permissions: ["items:read", "items:write"],
      validFor: 600,
      remainingDelegations: 1,
      revocations: { client, registry: shortAddresses.delegationRegistry ?? "0x" },
    });
    const key = await createSessionKey();
    const { field } = await session.delegate({ key, audiences: [service], permissions: ["items:read"], validFor: 300 });
    const sub = await openSession({ grants: field, key });
    const sign = () => sub.signRequest(new Request(`${service}/items`));
    const request = await sign();
    expect((await ask(request, accountOf(1))).decision).to.equal(true);
    const proof = asked[0]?.proof;
    expect(proof).to.deep.include({ scheme: "erc8395", principal: accountOf(1), signerKind: "session" });
    expect(proof?.permissions).to.deep.equal(["items:read"]);
    expect(proof?.grants.map(({ issuer }) => issuer)[0]).to.equal(accountOf(1));
    expect(proof?.grants).to.have.length(2);
    await agent.suspendSync({ id: 1 });
    const stopped = await ask(await sign(), accountOf(1));
    expect([stopped.decision, stopped.context?.error?.code]).to.deep.equal([false, "principal_not_allowed"]);
  });

  it("should know a gateway by its own identity, and no longer once that is suspended", async () => {
    const [, agent, gateway] = world.members;
    const by = ({ account }: typeof agent) =>
      createTenureClient({
        url: served.url,
        tenant: "shop",
        // It signs for where the decision point says it is, and sends to where it is.
        fetch: async (request) => {
          const signing = createSignedFetch({
            account,
            chainId: 31_337,
            fetch: (async (signed: Request) =>
              fetch(new Request(signed.url.replace(pdp, served.url), signed))) as typeof fetch,
          });
          return signing(new Request(request.url.replace(served.url, pdp), request));
        },
      });
    const evaluate = (client: ReturnType<typeof by>) =>
      client
        .evaluate({ subject: { type: "user", id: "a" }, action: { name: "b" }, resource: { type: "c", id: "d" } })
        .then(({ decision }) => decision)
        .catch((error: { reason?: string }) => error.reason);
    expect(await evaluate(by(gateway))).to.equal(true);
    expect(asked[0]?.askedBy).to.equal("by identity");
    expect(await evaluate(by(agent))).to.equal("access_denied");
    await gateway.suspendSync({ id: 2 });
    expect(await evaluate(by(gateway))).to.equal("access_denied");
  });

  it("should be told of clients that could not be, or would be one", () => {
    const hash = "a".repeat(64);
    const client = { mayAssertProof: false };
    const account = accountOf(1);
    const verifier = { verify: () => Promise.reject(new Error("nobody asks")) };
    for (const [clients, withVerifier] of [
      [[{ ...client, id: "a" }], true],
      [[{ ...client, id: "a", tokenHashes: [] }], true],
      [[{ ...client, id: "a", tokenHashes: ["abc"] }], true],
      [[{ ...client, id: "a", account }], false],
      [[{ ...client, id: "a", account: account.toUpperCase() }], true],
      [[1, 2].map((id) => ({ ...client, id: String(id), tokenHashes: [hash] })), true],
      [[hash, hash.toUpperCase()].map((one, id) => ({ ...client, id: String(id), tokenHashes: [one] })), true],
      [[1, 2].map(() => ({ ...client, id: "a", account })), true],
      [[1, 2].map((id) => ({ ...client, id: String(id), identity: 7 })), true],
    ] as const) {
      const make = () => createAuthenticator({ realm: pdp, clients, ...(withVerifier && { verifier }) });
      expect(make, JSON.stringify(clients)).to.throw(InvalidClientError);
    }
  });
});
