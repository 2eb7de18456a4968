import { expect } from "chai";
import { deployAgents } from "../../../sdk/test/utils/agents.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { acting, settle } from "../../test/utils/acting.ts";
import { elsewhere } from "../../test/utils/elsewhere.ts";
import { refused, tenure, tenureJson } from "../../test/utils/tenure.ts";

type Signed = { id: number; forIdentity: object | null; forAgent: object | null; agentOwner: string };

describe("tenure statement", () => {
  let world: World;
  let agents: Awaited<ReturnType<typeof deployAgents>>;
  const TYPE = "https://eips.ethereum.org/EIPS/eip-8004#registration-v1";
  const file = (entry: object) =>
    `data:application/json,${encodeURIComponent(JSON.stringify({ type: TYPE, name: "x", registrations: [entry] }))}`;
  before(async () => {
    world = await openWorld();
    await settle(world, 2);
    agents = await deployAgents(world.members[0]);
    await world.mark();
  });
  afterEach(() => world.reset());
  after(() => world.close());

  const check = (account = 0) =>
    tenure(["statement", "check", "1", agents.address, "1"], acting(world, account)).then(({ status, stdout }) => ({
      status,
      says: stdout.trim(),
    }));

  it("should count once the owner of both has put what it signed into both files", async () => {
    const [, owner] = world.members;
    await agents.register(owner, "");
    const signed = await tenureJson<Signed>(["statement", "sign", agents.address, "1"], acting(world, 1));
    expect(signed.id).to.equal(1);
    expect(await check()).to.deep.equal({
      ...{ status: 1, says: "✗ broken: the identity's file does not name the agent." },
    });
    await tenureJson(["uri", "set", file(signed.forIdentity ?? {})], acting(world, 1));
    await agents.setAgentURI(owner, 1n, file(signed.forAgent ?? {}));
    expect(await check()).to.deep.equal({
      ...{ status: 0, says: "✓ Identity 1 and the agent both say that it operates the agent." },
    });
  });

  it("should be signed by each of two owners for its own file", async () => {
    const [, owner, , holder] = world.members;
    await agents.register(holder, "");
    const registry = `eip155:31337:${agents.address}`;
    const owners = ["--agent-owner", holder.account.address];
    const said = await tenureJson<Signed>(["statement", "sign", registry, "1", ...owners], acting(world, 1));
    expect(said.forAgent).to.equal(null);
    const answered = await tenureJson<Signed>(["statement", "sign", registry, "1", "--as", "1"], acting(world, 3));
    expect(answered).to.include({ forIdentity: null, agentOwner: holder.account.address });
    await tenureJson(["uri", "set", file(said.forIdentity ?? {}), "1"], acting(world, 1));
    await agents.setAgentURI(holder, 1n, file(answered.forAgent ?? {}));
    expect((await check()).status).to.equal(0);
    expect(owner.account.address).to.not.equal(holder.account.address);
  });

  it("should show what to put where", async () => {
    await agents.register(world.members[1], "");
    const { stdout } = await tenure(["statement", "sign", agents.address, "1"], acting(world, 1));
    expect(stdout).to.match(
      /^✓ Signed\. It counts once both files say it\.\n\nFor "registrations" in the file of identity 1:/,
    );
    expect(stdout.match(/"linkSignature": "0x/g)).to.have.length(2);
  });

  it("should know an agent of another chain by a node of that chain, and say where it needs one", async () => {
    const args = ["statement", "check", "1", `eip155:1:${agents.address}`, "1"];
    const { status, stdout } = await tenure(args, acting(world, 0));
    expect({ status, stdout }).to.deep.equal({
      ...{ status: 1, stdout: "✗ unknown: no node of the agent's chain is known: name one with --agent-rpc.\n" },
    });
    const other = await elsewhere(10);
    expect(await refused(2, [...args, "--agent-rpc", other.url], acting(world, 0))).to.include("chain 10");
    await other.close();
  });

  it("should refuse what is no registry, no node and no gateway, and who owns neither side", async () => {
    const env = acting(world, 1);
    expect(await refused(2, ["statement", "sign", "solana:1:x", "1"], env)).to.equal(
      "That is no registry of agents. Write eip155:CHAIN:ADDRESS, or an address on this chain.",
    );
    const args = ["statement", "check", "1", agents.address, "1"];
    expect(await refused(2, [...args, "--agent-rpc", "x"], env)).to.include(
      "--agent-rpc is not the address of a node.",
    );
    expect(await refused(2, [...args, "--gateway", "x"], env)).to.include("--gateway is not the address of a gateway.");
    const owners = ["--as", "2", "--agent-owner", world.members[3].account.address];
    expect(await refused(1, ["statement", "sign", agents.address, "1", ...owners], env)).to.include("identity 2");
  });
});
