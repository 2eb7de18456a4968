// Whole servers, killed at any moment and begun again.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { isPostgresInstalled } from "../../../http-auth/test/utils/postgres.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { openFileStore, readDecisions, verifyLog } from "../../src/log/index.ts";
import { postgresDatabases } from "../utils/databases.ts";
import { askServer, handOver, makePolicies, type OwnServer, until } from "../utils/openOwnServer.ts";
import { type Other, startOther } from "../utils/processes.ts";

const PROGRAM = path.join(import.meta.dirname, "../utils/servingServer.ts");

describe("a server that is killed", function () {
  this.timeout(180_000);
  let world: World;
  let folder: string;
  let running: Other[];
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "tenure-kills-"));
    running = [];
    world = await openWorld();
    await world.members[1].registerSync({});
    makePolicies(path.join(folder, "policies"));
  });
  afterEach(async () => {
    for (const other of running) await other.kill();
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const settings = (log: string, database: OwnServer["database"]): OwnServer => ({
    ...{ node: world.url, database, policies: path.join(folder, "policies") },
    ...{ log: path.join(folder, log), nonces: path.join(folder, "nonces.db") },
  });
  async function start(own: OwnServer): Promise<{ other: Other; url: string }> {
    const other = startOther(PROGRAM, JSON.stringify(own));
    running.push(other);
    return { other, url: await other.line() };
  }
  const account = () => world.members[1].account;

  it("should lose no decision that was told, say no yes that should be no, and take no request twice", async () => {
    const own = settings("log", { folder: path.join(folder, "data") });
    const told = new Set<string>();
    const others: unknown[] = [];
    const allowed: number[] = [];
    /** The first blocks of which the agent is suspended, and is so no more. */
    const suspensions: [from: number, to: number][] = [];
    let spent: unknown;
    for (let round = 0; round < 3; round += 1) {
      const { other, url } = await start(own);
      let isOver = false;
      const ask = async () => {
        while (!isOver) {
          try {
            const question = await handOver(account());
            const { status, body } = await askServer(url, question);
            if (body.context?.id !== undefined) told.add(body.context.id);
            if (body.decision === true) {
              allowed.push(body.context.blocks[0].number);
              spent = question;
            }
            if (![200, 503].includes(status)) others.push({ round, status, body });
          } catch {
            // The server is gone, or was when this came.
          }
        }
      };
      await until(async () => (await askServer(url, await handOver(account()))).status === 200);
      if (spent !== undefined) expect((await askServer(url, spent)).body.decision, "a request again").to.equal(false);
      const asking = Array.from({ length: 4 }, ask);
      // However slow the machine is, every round has answers to lose.
      const before = told.size;
      await until(() => told.size >= before + 10);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
      // The chain goes on while the server is killed.
      const isSuspended = suspensions.at(-1)?.[1] === Number.POSITIVE_INFINITY;
      await (isSuspended ? world.members[1].resumeSync({ id: 1 }) : world.members[1].suspendSync({ id: 1 }));
      const block = Number(await world.members[0].getBlockNumber());
      if (isSuspended) (suspensions.at(-1) as [number, number])[1] = block;
      else suspensions.push([block, Number.POSITIVE_INFINITY]);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 200));
      await other.kill();
      isOver = true;
      await Promise.all(asking);
    }
    expect(others).to.deep.equal([]);
    expect(allowed.length).to.be.greaterThan(0);
    const wrong = allowed.filter((block) => suspensions.some(([from, to]) => block >= from && block < to));
    expect(wrong).to.deep.equal([]);
    const store = await openFileStore({ folder: own.log });
    try {
      const { findings } = await verifyLog(store);
      expect(findings).to.deep.equal([]);
      const written = new Set<string>();
      for (let from = 0; from < (await store.extent()).size; ) {
        const { decisions, next } = await readDecisions(store, { from, limit: 1_000, filters: {} });
        for (const { id } of decisions) written.add(id);
        from = next;
      }
      expect([...told].filter((id) => !written.has(id))).to.deep.equal([]);
      expect(told.size).to.be.at.least(30);
    } finally {
      await store.close();
    }
  });

  describe("on one Postgres with another", () => {
    if (!isPostgresInstalled()) return void it("needs Postgres");
    const { fresh } = postgresDatabases();
    it("should be stood in for within ten seconds, and no request should be let in by both", async () => {
      const database = await fresh();
      const [first, second] = [await start(settings("one", database)), await start(settings("two", database))];
      const allows = async (url: string) => (await askServer(url, await handOver(account()))).body.decision === true;
      await until(async () => (await allows(first.url)) && (await allows(second.url)));
      for (const [one, other] of [
        [first, second],
        [second, first],
      ] as const) {
        const question = await handOver(account());
        expect((await askServer(one.url, question)).body.decision).to.equal(true);
        expect((await askServer(other.url, question)).body.decision).to.equal(false);
      }
      await first.other.kill();
      const killedAt = Date.now();
      await world.members[1].suspendSync({ id: 1 });
      const block = Number(await world.members[0].getBlockNumber());
      await until(async () => {
        const { body } = await askServer(second.url, await handOver(account()));
        const number = body.context?.blocks?.[0]?.number ?? 0;
        if (number >= block) expect(body.decision).to.equal(false);
        return number >= block;
      }, 10_000);
      expect(Date.now() - killedAt).to.be.lessThan(10_000);
    });
  });
});
