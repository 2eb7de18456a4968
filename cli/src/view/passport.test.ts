import { type DeploymentParameters, productionParameters } from "@tenure/sdk";
import { expect } from "chai";
import { passport, type Shown } from "./passport.ts";
import { columnsOf } from "./wrap.ts";

const DAY = 86_400;
const now = 1_800_000_000;
const shown = {
  ...{ id: 7, status: "active", role: "none", owner: `0x${"a".repeat(40)}`, ownerKind: "key", keyEpoch: 0 },
  ...{ firstSeen: now - 60, lastSeen: now, keySince: now - 60, tenure: 0, now, newest: [] },
  ...{ standing: 0, free: 0, staked: 0, burned: 0, scars: 0, support: 0, opposition: 0 },
} as unknown as Shown;

/** How many of 24 characters of each bar are full, where a part of one counts. */
function bars(change: Partial<Shown>, clock: DeploymentParameters = productionParameters): Record<string, number> {
  const rows = passport({ ...shown, ...change }, clock).matchAll(/│ (\w+) +([█▏▎▍▌▋▊▉]*)·* \d/g);
  return Object.fromEntries([...rows].map(([, name = "", full = ""]) => [name, full.length]));
}
const text = (change: Partial<Shown>) => passport({ ...shown, ...change }, productionParameters);

describe("a passport", () => {
  it("should draw age and tenure against the tenure of all points, which it says", () => {
    expect(bars({})).to.include({ age: 1, tenure: 0 });
    expect(bars({ firstSeen: now - 500 * DAY, tenure: 250 * DAY })).to.include({ age: 12, tenure: 6 });
    expect(bars({ firstSeen: now - 5_000 * DAY, tenure: 1_000 * DAY })).to.include({ age: 24, tenure: 24 });
    expect(text({})).to.include("full at 1000 d, the tenure of all 1000 points");
  });

  it("should draw all points against the most that one identity can have, which it says once", () => {
    expect(bars({ standing: 500, support: 250, opposition: 1 })).to.include({
      standing: 12,
      support: 6,
      opposition: 1,
    });
    expect(text({ support: 1_000 }).match(/full at \d+ points/g)).to.deep.equal(["full at 1000 points"]);
  });

  it("should keep support and opposition on one scale where more is staked than one identity can have", () => {
    const change = { standing: 1_000, support: 5_000, opposition: 2_500 };
    expect(bars(change)).to.include({ standing: 24, support: 12, opposition: 6 });
    expect(text(change)).to.match(
      /full at 1000 points, the most .*[\s\S]*full at 10000 points, as much as 10 identities/,
    );
  });

  it("should say nothing of a share of no time", () => {
    expect(text({ firstSeen: now })).to.not.include("witnessed");
    expect(text({ firstSeen: now - 100, tenure: 50 })).to.include("50 % witnessed");
  });

  it("should keep a stranger's text in its frame", () => {
    const evidence = `\u001b[31m${"漢 ".repeat(50)}`;
    const vouch = { voucherId: 1, stance: "for", state: "active", isActive: true, stake: 1, endPeriod: 4 };
    const newest = [{ ...vouch, topic: `0x${"12".repeat(32)}`, evidence }] as unknown as Shown["newest"];
    const card = text({ name: "n".repeat(500), agentURI: `https://a.example/${"b".repeat(5_000)}`, newest });
    expect(new Set(card.split("\n").map(columnsOf))).to.deep.equal(new Set([78]));
    expect(card).to.include("topic 0x1212…1212").and.include("https://a.example/bbb").and.not.include("\u001b");
    expect(text({ newest: [{ ...newest[0], topic: undefined } as never] })).to.include("why is in the logs");
  });
});
