import { expect } from "chai";
import { type Edge, EdgeState, unpackEdge } from "../utils/vouchEdge.ts";
import {
  type Agent,
  burn,
  disown,
  grownWorld,
  loadFixture,
  renew,
  revoke,
  rotate,
  startOf,
  suspend,
  time,
  vouch,
  type World,
  warn,
} from "../utils/vouchWorld.ts";

/** What a reader knows who has seen nothing but the logs. */
interface Rebuilt {
  edges: Map<string, { voucherId: bigint; subjectId: bigint; edge: Edge }>;
  burned: Map<bigint, { points: bigint; scars: bigint }>;
  /** Newest first. */
  vouchersOf: Map<bigint, bigint[]>;
  vouchesBy: Map<bigint, bigint[]>;
}

async function rebuild({ vouches }: World): Promise<Rebuilt> {
  const state: Rebuilt = { edges: new Map(), burned: new Map(), vouchersOf: new Map(), vouchesBy: new Map() };
  const prepend = (lists: Map<bigint, bigint[]>, key: bigint, id: bigint) =>
    lists.set(key, [id, ...(lists.get(key) ?? [])]);
  for (const log of await vouches.queryFilter("*" as never)) {
    const event = vouches.interface.parseLog(log);
    if (event === null) throw new Error("the registry logs nothing but its events");
    const [voucherId, subjectId, word] = event.args as unknown as [bigint, bigint, bigint];
    const pair = `${voucherId}:${subjectId}`;
    if (!state.edges.has(pair)) {
      prepend(state.vouchersOf, subjectId, voucherId);
      prepend(state.vouchesBy, voucherId, subjectId);
    }
    state.edges.set(pair, { voucherId, subjectId, edge: unpackEdge(word) });
    if (event.name === "Burned") {
      const before = state.burned.get(voucherId) ?? { points: 0n, scars: 0n };
      state.burned.set(voucherId, { points: before.points + BigInt(event.args.amount), scars: before.scars + 1n });
    }
  }
  return state;
}

describe("VouchRegistry > logs", () => {
  let world: World;
  let agents: Agent[];

  /** A life with every kind of event in it. */
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    const { ada, ben, cleo, dan, eve, finn, spare } = world;
    agents = [ada, ben, cleo, dan, eve, finn];
    await vouch(world, ada, ben, { stake: 5n, periods: 1n, arbiter: cleo });
    await vouch(world, dan, ben, { stake: 6n, periods: 3n, arbiter: cleo });
    await warn(world, eve, ben, { stake: 7n, periods: 2n, arbiter: finn });
    await vouch(world, ada, dan, { stake: 8n, periods: 6n, arbiter: finn });
    await vouch(world, ben, ada, { stake: 9n, periods: 4n });
    await warn(world, ada, eve, { stake: 3n, periods: 6n });
    await renew(world, ada, ben, 2n, 2n);
    await burn(world, eve, ben, finn, 4n);
    await burn(world, ada, ben, cleo, 7n);
    await revoke(world, ada, dan);
    await disown(world, ben, ada);
    const rekeyed = await rotate(world, ben, spare[0]);
    await renew(world, dan, rekeyed, 0n, 3n);
    await suspend(world, eve);
    await time.increaseTo(startOf(4n));
    await warn(world, ada, rekeyed, { stake: 1n });
    await vouch(world, cleo, rekeyed, { stake: 2n, periods: 5n });
    await burn(world, dan, rekeyed, cleo, 1n);
  });

  it("should hold the whole of every edge", async () => {
    const { edges } = await rebuild(world);
    const current = await world.vouches.currentPeriod();
    expect(edges.size).to.equal(7);
    for (const { voucherId, subjectId, edge } of edges.values()) {
      const said = await world.vouches.vouchOf(voucherId, subjectId);
      const { stake, since, endPeriod, releasePeriod, stance, subjectKeyEpoch, voucherKeyEpoch, arbiterId } = said;
      expect(edge).to.deep.include({
        stake,
        since,
        endPeriod,
        releasePeriod,
        stance,
        subjectKeyEpoch,
        voucherKeyEpoch,
        arbiterId,
      });
      expect(said.isBurnable).to.equal(edge.arbiterId !== 0n && edge.stake !== 0n && current <= edge.releasePeriod);
    }
  });

  it("should give the sums for and against everybody", async () => {
    const { edges } = await rebuild(world);
    const current = await world.vouches.currentPeriod();
    for (const { id } of agents) {
      const { keyEpoch } = await world.identities.identityOf(id);
      const sums = [0n, 0n];
      for (const { subjectId, edge } of edges.values()) {
        const counts = edge.state === EdgeState.Live && edge.endPeriod >= current;
        if (subjectId !== id || !counts) continue;
        if (edge.stance === 2n) sums[1] = (sums[1] as bigint) + edge.stake;
        else if (edge.subjectKeyEpoch === keyEpoch) sums[0] = (sums[0] as bigint) + edge.stake;
      }
      expect(await world.vouches.supportOf(id)).to.deep.equal(sums);
    }
  });

  it("should give what everybody has staked, burned and been scarred by", async () => {
    const { edges, burned } = await rebuild(world);
    const current = await world.vouches.currentPeriod();
    for (const { id } of agents) {
      const given = [...edges.values()].filter(({ voucherId }) => voucherId === id).map(({ edge }) => edge);
      const locked = given.filter((edge) => current <= edge.releasePeriod);
      const { points, scars } = burned.get(id) ?? { points: 0n, scars: 0n };
      const said = await world.vouches.standingOf(id);
      expect([said.staked, said.burned, said.scars]).to.deep.equal([
        locked.reduce((sum, edge) => sum + edge.stake, 0n),
        points,
        scars,
      ]);
    }
  });

  it("should give both lists, and each edge its places in them", async () => {
    const { edges, vouchersOf, vouchesBy } = await rebuild(world);
    for (const { id } of agents) {
      const [vouchers] = await world.vouches.vouchersOf(id, 0, 100);
      expect(vouchers.map((edge) => edge.voucherId)).to.deep.equal(vouchersOf.get(id) ?? []);
      const [given] = await world.vouches.vouchesBy(id, 0, 100);
      expect(given.map((edge) => edge.subjectId)).to.deep.equal(vouchesBy.get(id) ?? []);
    }
    for (const { voucherId, subjectId, edge } of edges.values()) {
      const vouchers = vouchersOf.get(subjectId) as bigint[];
      expect(edge.nextVoucher).to.equal(vouchers[vouchers.indexOf(voucherId) + 1] ?? 0n);
      const given = vouchesBy.get(voucherId) as bigint[];
      expect(edge.nextSubject).to.equal(given[given.indexOf(subjectId) + 1] ?? 0n);
    }
  });
});
