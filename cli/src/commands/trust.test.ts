import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { expectNear } from "../../../sdk/test/utils/near.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { acting, settle } from "../../test/utils/acting.ts";
import { refused, tenure, tenureJson } from "../../test/utils/tenure.ts";

const docs = path.join(import.meta.dirname, "../../../docs/cli.md");

/** The fields that docs/cli.md names for a command. */
async function documented(command: string): Promise<string[]> {
  const text = await readFile(docs, "utf8");
  const row = text
    .slice(text.indexOf("| Command | Fields |"))
    .match(new RegExp(`^\\| \`${command}\` \\|(.*)\\|$`, "m"));
  return [...(row?.[1] ?? "").matchAll(/`(\w+)`/g)].map(([, name]) => name ?? "");
}

describe("tenure, trust", () => {
  let world: World;
  let home: string;
  before(async () => {
    world = await openWorld();
    home = await mkdtemp(path.join(tmpdir(), "tenure-"));
    await settle(world, 5);
    const [, one, two, three, four] = world.members;
    await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 20, periods: 2 });
    await two.vouchSync({ voucherId: 2, subjectId: 3, stake: 10, periods: 2 });
    await one.warnSync({ voucherId: 1, subjectId: 3, stake: 5, periods: 1 });
    await four.vouchSync({ voucherId: 4, subjectId: 3, stake: 7, periods: 1 });
    await four.suspendSync({ id: 4 });
    await three.vouchSync({ voucherId: 3, subjectId: 5, stake: 3, periods: 1 });
  });
  after(async () => {
    await rm(home, { recursive: true });
    await world.close();
  });

  describe("trust", () => {
    it("should print the documented fields with --json", async () => {
      const result = await tenureJson<Record<string, unknown>>(["trust", "3", "--anchors", "1,4,1"], acting(world, 0));
      expect(Object.keys(result)).to.have.members(await documented("trust"));
      expect(result).to.deep.include({ id: 3, verdict: "distrusted", differences: [] });
      expect(result.anchors).to.deep.equal([
        { id: 1, weight: 0.5 },
        { id: 4, weight: 0.5 },
      ]);
      const lines = result.lines as { voucherId: number; muted: string | null }[];
      expect(lines.map(({ voucherId, muted }) => [voucherId, muted])).to.deep.equal([
        [1, null],
        [2, null],
        [4, "suspended"],
      ]);
      expect(await tenureJson(["trust", "3", "--anchors", "1,4", "--storage"], acting(world, 0))).to.deep.equal(result);
    });

    it("should print a table whose lines add up to the score below it", async () => {
      const { status, stdout, stderr } = await tenure(
        ["trust", "3", "--anchors", "1,4", "--lambda", "0.5"],
        acting(world, 0),
      );
      expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
      expect(Math.max(...stdout.split("\n").map((line) => line.length))).to.be.at.most(120);
      const rows = [...stdout.matchAll(/^ +(\d+) +(for|against) +[\d.]+ +\d+ +\d+ +0\.\d+ +([\d.]+)(.*)$/gm)];
      expect(rows.map(([, id, stance, , remark]) => [id, stance, remark?.trim()])).to.deep.equal([
        ["1", "against", ""],
        ["2", "for", ""],
        ["4", "for", "suspended"],
      ]);
      const sum = (stance: string) =>
        rows.filter((row) => row[2] === stance).reduce((total, row) => total + Math.round(Number(row[3]) * 1_000), 0);
      const [, support, opposition] = /for ([\d.]+), against ([\d.]+): millionths/.exec(stdout) ?? [];
      expect(sum("for"))
        .to.equal(Math.round(Number(support) * 1_000))
        .and.above(0);
      expect(sum("against"))
        .to.equal(Math.round(Number(opposition) * 1_000))
        .and.above(0);
      const [, score] = / = (-?[\d.]+)\n$/.exec(stdout) ?? [];
      const [pro, contra] = [Number(support), 0.5 * Number(opposition)];
      expectNear(Number(score), (pro - contra) / (pro + contra + 10), 0.0005001);
    });

    it("should say that it is unknown to the anchors, suspended, or asked about by a former key", async () => {
      const { stdout } = await tenure(["trust", "4", "--anchors", "1"], acting(world, 0));
      expect(stdout).to.match(/^Identity 4 is unknown to your anchors: .*\nIt is suspended\.\n/);
      await world.mark();
      const [next, , two] = world.members;
      await two.rotateKeySync({ signed: await next.signRotateKey({ id: 2 }) });
      const former = await tenure(["trust", two.account.address, "--anchors", "1"], acting(world, 0));
      expect(former.stdout).to.match(/^Identity 2 is unknown to your anchors: .*\n0x\w+ is a FORMER key of it/);
      await world.reset();
    });

    it("should say on stderr where the logs do not add up", async () => {
      const from = String((await world.members[0].getBlockNumber()) - 1n);
      const { status, stderr } = await tenure(["trust", "3", "--anchors", "1", "--from-block", from], acting(world, 0));
      expect(status).to.equal(0);
      expect(stderr).to.match(/^tenure: \d+ sums of the registry are not what the logs make\. Try --storage\.\n$/);
    });

    it("should refuse what cannot be", async () => {
      const env = acting(world, 0);
      expect(await refused(2, ["trust", "3"], env)).to.include("--anchors");
      expect(await refused(2, ["trust", "3", "--anchors", "x"], env)).to.include("not the number of an identity");
      expect(await refused(2, ["trust", "3", "--anchors", "1", "--lambda", "-1"], env)).to.include("weight");
      expect(await refused(2, ["trust", "3", "--anchors", "1", "--suspended", "some"], env)).to.include(
        "all, warnings or none",
      );
      expect(await refused(2, ["trust", "3", "--anchors", "1", "--from-block", "x"], env)).to.include("block");
      expect(await refused(1, ["trust", "3", "--anchors", "99"], env)).to.include("Anchor 99 is not in the graph");
      expect(await refused(1, ["trust", "99", "--anchors", "1"], env)).to.include("99");
    });
  });

  describe("graph", () => {
    it("should write a picture, and print the documented fields with --json", async () => {
      const file = path.join(home, "graph.svg");
      const result = await tenureJson<{ nodes: { id: number }[]; edges: object[] }>(
        ["graph", "--anchors", "1", "--out", file],
        acting(world, 0),
      );
      expect(Object.keys(result)).to.have.members(await documented("graph"));
      expect(result.nodes.map(({ id }) => id)).to.deep.equal([1, 2, 3, 5]);
      const text = await readFile(file, "utf8");
      expect(text).to.include("<title>1 vouches for 2: stake 20, flow ").and.include("1 warns about 3: stake 5");
      const { stdout } = await tenure(["graph", "--anchors", "1", "--out", "-"], acting(world, 0));
      expect(stdout).to.equal(text);
    });

    it("should draw what reaches one identity, and no more than asked", async () => {
      const of = async (...args: string[]) => {
        const file = path.join(home, "of.svg");
        type Result = { nodes: { id: number; isTarget: boolean }[] };
        const { nodes } = await tenureJson<Result>(
          ["graph", "--anchors", "1", "--out", file, ...args],
          acting(world, 0),
        );
        return nodes.map(({ id, isTarget }) => (isTarget ? `*${id}` : `${id}`));
      };
      expect(await of("--of", "3")).to.deep.equal(["1", "2", "*3", "4"]);
      expect(await of("--of", "5", "--nodes", "3")).to.deep.equal(["1", "3", "*5"]);
    });

    it("should say that a file cannot be written", async () => {
      const message = await refused(
        2,
        ["graph", "--anchors", "1", "--out", path.join(home, "no/where.svg")],
        acting(world, 0),
      );
      expect(message).to.include("cannot be written");
    });
  });
});
