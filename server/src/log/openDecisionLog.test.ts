import { expect } from "chai";
import { rejection } from "../../../sdk/test/utils/rejection.ts";
import { decision, question } from "../../test/utils/decisions.ts";
import { temporaryFolders } from "../../test/utils/folder.ts";
import { LogBusyError, LogLineTooLongError, LogPlaceError, LogUnavailableError } from "./errors.ts";
import { openFileStore } from "./file/fileStore.ts";
import { loggedDecisionPoint } from "./loggedDecisionPoint.ts";
import { verifyConsistency } from "./merkle/verify.ts";
import { openDecisionLog } from "./openDecisionLog.ts";
import { verifyLine } from "./proofs.ts";
import { readDecisions } from "./readDecisions.ts";
import type { LogStore } from "./store.ts";
import { verifyLog } from "./verifyLog.ts";

describe("openDecisionLog", () => {
  const newFolder = temporaryFolders();
  const open = async () => openDecisionLog(await openFileStore({ folder: newFolder(), segmentHeight: 4 }));

  it("should write down who, what, by which facts, policies, blocks and grants, for whom, and what came of it", async () => {
    const log = await open();
    const grant = { digest: "0xd1", handle: "0xd2", issuer: "0xd3", delegate: "0xd4", validAfter: 1, validUntil: 2 };
    const asked = question({
      correlationId: "request-1",
      context: { secret: "of the caller" },
      proof: { ...question().proof, scheme: "erc8395", grants: [grant], permissions: ["read"], signerKind: "session" },
    });
    const made = decision({
      outcome: "refused",
      unmet: [{ fact: "stakes.support", comparison: "atLeast", actual: 2n ** 60n, demanded: 5 }],
      obligations: [{ type: "wait", until: 1_700_000_100 }],
    });
    await log.append(asked, made);
    const { decisions } = await readDecisions(log.reader);
    expect(decisions[0]).to.deep.include({
      v: 1,
      n: 0,
      previous: "0".repeat(64),
      kind: "decision",
      id: made.id,
      outcome: "refused",
      tenant: "default",
      subject: asked.subject,
      action: "read",
      resource: asked.resource,
      askedBy: "gateway",
      correlationId: "request-1",
      proof: JSON.parse(JSON.stringify(asked.proof)),
      factsHash: made.factsHash,
      policyHash: made.policyHash,
      blocks: [{ ...made.blocks[0], number: "12" }],
      policies: ["read"],
      unmet: [{ fact: "stakes.support", comparison: "atLeast", actual: "1152921504606846976", demanded: 5 }],
      reason: made.reason,
      obligations: made.obligations,
      decidedAt: made.decidedAt,
      expiresAt: made.expiresAt,
    });
    expect(decisions[0]?.contextHash).to.match(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(decisions[0])).to.not.contain("of the caller");
    await log.close();
  });

  it("should give the same decision another hash each time, so that a hash tells nobody what it is of", async () => {
    const log = await open();
    const made = decision();
    await log.append(question(), made);
    await log.append(question(), made);
    const { decisions } = await readDecisions(log.reader);
    expect(decisions[0]?.salt)
      .to.match(/^[0-9a-f]{32}$/)
      .and.to.not.equal(decisions[1]?.salt);
    await log.close();
  });

  it("should write many at once in one chain, and prove each, and that it only grew", async () => {
    const log = await open();
    const first = Array.from({ length: 50 }, () => decision());
    await Promise.all(first.map((made) => log.append(question(), made)));
    const older = await log.checkpoint();
    expect(older.size).to.equal(50);
    await Promise.all(Array.from({ length: 37 }, () => log.append(question(), decision())));
    const newer = await log.checkpoint();
    for (const { id } of first.slice(0, 20)) {
      expect(verifyLine(await log.prove(id))).to.equal(true);
      const proof = await log.prove(id, older.size);
      expect(proof).to.deep.include({ size: 50, root: older.root });
      expect(verifyLine(proof)).to.equal(true);
      expect(verifyLine({ ...proof, line: proof.line.replace("allowed", "refused") })).to.equal(false);
    }
    for (const size of [1, 16, 31, 50, 87]) {
      const growth = await log.proveConsistency(size);
      expect(growth).to.include({ olderSize: size, newerSize: 87, newerRoot: newer.root });
      expect(verifyConsistency(growth)).to.equal(true);
    }
    expect(await verifyLog(log.reader)).to.deep.include({ size: 87, root: newer.root, findings: [] });
    await log.close();
  });

  it("should say which decision or size it does not have", async () => {
    const log = await open();
    const subject = { type: "agent", id: "of a subject" };
    await log.append(question({ subject }), decision());
    expect(await rejection(log.prove("of a subject"))).to.be.instanceOf(LogPlaceError);
    expect(((await rejection(log.checkpoint(2))) as Error).message).to.equal("The log has 1 lines, so it never had 2.");
    const { id } = decision();
    expect(((await rejection(log.prove(id))) as Error).message).to.contain(id);
    await log.close();
  });

  it("should read by pages and filters, with a cursor that goes on where it was", async () => {
    const log = await open();
    for (let index = 0; index < 40; index++) {
      const outcome = index % 4 === 0 ? "refused" : "allowed";
      await log.append(question({ askedBy: `gate-${index % 2}` }), decision({ outcome, decidedAt: 1000 + index }));
    }
    const one = await readDecisions(log.reader, { limit: 7, filters: { outcome: "refused" } });
    expect(one.decisions.map(({ n }) => n)).to.deep.equal([0, 4, 8, 12, 16, 20, 24]);
    const two = await readDecisions(log.reader, { from: one.next, limit: 7, filters: { outcome: "refused" } });
    expect(two.decisions.map(({ n }) => n)).to.deep.equal([28, 32, 36]);
    expect([two.next, two.size]).to.deep.equal([40, 40]);
    await log.append(question(), decision());
    expect((await readDecisions(log.reader, { from: two.next })).decisions.map(({ n }) => n)).to.deep.equal([40]);
    const filters = { askedBy: "gate-1", since: 1010, until: 1015 };
    expect((await readDecisions(log.reader, { filters })).decisions.map(({ n }) => n)).to.deep.equal([11, 13, 15]);
    expect(await rejection(readDecisions(log.reader, { limit: 5000 }))).to.be.instanceOf(LogPlaceError);
    expect(await rejection(readDecisions(log.reader, { from: -1 }))).to.be.instanceOf(LogPlaceError);
    await log.close();
  });

  it("should refuse a line that is too long, and what comes when it is closed", async () => {
    const log = await open();
    const long = question({ subject: { type: "agent", id: "x".repeat(300_000) } });
    expect(await rejection(log.append(long, decision()))).to.be.instanceOf(LogLineTooLongError);
    const last = log.append(question(), decision());
    await Promise.all([log.close(), log.close(), last]);
    expect(await rejection(log.append(question(), decision()))).to.be.instanceOf(LogUnavailableError);
  });

  it("should refuse what waits where a flush does not end, and take no more than may wait", async () => {
    const inner = await openFileStore({ folder: newFolder() });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    // A disk that hangs: nothing here can make a real one do so.
    const slow: LogStore = { ...inner, append: async (make) => inner.append(make).then(() => held) };
    const log = openDecisionLog(slow, { maxFlush: 50, maxWaiting: 2 });
    const one = rejection(log.append(question(), decision()));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const [two, three] = [rejection(log.append(question(), decision())), rejection(log.append(question(), decision()))];
    expect(await rejection(log.append(question(), decision()))).to.be.instanceOf(LogBusyError);
    for (const error of await Promise.all([one, two, three])) {
      expect((error as Error).message).to.contain("a flush takes longer than 50 ms");
    }
    expect(await rejection(log.append(question(), decision()))).to.be.instanceOf(LogUnavailableError);
    release();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await log.append(question(), decision());
    await log.close();
  });

  it("should make a decision that cannot be written a failed one", async () => {
    const log = await open();
    const made = decision({
      policies: ["read"],
      unmet: [{ fact: "a", comparison: "atLeast", actual: 1, demanded: 2 }],
    });
    const point = loggedDecisionPoint({ decide: async () => made }, log);
    expect(await point.decide(question())).to.equal(made);
    await log.close();
    const failed = await point.decide(question());
    expect(failed).to.deep.include({ outcome: "failed", id: made.id, policies: [], expiresAt: made.decidedAt });
    expect(failed.failure).to.deep.equal({
      part: "log",
      message: "The decision could not be written to the log, so it is not told: the server stops.",
    });
  });
});
