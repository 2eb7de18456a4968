// What a requirement asks in one request, against the reads that ask one after the other: on real nodes, some of them behind
// a server that refuses what public nodes refuse.
import { expect } from "chai";
import fc from "fast-check";
import { type Address, createClient, type HttpTransportConfig, http } from "viem";
import { hardhat } from "viem/chains";
import { type Guard, guarded } from "../../test/utils/guarded.ts";
import { MULTICALL, putMulticall } from "../../test/utils/multicall.ts";
import { onEachNode } from "../../test/utils/nodes.ts";
import { rejection } from "../../test/utils/rejection.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import {
  checkRequirement,
  checkRequirementWith,
  type Requirement,
  resolveKey,
  rpcReader,
  shortAddresses,
} from "../index.ts";
import { requireValid } from "../requirements/requireValid.ts";

const NOWHERE: Address = "0x00000000000000000000000000000000000000AA";

/** Asks for everything that there is to ask. */
const demanding: Requirement = {
  ...{ minAge: 1, minTenure: 1, minKeyAge: 1, maxSilence: 99_999, minSupport: 1, oppositionLimit: 1 },
  ...{ anchors: [1, 3, 4, 1, 77], minAnchors: 1, minAnchorStake: 2, anchorWarningLimit: 1, keyOwned: true },
};

/** What some nodes refuse: code that is not deployed. */
const withoutCreation: Guard["request"] = ({ method, params: [call] }) =>
  method === "eth_call" && !(call as { to?: Address }).to
    ? { code: -32_000, message: "contract creation is not supported" }
    : undefined;

onEachNode("checkRequirement, in one request", (start) => {
  // 1 and 4 vouch for 2, 3 warns about it and is suspended; 4 has changed its key, and 2 has a wallet.
  let world: World;
  let former: Address;
  before(async () => {
    world = await openWorld(0, start);
    const [one, two, three, four, wallet, next] = world.members;
    for (const agent of [one, two, three, four]) await agent.registerSync({});
    await world.earn(one, two, three, four);
    former = four.account.address;
    await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 10, periods: 6 });
    await three.warnSync({ voucherId: 3, subjectId: 2, stake: 7, periods: 2 });
    await two.warnSync({ voucherId: 2, subjectId: 1, stake: 3, periods: 3 });
    await four.vouchSync({ voucherId: 4, subjectId: 2, stake: 2, periods: 1 });
    await two.vouchSync({ voucherId: 2, subjectId: 4, stake: 5, periods: 1 });
    await four.rotateKeySync({ signed: await next.signRotateKey({ id: 4 }) });
    await three.suspendSync({ id: 3 });
    await world.wait(60);
    await two.setAgentWalletSync({ signed: await wallet.signAgentWallet({ id: 2 }) });
    await world.wait(60);
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world?.close());

  const connect = (url: string, config: HttpTransportConfig = {}, batch = false) =>
    createClient({
      chain: { ...hardhat, contracts: { multicall3: { address: MULTICALL } } },
      ...(batch && { batch: { multicall: true } }),
      transport: http(url, { retryCount: 0, ...config }),
    });
  const behind = async (guard: Guard, config?: HttpTransportConfig, batch?: boolean) => {
    const { url, seen, close } = await guarded(world.url, guard);
    // The chain is asked for once per client.
    const methods = () => seen.requests.splice(0).flatMap(({ method }) => (method === "eth_chainId" ? [] : [method]));
    return { client: connect(url, config, batch), methods, close };
  };
  const targets = () => [
    ...[1, 2, 3, 4, 5, 2 ** 40 - 1].map((id) => ({ id })),
    ...[...world.members.map(({ account }) => account.address), former, NOWHERE].map((address) => ({ address })),
  ];

  it("should answer what separate reads of one block answer, for any requirement of anybody", async () => {
    const limit = (most: number) => fc.option(fc.integer({ min: 0, max: most }), { nil: undefined });
    const requirements: fc.Arbitrary<Requirement> = fc.record({
      ...{ minAge: limit(4_000), minTenure: limit(4_000), minKeyAge: limit(4_000), maxSilence: limit(4_000) },
      ...{ minSupport: limit(20), oppositionLimit: limit(20) },
      anchors: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 6 }),
      ...{ minAnchors: limit(3), minAnchorStake: limit(12), anchorWarningLimit: limit(2) },
      keyOwned: fc.option(fc.boolean(), { nil: undefined }),
    });
    const isDemand = (requirement: Requirement) => {
      try {
        requireValid(requirement);
        return true;
      } catch {
        return false;
      }
    };
    const client = connect(world.url);
    const reader = rpcReader(client);
    // What was, and what is now that somebody has done something.
    const before = await reader.head();
    const [one, two, , , , next] = world.members;
    await one.revokeSync({ voucherId: 1, subjectId: 2 });
    await two.proveKeySync({ id: 2 });
    await next.retireSync({ id: 4 });
    await fc.assert(
      fc.asyncProperty(
        requirements.filter(isDemand),
        fc.constantFrom(...targets()),
        fc.boolean(),
        async (requirement, target, isPast) => {
          const block = isPast ? before : undefined;
          expect(await checkRequirement(client, { ...target, requirement, blockNumber: block?.number })).to.deep.equal(
            await checkRequirementWith(reader, { ...target, requirement, block }),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it("should make one request, whatever is asked, at a block or now", async () => {
    const { client, methods, close } = await behind({});
    const { number: blockNumber } = await rpcReader(client).head();
    methods();
    for (const target of targets()) {
      for (const at of [{}, { blockNumber }]) {
        await checkRequirement(client, { ...target, ...at, requirement: demanding });
        expect(methods()).to.deep.equal(["eth_call"]);
      }
    }
    await close();
  });

  it("should ask about hundreds of anchors, and beyond what one answer holds in other ways", async () => {
    const { client, methods, close } = await behind({});
    const anchors = Array.from({ length: 512 }, (_, index) => index + 1);
    const judged = (more: number[]) =>
      checkRequirement(client, { id: 2, requirement: { anchors: [...anchors, ...more], minAnchors: 9 } });
    const few = await judged([]);
    expect(methods()).to.deep.equal(["eth_call"]);
    expect(few.unmet).to.deep.equal([{ reason: "anchors", actual: 2, demanded: 9 }]);
    expect(await judged([513])).to.deep.equal(few);
    expect(methods()).to.have.length.above(513);
    await close();
  });

  it("should answer a client that gathers calls the same, in one request", async () => {
    for (const isThere of [false, true]) {
      if (isThere) await putMulticall(world.members[0]);
      const { client, methods, close } = await behind({}, {}, true);
      const answer = await checkRequirement(client, { id: 2, requirement: demanding });
      expect(methods()).to.deep.equal(["eth_call"]);
      expect(answer).to.deep.equal(
        await checkRequirementWith(rpcReader(connect(world.url)), { id: 2, requirement: demanding }),
      );
      await close();
    }
  });

  describe("given a node that runs no code but what is deployed", () => {
    it("should answer the same by other reads, and not try every time", async () => {
      const { client, methods, close } = await behind({ request: withoutCreation });
      const expected = await checkRequirement(connect(world.url), { id: 2, requirement: demanding });
      const count = async () => {
        expect(await checkRequirement(client, { id: 2, requirement: demanding })).to.deep.equal(expected);
        return methods().length;
      };
      const first = await count();
      expect(await count()).to.equal(first - 1);
      await close();
    });

    it("should try again after a while, where it was the load", async () => {
      let isBusy = true;
      const { client, methods, close } = await behind({
        request: (request) => (isBusy ? withoutCreation?.(request) : undefined),
      });
      const requirement = { minAge: 1 };
      await checkRequirement(client, { id: 2, requirement });
      isBusy = false;
      for (let checks = 0; checks < 64; checks++) await checkRequirement(client, { id: 2, requirement });
      methods();
      await checkRequirement(client, { id: 2, requirement });
      expect(methods()).to.deep.equal(["eth_call"]);
      await close();
    });

    it("should answer the same where a node refuses long requests", async () => {
      const { client, close } = await behind({ bytes: 1_000 });
      expect(await checkRequirement(client, { id: 2, requirement: demanding })).to.deep.equal(
        await checkRequirement(connect(world.url), { id: 2, requirement: demanding }),
      );
      await close();
    });

    it("should answer the same where a node answers nothing, or something else", async () => {
      const expected = await checkRequirement(connect(world.url), { id: 2, requirement: demanding });
      for (const result of ["0x", null, `0x${"00".repeat(31)}`, `0x${"00".repeat(33 * 32)}`]) {
        const fetchFn: typeof fetch = async (input, init) => {
          const { id, method, params } = JSON.parse(String(init?.body));
          if (method !== "eth_call" || params[0].to) return fetch(input, init);
          return Response.json({ jsonrpc: "2.0", id, result });
        };
        expect(
          await checkRequirement(connect(world.url, { fetchFn }), { id: 2, requirement: demanding }),
          String(result),
        ).to.deep.equal(expected);
      }
    });
  });

  describe("given registries that are not there", () => {
    it("should say so, as separate reads do", async () => {
      const client = connect(world.url);
      const addresses = { ...shortAddresses, vouchRegistry: NOWHERE, registryLens: NOWHERE };
      for (const target of [{ id: 2 }, { address: former }]) {
        const parameters = { ...target, requirement: demanding };
        const found = await rejection(checkRequirement(client, { ...parameters, addresses }));
        const separate = await rejection(checkRequirementWith(rpcReader(client, { addresses }), parameters));
        expect(found.name).to.equal("RegistryNotDeployedError");
        expect(found.message).to.equal(separate.message);
      }
    });
  });

  describe("given a node that does not answer", () => {
    it("should say so, as separate reads do", async () => {
      for (const status of [401, 403, 429, 500, 503]) {
        const { client, close } = await behind({ request: () => ({ status }) });
        const found = await rejection(checkRequirement(client, { id: 2, requirement: demanding }));
        const separate = await rejection(checkRequirementWith(rpcReader(client), { id: 2, requirement: demanding }));
        expect([found.name, found.message]).to.deep.equal([separate.name, separate.message]);
        await close();
      }
      const nobody = connect("http://127.0.0.1:9");
      const found = await rejection(checkRequirement(nobody, { id: 2, requirement: demanding }));
      const separate = await rejection(resolveKey(nobody, { address: former }));
      expect([found.name, found.message]).to.deep.equal([separate.name, separate.message]);
    });
  });
});
