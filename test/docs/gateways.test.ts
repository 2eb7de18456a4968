// The gateway of the guide, as it stands: nginx, the adapter, a server and a service, each in a process of its own but the server.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createSession, createSignedFetch, signRequest } from "@tenure/http-auth";
import { shortAddresses } from "@tenure/sdk";
import { loadConfig, type StartedServer, startServer } from "@tenure/server";
import { expect } from "chai";
import { freePort } from "../../sdk/test/utils/anvil.ts";
import { openWorld, type World } from "../../sdk/test/utils/world.ts";
import { root } from "../package/utils/run.ts";

const EXAMPLE = path.join(root, "examples/gateway-nginx");
const ORIGIN = "https://api.example";
const TOKEN = "gateway-token-of-this-test-alone";
const isThere = spawnSync("nginx", ["-v"]).status === 0;

describe("docs/gateways.md", () => {
  it("should show the example's configuration as it is", async () => {
    const page = await readFile(path.join(root, "docs/gateways.md"), "utf8");
    expect(page).to.include(`\`\`\`nginx\n${await readFile(path.join(EXAMPLE, "tenure.conf"), "utf8")}\`\`\``);
  });
});

describe("docs/gateways.md, behind nginx", function () {
  this.timeout(60_000);
  let world: World;
  let folder: string;
  let started: StartedServer;
  let service: Server;
  let seen: { target: string | undefined; headers: IncomingHttpHeaders }[];
  let ports: Record<"nginx" | "adapter", number>;
  let adapter: ChildProcess | undefined;
  let nginx: ChildProcess | undefined;

  before(async function () {
    if (!isThere) return this.skip();
    world = await openWorld();
    await world.members[1].registerSync({});
    folder = await mkdtemp(path.join(tmpdir(), "tenure-nginx-"));
    started = await startTenure();
    service = createServer(({ url, headers }, response) => {
      seen.push({ target: url, headers });
      response.end("ok");
    });
    await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
    ports = { nginx: await freePort(), adapter: await freePort() };
    adapter = await startAdapter();
    nginx = await startNginx((service.address() as AddressInfo).port);
  });
  after(async () => {
    await end(nginx);
    await end(adapter);
    await started?.stop();
    service?.closeAllConnections();
    service?.close();
    await world?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    seen = [];
  });

  async function end(child: ChildProcess | undefined): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, "exit");
    child.kill();
    await closed;
  }

  async function startTenure(): Promise<StartedServer> {
    const file = path.join(folder, "tenure.config.json");
    await cp(path.join(root, "server/policies/open"), path.join(folder, "policies/shop"), { recursive: true });
    await writeFile(path.join(folder, "policies/shop/tenant.json"), '{ "actions": ["GET", "POST"] }');
    const given = {
      listen: { port: 0 },
      chains: [{ id: 31337, rpc: [world.url], addresses: shortAddresses, freshBy: "answer", pollSeconds: 0.05 }],
      policies: { defaultTenant: "shop" },
      enforcementPoints: [{ id: "nginx", tokenSha256: [createHash("sha256").update(TOKEN).digest("hex")] }],
      requests: { origins: [ORIGIN] },
      stopSeconds: 2,
    };
    await writeFile(file, JSON.stringify(given));
    const server = await startServer(await loadConfig(file), { version: "0.0.0", write: () => {} });
    await until(async () => (await fetch(`${server.url}/readyz`)).status === 200);
    return server;
  }

  async function startAdapter(more: NodeJS.ProcessEnv = {}): Promise<ChildProcess> {
    const env = { ...process.env, PORT: String(ports.adapter), TENURE_URL: started.url, TENURE_TOKEN: TOKEN, ...more };
    const child = spawn(process.execPath, ["adapter.ts"], { cwd: EXAMPLE, env, stdio: ["ignore", "pipe", "ignore"] });
    await once(child.stdout ?? expect.fail(), "data");
    return child;
  }

  async function startNginx(servicePort: number): Promise<ChildProcess> {
    const own: Record<string, number> = { 8080: ports.nginx, 9000: ports.adapter, 3000: servicePort };
    const site = await readFile(path.join(EXAMPLE, "tenure.conf"), "utf8");
    await writeFile(
      path.join(folder, "tenure.conf"),
      site.replace(/127\.0\.0\.1:(\d+)/g, (_, port) => `127.0.0.1:${own[port]}`),
    );
    await mkdir(path.join(folder, "tmp"));
    const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path tmp/${name};`);
    const main = ["daemon off;", "pid nginx.pid;", "error_log stderr crit;", "events {}"];
    const http = ["http {", "access_log off;", ...places, "include tenure.conf;", "}"];
    await writeFile(path.join(folder, "nginx.conf"), [...main, ...http].join("\n"));
    const child = spawn("nginx", ["-e", "stderr", "-p", folder, "-c", "nginx.conf"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk;
    });
    await until(async () => {
      if (child.exitCode !== null) throw new Error(said);
      return await fetch(`http://127.0.0.1:${ports.nginx}/`).then(
        () => true,
        () => false,
      );
    });
    return child;
  }

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    for (const limit = Date.now() + 20_000; !(await isSo()); ) {
      if (Date.now() > limit) throw new Error("It takes too long.");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  const send = (request: Request) =>
    fetch(new Request(request.url.replace(ORIGIN, `http://127.0.0.1:${ports.nginx}`), request));
  const fetchOf = (member: 1 | 2) =>
    createSignedFetch({ account: world.members[member].account, chainId: 31337, fetch: send });

  it("should let in whom the server lets in, and tell the service who that is", async () => {
    const lie = { headers: { "tenure-agent": "somebody else" } };
    expect((await fetchOf(1)(`${ORIGIN}/items?a=b%20c`, lie)).status).to.equal(200);
    const [{ target, headers } = expect.fail()] = seen;
    expect(target).to.equal("/items?a=b%20c");
    const registry = shortAddresses.identityRegistry.toLowerCase();
    expect(headers["tenure-agent"]).to.equal(`eip155:31337/erc721:${registry}/1`);
    expect(headers["tenure-decision"]).to.match(/^[0-9a-f-]{36}$/);
  });

  it("should let in a session of the account, by its grants", async () => {
    const session = await createSession({
      account: world.members[1].account,
      chainId: 31337,
      audiences: [ORIGIN],
      permissions: ["items:read"],
      validFor: 600,
      fetch: send,
    });
    expect((await session.fetch(`${ORIGIN}/items`)).status).to.equal(200);
    expect(seen).to.have.length(1);
  });

  it("should refuse everybody else, and say why", async () => {
    const stranger = await fetchOf(2)(`${ORIGIN}/items`);
    expect([stranger.status, stranger.headers.get("tenure-reason")]).to.satisfy(
      ([status, reason]: [number, string]) => status === 403 && reason.startsWith("Nobody is known here"),
    );
    const unsigned = await send(new Request(`${ORIGIN}/items`));
    expect([unsigned.status, unsigned.headers.get("www-authenticate")]).to.deep.equal([
      401,
      'ERC8128 error="signature_missing"',
    ]);
    const signed = await signRequest(new Request(`${ORIGIN}/items`), {
      account: world.members[1].account,
      chainId: 31337,
    });
    const elsewhere = await send(new Request(`${ORIGIN}/other`, signed));
    expect(elsewhere.status).to.equal(401);
    expect((await send(signed.clone())).status).to.equal(200);
    expect((await send(signed.clone())).headers.get("www-authenticate")).to.include("nonce_reused");
    const grants = await send(
      new Request(signed, { headers: { ...Object.fromEntries(signed.headers), "erc-8128-delegation": "g0=:AAAA:" } }),
    );
    expect(grants.status).to.equal(401);
    expect(seen).to.have.length(1);
  });

  it("should refuse what could be read as another path", async () => {
    for (const target of ["/items%2Fadmin", "//admin", "/items/%5Cadmin"]) {
      expect((await fetchOf(1)(`${ORIGIN}${target}`)).status, target).to.equal(403);
    }
    expect(seen).to.deep.equal([]);
  });

  it("should refuse content that nobody checks, and let it in where the service does", async () => {
    const addition = { method: "POST", body: "an item", headers: { "content-type": "text/plain" } };
    expect((await fetchOf(1)(`${ORIGIN}/items`, addition)).status).to.equal(403);
    await end(adapter);
    adapter = await startAdapter({ SERVICE_CHECKS_CONTENT: "1" });
    expect((await fetchOf(1)(`${ORIGIN}/items`, addition)).status).to.equal(200);
    const [{ headers } = expect.fail()] = seen;
    expect(headers["content-digest"]).to.match(/^sha-256=/);
  });

  it("should refuse a suspended agent", async () => {
    await world.members[1].suspendSync({ id: 1 });
    const refused = async () => (await fetchOf(1)(`${ORIGIN}/items`)).status === 403;
    await until(refused);
    await world.members[1].resumeSync({ id: 1 });
    await until(async () => !(await refused()));
  });

  it("should let nobody in where the server, or the adapter, is not there", async () => {
    await started.stop();
    expect((await fetchOf(1)(`${ORIGIN}/items`)).status).to.equal(500);
    await end(adapter);
    expect((await fetchOf(1)(`${ORIGIN}/items`)).status).to.equal(500);
    expect(seen).to.deep.equal([]);
  });
});
