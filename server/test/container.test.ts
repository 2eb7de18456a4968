import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { parseConfig } from "../src/config/index.ts";

const read = (name: string) => readFileSync(new URL(`../container/${name}`, import.meta.url), "utf8");

describe("the container files", () => {
  it("should build on a base that is pinned, and run as nobody in particular", () => {
    const lines = read("Containerfile").split("\n");
    const bases = lines.filter((line) => line.startsWith("FROM ") && line.includes("/"));
    for (const base of bases)
      expect(base).to.match(/^FROM docker\.io\/library\/node:\d+\.\d+\.\d+-bookworm-slim( AS \w+)?$/);
    expect(lines.indexOf("USER node")).to.be.greaterThan(lines.findLastIndex((line) => line.startsWith("RUN ")));
    const root: { workspaces: string[] } = JSON.parse(read("../../package.json"));
    for (const workspace of root.workspaces) {
      expect(lines).to.include(`COPY ${workspace}/package.json ${workspace}/`);
    }
  });

  it("should compose services whose secrets are all declared, with a root that is only read", () => {
    const [services = "", declared = ""] = read("compose.yaml").split("\nvolumes:\n");
    const used = [...services.matchAll(/^ {6}- (\w+)$/gm)].map(([, name]) => name).filter((name) => name !== "ALL");
    expect(used).to.have.members(["postgres_password", "database_url", "rpc_url"]);
    for (const name of used) expect(declared).to.contain(`  ${name}:\n    file: ./secrets/${name}\n`);
    expect(services).to.contain("read_only: true").and.to.contain("- no-new-privileges:true");
  });

  it("should come with a configuration that lacks nothing but its secrets, and where the registries are", () => {
    const parse = (given: unknown) => parseConfig(given, "/etc/tenure/tenure.config.json", {});
    const given = JSON.parse(read("tenure.config.json"));
    expect(() => parse(given)).to.throw(
      /has 4 problems:\n {2}chains\[0\]\.addresses\.identityRegistry has to be an address/,
    );
    const addresses = { identityRegistry: `0x${"1".repeat(40)}`, vouchRegistry: `0x${"2".repeat(40)}` };
    given.chains[0].addresses = addresses;
    expect(() => parse(given)).to.throw(
      /has 2 problems:\n {2}database\.url is a secret, .*\n {2}chains\[0\]\.rpc\[0\] is a secret, /,
    );
    const folder = mkdtempSync(path.join(tmpdir(), "tenure-container-"));
    const file = path.join(folder, "secret");
    try {
      writeFileSync(file, "postgres://tenure:none@postgres:5432/tenure\n");
      given.database.url.file = file;
      given.chains[0].rpc = ["https://node.example"];
      expect(parse(given).config.policies).to.deep.equal({ folder: "/etc/tenure/policies", defaultTenant: "default" });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
