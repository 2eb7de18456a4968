import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { shortAddresses } from "../../../sdk/src/index.ts";
import { rejection } from "../../../sdk/test/utils/rejection.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { loadConfig } from "../config/index.ts";
import { checkServer, type StartedServer, startServer } from "../main.ts";

const POLICIES = path.join(import.meta.dirname, "../../policies");
const OPERATOR = "operator-token-of-this-test-alone";

describe("startServer", function () {
  this.timeout(60_000);
  let world: World;
  let folder: string;
  let file: string;
  let started: StartedServer | undefined;
  const lines: string[] = [];
  const given = (more: object = {}) => ({
    listen: { port: 0 },
    chains: [{ id: 31337, rpc: [world.url], addresses: shortAddresses, freshBy: "answer", pollSeconds: 0.05 }],
    policies: { defaultTenant: "open" },
    enforcementPoints: [{ id: "gateway", tokenSha256: ["a".repeat(64)] }],
    operators: [{ id: "ops", tokenSha256: createHash("sha256").update(OPERATOR).digest("hex") }],
    requests: { origins: ["https://api.example"] },
    stopSeconds: 2,
    ...more,
  });

  before(async () => {
    world = await openWorld();
    const [, agent] = world.members;
    await agent.registerSync({});
    folder = mkdtempSync(path.join(tmpdir(), "tenure-started-"));
    file = path.join(folder, "tenure.config.json");
    mkdirSync(path.join(folder, "policies"));
    cpSync(path.join(POLICIES, "open"), path.join(folder, "policies", "open"), { recursive: true });
    writeFileSync(file, JSON.stringify(given()));
  });
  after(async () => {
    await started?.stop();
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async () =>
    startServer(await loadConfig(file), { version: "0.0.0", write: (line) => lines.push(line) });

  async function untilReady(url: string): Promise<void> {
    for (const end = Date.now() + 20_000; (await fetch(`${url}/readyz`)).status !== 200; ) {
      if (Date.now() > end) throw new Error("It does not get ready.");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it("should find nothing wrong with its configuration, and what is wrong all at once", async () => {
    expect((await checkServer(file)).problems).to.deep.equal([]);
    const wrong = path.join(folder, "wrong.json");
    mkdirSync(path.join(folder, "bad", "shop"), { recursive: true });
    writeFileSync(path.join(folder, "bad", "shop", "shop.cedar"), "permit (principal");
    const chains = [{ id: 5, rpc: [world.url], addresses: shortAddresses }];
    writeFileSync(wrong, JSON.stringify(given({ chains, policies: { folder: "bad" } })));
    const { problems } = await checkServer(wrong);
    expect(problems.map(({ path: at }) => at)).to.include("chains[0].rpc[0]");
    expect(problems.map(({ path: at }) => at).join()).to.include("shop/shop.cedar");
  });

  it("should listen, be ready when the chain was read, and tell operators how it does", async () => {
    started = await start();
    const { url } = started;
    await untilReady(url);
    expect(await (await fetch(`${url}/healthz`)).json()).to.deep.equal({ status: "ok" });
    expect(await (await fetch(`${url}/readyz`)).json()).to.deep.equal({ ready: true });
    expect((await fetch(`${url}/metrics`)).status).to.equal(401);
    expect((await fetch(`${url}/v1/identities/1`)).status).to.equal(200);
    expect((await fetch(`${url}/.well-known/authzen-configuration`)).status).to.equal(200);
    const authorization = `Bearer ${OPERATOR}`;
    const text = await (await fetch(`${url}/metrics`, { headers: { authorization } })).text();
    expect(text).to.match(/^tenure_index_block\{chain="31337"\} \d+$/m);
  });

  it("should say in a sentence that its port, or its folder, is another one's", async () => {
    const { port } = new URL((started as StartedServer).url);
    const config = await loadConfig(file);
    const taken = { ...config, config: { ...config.config, listen: { host: "127.0.0.1", port: Number(port) } } };
    expect((await rejection(startServer(taken, { version: "0.0.0", write: () => {} }))).message).to.include("is taken");
    expect((await rejection(start())).name).to.equal("FolderInUseError");
  });

  it("should stop with streams open, with status 0, and begin again where it was", async () => {
    const { url, stop } = started as StartedServer;
    const stream = await fetch(`${url}/v1/events`);
    expect(stream.status).to.equal(200);
    expect(await stop()).to.equal(0);
    await stream.text();
    expect(await fetch(url).catch(() => "gone")).to.equal("gone");
    started = await start();
    await untilReady(started.url);
    expect(lines.filter((line) => line.includes('"level":"error"'))).to.deep.equal([]);
  });
});
