import { expect } from "chai";
import { createClient, http } from "viem";
import { hardhat } from "viem/chains";
import { edgeStory, offerOf } from "../../../test/utils/edgeStory.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import {
  listEdges,
  listIdentities,
  loadTrustGraph,
  score,
  solve,
  type TrustUpdate,
  trustOf,
  type WatchTrustParameters,
  watchTrust,
} from "../index.ts";

describe("trust > watchTrust", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
    for (const member of world.members.slice(0, 5)) await member.registerSync({});
    await world.earn(...world.members.slice(0, 5));
    const [, , , four] = world.members;
    await four.setArbitrationSync({ id: 4, isOpen: true });
  });
  afterEach(() => world.close());

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
    for (const [what, act] of edgeStory.slice(0, -1)) {
      await act(world);
      // Time alone is no event; a check-in is.
      await world.members[4].pulseSync({ id: 5 });
      await compare(await watch.until(isAt(await world.members[0].getBlockNumber({ cacheTime: 0 })), what), what);
    }
    await watch.stop();
    expect(watch.seen.filter(({ isAnew }) => isAnew)).to.have.length(4);
  });

  for (const confirmations of [0, 5, 64]) {
    it(`should take back what a reorg took, with ${confirmations} confirmations`, async () => {
      const [one, two, three] = world.members;
      await one.vouchSync(offerOf(1, 2));
      await one.mine({ blocks: 6 });
      const watch = follow({ confirmations });
      await watch.until(() => true, "the first update");
      const fork = await one.snapshot();
      await two.vouchSync(offerOf(2, 3));
      await one.renewSync({ voucherId: 1, subjectId: 2, addedStake: 3, periods: 4 });
      await two.suspendSync({ id: 2 });
      await world.members[5].registerSync({});
      await watch.until(({ graph }) => listEdges(graph).length === 2 && graph.size === 6, "before");
      await one.revert({ id: fork });
      await three.warnSync(offerOf(3, 2, 4));
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
    await one.vouchSync(offerOf(1, 2, 5, 1));
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
