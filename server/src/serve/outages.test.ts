// What a server does when something is away, breaks, or does not end: nodes, ports, folders, requests.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer as createNetServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import parsePrometheus from "parse-prometheus-text-format";
import { isPostgresInstalled } from "../../../http-auth/test/utils/postgres.ts";
import { shortAddresses } from "../../../sdk/src/index.ts";
import { freePort } from "../../../sdk/test/utils/anvil.ts";
import { interruptible } from "../../../sdk/test/utils/interruptible.ts";
import { rejection } from "../../../sdk/test/utils/rejection.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { postgresDatabases } from "../../test/utils/databases.ts";
import { loadConfig, probePort } from "../config/index.ts";
import { type StartedServer, startServer } from "../main.ts";

const POLICIES = path.join(import.meta.dirname, "../../policies");
const TOKEN = "gateway-token-of-this-test-alone";
const OPERATOR = "operator-token-of-this-test-alone";
const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

describe("a server in trouble", function () {
  this.timeout(60_000);
  let world: World;
  let folder: string;
  let started: StartedServer | undefined;
  let lines: string[] = [];
  before(async () => {
    world = await openWorld();
    await world.members[1].registerSync({});
  });
  after(() => world.close());
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "tenure-outages-"));
    cpSync(path.join(POLICIES, "open"), path.join(folder, "policies", "open"), { recursive: true });
    lines = [];
  });
  afterEach(async () => {
    await started?.stop();
    started = undefined;
    rmSync(folder, { recursive: true });
  });

  const chainAt = (url: string) => ({
    ...{ id: 31337, rpc: [url], addresses: shortAddresses, freshBy: "answer", pollSeconds: 0.05, maxLag: 1 },
  });

  async function start(more: object = {}): Promise<StartedServer> {
    const file = path.join(folder, "tenure.config.json");
    const given = {
      listen: { port: 0 },
      chains: [chainAt(world.url)],
      policies: { defaultTenant: "open" },
      enforcementPoints: [{ id: "gateway", tokenSha256: [hashOf(TOKEN)] }],
      operators: [{ id: "ops", tokenSha256: hashOf(OPERATOR) }],
      stopSeconds: 1,
      ...more,
    };
    writeFileSync(file, JSON.stringify(given));
    started = await startServer(await loadConfig(file), { version: "0.0.0", write: (line) => lines.push(line) });
    return started;
  }

  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 20_000; !(await holds()); ) {
      if (Date.now() > end) throw new Error(`It has not come to hold. ${lines.join("")}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  const untilReady = ({ url }: StartedServer) => until(async () => (await fetch(`${url}/readyz`)).ok);

  async function decide({ url }: StartedServer): Promise<{ status: number; decision: unknown }> {
    const response = await fetch(`${url}/access/v1/evaluation`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
      body: JSON.stringify({
        subject: { type: "agent", id: `eip155:31337:${world.members[1].account.address.toLowerCase()}` },
        action: { name: "read" },
        resource: { type: "http", id: "/" },
      }),
    });
    return { status: response.status, decision: ((await response.json()) as { decision: unknown }).decision };
  }

  /** It lives, says that it is not ready and why, and says no yes. */
  async function expectNotReady(server: StartedServer): Promise<void> {
    const { url } = server;
    expect(await (await fetch(`${url}/healthz`)).json()).to.deep.equal({ status: "ok" });
    await until(async () => !(await fetch(`${url}/readyz`)).ok);
    const answer = await fetch(`${url}/readyz`, { headers: { authorization: `Bearer ${OPERATOR}` } });
    expect(answer.status).to.equal(503);
    expect(await answer.text()).to.contain("Chain 31337: ");
    expect((await decide(server)).decision).to.not.equal(true);
  }

  /** Restarts it while its node is away, and lets that come back. */
  async function restartWithoutNode(more: object): Promise<void> {
    const way = await interruptible(world.port);
    const given = { ...more, chains: [chainAt(way.url)] };
    await untilReady(await start(given));
    expect(await (started as StartedServer).stop()).to.equal(0);
    await way.cut();
    const again = await start(given);
    try {
      await expectNotReady(again);
    } finally {
      await way.mend();
    }
    await untilReady(again);
    expect((await fetch(`${again.url}/v1/identities/1`)).status).to.equal(200);
    expect(await again.stop()).to.equal(0);
    await way.cut();
  }

  it("should start while its node is away that it knows, and go on when that comes back", () => restartWithoutNode({}));

  describe("with Postgres", () => {
    if (!isPostgresInstalled()) return void it("needs Postgres");
    const databases = postgresDatabases();
    it("should start while its node is away that it knows", async () => {
      const { url } = await databases.fresh();
      await restartWithoutNode({ database: { url } });
    });
  });

  it("should start while a node is away of which it knows nothing, stop, and follow it when that comes", async () => {
    const way = await interruptible(world.port);
    await way.cut();
    const chains = [chainAt(way.url)];
    const first = await start({ chains });
    await expectNotReady(first);
    expect((await fetch(`${first.url}/v1/identities/1`)).status).to.equal(503);
    await until(() => lines.some((line) => line.includes('"part":"index of chain 31337"')));
    expect(await first.stop()).to.equal(0);
    const second = await start({ chains });
    await expectNotReady(second);
    await way.mend();
    await untilReady(second);
    expect((await fetch(`${second.url}/v1/identities/1`)).status).to.equal(200);
    expect(await second.stop()).to.equal(0);
    await way.cut();
  });

  it("should end with status 1 where it broke requests off, and say so", async () => {
    const { url, stop } = await start();
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.on("error", () => {});
    const head = `POST /access/v1/evaluation HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${TOKEN}\r\n`;
    socket.write(`${head}content-type: application/json\r\ncontent-length: 100\r\n\r\n{`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await stop()).to.equal(1);
    expect(lines.join("")).to.contain("Requests were broken off that had not ended after 1 seconds (stopSeconds).");
    socket.destroy();
  });

  it("should leave nothing open, nor anything behind, where it cannot start", async () => {
    const taken = new URL(world.url).port;
    const error = (await rejection(start({ listen: { port: Number(taken) } }))) as Error;
    expect(error.message).to.contain(`Port ${taken} of 127.0.0.1 is taken.`);
    expect(existsSync(path.join(folder, "tenure-data"))).to.equal(false);
    await start();
    const port = await freePort();
    expect(((await rejection(start({ listen: { port } }))) as Error).name).to.equal("FolderInUseError");
    await probePort({ host: "127.0.0.1", port });
    await started?.stop();
    const database = { url: "postgres://127.0.0.1:9/none" };
    expect((await rejection(start({ listen: { port }, database }))) as Error).to.have.property("name");
    await probePort({ host: "127.0.0.1", port });
    // A file where the folder should be.
    writeFileSync(path.join(folder, "file"), "");
    expect(await rejection(start({ listen: { port }, data: "file" }))).to.be.instanceOf(Error);
    await probePort({ host: "127.0.0.1", port });
  });

  it("should be what signed requests are for at any https URL, and with several chains", async () => {
    const chains = [chainAt(world.url), { ...chainAt(world.url), id: 5 }];
    const enforcementPoints = [{ id: "gateway", identity: 1 }];
    const { url } = await start({ chains, enforcementPoints, publicUrl: "https://pdp.example/decisions/" });
    const metadata = await fetch(`${url}/.well-known/authzen-configuration/decisions`);
    expect(await metadata.json()).to.include({ policy_decision_point: "https://pdp.example/decisions" });
  });

  it("should count, and tell, what a reorganisation takes back, as Prometheus reads it", async () => {
    const server = await start();
    await untilReady(server);
    const { url } = server;
    const metrics = async () => {
      const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${OPERATOR}` } });
      return new Map(parsePrometheus(await answer.text()).map((family) => [family.name, family]));
    };
    const [deployer, , , late] = world.members;
    const told = () =>
      lines.filter((line) => line.includes("A chain took events back.")).map((line) => JSON.parse(line));
    // Whoever watches for events may begin a moment after the index is ready.
    await until(async () => {
      const before = await deployer.snapshot();
      const { id } = await late.registerSync({});
      await until(async () => (await fetch(`${url}/v1/identities/${id}`)).status === 200);
      await deployer.revert({ id: before });
      await deployer.mine({ blocks: 5 });
      await until(async () => (await fetch(`${url}/v1/identities/${id}`)).status === 404);
      return told().length > 0;
    });
    for (const line of told()) {
      expect(line).to.include({ level: "warn", chain: 31337 });
      expect(Number(line.fromBlock)).to.be.greaterThan(0);
    }
    await decide(server);
    const all = await metrics();
    const labels = { chain: "31337" };
    expect(all.get("tenure_index_reorganisations_total")).to.deep.include({
      ...{ type: "COUNTER", metrics: [{ value: String(told().length), labels }] },
    });
    const events = told().reduce((sum, line) => sum + line.events, 0);
    expect(all.get("tenure_index_removed_events_total")?.metrics).to.deep.equal([{ value: String(events), labels }]);
    expect(Number(all.get("tenure_index_block")?.metrics[0]?.value)).to.be.greaterThan(1);
    const seconds = all.get("tenure_decision_seconds");
    expect(seconds).to.include({ type: "HISTOGRAM", help: "How long decisions took, with the log." });
    expect(seconds?.metrics[0]).to.include({ count: "1" });
    expect(seconds?.metrics[0]?.buckets).to.include({ "+Inf": "1" });
    for (const { type, metrics: values } of all.values()) {
      if (type === "HISTOGRAM") continue;
      for (const { value } of values) expect(Number(value)).to.not.be.NaN;
    }
  });

  it("should close the WebSockets of its nodes when it stops", async () => {
    const open = new Set<Socket>();
    let count = 0;
    const way = createNetServer((near) => {
      count += 1;
      const far = connect(world.port, "127.0.0.1");
      open.add(near);
      near.on("close", () => open.delete(near));
      for (const socket of [near, far]) socket.on("error", () => socket.destroy());
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => way.listen(0, "127.0.0.1", resolve));
    const { port } = way.address() as AddressInfo;
    const server = await start({ chains: [{ ...chainAt(`ws://127.0.0.1:${port}`) }] });
    await untilReady(server);
    expect(count).to.be.greaterThan(0);
    expect(await server.stop()).to.equal(0);
    await until(() => open.size === 0);
    await new Promise((resolve) => way.close(resolve));
  });
});
