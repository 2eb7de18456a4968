import { expect } from "chai";
import { rejection } from "../../../../sdk/test/utils/rejection.ts";
import { onEachDatabase } from "../../../test/utils/databases.ts";
import { decision, question } from "../../../test/utils/decisions.ts";
import type { Database } from "../../database/index.ts";
import { LogRemovedError, LogUnavailableError } from "../errors.ts";
import { verifyConsistency } from "../merkle/verify.ts";
import { openDecisionLog } from "../openDecisionLog.ts";
import { verifyLine } from "../proofs.ts";
import { readDecisions } from "../readDecisions.ts";
import { verifyLog } from "../verifyLog.ts";
import { openSqlStore } from "./sqlStore.ts";

onEachDatabase("openSqlStore", ({ engine, fresh, open }) => {
  let database: Database;
  beforeEach(async () => {
    database = await open();
  });
  afterEach(() => database.close());
  const openLog = async (on = database) => openDecisionLog(await openSqlStore({ database: on, segmentHeight: 3 }));
  const write = async (log: Awaited<ReturnType<typeof openLog>>, count: number) => {
    const made = Array.from({ length: count }, () => decision());
    await Promise.all(made.map((one) => log.append(question(), one)));
    return made.map(({ id }) => id);
  };

  it("should write, prove, read and verify as in files", async () => {
    const log = await openLog();
    const ids = await write(log, 45);
    const { size, root } = await log.checkpoint();
    expect(size).to.equal(45);
    for (const id of ids) expect(verifyLine(await log.prove(id))).to.equal(true);
    expect(verifyConsistency(await log.proveConsistency(13))).to.equal(true);
    expect(await verifyLog(log.reader)).to.deep.include({ size, root, findings: [] });
    expect((await readDecisions(log.reader, { from: 40 })).decisions.map(({ n }) => n)).to.deep.equal([
      40, 41, 42, 43, 44,
    ]);
    const again = await openLog();
    await write(again, 1);
    expect(await verifyLog(again.reader)).to.deep.include({ size: 46, findings: [] });
  });

  it("should find what somebody does to the rows", async () => {
    const log = await openLog();
    await write(log, 20);
    const { root } = await log.checkpoint();
    const kinds = async () =>
      (await verifyLog(log.reader, [{ root, at: 1, source: "x" }])).findings.map((one) => one.kind);
    const move = (from: number, to: number) =>
      database.transaction((own) => own.run("update decision_log set n = $2 where n = $1", [from, to]));
    expect(await kinds()).to.deep.equal([]);
    await move(7, 100);
    expect(await kinds()).to.include("reordered");
    await move(100, 7);
    await database.transaction((own) => own.run("update decision_log set line = $1 where n = 4", [Buffer.from("{}")]));
    expect(await kinds()).to.include.members(["unreadable", "changed", "truncated"]);
    await database.transaction((own) => own.run("delete from decision_log where n >= 15"));
    expect(await kinds()).to.include("truncated");
  });

  it("should keep what is left provable when old segments are removed, and never the newest line", async () => {
    const log = await openLog();
    const ids = await write(log, 24);
    const before = await log.checkpoint();
    expect(await log.removeBefore(13)).to.equal(8);
    expect(await log.removeBefore(1000)).to.equal(16);
    expect(await log.checkpoint()).to.deep.equal(before);
    expect(verifyLine(await log.prove(ids[20] ?? ""))).to.equal(true);
    expect(await rejection((await openLog()).proveConsistency(9))).to.be.instanceOf(LogRemovedError);
    await write(log, 3);
    expect(await verifyLog(log.reader)).to.deep.include({ first: 16, size: 27, findings: [] });
  });

  it("should refuse what cannot be written", async () => {
    const log = await openLog();
    await database.transaction((own) => own.run("drop table decision_log"));
    expect(await rejection(log.append(question(), decision()))).to.be.instanceOf(LogUnavailableError);
  });

  if (engine === "postgres") {
    it("should be one log without a fork, however many servers write at once", async () => {
      const settings = await fresh();
      const servers = await Promise.all([open(settings), open(settings), open(settings)]);
      try {
        const logs = await Promise.all(servers.map((on) => openLog(on)));
        const ids: string[] = [];
        for (let round = 0; round < 8; round++) {
          ids.push(...(await Promise.all(logs.map((log) => write(log, 1 + (round % 5))))).flat());
        }
        const [log] = logs as [(typeof logs)[number]];
        expect(await verifyLog(log.reader)).to.deep.include({ size: ids.length, findings: [] });
        const roots = await Promise.all(logs.map((each) => each.checkpoint()));
        expect(new Set(roots.map(({ root }) => root)).size).to.equal(1);
        for (const id of ids) expect(verifyLine(await log.prove(id))).to.equal(true);
      } finally {
        for (const server of servers) await server.close();
      }
    });
  }
});
