import { expect } from "chai";
import { openWorld, type World } from "../../sdk/test/utils/world.ts";
import { acting, settle } from "./utils/acting.ts";
import { shape } from "./utils/shape.ts";
import { tenure, tenureJson } from "./utils/tenure.ts";

const vouchShape = {
  ...{ voucherId: "number", subjectId: "number", arbiterId: "null", stance: "string", state: "string" },
  ...{ isActive: "boolean", isBurnable: "boolean", stake: "number", since: "number", endPeriod: "number" },
  ...{ releasePeriod: "number", subjectKeyEpoch: "number", voucherKeyEpoch: "number", voucherStatus: "string" },
  ...{ voucherRekeyed: "boolean", arbiterStatus: "string" },
};

describe("tenure, reading", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await settle(world, 3);
    const [, one, two, three] = world.members;
    const evidence = "ipfs://\u001b[31mred\u001b]0;title\u0007".padEnd(200, "x");
    const topic = `0x${"1234".repeat(16)}` as const;
    await two.vouchSync({ voucherId: 2, subjectId: 1, stake: 20, periods: 2, evidence, topic });
    await three.warnSync({ voucherId: 3, subjectId: 1, stake: 5, periods: 1 });
    await one.vouchSync({ voucherId: 1, subjectId: 3, stake: 4, periods: 1, arbiterId: 2 });
  });
  after(() => world.close());

  describe("show", () => {
    describe("given --json", () => {
      it("should print the documented fields, each of them always", async () => {
        const result = await tenureJson(["show", "1"], acting(world, 0));
        expect(shape(result)).to.deep.equal({
          ...{
            id: "number",
            status: "string",
            owner: "string",
            wallet: "string",
            guardian: "null",
            keyEpoch: "number",
          },
          ...{ ownerKind: "string", isDelegated: "boolean", isArbiter: "boolean" },
          ...{ keySince: "number", firstSeen: "number", lastSeen: "number", tenure: "number", pending: "null" },
          ...{ standing: "number", staked: "number", burned: "number", free: "number", scars: "number" },
          ...{ support: "number", opposition: "number", key: "null", role: "string", now: "number" },
          ...{ agentURI: "string", name: "string" },
          newest: [{ ...vouchShape, topic: "string", evidence: "string" }],
        });
        expect(result).to.include({ id: 1, status: "active", support: 20, opposition: 5, standing: 30, staked: 4 });
      });
    });
    describe("given a pipe", () => {
      it("should draw a passport within 80 columns and without colours", async () => {
        const { status, stdout, stderr } = await tenure(["show"], acting(world, 1));
        expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what must not be there
        expect(stdout).to.not.match(/\u001b/);
        const lines = stdout.trimEnd().split("\n");
        expect(new Set(lines.map((line) => [...line].length))).to.deep.equal(new Set([78]));
        expect(lines[0]).to.match(/^╭─+╮$/);
        expect(lines.at(-1)).to.match(/^╰─+╯$/);
        expect(stdout).to.match(/│ TENURE {2}identity 1 +● active │/);
        // Each is as long as it is of what is said to be full: half an hour of a thousand minutes is a thirtieth.
        expect(stdout).to.match(/│ age {9}▊·{23} 30 min, since [\d: -]+ +│/);
        expect(stdout).to.match(/│ tenure {6}▊·{23} 30 min, (99|100) % witnessed +│/);
        expect(stdout).to.match(/│ {13}full at 16 h 40 min, the tenure of all 1000 points +│/);
        expect(stdout).to.match(/│ standing {4}▊·{23} 30 points \(26 free, 4 staked\) +│/);
        expect(stdout).to.match(/│ support {5}▌·{23} 20 points +│/);
        expect(stdout).to.match(/│ opposition {2}▏·{23} 5 points +│/);
        expect(stdout).to.match(/│ {13}full at 1000 points, the most that one identity can have +│/);
        expect(stdout).to.match(/│ newest {6}▼ warned by 3: 5 points, until [\d: -]+│/);
        expect(stdout).to.match(/│ {13}▲ vouched by 2: 20 points, until [\d: -]+│/);
      });
      it("should show its file, and why others vouch, as they said, without what steers a terminal", async () => {
        const { stdout } = await tenure(["show", "1"], acting(world, 0));
        expect(stdout).to.match(
          /│ name {8}Tenure identity 1 +│\n│ file {8}data:application\/json;base64, on the chain itself +│/,
        );
        expect(stdout).to.match(/│ {13}topic 0x1234…1234 +│\n│ {13}ipfs:\/\/\[31mred\]0;titlex+… │/);
        const { newest } = await tenureJson<{ newest: object[] }>(["show", "1"], acting(world, 0));
        expect(newest[0]).to.include({ evidence: "", topic: `0x${"00".repeat(32)}` });
        expect(newest[1]).to.include({ topic: `0x${"1234".repeat(16)}` });
      });
      it("should separate several by an empty line, and list them as JSON", async () => {
        const { status, stdout } = await tenure(["show", "1", "2", "#3"], acting(world, 0));
        expect(status).to.equal(0);
        const cards = stdout.split("╯\n\n╭");
        expect(cards.map((card) => /identity (\d)/.exec(card)?.[1])).to.deep.equal(["1", "2", "3"]);
        const list = await tenureJson<{ id: number }[]>(["show", "1", "2"], acting(world, 0));
        expect(list.map(({ id }) => id)).to.deep.equal([1, 2]);
      });
    });
    describe("given a former key", () => {
      it("should say that it speaks for nobody", async () => {
        await world.mark();
        const [, one, , , four] = world.members;
        await one.rotateKeySync({ signed: await four.signRotateKey({ id: 1 }) });
        const { stdout } = await tenure(["show", one.account.address], acting(world, 0));
        expect(stdout).to.include("is a FORMER key of it: it speaks for nobody.");
        expect(stdout).to.include("changed 1 time");
        expect(stdout).to.include("▲ vouched by 2: 20 points, lapsed");
        await world.reset();
      });
    });
  });

  describe("vouchers", () => {
    describe("given --json", () => {
      it("should print the vouches, newest first, with their ends", async () => {
        const result = await tenureJson<{ vouches: { voucherId: number }[] }>(["vouchers", "1"], acting(world, 0));
        expect(shape(result)).to.deep.equal({ id: "number", vouches: [{ ...vouchShape, endsAt: "number" }] });
        expect(result.vouches.map(({ voucherId }) => voucherId)).to.deep.equal([3, 2]);
        const limited = await tenureJson<typeof result>(["vouchers", "1", "--limit", "1"], acting(world, 0));
        expect(limited.vouches).to.deep.equal(result.vouches.slice(0, 1));
      });
    });
    describe("given --by", () => {
      it("should print what it gave", async () => {
        const { vouches } = await tenureJson<{ vouches: object[] }>(["vouchers", "1", "--by"], acting(world, 0));
        expect(vouches).to.have.length(1);
        expect(vouches[0]).to.include({ voucherId: 1, subjectId: 3, stake: 4, arbiterId: 2 });
      });
    });
    describe("given a pipe", () => {
      it("should print a table", async () => {
        const { stdout } = await tenure(["vouchers", "1"], acting(world, 0));
        const rows = stdout.split("\n").slice(2, -1);
        expect(rows[0]).to.match(/^ {2}voucher +stance +points +state +ends \(UTC\) +arbiter +voucher is$/);
        expect(rows[1]).to.match(/^ +3 +against +5 +active +[\d-]+ [\d:]+ +– +active$/);
        expect(rows[2]).to.match(/^ +2 +for +20 +active +[\d-]+ [\d:]+ +– +active$/);
        expect((await tenure(["vouchers", "2"], acting(world, 0))).stdout).to.equal("Nobody staked on identity 2.\n");
      });
    });
  });

  describe("history", () => {
    type Event = { time: number; event: string; args: Record<string, unknown>; blockNumber: number };
    type Events = { events: Event[] };
    describe("given --json", () => {
      it("should print every event of it, in order, with times and decoded values", async () => {
        const { events } = await tenureJson<Events>(["history", "1"], acting(world, 0));
        const names = ["Registered", "MetadataSet", "Pulse", "ArbitrationSet", "Vouched", "Warned", "Vouched"];
        expect(events.map(({ event }) => event)).to.deep.equal(names);
        const times = events.map(({ time }) => time);
        expect(times).to.deep.equal([...times].sort((a, b) => a - b));
        expect(times[0]).to.equal((await world.members[0].getIdentity({ id: 1 })).firstSeen);
        expect(events[5]?.args).to.deep.include({ voucherId: 3, subjectId: 1 });
        expect(events[5]?.args.edge).to.include({ stake: 5, stance: "against", state: "live" });
      });
    });
    describe("given --from-block", () => {
      it("should print what was since then, and not look for the beginning", async () => {
        const { events } = await tenureJson<Events>(["history", "1"], acting(world, 0));
        const last = events.at(-1);
        expect(last?.blockNumber).to.be.above(events[0]?.blockNumber ?? Number.NaN);
        const from = ["--from-block", String(last?.blockNumber)];
        const { events: late } = await tenureJson<Events>(["history", "1", ...from], acting(world, 0));
        expect(late).to.deep.equal(events.filter(({ blockNumber }) => blockNumber === last?.blockNumber));
      });
    });

    describe("given a stranger's text that would steer the terminal", () => {
      it("should print it harmless, and cut where the terminal ends", async () => {
        const { stdout } = await tenure(["history", "1"], acting(world, 0));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what must not be there
        expect(stdout).to.not.match(/[\u0000-\u0009\u000b-\u001f]/);
        expect(stdout).to.match(/Vouched +by 2: 20 points, ipfs:\/\/\[31mred.*…\n/);
        expect(Math.max(...stdout.split("\n").map((line) => line.length))).to.be.at.most(80);
      });
    });
    describe("given a stranger's text of many wide characters", () => {
      it("should cut it where the terminal ends", async () => {
        const evidence = "漢".repeat(24_000);
        await world.members[2].warnSync({ voucherId: 2, subjectId: 3, stake: 1, periods: 1, evidence });
        const { status, stdout } = await tenure(["history", "3"], acting(world, 0));
        expect(status).to.equal(0);
        expect(stdout).to.match(/Warned +by 2: 1 point, 漢{10,40}…\n/);
      });
    });
  });

  describe("check", () => {
    describe("given a requirement that it meets", () => {
      it("should have status 0", async () => {
        const args = [
          "check",
          "1",
          "--min-age",
          "10m",
          "--min-tenure",
          "600s",
          "--opposition-limit",
          "6",
          "--min-anchor-stake",
          "20",
          "--anchor-warning-limit",
          "1",
          "--key-owned",
          "--anchors",
          "2,3",
        ];
        await world.members[1].proveKeySync({ id: 1 });
        expect(await tenureJson(args, acting(world, 0))).to.deep.include({ isMet: true, unmet: [], id: 1 });
      });
    });
    describe("given one that it does not meet", () => {
      it("should have status 1, and print the arithmetic", async () => {
        const args = ["check", world.members[1].account.address, "--min-support", "21", "--opposition-limit", "9"];
        const { status, stdout, stderr } = await tenure([...args, "--json"], acting(world, 0));
        expect({ status, stderr }).to.deep.equal({ status: 1, stderr: "" });
        expect(JSON.parse(stdout)).to.deep.include({
          isMet: false,
          unmet: [{ reason: "support", actual: 20, demanded: 21 }],
        });
        const human = await tenure(args, acting(world, 0));
        expect(human.stdout).to.match(
          /^✗ 0x\w+ does not meet it\.\n\n.*\n +support +20 +21 +too little is staked for it\n$/,
        );
      });
    });
    describe("given an address that nobody has", () => {
      it("should be unknown, with status 1", async () => {
        const { address } = world.members[5].account;
        const { status, stdout } = await tenure(["check", address, "--min-age", "1d", "--json"], acting(world, 0));
        expect(status).to.equal(1);
        expect(JSON.parse(stdout)).to.deep.include({
          id: null,
          unmet: [{ reason: "unknown", actual: null, demanded: null }],
        });
      });
    });
  });
});
