import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { sectionOf, writeReading } from "./report.ts";
import type { Readings } from "./run.ts";

const NODES = ["Hardhat's node", "anvil"];
const BUNDLES = [{ program: "viem's public client", size: 110_900 }];

const reading = (requests: number) => ({ way: "one by one", requests, sent: 1, received: 2, milliseconds: 3 });
const measured = (node: string, requests: number): Readings => ({
  node,
  profiles: [reading(requests)],
  edges: [reading(requests)],
  checks: [reading(requests)],
  following: [{ way: "watchEvents", cpu: 1 }],
});

describe("the committed table of reading", () => {
  let folder = "";
  const page = () => readFile(path.join(folder, "reading.md"), "utf8");
  const write = (readings: Readings[]) => writeReading(BUNDLES, readings, NODES, pathToFileURL(`${folder}/`));

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "tenure-bench-"));
    await write([measured("Hardhat's node", 10), measured("anvil", 20)]);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("should keep what it says of a node that is not installed, where that of another changes", async () => {
    const before = await page();
    const tables = await write([measured("Hardhat's node", 11)]);
    const after = await page();
    expect(sectionOf(after, "Hardhat's node")).to.not.equal(sectionOf(before, "Hardhat's node"));
    expect(sectionOf(after, "anvil")).to.equal(sectionOf(before, "anvil")).and.to.include("|       20 |");
    expect(after).to.include(tables);
    expect(after.match(/^## .*$/gm)).to.deep.equal(["## Hardhat's node", "## anvil", "## Weight"]);
  });

  it("should stay as it is where nothing but times has changed", async () => {
    const marked = `${await page()}\nstays\n`;
    await writeFile(path.join(folder, "reading.md"), marked);
    await write([measured("Hardhat's node", 10)]);
    expect(await page()).to.equal(marked);
  });

  it("should say nothing of a node that was never measured", async () => {
    await rm(path.join(folder, "reading.md"));
    await write([measured("Hardhat's node", 12)]);
    expect((await page()).match(/^## .*$/gm)).to.deep.equal(["## Hardhat's node", "## Weight"]);
  });
});
