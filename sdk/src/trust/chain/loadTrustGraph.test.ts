import { expect } from "chai";
import { createClient, http } from "viem";
import { hardhat } from "viem/chains";
import { edgeStory, offerOf } from "../../../test/utils/edgeStory.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { getVouchers } from "../../index.ts";
import { explain, listEdges, listIdentities, loadTrustGraph, solve, type TrustEdge } from "../index.ts";

describe("trust > loadTrustGraph", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
    for (const member of world.members.slice(0, 5)) await member.registerSync({});
    await world.earn(...world.members.slice(0, 5));
    const [, , , four] = world.members;
    await four.setArbitrationSync({ id: 4, isOpen: true });
  });
  afterEach(() => world.close());

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

  it("should rebuild what the registry says, from logs and from storage, whatever has happened", async () => {
    const [reader] = world.members;
    const sizes: number[] = [];
    for (const [what, act] of edgeStory) {
      await act(world);
      const expected = await viewed();
      sizes.push(expected.length);
      const loads = [{}, { source: "storage" as const }, { chunkSize: 3 }, { source: "logs" as const, fromBlock: 1n }];
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
    await one.vouchSync(offerOf(1, 2));
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
    await one.vouchSync(offerOf(1, 2, 5));
    await two.warnSync(offerOf(2, 3, 6));
    const fromBlock = (await one.getBlockNumber()) + 1n;
    await three.vouchSync(offerOf(3, 2, 7));
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
      await agent.vouchSync(offerOf(id, 4));
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
    await loadTrustGraph(world.members[0], { chunkSize: 4, toBlock: 13n, onProgress });
    expect(steps).to.deep.equal([
      ["blocks", 4, 14],
      ["blocks", 8, 14],
      ["blocks", 12, 14],
      ["blocks", 14, 14],
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
