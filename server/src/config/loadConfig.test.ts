import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { freePort } from "../../../sdk/test/utils/anvil.ts";
import { rejection } from "../../../sdk/test/utils/rejection.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { temporaryFolders } from "../../test/utils/folder.ts";
import { addressFrom } from "../authzen/metadata.ts";
import { checkConfig } from "./checkConfig.ts";
import { ConfigError } from "./errors.ts";
import { loadConfig, parseConfig } from "./loadConfig.ts";
import { probeChain } from "./probeChain.ts";
import { probePort } from "./probePort.ts";

const addresses = { identityRegistry: `0x${"1".repeat(40)}`, vouchRegistry: `0x${"2".repeat(40)}` };
const least = { chains: [{ id: 1, rpc: ["https://node.example"], addresses }] };

function problemsOf(given: unknown, env: NodeJS.ProcessEnv = {}): Record<string, string> {
  try {
    parseConfig(given, "/etc/tenure/tenure.config.json", env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return Object.fromEntries(error.problems.map(({ path, message }) => [path, message]));
  }
  return {};
}

describe("the configuration", function () {
  this.timeout(20_000);
  const newFolder = temporaryFolders();

  it("should be that of one process on one machine where nothing else is said", () => {
    const { config } = parseConfig(least, "/etc/tenure/tenure.config.json", {});
    expect(config.listen).to.deep.equal({ host: "127.0.0.1", port: 8787 });
    expect(config.data).to.equal("/etc/tenure/tenure-data");
    expect(config.chains[0]).to.deep.equal({
      ...{ ...least.chains[0], maxLag: 30, freshBy: "block", anchors: [], minAnchorStake: 1 },
    });
    expect(config.policies.folder).to.equal("/etc/tenure/policies");
    expect(config.logs).to.deep.equal({ level: "info", format: "json" });
  });

  it("should list every problem at once, with its path and the value that is there", () => {
    const given = {
      listen: { port: 70_000 },
      chains: [
        { id: 1, rpc: [], maxLag: -1, addresses },
        { id: 1, rpc: ["https://node.example"], addresses },
      ],
      enforcementPoints: [{ id: "gateway", tenants: ["no tenant"] }],
    };
    const found = problemsOf(given);
    expect(Object.keys(found)).to.have.members([
      "listen.port",
      "chains[0].rpc",
      "chains[0].maxLag",
      "chains[1].id",
      "enforcementPoints[0]",
      "enforcementPoints[0].tenants[0]",
    ]);
    expect(found["listen.port"]).to.contain("(it is 70000)");
    expect(found["enforcementPoints[0]"]).to.contain("tokenSha256, account or identity");
    expect(problemsOf({}).chains).to.equal("is missing.");
  });

  it("should hold what is said against the rest of it", () => {
    const given = {
      chains: [...least.chains, ...least.chains],
      enforcementPoints: [
        { id: "gateway", tokenSha256: ["a".repeat(64)] },
        { id: "gateway", account: `eip155:1:0x${"a".repeat(40)}` },
      ],
      publicUrl: "https://pdp.example",
      log: { anchor: { chain: 5, identity: 1, key: { env: "KEY" } } },
    };
    expect(problemsOf(given, { KEY: `0x${"1".repeat(64)}` })).to.deep.equal({
      "chains[1].id": "stands there twice (it is 1).",
      "log.anchor.chain": "has to be one of the chains, 1, 1 (it is 5).",
      "enforcementPoints[1].id": 'stands there twice (it is "gateway").',
    });
  });

  it("should refuse an unknown key, and say which may have been meant", () => {
    expect(problemsOf({ ...least, lisen: {}, limits: { pageSise: 5 }, zzzzz: 1 })).to.deep.include({
      lisen: "is not a key of the configuration. Did you mean listen?",
      "limits.pageSise": "is not a key of the configuration. Did you mean pageSize?",
    });
    const [chain] = least.chains;
    expect(problemsOf({ chains: [{ ...chain, anchor: 5 }] })).to.deep.equal({
      "chains[0].anchor": "is not a key of the configuration. Did you mean anchors?",
    });
    expect(problemsOf({ ...least, zzzzz: 1 }).zzzzz).to.contain("Known are $schema, listen, publicUrl");
  });

  it("should take secrets from variables and files, list all that are missing, and never tell one", () => {
    const folder = newFolder();
    const file = path.join(folder, "database");
    writeFileSync(file, "postgres://tenure:hidden@db/tenure\n");
    const given = { chains: [{ id: 1, rpc: [{ env: "RPC_URL" }], addresses }], database: { url: { file } } };
    const { config, secrets } = parseConfig(given, path.join(folder, "tenure.config.json"), {
      RPC_URL: "https://x/key",
    });
    expect(config.chains[0]?.rpc).to.deep.equal(["https://x/key"]);
    expect(config.database?.url).to.equal("postgres://tenure:hidden@db/tenure");
    expect(secrets).to.have.members(["https://x/key", "postgres://tenure:hidden@db/tenure"]);
    expect(problemsOf({ ...given, database: { url: { file: "none" } } })).to.deep.equal({
      "chains[0].rpc[0]": "is a secret, and the variable RPC_URL is not set.",
      "database.url": "is a secret, and the file /etc/tenure/none cannot be read (ENOENT).",
    });
    const open = problemsOf({ ...least, database: { url: "mysql://tenure:hidden@db" } });
    expect(open["database.url"]).to.contain("postgres://");
    expect(JSON.stringify(open)).to.not.contain("hidden");
  });

  it("should be read from JSON and from TypeScript", async () => {
    const folder = newFolder();
    const json = path.join(folder, "tenure.config.json");
    writeFileSync(json, JSON.stringify({ ...least, policies: { folder: "policies" } }));
    expect((await loadConfig(json)).config.policies.folder).to.equal(path.join(folder, "policies"));
    const typed = path.join(folder, "tenure.config.mts");
    writeFileSync(
      typed,
      `const id: number = 5;\nexport default { chains: [{ id, rpc: ["https://node.example"], addresses: ${JSON.stringify(addresses)} }] };\n`,
    );
    expect((await loadConfig(typed)).config.chains[0]?.id).to.equal(5);
    writeFileSync(json, "{ no json");
    const error = (await rejection(loadConfig(json))) as Error;
    expect(error).to.be.instanceOf(ConfigError);
    expect(error.message).to.contain(`${json} has a problem:\n  The file is no JSON from line 1, column 3 on.`);
    expect(((await rejection(loadConfig(path.join(folder, "none.json")))) as Error).message).to.contain("is not there");
  });

  it("should tell which URLs cannot be those of a server, before the server does", () => {
    const found = (more: object) => problemsOf({ ...least, ...more });
    const urls = [
      "http://pdp.example",
      "https://pdp.example?a=1",
      "https://pdp.example/#a",
      "https://pdp.example/?",
      "https://me:hidden@pdp.example",
      "ftp://pdp.example",
      "pdp.example",
    ];
    for (const publicUrl of urls) {
      expect(found({ publicUrl }), publicUrl).to.have.keys("publicUrl");
      expect(JSON.stringify(found({ publicUrl }))).to.not.contain("hidden");
    }
    for (const publicUrl of ["https://pdp.example", "https://pdp.example/a", "http://localhost:1", "http://[::1]:1/"]) {
      expect(found({ publicUrl }), publicUrl).to.deep.equal({});
      expect(() => addressFrom(publicUrl)).to.not.throw();
    }
    for (const host of ["0.0.0.0", "::", "10.0.0.1", "a host"]) {
      expect(found({ listen: { host } }).publicUrl, host).to.contain(`what listens on ${host}`);
      expect(found({ listen: { host }, publicUrl: "https://pdp.example" })).to.deep.equal({});
    }
    for (const host of ["127.0.0.1", "::1", "localhost"]) expect(found({ listen: { host } })).to.deep.equal({});
    const origins = ["https://api.example", "https://api.example/", "https://API.example", "https://api.example/a"];
    expect(found({ requests: { origins } })).to.have.keys([1, 2, 3].map((place) => `requests.origins[${place}]`));
  });

  it("should check secrets once they are read, and not tell them", () => {
    const source = (name: string) => ({ env: name });
    const given = {
      chains: [{ ...least.chains[0], rpc: [source("RPC")] }],
      database: { url: source("DATABASE") },
      pageKey: source("PAGE"),
      log: { anchor: { chain: 1, identity: 1, key: source("KEY") } },
    };
    const good = {
      RPC: "wss://node.example/key",
      DATABASE: "postgresql://a:b@c/d",
      PAGE: "Ab".repeat(32),
      KEY: `0x${"1".repeat(64)}`,
    };
    expect(problemsOf(given, good)).to.deep.equal({});
    const wrong = { RPC: "hidden", DATABASE: "mysql://hidden", PAGE: "hidden", KEY: "0xhidden" };
    const found = problemsOf(given, wrong);
    expect(found).to.have.keys("chains[0].rpc[0]", "database.url", "pageKey", "log.anchor.key");
    expect(found.pageKey).to.equal("is a secret, and what the variable PAGE holds is not 64 hexadecimal digits.");
    expect(JSON.stringify(found)).to.not.contain("hidden");
    for (const [name, value] of [
      ["KEY", `0x${"0".repeat(64)}`],
      ["KEY", `0x${"f".repeat(64)}`],
      ["KEY", "1".repeat(64)],
      ["RPC", "ftp://node.example"],
      ["RPC", "https://node.example/ key"],
      ["DATABASE", "postgres://[a"],
      ["PAGE", "a".repeat(63)],
    ] as const) {
      expect(Object.keys(problemsOf(given, { ...good, [name]: value })), `${name} ${value}`).to.have.length(1);
    }
  });

  it("should have each caller be one alone, and signatures be for an address that they can be for", () => {
    const [a, b] = ["a".repeat(64), "b".repeat(64)];
    const account = `eip155:1:0x${"a".repeat(40)}`;
    const given = {
      ...least,
      enforcementPoints: [
        { id: "one", tokenSha256: [a, a] },
        { id: "two", tokenSha256: [a], account },
        { id: "three", account },
        { id: "four", identity: 7 },
        { id: "five", identity: 7 },
        { id: "six" },
      ],
      operators: [
        { id: "ops", tokenSha256: a },
        { id: "ops", tokenSha256: b },
      ],
    };
    const same = "is the same token as enforcementPoints[0].tokenSha256[0]. Give each its own.";
    const found = {
      "enforcementPoints[0].tokenSha256[1]": same,
      "enforcementPoints[1].tokenSha256[0]": same,
      "operators[0].tokenSha256": same,
      "enforcementPoints[2].account": `stands there twice (it is "${account}").`,
      "enforcementPoints[4].identity": "stands there twice (it is 7).",
      "operators[1].id": 'stands there twice (it is "ops").',
    };
    const six = problemsOf({ ...given, publicUrl: "https://pdp.example" });
    expect(six).to.deep.include(found).and.to.have.property("enforcementPoints[5]").that.contains("nobody could be it");
    expect(Object.keys(six)).to.have.length(7);
    const open = problemsOf({ ...given, publicUrl: "http://127.0.0.1:1" });
    for (const at of ["[1].account", "[3].identity"])
      expect(open, at).to.have.property(`enforcementPoints${at}`).that.contains("https://");
    expect(problemsOf(given)).to.have.property("enforcementPoints[3].identity");
  });

  it("should tell what does not fit the rest also where something has the wrong type", () => {
    const token = "a".repeat(64);
    const given = {
      stopSeconds: "soon",
      listen: { host: "0.0.0.0", port: "x" },
      chains: [{ id: 1, rpc: ["https://node.example"] }, null, { id: 1, rpc: 5, addresses }],
      enforcementPoints: [{ id: 5, tokenSha256: [token] }, { id: "b" }],
      operators: [{ id: "ops", tokenSha256: token }],
      log: { anchor: { chain: 9, identity: "x", key: { env: "KEY" } } },
      pageKey: { env: "PAGE" },
    };
    expect(problemsOf(given, { KEY: "x", PAGE: "x" })).to.have.keys(
      ...["stopSeconds", "listen.port", "chains[1]", "chains[2].rpc", "enforcementPoints[0].id", "log.anchor.identity"],
      ...["publicUrl", "chains[0].addresses", "chains[2].id", "enforcementPoints[1]", "operators[0].tokenSha256"],
      ...["log.anchor.chain", "pageKey", "log.anchor.key"],
    );
    for (const value of [null, 5, "x", [], { chains: "x" }, { chains: {} }])
      expect(problemsOf(value), JSON.stringify(value)).to.not.deep.equal({});
  });

  it("should repeat plain values alone, as anything may stand in others", () => {
    const inline = "https://node.example/hidden";
    const [chain] = least.chains;
    const objects = [
      { chains: { ...chain, rpc: [inline] } },
      { ...least, enforcementPoints: [{ rpc: inline }] },
      { ...least, enforcementPoints: { rpc: inline } },
      { ...least, logs: [inline] },
      { ...least, listen: inline.split("/") },
      { chains: [[inline]] },
      { chains: [{ ...chain, id: { rpc: inline } }] },
      { ...least, tenants: { "no tenant": { a: inline } } },
    ];
    for (const given of objects) {
      const found = JSON.stringify(problemsOf(given));
      expect(found).to.not.equal("{}");
      expect(found).to.not.contain("hidden");
    }
    expect(problemsOf({ chains: {} }).chains).to.match(/\(it is an object\)\.$/);
  });

  it("should not quote a file that cannot be read, and refuse a name that stands there twice", async () => {
    const folder = newFolder();
    const told = async (name: string, text: string) => {
      writeFileSync(path.join(folder, name), text);
      return ((await rejection(loadConfig(path.join(folder, name)))) as Error).message;
    };
    for (const text of ['{"pageKey": hidden}', '{"pageKey": "hidden', '{"a":\n"hidden" "b"}', "hidden"])
      expect(await told("a.json", text))
        .to.contain("no JSON")
        .and.to.not.contain("hidden");
    expect(await told("a.json", '{"a":\n"hidden" "b"}')).to.contain("from line 2, column 10 on.");
    const chains = JSON.stringify(least.chains);
    const twice = await told(
      "a.json",
      `{"chains":${chains},"logs":{"level":"info","l\\u0065vel":"bad"},"chains":[{}]}`,
    );
    expect(twice).to.contain("  logs.level stands there twice.").and.to.contain("  chains stands there twice.");
    expect(twice).to.contain("  logs.level Invalid option").and.to.contain("  chains[0].id is missing");
    const nested = `{"chains":[${chains.slice(1, -1)},{"rpc":["a,{",{"env":"a","env":"b"}],"id":2,"id":3}]}`;
    expect(await told("a.json", nested))
      .to.contain("  chains[1].rpc[1].env stands")
      .and.to.contain("  chains[1].id stands");
    expect(await told("a.json", '{"stopSeconds":9007199254740993}')).to.contain("can be read in two ways");
    for (const [name, text] of [
      ["a.mts", 'export default { pageKey: "hidden" "hidden" };'],
      ["b.mjs", 'export default { pageKey: "hidden" "hidden" };'],
    ] as const) {
      expect(await told(name, text))
        .to.contain("its syntax is wrong")
        .and.to.not.contain("hidden");
    }
    expect(((await rejection(loadConfig(folder))) as Error).message).to.contain("cannot be read (EISDIR)");
  });

  describe("checked", () => {
    let world: World;
    before(async () => {
      world = await openWorld();
    });
    after(() => world.close());

    it("should find what is wrong beyond the file, everything at once, without telling a secret", async () => {
      const file = path.join(newFolder(), "tenure.config.json");
      const { url } = world;
      const given = {
        chains: [
          { id: 31337, rpc: [url, "http://127.0.0.1:9"] },
          { id: 5, rpc: [url], addresses },
        ],
        database: { url: { env: "DATABASE" } },
        policies: { folder: "policies" },
      };
      writeFileSync(file, JSON.stringify(given));
      const taken = { host: "127.0.0.1", port: world.port };
      const probes = {
        port: () => probePort(taken),
        chain: probeChain,
        database: async (config: { database?: { url: string } | undefined }) => {
          throw new Error(`${config.database?.url} does not answer.`);
        },
        policies: async (folder: string) => [{ path: `${folder}/other/other.cedar:3`, message: "This is no policy." }],
      };
      const { problems } = await checkConfig(file, probes, { DATABASE: "postgres://hidden@db" });
      const found = Object.fromEntries(problems.map(({ path, message }) => [path, message]));
      expect(Object.keys(found)).to.have.members([
        "chains[0].rpc[1]",
        "chains[1].rpc[0]",
        "database.url",
        "listen",
        `${path.dirname(file)}/policies/other/other.cedar:3`,
      ]);
      expect(found["chains[0].rpc[1]"]).to.contain("The node does not answer");
      expect(found["chains[1].rpc[0]"]).to.equal("The node is of chain 31337, and not of 5.");
      expect(found.listen).to.contain(`Port ${world.port} of 127.0.0.1 is taken.`);
      expect(found["database.url"]).to.equal("[secret] does not answer.");
      writeFileSync(file, "{}");
      expect((await checkConfig(file, probes, {})).problems).to.have.length(1);
    });

    it("should find whether it could listen, and leave the port free", async () => {
      const port = await freePort();
      await probePort({ host: "127.0.0.1", port });
      await probePort({ host: "127.0.0.1", port });
      const elsewhere = (await rejection(probePort({ host: "192.0.2.1", port }))) as Error;
      expect(elsewhere.message).to.contain("listen on 192.0.2.1").and.to.contain("`listen.host`");
    });

    it("should find that no registries are where they should be", async () => {
      const nowhere = { identityRegistry: `0x${"1".repeat(40)}`, vouchRegistry: `0x${"2".repeat(40)}` };
      const chain = {
        id: 31337,
        rpc: [world.url],
        addresses: nowhere,
        maxLag: 30,
        freshBy: "block" as const,
        anchors: [],
        minAnchorStake: 1,
      };
      const error = await rejection(probeChain(chain, world.url));
      expect((error as Error).message).to.contain("There is no contract at 0x1111");
    });
  });
});
