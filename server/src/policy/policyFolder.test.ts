import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createPolicyEngine, type PolicyEngine } from "./engine.ts";
import { NoPoliciesError, type PolicyProblem } from "./errors.ts";
import { openPolicyFolder, type PolicyFolder } from "./policyFolder.ts";

const permit = (id: string) => `@id("${id}") permit (principal, action, resource);\n`;

describe("openPolicyFolder", () => {
  let engine: PolicyEngine;
  let root: string;
  let folder: PolicyFolder;
  let told: [tenant: string, problems: readonly PolicyProblem[]][];
  let activated: [tenant: string, policies: readonly string[]][];
  before(async () => {
    engine = await createPolicyEngine();
  });
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "tenure-policies-"));
    await mkdir(join(root, "shop"));
    await writeFile(join(root, "shop", "a.cedar"), permit("a"));
    [told, activated] = [[], []];
    folder = openPolicyFolder({
      root,
      engine,
      // The tests look themselves.
      lookEvery: 1e9,
      onProblems: (...problems) => told.push(problems),
      onActive: (tenant, { policies }) => activated.push([tenant, policies.map(({ id }) => id)]),
    });
  });
  afterEach(async () => {
    await folder.close();
    await rm(root, { recursive: true, force: true });
  });

  const write = (name: string, text: string) => writeFile(join(root, "shop", name), text);
  const idsOf = async () => (await folder.find("shop")).policies.map(({ id }) => id);
  const settle = async () => {
    await folder.look();
    await folder.look();
  };

  it("should read a tenant when it is asked about, once, and use a change once it stood still for a look", async () => {
    await Promise.all([idsOf(), idsOf()]);
    expect(activated).to.deep.equal([["shop", ["a"]]]);
    await write("b.cedar", permit("b"));
    await folder.look();
    expect(await idsOf()).to.deep.equal(["a"]);
    await write("b.cedar", permit("b2"));
    await folder.look();
    expect(await idsOf()).to.deep.equal(["a"]);
    await folder.look();
    expect(await idsOf()).to.deep.equal(["a", "b2"]);
    await rm(join(root, "shop", "a.cedar"));
    await settle();
    expect(activated.at(-1)).to.deep.equal(["shop", ["b2"]]);
    expect(told).to.deep.equal([]);
  });

  it("should keep what was active where a file is broken, tell of every problem once, and heal", async () => {
    await idsOf();
    await write("b.cedar", `${permit("b")}permit (principal);\n`);
    await write("c.cedar", permit("a"));
    await settle();
    await settle();
    expect(await idsOf()).to.deep.equal(["a"]);
    expect(told).to.have.length(1);
    expect(told[0]?.[1].map(({ file, line }) => `${file}:${line}`)).to.deep.equal(["b.cedar:2", "c.cedar:1"]);
    expect(await folder.check("shop")).to.have.length(2);
    await write("b.cedar", permit("b"));
    await rm(join(root, "shop", "c.cedar"));
    await settle();
    expect(await idsOf()).to.deep.equal(["a", "b"]);
    expect(await folder.check("shop")).to.deep.equal([]);
  });

  it("should not use a part of what it was, however valid: a folder that is gone, a file that is no text, two schemas", async () => {
    await idsOf();
    await writeFile(join(root, "shop", "b.cedar"), Buffer.from([0xff, 0xfe, 0x00]));
    await settle();
    expect(told.at(-1)?.[1]).to.deep.equal([{ file: "b.cedar", message: "This is no text in UTF-8." }]);
    await rm(join(root, "shop", "b.cedar"));
    await write("one.cedarschema", "entity a;");
    await write("two.cedarschema", "entity b;");
    await settle();
    expect(told.at(-1)?.[1][0]?.message).to.include("There is a schema in one.cedarschema already");
    await rm(join(root, "shop"), { recursive: true });
    await settle();
    expect(told.at(-1)?.[1]).to.deep.equal([{ file: "*", message: "There is no such folder." }]);
    expect(await idsOf()).to.deep.equal(["a"]);
  });

  it("should not read a file of 100 MB, and keep what was active", async () => {
    await idsOf();
    await write("huge.cedar", permit("huge"));
    await truncate(join(root, "shop", "huge.cedar"), 100_000_000);
    const before = process.memoryUsage().rss;
    await settle();
    expect(process.memoryUsage().rss - before).to.be.lessThan(50_000_000);
    expect(told.at(-1)?.[1][0]?.message).to.match(/have 1000000\d\d bytes, and 4000000 are allowed/);
    expect(await idsOf()).to.deep.equal(["a"]);
  });

  it("should know of no tenant that has no folder, nor of one that is no name", async () => {
    for (const name of ["nobody", "..", "../shop", "shop/../shop", "", "a".repeat(64), "sh\0op", ".git"]) {
      let error: unknown;
      try {
        await folder.find(name);
      } catch (thrown) {
        error = thrown;
      }
      expect(error, name).to.be.instanceOf(NoPoliciesError);
    }
    expect(told).to.deep.equal([]);
    await mkdir(join(root, "nobody"));
    await writeFile(join(root, "nobody", "a.cedar"), permit("a"));
    await folder.find("nobody");
    expect(await folder.list()).to.deep.equal(["nobody", "shop"]);
  });

  it("should say of a tenant whose files never held up why nothing is active", async () => {
    await write("a.cedar", "permit (principal, action, resource);");
    const error = await Promise.resolve(folder.find("shop")).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(NoPoliciesError);
    expect(error).to.have.property("message").that.includes("a.cedar:1: This policy has no name");
    await write("a.cedar", permit("a"));
    await settle();
    expect(await idsOf()).to.deep.equal(["a"]);
  });
});
