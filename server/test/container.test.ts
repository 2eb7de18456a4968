import { readFileSync } from "node:fs";
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

  it("should come with a configuration that lacks nothing but its secrets", () => {
    const given = JSON.parse(read("tenure.config.json"));
    expect(() => parseConfig(given, "/etc/tenure/tenure.config.json", {})).to.throw(
      /has 2 problems:\n {2}database\.url is a secret, .*\n {2}chains\[0\]\.rpc\[0\] is a secret, /,
    );
  });
});
