// Every command as it is shipped: the built one, in a process of its own. The other tests run it out of its sources, in the
// process of the test, and that counts for as much as both do the same.
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { shortParameters } from "@tenure/sdk";
import { expect } from "chai";
import { deployAgents } from "../../sdk/test/utils/agents.ts";
import { openWorld, type World } from "../../sdk/test/utils/world.ts";
import { makeProgram } from "../src/program.ts";
import { acting, settle } from "./utils/acting.ts";
import { commandsOf } from "./utils/commands.ts";
import { origin, type Platform, startPlatform } from "./utils/platform.ts";
import { shape } from "./utils/shape.ts";
import { builtTenure, type Environment, tenure, tenureJson } from "./utils/tenure.ts";

describe("tenure, as it is built", () => {
  let world: World;
  let home: string;
  let registry: string;
  let platform: Platform;
  const file = (name: string) => path.join(home, name);
  /** Where the sessions are that commands find, each run in a copy of its own. */
  const sessions = (): Environment => ({ ...acting(world, 1), TENURE_HOME: file("sessions") });
  const part = ["--audience", origin, "--permission", "items:read", "--valid", "30m"];
  const terms = [...part, "--valid", "1h"];
  const address = (account: number) => world.members[account]?.account.address ?? "";

  before(async () => {
    home = await mkdtemp(path.join(tmpdir(), "tenure-"));
    world = await openWorld();
    await settle(world, 3);
    const [deployer, one, two] = world.members;
    const agents = await deployAgents(deployer);
    registry = agents.address;
    await agents.register(one, "");
    await agents.register(one, "");
    await one.linkSync({ id: 1, agentRegistry: agents.address, agentId: 2n });
    await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 4, periods: 2, arbiterId: 3 });
    await one.setMetadataSync({ id: 1, key: "model", value: "0x6d" });
    await one.setGuardianSync({ id: 1, guardian: deployer.account.address });
    await two.setGuardianSync({ id: 2, guardian: deployer.account.address });
    await deployer.proposeRecoverySync({ id: 2, candidate: world.members[4].account.address });
    await world.wait(shortParameters.recoveryDelay);
    await tenureJson(["pulse", "--sign", file("pulse")], acting(world, 3));
    await tenureJson(["rotate", "1", "--sign", file("rotation")], acting(world, 5));
    platform = await startPlatform(world);
    await tenureJson(["session", "create", "worker", ...terms, "--delegations", "1"], sessions());
    const { delegate = "" } = await tenureJson<Record<string, string>>(["session", "key", "sub"], sessions());
    await tenureJson(["session", "delegate", "worker", "--to", delegate, ...part, "--out", file("grants")], sessions());
    await world.mark();
  });
  after(async () => {
    await platform.close();
    await world.close();
    await rm(home, { recursive: true });
  });

  type Run = [account: number, ...args: string[]];
  /** Of each command, the account that runs it, and what follows the command. */
  const runs: Readonly<Record<string, () => Run | Promise<Run>>> = {
    register: () => [4],
    pulse: () => [1],
    show: () => [0, "1"],
    vouch: () => [3, "2", "--stake", "2"],
    warn: () => [3, "1", "--stake", "2"],
    renew: () => [1, "2", "--add", "1"],
    revoke: () => [1, "2"],
    vouchers: () => [0, "2"],
    history: () => [0, "1"],
    identities: () => [0],
    check: () => [0, "1", "--min-age", "1s"],
    trust: () => [0, "2", "--anchors", "1"],
    graph: () => [0, "--anchors", "1", "--out", file("graph.svg")],
    arbitration: () => [1, "close"],
    burn: () => [3, "1", "2", "--amount", "1", "--yes"],
    disown: () => [2, "1", "--yes"],
    link: () => [1, registry, "1"],
    unlink: () => [1, registry, "2"],
    links: () => [0, "1"],
    "statement sign": () => [1, registry, "1"],
    "statement check": () => [0, "1", registry, "1"],
    request: () => [1, "GET", `${platform.url}/items`, "--origin", origin, "--session", "worker"],
    "session create": () => [1, "new", ...terms],
    "session list": () => [1],
    "session show": () => [1, "worker"],
    "session key": () => [1, "other"],
    "session delegate": () => [1, "worker", "--to", address(4), ...part],
    "session open": () => [1, "sub", "--grants", file("grants")],
    "session revoke": () => [1, "worker"],
    "session remove": () => [1, "worker"],
    "grants show": () => [1, file("grants")],
    "grants status": () => [0, address(1), `0x${"a1".repeat(32)}`],
    "grants revoke": () => [1, `0x${"a1".repeat(32)}`],
    "grants advance-epoch": () => [1],
    "uri set": () => [1, "ipfs://file"],
    "uri show": () => [0, "1"],
    "metadata set": () => [1, "model=m-1"],
    "metadata get": () => [0, "model", "1"],
    "metadata list": () => [0, "1"],
    "wallet set": async () => {
      // It is taken in the last five minutes alone.
      await tenureJson(["wallet", "set", "1", "--sign", file("wallet")], acting(world, 5));
      return [1, "--consent", file("wallet")];
    },
    "wallet unset": () => [1],
    "wallet show": () => [0, "1"],
    rotate: () => [1, "--consent", file("rotation")],
    "guardian set": () => [1, "none"],
    "guardian propose": () => [0, "1", address(5)],
    "guardian claim": () => [4, "2"],
    "guardian cancel": () => [0, "2"],
    suspend: () => [1],
    resume: () => [1],
    retire: () => [1, "--yes"],
    submit: () => [0, file("pulse")],
    void: () => [3, file("pulse")],
    "nonces show": () => [0, "1"],
    "nonces check": () => [0, "0", "1"],
    "nonces void": () => [1, "7"],
    "keystore create": () => [0, "new"],
    "keystore import": () => [1, "known"],
    "keystore list": () => [0],
    fund: () => [0, address(4)],
    advance: () => [0, "60s"],
    deploy: () => [0],
  };

  /** They start processes and wait for them, or look into what these left; that they do as they are built is seen beside them. */
  const elsewhere = ["node", "serve", "index verify", "log verify", "log prove"];

  it("should be tried with every command", () => {
    const names = commandsOf(makeProgram()).map(({ name }) => name);
    expect([...Object.keys(runs), ...elsewhere].sort()).to.deep.equal(names.sort());
  });

  /** What says no with status 1, because it should here. */
  const refusing = ["statement check", "resume"];

  for (const [command, run] of Object.entries(runs)) {
    it(`should ${command} in a process as it does in that of a test`, async () => {
      const [account, ...args] = await run();
      const words = [...command.split(" "), ...args, "--json"];
      const env = (name: string): Environment => ({
        ...acting(world, account),
        ...{ TENURE_HOME: file(name), TENURE_KEYSTORE_PASSWORD: "word" },
      });
      for (const name of ["built", "here"]) await cp(file("sessions"), file(name), { recursive: true });
      const built = await builtTenure(words, env("built"));
      await world.reset();
      const here = await tenure(words, env("here"));
      await world.reset();
      expect(built.status, built.stderr).to.equal(refusing.includes(command) ? 1 : 0);
      expect(here).to.include({ status: built.status, stderr: built.stderr });
      expect(shape(JSON.parse(here.stdout || "null"))).to.deep.equal(shape(JSON.parse(built.stdout || "null")));
    });
  }
});
