import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { openWorld, type World } from "../../sdk/test/utils/world.ts";
import { makeProgram } from "../src/program.ts";
import { acting, settle } from "./utils/acting.ts";
import { refused, tenure, tenureJson } from "./utils/tenure.ts";

const file = path.join(import.meta.dirname, "../../docs/cli.md");

/** What docs/cli.md says of a command's JSON. */
async function rowOf(command: string): Promise<string> {
  const text = await readFile(file, "utf8");
  const rows = text.slice(text.indexOf("| Command | Fields |")).split("\n");
  const row = rows.map((line) => line.split("|").slice(1, -1)).find(([names]) => names?.includes(`\`${command}\``));
  return row?.[1] ?? "";
}

/** The names of its fields, in order. */
async function documented(command: string): Promise<string[]> {
  // What is inside of a field comes in brackets or after "of each".
  const fields = (await rowOf(command)).replace(/\([^)]*\)/g, "").replace(/: of each.*/, "");
  return [...fields.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? "");
}

/** The names of the fields of each entry of the list that it has. */
async function documentedOfEach(command: string): Promise<string[]> {
  const [, fields = ""] = /of each (.*)/.exec((await rowOf(command)).replace(/\((?!of each)[^)]*\)/g, "")) ?? [];
  return [...fields.replace(/\).*/, "").matchAll(/`(\w+)`/g)].map(([, name]) => name ?? "");
}

describe("docs/cli.md", () => {
  let world: World;
  let home: string;
  before(async () => {
    world = await openWorld();
    home = await mkdtemp(path.join(tmpdir(), "tenure-"));
    await settle(world, 3);
  });
  after(async () => {
    await rm(home, { recursive: true });
    await world.close();
  });

  it("should name every command that there is, and no other", async () => {
    const text = await readFile(file, "utf8");
    const table = text.slice(text.indexOf("| Command | What"), text.indexOf("A *target*"));
    const named = [...table.matchAll(/`(\w+)[^`]*`(?=[^|]*\|[^|]*\|$)/gm)].map(([, name]) => name);
    const { stdout } = await tenure(["--help"]);
    const section = stdout.slice(stdout.indexOf("Commands:"), stdout.indexOf("Keys:"));
    const there = [...section.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name).filter((name) => name !== "help");
    expect(new Set(named.filter((name) => name !== "import" && name !== "list"))).to.deep.equal(new Set(there));
  });

  const writes: [command: string, ...args: string[]][] = [
    ["pulse"],
    ["vouch", "2", "--stake", "2"],
    ["renew", "2", "--add", "1"],
    ["revoke", "2"],
    ["warn", "3", "--stake", "2"],
    ["suspend"],
    ["resume"],
    ["retire", "--yes"],
  ];
  for (const [command, ...args] of writes) {
    it(`should name the fields of ${command} --json`, async () => {
      const result = await tenureJson<object>([command, ...args], acting(world, 1));
      expect(Object.keys(result)).to.have.members([...(await documented(command)), "transaction"]);
    });
  }

  it("should name the commands that take --sign, and the kinds of what they sign, and no other", async () => {
    const text = await readFile(file, "utf8");
    const section = text.slice(text.indexOf("## Signing without sending"), text.indexOf("## Trust"));
    const namesIn = (sentence: RegExp) =>
      [...(sentence.exec(section)?.[0] ?? "").matchAll(/`(\w+)`/g)].map(([, name]) => name).sort();
    const signing = makeProgram().commands.filter(({ options }) => options.some(({ long }) => long === "--sign"));
    expect(namesIn(/`register`[^.]*? take `--sign/)).to.deep.equal(signing.map((command) => command.name()).sort());
    await writeFile(path.join(home, "other.json"), JSON.stringify({ kind: "other" }));
    const refusal = await refused(2, ["submit", path.join(home, "other.json")], acting(world, 0));
    const kinds = /one of ([\w, ]+)\./.exec(refusal)?.[1]?.split(", ").sort();
    expect(namesIn(/and `kind`: ([^.]+)\./).filter((name) => name !== "kind")).to.deep.equal(kinds);
  });

  it("should name the fields of submit --json: those of the command that signed", async () => {
    const signed = path.join(home, "pulse.json");
    await tenureJson(["pulse", "--sign", signed], acting(world, 3));
    const result = await tenureJson<object>(["submit", signed], acting(world, 0));
    expect(Object.keys(result)).to.have.members([...(await documented("pulse")), "transaction"]);
  });

  it("should name the fields of register --json", async () => {
    const result = await tenureJson<object>(["register"], acting(world, 4));
    expect(Object.keys(result)).to.have.members([...(await documented("register")), "transaction"]);
  });

  it("should name the fields of rotate --json", async () => {
    const consent = path.join(home, "consent.json");
    await tenureJson(["rotate", "2", "--sign", consent], acting(world, 5));
    const result = await tenureJson<object>(["rotate", "--consent", consent], acting(world, 2));
    expect(Object.keys(result)).to.have.members([...(await documented("rotate")), "transaction"]);
  });

  for (const command of ["show", "vouchers", "history", "check"]) {
    it(`should name the fields of ${command} --json`, async () => {
      const demand = command === "check" ? ["--min-age", "1d"] : [];
      const { stdout } = await tenure([command, "3", ...demand, "--json"], acting(world, 0));
      expect(Object.keys(JSON.parse(stdout))).to.have.members(await documented(command));
    });
  }

  const lists: [list: string, ...args: string[]][] = [
    ["vouches", "vouchers", "3"],
    ["events", "history", "3"],
    ["unmet", "check", "3", "--min-support", "999"],
    ["contracts", "deploy"],
  ];
  for (const [list, ...args] of lists) {
    it(`should name the fields of each of the ${list} of ${args[0]} --json`, async () => {
      const { stdout } = await tenure([...args, "--json"], acting(world, 0));
      const entries = (JSON.parse(stdout) as Record<string, object[]>)[list] ?? [];
      expect(entries).to.not.deep.equal([]);
      for (const entry of entries) expect(Object.keys(entry)).to.have.members(await documentedOfEach(args[0] ?? ""));
    });
  }

  for (const args of [["deploy"], ["keystore", "list"], ["keystore", "create", "new"]]) {
    const command = args.slice(0, 2).join(" ");
    it(`should name the fields of ${command} --json`, async () => {
      const env = { ...acting(world, 0), TENURE_HOME: home, TENURE_KEYSTORE_PASSWORD: "word" };
      expect(Object.keys(await tenureJson<object>(args, env))).to.have.members(await documented(command));
    });
  }
});
