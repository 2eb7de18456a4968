import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { rejection } from "../../../sdk/test/utils/rejection.ts";
import { decision, question } from "../../test/utils/decisions.ts";
import { temporaryFolders } from "../../test/utils/folder.ts";
import { LogUnavailableError } from "./errors.ts";
import { openFileReader } from "./file/fileReader.ts";
import { openFileStore } from "./file/fileStore.ts";
import { openDecisionLog } from "./openDecisionLog.ts";
import { readDecisions } from "./readDecisions.ts";
import { verifyLog } from "./verifyLog.ts";

const writer = fileURLToPath(new URL("../../test/utils/logWriter.ts", import.meta.url));

/** What a process said of its decisions, a line each. */
function linesOf(child: ChildProcess): { said: string[]; ended: Promise<number | null> } {
  const said: string[] = [];
  let rest = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split("\n");
    rest = parts.pop() ?? "";
    said.push(...parts);
  });
  return { said, ended: new Promise((resolve) => child.on("close", resolve)) };
}

async function idsIn(folder: string): Promise<Set<string>> {
  const reader = await openFileReader(folder);
  const ids = new Set<string>();
  for (let from: number | undefined; ; ) {
    const { decisions, next, size } = await readDecisions(reader, { from, limit: 1000 });
    for (const { id } of decisions) ids.add(id);
    if (next === size) return ids;
    from = next;
  }
}

const told = (said: string[]) => said.filter((line) => line.startsWith("told ")).map((line) => line.slice(5));

describe("a log under faults", () => {
  const newFolder = temporaryFolders();

  it("should keep everything that was told when its writer is killed, at any moment, again and again", async function () {
    this.timeout(120_000);
    const folder = newFolder();
    const all: string[] = [];
    for (let round = 0; round < 12; round++) {
      const child = spawn(process.execPath, ["--no-warnings", writer, folder, "20"], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const { said, ended } = linesOf(child);
      while (said.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
      child.kill("SIGKILL");
      await ended;
      expect(said.every((line) => line.startsWith("told "))).to.equal(true);
      all.push(...told(said));
    }
    const store = await openFileStore({ folder });
    expect((await verifyLog(store)).findings).to.deep.equal([]);
    await store.close();
    const kept = await idsIn(folder);
    expect(all.filter((id) => !kept.has(id))).to.deep.equal([]);
  });

  it("should tell nothing that a disk without room did not take, and go on when there is room", async function () {
    const folder = newFolder();
    const disk = path.join(folder, "disk");
    mkdirSync(disk);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=128k", "tmpfs", disk], { stdio: "ignore" });
    } catch {
      this.skip();
    }
    try {
      const ballast = path.join(disk, "ballast");
      writeFileSync(ballast, Buffer.alloc(64 * 1024));
      const log = openDecisionLog(await openFileStore({ folder: path.join(disk, "log"), segmentHeight: 4 }));
      const ids: string[] = [];
      let error: unknown;
      while (error === undefined) {
        const made = decision();
        error = await log.append(question(), made).then(
          () => {
            ids.push(made.id);
          },
          (refused: unknown) => refused,
        );
      }
      expect(error).to.be.instanceOf(LogUnavailableError);
      expect((error as Error).message).to.contain("ENOSPC");
      expect(await rejection(log.append(question(), decision()))).to.be.instanceOf(LogUnavailableError);
      expect(await verifyLog(log.reader)).to.deep.include({ size: ids.length, findings: [] });
      rmSync(ballast);
      for (let more = 0; more < 20; more++) {
        const made = decision();
        await log.append(question(), made);
        ids.push(made.id);
      }
      await log.close();
      const again = await openFileStore({ folder: path.join(disk, "log") });
      expect(again.cut).to.equal(undefined);
      expect(await verifyLog(again)).to.deep.include({ size: ids.length, findings: [] });
      await again.close();
      expect([...(await idsIn(path.join(disk, "log")))]).to.deep.equal(ids);
    } finally {
      execFileSync("umount", [disk]);
    }
  });

  it("should tell nothing beyond the size that the system lets a file have", async function () {
    this.timeout(30_000);
    const folder = newFolder();
    const command = `ulimit -f 16; exec "$0" "$@"`;
    const child = spawn("bash", ["-c", command, process.execPath, "--no-warnings", writer, folder, "5", "60"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const { said, ended } = linesOf(child);
    expect(await ended).to.equal(0);
    const refused = said.filter((line) => line.startsWith("failed "));
    expect(refused.length).to.be.greaterThan(0);
    for (const line of refused) expect(line).to.contain("EFBIG");
    expect(told(said)).to.have.length(60 - refused.length);
    const store = await openFileStore({ folder });
    expect((await verifyLog(store)).findings).to.deep.equal([]);
    await store.close();
    expect([...(await idsIn(folder))].sort()).to.deep.equal(told(said).sort());
  });
});
