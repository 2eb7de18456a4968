import { expect } from "chai";
import { createClient, http } from "viem";
import { hardhat } from "viem/chains";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { getVouchers } from "../../index.ts";
import {
  explain,
  listEdges,
  listIdentities,
  loadTrustGraph,
  score,
  solve,
  type TrustEdge,
  type TrustUpdate,
  trustOf,
  type WatchTrustParameters,
  watchTrust,
} from "../index.ts";

describe("trust > chain", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
    for (const member of world.members.slice(0, 5)) await member.registerSync({});
    await world.earn(...world.members.slice(0, 5));
    const [, , , four] = world.members;
    await four.setArbitrationSync({ id: 4, isOpen: true });
  });
  afterEach(() => world.close());

  const edge = (voucherId: number, subjectId: number, stake = 5, periods = 3) => ({
    voucherId,
    subjectId,
    stake,
    periods,
  });

  /** What the registry's own views say, pair by pair. */
  async function viewed(): Promise<TrustEdge[]> {
    const edges: TrustEdge[] = [];
    for (const id of [1, 2, 3, 4, 5]) {
      for await (const vouch of getVouchers(world.members[0], { id })) {
        const { voucherId, subjectId, stake, since, stance, voucherRekeyed, isActive } = vouch;
        if (isActive && stance !== "none") edges.push({ voucherId, subjectId, stake, since, stance, voucherRekeyed });
      }
    }
    return edges.sort((a, b) => a.subjectId - b.subjectId || a.voucherId - b.voucherId);
  }

  /** Everything that can happen to an edge or a voucher, one thing a step. */
  const story: [string, (members: World["members"]) => Promise<unknown>][] = [
    ["a vouch", ([one]) => one.vouchSync({ ...edge(1, 2), arbiterId: 4 })],
    ["another", ([, two]) => two.vouchSync(edge(2, 3, 7))],
    ["a warning", ([, , three]) => three.warnSync(edge(3, 2, 4))],
    [
      "two more",
      async ([one, , , four]) => [await one.vouchSync(edge(1, 4, 8, 1)), await four.vouchSync(edge(4, 3, 3, 1))],
    ],
    ["a renewal", ([one]) => one.renewSync({ voucherId: 1, subjectId: 4, addedStake: 2, periods: 2 })],
    ["a burn", ([, , , four]) => four.burnSync({ voucherId: 1, subjectId: 2, amount: 2, evidence: "" })],
    ["a revocation", ([, two]) => two.revokeSync({ voucherId: 2, subjectId: 3 })],
    ["a vouch made anew over it", ([, two]) => two.vouchSync(edge(2, 3, 7))],
    ["a warning made of a live vouch", ([, two]) => two.warnSync(edge(2, 3, 7))],
    ["a disowned vouch", ([, , three]) => three.disownSync({ voucherId: 4, subjectId: 3 })],
    ["a voucher's suspension", ([one]) => one.suspendSync({ id: 1 })],
    ["its resumption", ([one]) => one.resumeSync({ id: 1 })],
    [
      "a subject's new key",
      async ([, two, , , , sixth]) => two.rotateKeySync({ signed: await sixth.signRotateKey({ id: 2 }) }),
    ],
    [
      "a vouch that is affirmed for it",
      ([one]) => one.renewSync({ voucherId: 1, subjectId: 2, addedStake: 1, periods: 3 }),
    ],
    ["a voucher's retirement", ([, , three]) => three.retireSync({ id: 3 })],
    ["the end of a period", () => world.wait(3_600)],
    [
      "a burn to the last point",
      ([, , , four]) => four.burnSync({ voucherId: 1, subjectId: 2, amount: 4, evidence: "" }),
    ],
    ["the last period of a vouch", () => world.wait(3_600)],
    ["the last period of a warning", () => world.wait(3_600)],
    ["the end of everything", () => world.wait(7 * 3_600)],
  ];

  describe("loadTrustGraph", () => {
    it("should rebuild what the registry says, from logs and from storage, whatever has happened", async () => {
      const [reader] = world.members;
      const sizes: number[] = [];
      for (const [what, act] of story) {
        await act(world.members);
        const expected = await viewed();
        sizes.push(expected.length);
        const loads = [
          {},
          { source: "storage" as const },
          { chunkSize: 3 },
          { source: "logs" as const, fromBlock: 1n },
        ];
        for (const parameters of loads) {
          const { graph, differences, profiles, time } = await loadTrustGraph(reader, parameters);
          expect(differences, what).to.deep.equal([]);
          expect(listEdges(graph), what).to.deep.equal(expected);
          for (const { id, standing, status } of listIdentities(graph)) {
            expect({ standing, status }, what).to.deep.equal({
              standing: (await reader.getStanding({ id })).standing,
              status: (await reader.getIdentity({ id })).status,
            });
            expect(profiles.get(id)).to.deep.equal(await reader.getProfile({ id }));
          }
          expect(graph.now)
            .to.equal(time)
            .and.equal(await world.now());
        }
      }
      expect(sizes).to.deep.equal([1, 2, 3, 5, 5, 5, 4, 5, 5, 4, 4, 4, 3, 4, 4, 4, 3, 3, 2, 0]);
    });

    it("should read at a block in the past", async () => {
      const [one] = world.members;
      await one.vouchSync(edge(1, 2));
      const { number } = await one.getBlock();
      const then = await viewed();
      await one.revokeSync({ voucherId: 1, subjectId: 2 });
      await world.wait(3_600);
      const past = await loadTrustGraph(one, { toBlock: number });
      expect(listEdges(past.graph)).to.deep.equal(then).and.have.length(1);
      expect(past).to.deep.include({ blockNumber: number, differences: [] });
      expect(past.profiles.get(1)?.standing).to.equal(30);
    });

    it("should say which sums differ where the logs do not begin early enough", async () => {
      const [one, two, three] = world.members;
      await one.vouchSync(edge(1, 2, 5));
      await two.warnSync(edge(2, 3, 6));
      const fromBlock = (await one.getBlockNumber()) + 1n;
      await three.vouchSync(edge(3, 2, 7));
      const { differences, graph } = await loadTrustGraph(one, { fromBlock });
      expect(differences).to.deep.equal([
        { id: 1, sum: "staked", rebuilt: 0, onChain: 5 },
        { id: 2, sum: "support", rebuilt: 7, onChain: 12 },
        { id: 2, sum: "staked", rebuilt: 0, onChain: 6 },
        { id: 3, sum: "opposition", rebuilt: 0, onChain: 6 },
      ]);
      expect(listEdges(graph)).to.have.length(1);
      expect((await loadTrustGraph(one, { fromBlock, source: "storage" })).differences).to.deep.equal([]);
    });

    it("should show suspended and re-keyed vouchers for what they are", async () => {
      const [one, two, three, , , sixth] = world.members;
      for (const [agent, id] of [
        [one, 1],
        [two, 2],
        [three, 3],
      ] as const)
        await agent.vouchSync(edge(id, 4));
      await one.suspendSync({ id: 1 });
      await two.rotateKeySync({ signed: await sixth.signRotateKey({ id: 2 }) });
      const { graph } = await loadTrustGraph(one);
      const { lines } = explain(solve(graph, { anchors: [1, 2, 3] }), 4);
      expect(
        lines.map(({ voucherId, muted, voucherRekeyed, flow }) => [voucherId, muted, voucherRekeyed, flow > 0]),
      ).to.have.deep.members([
        [1, "suspended", false, false],
        [2, undefined, true, true],
        [3, undefined, false, true],
      ]);
      const strict = await loadTrustGraph(one, { parameters: { rekeyed: "none", suspended: "all" } });
      const judged = explain(solve(strict.graph, { anchors: [1, 2, 3] }), 4);
      expect(judged.lines.filter(({ muted }) => muted !== undefined).map(({ voucherId }) => voucherId)).to.deep.equal([
        2,
      ]);
    });

    it("should tell how far it is", async () => {
      const steps: [string, number, number][] = [];
      const onProgress = ({ step, done, total }: { step: string; done: number; total: number }) =>
        steps.push([step, done, total]);
      await loadTrustGraph(world.members[0], { chunkSize: 4, toBlock: 12n, onProgress });
      expect(steps).to.deep.equal([
        ["blocks", 4, 13],
        ["blocks", 8, 13],
        ["blocks", 12, 13],
        ["blocks", 13, 13],
        ["identities", 5, 5],
      ]);
    });

    it("should refuse what cannot be before any request", async () => {
      const nobody = createClient({ chain: hardhat, transport: http("http://127.0.0.1:1", { retryCount: 0 }) });
      const bad = [{ fromBlock: -1n }, { chunkSize: 0 }, { parameters: { alpha: 2 } }];
      const names = ["InvalidBlockError", "InvalidLimitError", "InvalidParameterError"];
      for (const [i, parameters] of bad.entries()) {
        expect(await rejection(loadTrustGraph(nobody, parameters))).to.have.property("name", names[i]);
      }
    });
  });

  describe("watchTrust", () => {
    const running: AbortController[] = [];
    afterEach(() => {
      for (const controller of running.splice(0)) controller.abort();
    });

    /** Gathers updates until what they tell is what the chain holds. */
    function follow(more: Partial<WatchTrustParameters> = {}) {
      const client = createClient({
        chain: hardhat,
        transport: http(world.url, { retryCount: 0 }),
        pollingInterval: 10,
      });
      const controller = new AbortController();
      running.push(controller);
      const seen: TrustUpdate[] = [];
      const parameters = { anchors: [1, 5], ...more, signal: controller.signal };
      const ended = (async () => {
        for await (const update of watchTrust(client, parameters)) seen.push(update);
      })();
      ended.catch(() => undefined);
      return {
        seen,
        /** The update after which a thing is so. */
        until: async (isSo: (update: TrustUpdate) => boolean, why: string) => {
          for (const end = Date.now() + 10_000; ; ) {
            const last = seen.at(-1);
            if (last !== undefined && isSo(last)) return last;
            if (Date.now() > end) throw new Error(`${why}: never seen`);
            await new Promise((resolve) => setTimeout(resolve, 10));
          }
        },
        stop: async () => {
          controller.abort();
          await ended;
        },
      };
    }

    /** That an update is what a fresh load gives, trust within its bounds. */
    async function compare({ graph, trust, differences }: TrustUpdate, what: string) {
      const fresh = await loadTrustGraph(world.members[0]);
      expect(differences, what).to.deep.equal([]);
      expect(listEdges(graph), what).to.deep.equal(listEdges(fresh.graph));
      const again = solve(graph, { anchors: [1, 5] });
      for (const { id } of listIdentities(graph)) {
        expect(Math.abs(trustOf(trust, id) - trustOf(again, id)), what).to.be.at.most(trust.bound + again.bound);
      }
      expect(
        listIdentities(graph).map(({ id, status }) => [id, status]),
        what,
      ).to.deep.equal(listIdentities(fresh.graph).map(({ id, status }) => [id, status]));
    }

    const isAt = (block: bigint) => (update: TrustUpdate) => update.blockNumber >= block;

    it("should follow whatever happens", async () => {
      const watch = follow();
      await watch.until(() => true, "the first update");
      for (const [what, act] of story.slice(0, -1)) {
        await act(world.members);
        // Time alone is no event; a check-in is.
        await world.members[4].pulseSync({ id: 5 });
        await compare(await watch.until(isAt(await world.members[0].getBlockNumber({ cacheTime: 0 })), what), what);
      }
      await watch.stop();
      expect(watch.seen.filter(({ isAnew }) => isAnew)).to.have.length(4);
    });

    for (const confirmations of [0, 5, 64]) {
      it(`should take back what a reorganisation took, with ${confirmations} confirmations`, async () => {
        const [one, two, three] = world.members;
        await one.vouchSync(edge(1, 2));
        await one.mine({ blocks: 6 });
        const watch = follow({ confirmations });
        await watch.until(() => true, "the first update");
        const fork = await one.snapshot();
        await two.vouchSync(edge(2, 3));
        await one.renewSync({ voucherId: 1, subjectId: 2, addedStake: 3, periods: 4 });
        await two.suspendSync({ id: 2 });
        await world.members[5].registerSync({});
        await watch.until(({ graph }) => listEdges(graph).length === 2 && graph.size === 6, "before");
        await one.revert({ id: fork });
        await three.warnSync(edge(3, 2, 4));
        await one.mine({ blocks: 6 });
        await one.pulseSync({ id: 1 });
        const update = await watch.until(isAt(await one.getBlockNumber({ cacheTime: 0 })), "after");
        await watch.stop();
        expect(watch.seen.flatMap(({ events }) => events).filter(({ removed }) => removed)).to.have.length(6);
        const fresh = await loadTrustGraph(one);
        expect(listEdges(update.graph)).to.deep.equal(listEdges(fresh.graph));
        expect(listEdges(update.graph).map(({ voucherId, stake }) => [voucherId, stake])).to.deep.equal([
          [1, 5],
          [3, 4],
        ]);
        expect(update.profiles.get(2)?.status).to.equal("active");
        expect(listIdentities(update.graph)[5]).to.deep.equal({ id: 6, standing: 0, status: "active" });
        const again = solve(fresh.graph, { anchors: [1, 5] });
        expect(score(update.trust, 2).verdict).to.equal(score(again, 2).verdict);
      });
    }

    it("should take all anew when a period ends, and after a while, without any event", async () => {
      const [one] = world.members;
      await one.vouchSync(edge(1, 2, 5, 1));
      await one.pulseSync({ id: 1 });
      const watch = follow({ refreshAfter: 600 });
      const first = await watch.until(() => true, "the first update");
      await world.wait(700);
      const second = await watch.until(({ graph }) => graph !== first.graph, "vouches that have aged");
      expect(second).to.deep.include({ isAnew: true, events: [] });
      expect(second.graph.now).to.be.at.least(first.graph.now + 600);
      await watch.stop();
      const patient = follow({ refreshAfter: 1_000_000 });
      await patient.until(() => true, "the first update");
      await world.wait(7_200);
      const last = await patient.until(({ graph }) => listEdges(graph).length === 0, "the end of the vouch");
      expect(last).to.deep.include({ isAnew: true, events: [] });
      expect(score(last.trust, 2).verdict).to.equal("unknown");
      await patient.stop();
    });

    it("should end with an error for an anchor that is not there, and quietly on the signal", async () => {
      const error = await rejection(watchTrust(world.members[0], { anchors: [77] }).next());
      expect(error).to.have.property("name", "UnknownAnchorError");
      expect(() => watchTrust(world.members[0], { anchors: [] }))
        .to.throw()
        .with.property("name", "NoAnchorsError");
      const signal = AbortSignal.abort();
      expect(await watchTrust(world.members[0], { anchors: [1], signal }).next()).to.deep.equal({
        done: true,
        value: undefined,
      });
    });

    it("should go on after a node that did not answer", async () => {
      const errors: unknown[] = [];
      const nobody = createClient({
        chain: hardhat,
        transport: http("http://127.0.0.1:1", { retryCount: 0 }),
        pollingInterval: 5,
      });
      const controller = new AbortController();
      const onError = (error: unknown) => {
        if (errors.push(error) === 3) controller.abort();
      };
      await watchTrust(nobody, { anchors: [1], onError, signal: controller.signal }).next();
      expect(errors).to.have.length(3);
    });
  });
});
