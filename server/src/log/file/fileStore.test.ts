import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { rejection } from "../../../../sdk/test/utils/rejection.ts";
import { decision, question } from "../../../test/utils/decisions.ts";
import { temporaryFolders } from "../../../test/utils/folder.ts";
import { LogDamagedError, LogInUseError, LogRemovedError } from "../errors.ts";
import { openDecisionLog } from "../openDecisionLog.ts";
import { verifyLine } from "../proofs.ts";
import { verifyLog } from "../verifyLog.ts";
import { openFileReader } from "./fileReader.ts";
import { openFileStore } from "./fileStore.ts";

describe("openFileStore", () => {
  const newFolder = temporaryFolders();

  /** A log of so many decisions in segments of eight, closed. Returns their ids. */
  async function write(folder: string, count: number): Promise<string[]> {
    const log = openDecisionLog(await openFileStore({ folder, segmentHeight: 3 }));
    const ids: string[] = [];
    for (let index = 0; index < count; index++) {
      const made = decision();
      await log.append(question(), made);
      ids.push(made.id);
    }
    await log.close();
    return ids;
  }

  it("should go on where it was, in segments", async () => {
    const folder = newFolder();
    const ids = [...(await write(folder, 10)), ...(await write(folder, 6)), ...(await write(folder, 4))];
    const reader = await openFileReader(folder);
    expect(await reader.extent()).to.deep.equal({ first: 0, size: 20 });
    const verified = await verifyLog(reader);
    expect(verified).to.deep.include({ size: 20, findings: [], clockSteps: 0 });
    const store = await openFileStore({ folder });
    const log = openDecisionLog(store);
    expect(await log.checkpoint()).to.deep.equal({ size: 20, root: verified.root });
    for (const [place, id] of ids.entries()) {
      const proof = await log.prove(id);
      expect(proof.index).to.equal(place);
      expect(verifyLine(proof)).to.equal(true);
      expect(JSON.parse(proof.line)).to.include({ n: place, id });
    }
    await log.close();
    expect(readdirSync(folder).filter((name) => name.endsWith("jsonl"))).to.have.length(3);
  });

  it("should cut what a killed writer left behind the last whole line, wherever it ends, and keep it aside", async () => {
    const folder = newFolder();
    await write(folder, 11);
    const file = path.join(folder, "0000000001.jsonl");
    const whole = readFileSync(file);
    const secondEnd = whole.indexOf("\n", whole.indexOf("\n") + 1) + 1;
    for (const end of [secondEnd + 1, secondEnd + 100, whole.length - 1]) {
      writeFileSync(file, whole.subarray(0, end));
      const store = await openFileStore({ folder });
      expect(store.cut?.bytes).to.equal(end - secondEnd);
      expect(readFileSync(store.cut?.savedAs ?? "")).to.deep.equal(whole.subarray(secondEnd, end));
      expect(await store.extent()).to.deep.equal({ first: 0, size: 10 });
      await store.close();
      expect(statSync(file).size).to.equal(secondEnd);
    }
    truncateSync(file, secondEnd);
    const store = await openFileStore({ folder });
    expect(store.cut).to.equal(undefined);
    await store.close();
  });

  it("should cut what a machine that lost power left as zeros, with what stands behind them", async () => {
    const folder = newFolder();
    await write(folder, 3);
    const file = path.join(folder, "0000000000.jsonl");
    appendFileSync(file, Buffer.concat([Buffer.alloc(700), readFileSync(file)]));
    const store = await openFileStore({ folder });
    expect(await store.extent()).to.deep.equal({ first: 0, size: 3 });
    await store.close();
    await write(folder, 3);
    expect(await verifyLog(await openFileReader(folder))).to.deep.include({ size: 6, findings: [] });
  });

  it("should refuse to open, and change nothing, where a line of the newest segment is not what was written", async () => {
    const folder = newFolder();
    await write(folder, 5);
    const file = path.join(folder, "0000000000.jsonl");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace('"allowed"', '"refused"'));
    const error = await rejection(openFileStore({ folder }));
    expect(error).to.be.instanceOf(LogDamagedError);
    expect((error as Error).message)
      .to.contain("line 1 in ")
      .and.to.contain("does not follow from the line before it");
    expect(readFileSync(file, "utf8")).to.equal(text.replace('"allowed"', '"refused"'));
    writeFileSync(file, text.replace("\n", "x\n"));
    expect(((await rejection(openFileStore({ folder }))) as Error).message).to.contain("it cannot be read");
    writeFileSync(file, text);
    await (await openFileStore({ folder })).close();
  });

  it("should refuse to open where a segment, or the roots of older ones, are missing", async () => {
    const folder = newFolder();
    await write(folder, 20);
    const roots = readFileSync(path.join(folder, "segments.txt"));
    rmSync(path.join(folder, "segments.txt"));
    expect(await rejection(openFileStore({ folder }))).to.be.instanceOf(LogDamagedError);
    writeFileSync(path.join(folder, "segments.txt"), roots);
    rmSync(path.join(folder, "0000000001.jsonl"));
    expect(await rejection(openFileStore({ folder }))).to.be.instanceOf(LogDamagedError);
  });

  it("should write a torn line of roots again", async () => {
    const folder = newFolder();
    await write(folder, 16);
    const file = path.join(folder, "segments.txt");
    const whole = readFileSync(file, "utf8");
    await write(folder, 1);
    const both = readFileSync(file, "utf8");
    // As if it had been killed while it noted the root of the second segment.
    writeFileSync(file, both.slice(0, whole.length + 30));
    rmSync(path.join(folder, "0000000002.jsonl"));
    await write(folder, 1);
    expect(readFileSync(file, "utf8")).to.equal(both);
  });

  it("should let one process write, and others read", async () => {
    const folder = newFolder();
    const store = await openFileStore({ folder });
    const log = openDecisionLog(store);
    await log.append(question(), decision());
    const error = await rejection(openFileStore({ folder }));
    expect(error).to.be.instanceOf(LogInUseError);
    const reader = await openFileReader(folder);
    expect(await verifyLog(reader)).to.deep.include({ size: 1, findings: [] });
    await log.close();
    await (await openFileStore({ folder })).close();
  });

  it("should prove and verify what is left when old segments are removed", async () => {
    const folder = newFolder();
    const ids = await write(folder, 30);
    const log = openDecisionLog(await openFileStore({ folder }));
    const before = await log.checkpoint();
    expect(await log.removeBefore(23)).to.equal(16);
    expect(await log.reader.extent()).to.deep.equal({ first: 16, size: 30 });
    expect(await log.checkpoint()).to.deep.equal(before);
    for (const id of ids.slice(16)) expect(verifyLine(await log.prove(id))).to.equal(true);
    expect(await rejection(log.proveConsistency(9))).to.be.instanceOf(LogRemovedError);
    const known = [
      { root: before.root, at: 1, source: "an auditor" },
      { root: `0x${"1".repeat(64)}` as const, at: 1, source: "an auditor of old" },
    ];
    const verified = await verifyLog(log.reader, known);
    expect(verified).to.deep.include({ first: 16, size: 30, root: before.root, findings: [] });
    expect(verified.confirmed).to.deep.equal([{ ...known[0], size: 30 }]);
    expect(verified.tooOld).to.deep.equal([known[1]]);
    await log.close();
    const again = openDecisionLog(await openFileStore({ folder }));
    expect(await again.checkpoint()).to.deep.equal(before);
    await again.removeBefore(1000);
    expect(await again.reader.extent()).to.deep.equal({ first: 24, size: 30 });
    await again.append(question(), decision());
    await again.close();
    expect(await verifyLog(await openFileReader(folder))).to.deep.include({ first: 24, size: 31, findings: [] });
  });
});
