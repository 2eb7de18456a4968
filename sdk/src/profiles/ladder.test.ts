// How profiles are read where the lens is missing and nodes refuse things: on real nodes, some of them behind a server that
// refuses what public nodes refuse.

import { expect } from "chai";
import { type Address, createClient, type HttpTransportConfig, http } from "viem";
import { hardhat } from "viem/chains";
import { type Guard, guarded } from "../../test/utils/guarded.ts";
import { MULTICALL, putMulticall } from "../../test/utils/multicall.ts";
import { nodes } from "../../test/utils/nodes.ts";
import { rejection } from "../../test/utils/rejection.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import { getProfile, getProfiles, type ProfilesPage, shortAddresses } from "../index.ts";

const noLens = { registryLens: "0x00000000000000000000000000000000deadbeef" } as const;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const invalid = { code: -32_602, message: "too many arguments, want at most 2" };
const unsupported = { code: -32_000, message: "contract creation is not supported" };

/** What nodes exist that refuse, from those that know most to those that know least. */
const withoutOverrides: Guard["request"] = ({ method, params }) =>
  method === "eth_call" && params.length > 2 ? invalid : undefined;
const withoutCreation: Guard["request"] = (request) => {
  const [call] = request.params as [{ to?: Address }];
  return request.method === "eth_call" && !call.to ? unsupported : withoutOverrides?.(request);
};

for (const { node, isInstalled, start } of nodes) {
  describe(`getProfiles on ${node}`, () => {
    let world: World;
    before(async function () {
      if (!isInstalled()) this.skip();
      world = await openWorld(0, start);
      for (const agent of world.members.slice(0, 3)) await agent.registerSync({});
      await world.earn(...world.members.slice(0, 3));
      const [one, two, wallet] = world.members;
      await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 4, periods: 2 });
      await two.warnSync({ voucherId: 2, subjectId: 1, stake: 3, periods: 2 });
      await two.setAgentWalletSync({ signed: await world.members[3].signAgentWallet({ id: 2 }) });
      await wallet.suspendSync({ id: 3 });
      await world.mark();
    });
    afterEach(() => world.reset());
    after(() => world?.close());

    const connect = (url: string, config: HttpTransportConfig = {}) =>
      createClient({ chain: hardhat, transport: http(url, { ...config, timeout: 30_000 }) });

    /** A client behind a guard, and the pages that it reads. */
    const behind = async (guard: Guard, config?: HttpTransportConfig) => {
      const { url, seen, close } = await guarded(world.url, guard);
      const pages: ProfilesPage[] = [];
      return { client: connect(url, config), seen, pages, onPage: (page: ProfilesPage) => pages.push(page), close };
    };

    const ways: { way: string; via: ProfilesPage["via"]; guard: Guard; addresses: object; hasMulticall?: boolean }[] = [
      { way: "a deployed lens", via: "lens", guard: {}, addresses: {} },
      { way: "no lens", via: "override", guard: {}, addresses: noLens },
      {
        way: "a node that refuses overrides",
        via: "deployless",
        guard: { request: withoutOverrides },
        addresses: noLens,
      },
      {
        way: "a node that refuses calls that create, and Multicall3",
        via: "multicall",
        guard: { request: withoutCreation },
        addresses: noLens,
        hasMulticall: true,
      },
      { way: "that node without Multicall3", via: "single", guard: { request: withoutCreation }, addresses: noLens },
    ];

    for (const { way, via, guard, addresses, hasMulticall } of ways) {
      describe(`given ${way}`, () => {
        it(`should read the same profiles by ${via}, from numbers and from addresses`, async () => {
          if (hasMulticall) await putMulticall(world.members[0]);
          const { client, pages, onPage, close } = await behind(guard);
          const ids = [2, 1, 77, 3, 2];
          const keys = [...world.members.map(({ account }) => account.address), noLens.registryLens];
          const found = await getProfiles(client, { ids, addresses, onPage });
          const byKey = await getProfiles(client, { address: keys, addresses, onPage });
          await close();
          expect(pages.map((page) => page.via)).to.deep.equal([via, via]);
          expect(pages.map(({ count }) => count)).to.deep.equal([ids.length, keys.length]);
          const lens = connect(world.url);
          expect(found).to.deep.equal(await getProfiles(lens, { ids }));
          expect(byKey).to.deep.equal(await getProfiles(lens, { address: keys }));
          expect(found[0]).to.deep.include({ id: 2, support: 4, wallet: world.members[3].account.address });
          expect(byKey[3]).to.deep.include({ id: 2, role: "wallet" });
        });

        it("should find this way once, and stay with it", async () => {
          if (hasMulticall) await putMulticall(world.members[0]);
          const { client, seen, close } = await behind(guard);
          await getProfile(client, { id: 1, addresses });
          seen.requests.length = 0;
          seen.refused = 0;
          await getProfile(client, { id: 2, addresses });
          await close();
          expect(seen.refused).to.equal(0);
          expect(seen.requests.length).to.equal(via === "single" ? 3 : 1);
        });

        it("should read many, in their order, in pages side by side", async () => {
          if (hasMulticall) await putMulticall(world.members[0]);
          const { client, pages, onPage, close } = await behind(guard);
          const ids = numbers(120).reverse();
          const found = await getProfiles(client, { ids, addresses, onPage });
          await close();
          expect(found.map(({ id }) => id)).to.deep.equal(ids);
          expect(found.slice(-3).map(({ status }) => status)).to.deep.equal(["suspended", "active", "active"]);
          expect(pages.reduce((sum, { count }) => sum + count, 0)).to.equal(ids.length);
        });
      });
    }

    describe("given a thousand numbers", () => {
      it("should take one request where the node allows a call that much, and few where it does not", async () => {
        const { client, seen, pages, onPage, close } = await behind({});
        const found = await getProfiles(client, { ids: numbers(1_000), onPage });
        const first = seen.posts;
        await getProfiles(client, { ids: numbers(1_000), onPage });
        await close();
        expect(found.map(({ id }) => id)).to.deep.equal(numbers(1_000));
        expect(pages.every(({ via }) => via === "lens")).to.equal(true);
        // Hardhat's node gives no call more gas than a transaction may have.
        expect([first, seen.posts - first]).to.deep.equal(node === "anvil" ? [1, 1] : [5, 4]);
      });

      it("should take one request also without a lens, after one that makes it", async function () {
        if (node !== "anvil") this.skip();
        const { client, seen, close } = await behind({});
        await getProfiles(client, { ids: numbers(1_000), addresses: noLens });
        await close();
        // The lens that is not there, its code, the page.
        expect(seen.posts).to.equal(3);
      });

      it("should put the pages into one request where the client batches", async () => {
        const { client, seen, close } = await behind({}, { batch: true });
        await getProfiles(client, { ids: numbers(1_000) });
        const before = seen.posts;
        await getProfiles(client, { ids: numbers(1_000) });
        await close();
        expect(seen.posts - before).to.equal(1);
      });
    });

    describe("given a server that refuses large bodies", () => {
      it("should send smaller ones", async () => {
        const { client, seen, pages, onPage, close } = await behind({ bytes: 20_000 });
        const found = await getProfiles(client, { ids: numbers(1_000), onPage });
        await close();
        expect(found.map(({ id }) => id)).to.deep.equal(numbers(1_000));
        expect(seen.refused).to.equal(1);
        expect(seen.largest).to.be.greaterThan(10_000);
        expect(pages.every(({ via, count }) => via === "lens" && count === 250)).to.equal(true);
      });
    });

    describe("given a node that refuses long answers", () => {
      it("should ask for less, and for more again after a while", async () => {
        const guard: Guard = {
          answer: (_, result) =>
            String(result).length > limit ? { code: -32_008, message: "response is too big" } : undefined,
        };
        let limit = 100_000;
        const { client, pages, onPage, close } = await behind(guard);
        await getProfiles(client, { ids: numbers(300), onPage });
        const small = Math.max(...pages.map(({ count }) => count));
        expect(small).to.be.lessThan(72);
        limit = 10_000_000;
        pages.length = 0;
        const found = await getProfiles(client, { ids: numbers(2_000), onPage });
        await close();
        expect(found.map(({ id }) => id)).to.deep.equal(numbers(2_000));
        expect(Math.max(...pages.map(({ count }) => count))).to.be.greaterThan(small);
      });
    });

    describe("given a way that stops working", () => {
      it("should choose again", async () => {
        let isOld = false;
        const guard: Guard = { request: (request) => (isOld ? withoutCreation?.(request) : undefined) };
        const { client, pages, onPage, close } = await behind(guard);
        await getProfiles(client, { ids: [1], addresses: noLens, onPage });
        isOld = true;
        await getProfiles(client, { ids: [1], addresses: noLens, onPage });
        await close();
        expect(pages.map(({ via }) => via)).to.deep.equal(["override", "single"]);
      });

      it("should not take the past for the present", async () => {
        const [deployer] = world.members;
        const lens = shortAddresses.registryLens as Address;
        const code = (await deployer.getCode({ address: lens })) ?? "0x";
        await deployer.setCode({ address: lens, bytecode: "0x" });
        await deployer.mine({ blocks: 1 });
        const blockNumber = await deployer.getBlockNumber();
        await deployer.mine({ blocks: 1 });
        await deployer.setCode({ address: lens, bytecode: code });
        await deployer.mine({ blocks: 1 });
        const { client, pages, onPage, close } = await behind({});
        await getProfiles(client, { ids: [1], blockNumber, onPage });
        await getProfiles(client, { ids: [1], onPage });
        await close();
        expect(pages.map(({ via }) => via)).to.deep.equal(["override", "lens"]);
      });
    });

    describe("given a chain that names a Multicall3 which is not there", () => {
      it("should not lose a word of it", async () => {
        const { url, close } = await guarded(world.url, { request: withoutCreation });
        const contracts = { multicall3: { address: MULTICALL } };
        const client = createClient({
          chain: { ...hardhat, contracts },
          transport: http(url),
          batch: { multicall: true },
        });
        const vias = new Set<string>();
        const read = { ids: [1, 2, 77], addresses: noLens, onPage: ({ via }: ProfilesPage) => vias.add(via) };
        const found = await getProfiles(client, read);
        await close();
        expect([...vias]).to.deep.equal(["single"]);
        expect(found.map(({ status }) => status)).to.deep.equal(["active", "active", "unknown"]);
      });
    });

    describe("given a node that does not answer", () => {
      it("should say so, and not look for another way", async () => {
        const client = createClient({ chain: hardhat, transport: http("http://127.0.0.1:1", { retryCount: 0 }) });
        const error = await rejection(getProfiles(client, { ids: numbers(1_000) }));
        expect(error.name).to.equal("NodeUnreachableError");
      });

      it("should say so where it wants no more requests", async () => {
        const { client, seen, close } = await behind({ request: () => ({ status: 429 }) }, { retryCount: 0 });
        const error = await rejection(getProfiles(client, { ids: numbers(1_000) }));
        await close();
        expect(error).to.deep.include({ name: "NodeRefusedError", status: 429 });
        expect(seen.requests.filter(({ method }) => method !== "eth_chainId")).to.have.length(1);
      });
    });
  });
}
