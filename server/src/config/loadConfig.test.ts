import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { rejection } from "../../../sdk/test/utils/rejection.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { temporaryFolders } from "../../test/utils/folder.ts";
import { checkConfig } from "./checkConfig.ts";
import { ConfigError } from "./errors.ts";
import { loadConfig, parseConfig } from "./loadConfig.ts";
import { probeChain } from "./probeChain.ts";

const least = { chains: [{ id: 1, rpc: ["https://node.example"] }] };

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
        { id: 1, rpc: [], maxLag: -1 },
        { id: 1, rpc: ["https://node.example"] },
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
      log: { anchor: { chain: 5, identity: 1, key: { env: "KEY" } } },
    };
    expect(problemsOf(given, { KEY: "0x1" })).to.deep.equal({
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
    const given = { chains: [{ id: 1, rpc: [{ env: "RPC_URL" }] }], database: { url: { file } } };
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
      `const id: number = 5;\nexport default { chains: [{ id, rpc: ["https://node.example"] }] };\n`,
    );
    expect((await loadConfig(typed)).config.chains[0]?.id).to.equal(5);
    writeFileSync(json, "{ no json");
    const error = (await rejection(loadConfig(json))) as Error;
    expect(error).to.be.instanceOf(ConfigError);
    expect(error.message).to.contain(`${json} has a problem:\n  The file is no JSON: `);
    expect(((await rejection(loadConfig(path.join(folder, "none.json")))) as Error).message).to.contain("is not there");
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
          { id: 5, rpc: [url] },
        ],
        database: { url: { env: "DATABASE" } },
        policies: { folder: "policies" },
      };
      writeFileSync(file, JSON.stringify(given));
      const probes = {
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
        `${path.dirname(file)}/policies/other/other.cedar:3`,
      ]);
      expect(found["chains[0].rpc[1]"]).to.contain("The node does not answer");
      expect(found["chains[1].rpc[0]"]).to.equal("The node is of chain 31337, and not of 5.");
      expect(found["database.url"]).to.equal("[secret] does not answer.");
      writeFileSync(file, "{}");
      expect((await checkConfig(file, probes, {})).problems).to.have.length(1);
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
