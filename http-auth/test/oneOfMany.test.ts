// One signed request, sent again and again at once: exactly one gets in. Over HTTP, each copy on a connection of its own, and by
// verifiers that share a database, as several processes do. The stores by themselves are tested beside them.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import express from "express";
import pg from "pg";
import { fastRecover } from "../src/fast.ts";
import { expressGuard } from "../src/guards/express.ts";
import { createVerifier, type ReplayStore, signRequest, sqlReplayStore } from "../src/index.ts";
import { fieldsOf, guardOptions, origin, wireText } from "./utils/guarded.ts";
import { isPostgresInstalled, startPostgres } from "./utils/postgres.ts";
import { nodeWithoutCode, vectorAccount, vectorNow } from "./utils/signers.ts";

const COPIES = 10_000;
/** Connections that are open at once: systems let a process have so many, and both sides are in this one. */
const AT_ONCE = 1_000;
// The clock stands still, so that nothing ends however long all of it takes.
const now = () => vectorNow * 1_000;
const own = { account: vectorAccount, chainId: 1, now };
const signed = () => signRequest(new Request(`${origin}/items`, { method: "POST", body: "one" }), own);

/** The first line of what is answered to some bytes, on a connection that was made before. */
async function connected(port: number): Promise<(bytes: string) => Promise<string>> {
  const socket = connect(port, "127.0.0.1");
  await new Promise((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  return async (bytes) => {
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.write(bytes);
    await new Promise((resolve) => socket.once("close", resolve));
    return Buffer.concat(chunks).toString("latin1").split("\r\n")[0] ?? "";
  };
}

describe("one request that comes ten thousand times at once", () => {
  it("should get in once, from as many connections", async () => {
    let runs = 0;
    const app = express().use(expressGuard(guardOptions({ now, recover: await fastRecover() })));
    app.use((_, response) => {
      runs += 1;
      response.send("ok");
    });
    const server = createServer(app).listen({ port: 0, host: "127.0.0.1", backlog: AT_ONCE });
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const bytes = wireText("POST", "/items", [...fieldsOf(await signed()), ["Content-Length", "3"]], "one");
    const counts: Record<string, number> = {};
    for (let sent = 0; sent < COPIES; sent += AT_ONCE) {
      const connections = await Promise.all(Array.from({ length: AT_ONCE }, () => connected(port)));
      for (const line of await Promise.all(connections.map((send) => send(bytes))))
        counts[line] = (counts[line] ?? 0) + 1;
    }
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(runs).to.equal(1);
    expect(counts).to.deep.equal({ "HTTP/1.1 200 OK": 1, "HTTP/1.1 401 Unauthorized": COPIES - 1 });
  }).timeout(300_000);

  /** What comes of it at four verifiers, as those of four processes would be. */
  async function outcomes(stores: readonly ReplayStore[]): Promise<Readonly<Record<string, number>>> {
    const recover = await fastRecover();
    const verifiers = stores.map((replay) =>
      createVerifier({ clients: [nodeWithoutCode().client], origins: [origin], replay, recover, now }),
    );
    const request = await signed();
    const counts: Record<string, number> = {};
    const copies = Array.from({ length: COPIES }, (_, index) => verifiers[index % verifiers.length]);
    const verify = (verifier: (typeof copies)[number]) =>
      verifier?.verify(request.clone()).then(
        () => "let in",
        (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error)),
      );
    for (const outcome of await Promise.all(copies.map(verify)))
      counts[String(outcome)] = (counts[String(outcome)] ?? 0) + 1;
    return counts;
  }
  const once = { "let in": 1, nonce_reused: COPIES - 1 };

  it("should get in once at verifiers that share a file of SQLite, which none has made", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "tenure-nonces-"));
    const open = () => new DatabaseSync(path.join(folder, "nonces.db"), { timeout: 10_000 });
    const databases = [open(), open(), open(), open()];
    expect(await outcomes(databases.map((database) => sqlReplayStore(database)))).to.deep.equal(once);
    for (const database of databases) database.close();
    rmSync(folder, { recursive: true, force: true });
  }).timeout(300_000);

  it("should get in once at verifiers that share a Postgres, in which none has made a table", async function () {
    if (!isPostgresInstalled()) this.skip();
    const { url, close } = await startPostgres();
    const pools = Array.from({ length: 4 }, () => new pg.Pool({ connectionString: url, max: 8 }));
    // The server may end before a connection that is being ended has.
    for (const pool of pools) pool.on("connect", (connection) => connection.on("error", () => undefined));
    expect(await outcomes(pools.map((pool) => sqlReplayStore(pool)))).to.deep.equal(once);
    await Promise.all(pools.map((pool) => pool.end()));
    close();
  }).timeout(300_000);
});
