import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { openWorld, type World } from "../../sdk/test/utils/world.ts";
import { makeProgram } from "../src/program.ts";
import { acting, settle } from "./utils/acting.ts";
import { commandsOf } from "./utils/commands.ts";
import { origin, startPlatform } from "./utils/platform.ts";
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
    await world.members[3].setMetadataSync({ id: 3, key: "model", value: "0x6d" });
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

  it("should name the fields of burn --json and disown --json", async () => {
    await tenureJson(["vouch", "3", "--stake", "4", "--arbiter", "1"], acting(world, 2));
    const burned = await tenureJson<object>(["burn", "2", "3", "--amount", "1", "--yes"], acting(world, 1));
    expect(Object.keys(burned)).to.have.members([...(await documented("burn")), "transaction"]);
    const disowned = await tenureJson<object>(["disown", "2", "--yes"], acting(world, 3));
    expect(Object.keys(disowned)).to.have.members([...(await documented("disown")), "transaction"]);
  });

  const writes: [command: string, ...args: string[]][] = [
    ["pulse"],
    ["vouch", "2", "--stake", "2"],
    ["renew", "2", "--add", "1"],
    ["revoke", "2"],
    ["warn", "3", "--stake", "2"],
    ["uri set", "ipfs://file"],
    ["metadata set", "model=m-1"],
    ["wallet unset"],
    ["nonces void", "7"],
    ["fund", `0x${"ab".repeat(20)}`],
    ["advance", "60s"],
    ["grants revoke", `0x${"a1".repeat(32)}`],
    ["grants advance-epoch"],
    ["suspend"],
    ["resume"],
    ["retire", "--yes"],
  ];
  for (const [command, ...args] of writes) {
    it(`should name the fields of ${command} --json`, async () => {
      const result = await tenureJson<object>([...command.split(" "), ...args], acting(world, 1));
      const sent = ["fund", "advance"].includes(command) ? [] : ["transaction"];
      expect(Object.keys(result)).to.have.members([...(await documented(command)), ...sent]);
    });
  }

  it("should name the fields of guardian --json", async () => {
    const steps: [account: number, command: string, ...args: string[]][] = [
      [2, "guardian set", world.members[0].account.address],
      [0, "guardian propose", "2", world.members[4].account.address],
      [0, "guardian cancel", "2"],
    ];
    for (const [account, command, ...args] of steps) {
      const result = await tenureJson<object>([...command.split(" "), ...args], acting(world, account));
      expect(Object.keys(result), command).to.have.members([...(await documented(command)), "transaction"]);
    }
    // What is claimed is rotated.
    expect(await documented("guardian claim")).to.deep.equal(await documented("rotate"));
  });

  it("should name the commands that take --sign, and the kinds of what they sign, and no other", async () => {
    const text = await readFile(file, "utf8");
    const section = text.slice(text.indexOf("## Signing without sending"), text.indexOf("## Trust"));
    const namesIn = (sentence: RegExp) =>
      [...(sentence.exec(section)?.[0] ?? "").matchAll(/`([\w ]+)`/g)].map(([, name]) => name).sort();
    const signing = commandsOf(makeProgram()).filter(({ command }) =>
      command.options.some(({ long }) => long === "--sign"),
    );
    expect(namesIn(/`register`[^.]*? take `--sign/)).to.deep.equal(signing.map(({ name }) => name).sort());
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

  const reads: [command: string, ...args: string[]][] = [
    ...([["show"], ["vouchers"], ["history"], ["check", "--min-age", "1d"], ["wallet show"]] as [string][]),
    ...([["uri show", "--file"], ["metadata get", "model"], ["metadata list"], ["nonces show"]] as [string][]),
    ["nonces check", "0"],
    ["statement check", "--gateway", "http://127.0.0.1:1", "3", `0x${"ab".repeat(20)}`, "1"],
  ];
  for (const [command, ...args] of reads) {
    it(`should name the fields of ${command} --json`, async () => {
      const rest = args.includes("3") ? args : args[0]?.startsWith("--") ? ["3", ...args] : [...args, "3"];
      const { stdout } = await tenure([...command.split(" "), ...rest, "--json"], acting(world, 0));
      expect(Object.keys(JSON.parse(stdout))).to.have.members(await documented(command));
    });
  }

  it("should name the fields of grants status --json", async () => {
    const args = ["grants", "status", world.members[0].account.address, `0x${"a1".repeat(32)}`];
    const result = await tenureJson<object>(args, acting(world, 0));
    expect(Object.keys(result)).to.have.members(await documented("grants status"));
  });

  it("should name the fields of request, session and grants show --json", async () => {
    const platform = await startPlatform(world);
    const own = { ...acting(world, 1), TENURE_HOME: path.join(home, "sessions-of-one") };
    const fieldsOf = async (command: string, ...args: string[]) => {
      const result = await tenureJson<object>([...command.split(" "), ...args], own);
      return { result, names: Object.keys(result) };
    };
    const check = async (command: string, ...args: string[]) => {
      const { result, names } = await fieldsOf(command, ...args);
      expect(names, command).to.have.members(await documented(command));
      return result;
    };
    const terms = ["--audience", origin, "--permission", "items:read", "--valid", "1h"];
    // Time passes between the two.
    const narrower = ["--audience", origin, "--permission", "items:read", "--valid", "30m"];
    const asked = [`${platform.url}/items`, "--origin", origin];
    try {
      const [of, printed = ""] = (await rowOf("request")).split("with `--print`");
      const namesIn = (text = "") => [...text.replace(/\([^)]*\)/g, "").matchAll(/`(\w+)`/g)].map(([, name]) => name);
      expect((await fieldsOf("request", "GET", ...asked)).names).to.have.members(namesIn(of));
      expect((await fieldsOf("request", "GET", ...asked, "--print")).names).to.have.members(namesIn(printed));
    } finally {
      await platform.close();
    }
    await check("session create", "worker", ...terms, "--delegations", "1");
    const { delegate } = (await check("session key", "sub")) as { delegate: string };
    const delegated = await fieldsOf("session delegate", "worker", "--to", delegate, ...narrower);
    const grants = path.join(home, "grants.json");
    await writeFile(grants, JSON.stringify(delegated.result));
    expect(delegated.names).to.have.members([...(await documentedOfEach("grants show")), "field", "file"]);
    const shown = (await check("grants show", grants)) as { grants: object[] };
    for (const grant of shown.grants) {
      expect(Object.keys(grant)).to.have.members(await documentedOfEach("grants show"));
    }
    await check("session open", "sub", "--grants", grants);
    await check("session show", "sub");
    const { sessions } = (await check("session list")) as { sessions: object[] };
    for (const session of sessions) {
      expect(Object.keys(session)).to.have.members(await documentedOfEach("session list"));
    }
    const revoked = await fieldsOf("session revoke", "worker");
    expect(revoked.names).to.have.members([...(await documented("session revoke")), "transaction"]);
    await check("session remove", "worker");
  });

  it("should name the fields of statement sign --json", async () => {
    const args = ["statement", "sign", `0x${"ab".repeat(20)}`, "1"];
    const result = await tenureJson<object>(args, acting(world, 3));
    expect(Object.keys(result)).to.have.members(await documented("statement sign"));
  });

  /** What costs requests of its own for each identity. */
  const PLACE_AND_NEWS = ["agentURI", "name", "now", "newest"];

  it("should name the fields of identities --json", async () => {
    const { identities, ...others } = await tenureJson<{ identities: object[] }>(["identities"], acting(world, 0));
    expect(["identities", ...Object.keys(others)]).to.have.members(await documented("identities"));
    const shown = (await documented("show")).filter((name) => !PLACE_AND_NEWS.includes(name));
    for (const identity of identities) expect(Object.keys(identity)).to.have.members(shown);
  });

  const lists: [list: string, command: string, ...args: string[]][] = [
    ["vouches", "vouchers", "3"],
    ["events", "history", "3"],
    ["unmet", "check", "3", "--min-support", "999"],
    ["contracts", "deploy"],
    ["entries", "metadata list", "3"],
    ["nonces", "nonces check", "0", "3"],
  ];
  for (const [list, command, ...args] of lists) {
    it(`should name the fields of each of the ${list} of ${command} --json`, async () => {
      const { stdout } = await tenure([...command.split(" "), ...args, "--json"], acting(world, 0));
      const entries = (JSON.parse(stdout) as Record<string, object[]>)[list] ?? [];
      expect(entries).to.not.deep.equal([]);
      for (const entry of entries) expect(Object.keys(entry)).to.have.members(await documentedOfEach(command));
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
