import type { Profile } from "@tenure/sdk";
import { expect } from "chai";
import { guarded } from "../../../sdk/test/utils/guarded.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { acting, settle } from "../../test/utils/acting.ts";
import { refused, tenure, tenureJson } from "../../test/utils/tenure.ts";

type Answer = { identities: Profile[]; total: number; next: number | null; time: number; blockNumber: number };

describe("tenure identities", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await settle(world, 3);
    const [, one, two, three, four] = world.members;
    await four.registerSync({});
    await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 5, periods: 2 });
    await three.warnSync({ voucherId: 3, subjectId: 1, stake: 4, periods: 2 });
    await three.suspendSync({ id: 3 });
    await two.proveKeySync({ id: 2 });
  });
  after(() => world.close());

  const list = (...args: string[]) => tenureJson<Answer>(["identities", ...args], acting(world, 0));
  const ids = async (...args: string[]) => (await list(...args)).identities.map(({ id }) => id);

  it("should list all of them, each as its profile, and of one block", async () => {
    const { identities, total, next, time, blockNumber } = await list();
    expect({ total, next, time }).to.deep.equal({ total: 4, next: null, time: await world.now() });
    expect(identities).to.have.length(4);
    const profile = await world.members[0].getProfile({ id: 2, blockNumber: BigInt(blockNumber) });
    expect(identities[1]).to.deep.equal(JSON.parse(JSON.stringify(profile, (_, value) => value ?? null)));
  });

  it("should list by what they are, and by several of it together", async () => {
    expect(await ids("--status", "active")).to.deep.equal([1, 2, 4]);
    expect(await ids("--status", "suspended")).to.deep.equal([3]);
    expect(await ids("--min-age", "20m")).to.deep.equal([1, 2, 3]);
    expect(await ids("--min-tenure", "20m")).to.deep.equal([1, 2, 3]);
    expect(await ids("--min-standing", "1")).to.deep.equal([1, 2, 3]);
    expect(await ids("--min-support", "5")).to.deep.equal([2]);
    expect(await ids("--opposition-limit", "4")).to.deep.equal([2, 3, 4]);
    expect(await ids("--arbiters")).to.deep.equal([1, 2, 3]);
    expect(await ids("--key-owned")).to.deep.equal([2]);
    expect(await ids("--max-silence", "0")).to.deep.equal([2]);
    expect(await ids("--arbiters", "--status", "active", "--opposition-limit", "1")).to.deep.equal([2]);
  });

  it("should find by the owner, and by no other role", async () => {
    const [stranger, one] = world.members.map(({ account }) => account.address) as [string, string];
    expect(await ids("--owner", one)).to.deep.equal([1]);
    expect(await ids("--owner", one, "--status", "retired")).to.deep.equal([]);
    expect(await ids("--owner", stranger)).to.deep.equal([]);
  });

  it("should go on where the limit ended it", async () => {
    const first = await list("--limit", "2", "--status", "active");
    expect({ ids: first.identities.map(({ id }) => id), next: first.next }).to.deep.equal({ ids: [1, 2], next: 3 });
    const second = await list("--limit", "2", "--status", "active", "--from", String(first.next));
    expect({ ids: second.identities.map(({ id }) => id), next: second.next }).to.deep.equal({ ids: [4], next: null });
    expect(await list("--from", "5")).to.deep.include({ identities: [], next: null });
  });

  it("should ask for no more profiles than it shows", async () => {
    const { url, seen, close } = await guarded(world.url, {});
    await tenureJson(["identities", "--limit", "1"], { TENURE_RPC: url });
    await close();
    // The selector of `profiles(uint256[])`, an offset, a length of 1, and one number.
    const asked = seen.requests.flatMap(({ method, params }) =>
      method === "eth_call" ? [(params as [{ data?: string; input?: string }])[0]] : [],
    );
    expect(Math.max(...asked.map(({ data, input }) => (data ?? input ?? "").length))).to.equal(2 + 8 + 3 * 64);
  });

  it("should draw a table, and say how many there are and how to go on", async () => {
    const { stdout } = await tenure(["identities", "--limit", "2"], acting(world, 0));
    expect(stdout).to.match(/^ +id +status +owner +age +tenure +points +for +against\n/);
    expect(stdout).to.match(/\n +2 +active +0x\S+ .* 5 +0\n/);
    expect(stdout).to.match(/\n\n {2}2 of 4 registered\n\n {2}There may be more: --from 3\n$/);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).to.be.at.most(80);
    const { stdout: none } = await tenure(["identities", "--status", "retired"], acting(world, 0));
    expect(none).to.equal("Nobody of 4 registered.\n");
  });

  it("should refuse what is no filter, with status 2", async () => {
    expect(await refused(2, ["identities", "--status", "gone"], acting(world, 0))).to.include("active, suspended");
    expect(await refused(2, ["identities", "--limit", "10001"], acting(world, 0))).to.equal(
      '"10001" is not a limit: a whole number from 1 to 10000.',
    );
    expect(await refused(2, ["identities", "--min-age", "30"], acting(world, 0))).to.include("has no unit");
  });
});
