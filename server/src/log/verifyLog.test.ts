import { expect } from "chai";
import fc from "fast-check";
import { bytesToHex } from "viem";
import { encodeEntry, encodeLine } from "./encodeLine.ts";
import { Frontier } from "./merkle/frontier.ts";
import { leafHash } from "./merkle/hash.ts";
import type { LogReader } from "./store.ts";
import { verifyLog } from "./verifyLog.ts";

/** A log's lines as they stand somewhere, whoever had hands on them. */
function readerOf(lines: readonly Uint8Array[]): LogReader {
  return {
    segmentHeight: 20,
    extent: async () => ({ first: 0, size: lines.length }),
    lines: async function* () {
      yield* lines;
    },
    placeOf: async () => undefined,
    leaves: async () => new Uint8Array(),
    segmentRoot: async () => new Uint8Array(32),
    close: async () => {},
  };
}

/** Lines that follow from each other, as whoever writes makes them. */
function linesOf(contents: readonly string[], at = (index: number) => index): Uint8Array[] {
  let previous: Uint8Array = new Uint8Array(32);
  return contents.map((content, index) => {
    const entry = encodeEntry({ kind: "cut", bytes: 1, hash: content });
    const line = encodeLine(entry, index, previous, at(index));
    previous = leafHash(line);
    return line;
  });
}

function rootOf(lines: readonly Uint8Array[]) {
  const tree = new Frontier();
  for (const line of lines) tree.push(leafHash(line));
  return bytesToHex(tree.root());
}

const written = linesOf(Array.from({ length: 20 }, (_, index) => `line ${index}`));
const kindsOf = async (lines: Uint8Array[]) =>
  (await verifyLog(readerOf(lines))).findings.map(({ kind, place }) => `${kind} ${place}`);
const changed = (line: Uint8Array | undefined) =>
  new TextEncoder().encode(new TextDecoder().decode(line).replace("line ", "lime "));

describe("verifyLog", () => {
  it("should find nothing in a log as it was written", async () => {
    const verified = await verifyLog(readerOf(written));
    expect(verified).to.deep.equal({
      first: 0,
      size: 20,
      root: rootOf(written),
      findings: [],
      confirmed: [],
      tooOld: [],
      clockSteps: 0,
    });
    expect((await verifyLog(readerOf([]))).findings).to.deep.equal([]);
  });

  it("should find a line that was changed", async () => {
    expect(await kindsOf(written.with(7, changed(written[7])))).to.deep.equal(["changed 7"]);
  });

  it("should find a line that is none", async () => {
    expect(await kindsOf(written.with(7, new TextEncoder().encode("nothing")))).to.deep.equal(["unreadable 7"]);
    expect(await kindsOf(written.with(7, new Uint8Array([255])))).to.deep.equal(["unreadable 7"]);
  });

  it("should find lines that are missing", async () => {
    expect(await kindsOf(written.toSpliced(7, 2))).to.deep.equal(["missing 7", "missing 8"]);
    expect(await kindsOf(written.slice(1))).to.deep.equal(["missing 0"]);
  });

  it("should find a line that stands there twice", async () => {
    const [line] = written.slice(7) as [Uint8Array];
    expect(await kindsOf(written.toSpliced(8, 0, line))).to.deep.equal(["duplicated 7"]);
    expect(await kindsOf([...written, line])).to.deep.equal(["duplicated 7"]);
  });

  it("should find a line that was moved", async () => {
    const [line] = written.slice(7) as [Uint8Array];
    expect(await kindsOf(written.toSpliced(7, 1).toSpliced(12, 0, line))).to.deep.equal(["reordered 7"]);
  });

  it("should find with a root that somebody keeps that the end is missing, which nobody finds without it", async () => {
    const known = [{ root: rootOf(written), at: 1_700_000_000, source: "an auditor" }];
    expect((await verifyLog(readerOf(written), known)).confirmed).to.deep.equal([{ ...known[0], size: 20 }]);
    const cut = written.slice(0, 15);
    expect(await kindsOf(cut)).to.deep.equal([]);
    const { findings } = await verifyLog(readerOf(cut), known);
    expect(findings.map(({ kind }) => kind)).to.deep.equal(["truncated"]);
    expect(findings[0]?.message).to.contain(rootOf(written)).and.to.contain("2023-11-14T22:13:20.000Z (an auditor)");
  });

  it("should find with a root that all was written anew, and that the size said with it is another", async () => {
    const anew = linesOf(Array.from({ length: 20 }, (_, index) => `lime ${index}`));
    const known = { root: rootOf(written.slice(0, 12)), at: 1, source: "an auditor" };
    expect((await verifyLog(readerOf(written), [known])).confirmed).to.deep.equal([{ ...known, size: 12 }]);
    expect((await verifyLog(readerOf(written), [{ ...known, size: 12 }])).findings).to.deep.equal([]);
    expect((await verifyLog(readerOf(written), [{ ...known, size: 13 }])).findings).to.have.length(1);
    expect((await verifyLog(readerOf(anew), [known])).findings.map(({ kind }) => kind)).to.deep.equal(["truncated"]);
  });

  it("should count how often the clock went back, and not mind", async () => {
    const times = [5, 6, 2, 3, 1000, 7];
    const lines = linesOf(
      times.map((time) => `line ${time}`),
      (index) => times[index] as number,
    );
    expect(await verifyLog(readerOf(lines))).to.deep.include({ findings: [], clockSteps: 2 });
  });

  it("should find whatever single thing somebody does to the lines before the last", async () => {
    const place = fc.nat({ max: 18 });
    const deeds = fc.oneof(
      place.map((at) => written.with(at, changed(written[at]))),
      place.map((at) => written.toSpliced(at, 1)),
      fc.tuple(place, place).map(([at, to]) => written.toSpliced(to, 0, written[at] as Uint8Array)),
      fc.tuple(place, fc.nat()).map(([at, bit]) => {
        const line = Uint8Array.from(written[at] as Uint8Array);
        const index = bit % line.length;
        line[index] = (line[index] as number) ^ 1;
        return written.with(at, line);
      }),
      fc
        .tuple(place, place)
        .filter(([at, to]) => at !== to)
        .map(([at, to]) => written.with(at, written[to] as Uint8Array).with(to, written[at] as Uint8Array)),
    );
    await fc.assert(
      fc.asyncProperty(deeds, async (lines) => {
        expect((await verifyLog(readerOf(lines))).findings).to.not.be.empty;
      }),
    );
  });
});
