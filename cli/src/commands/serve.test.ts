// The commands about a server, as they are built: each in a process of its own, on a real chain.
import { createHash } from "node:crypto";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { shortAddresses } from "../../../sdk/src/index.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { ended } from "../../../test/story/run.ts";
import { builtTenure, startTenure } from "../../test/utils/tenure.ts";

const POLICIES = path.join(import.meta.dirname, "../../../server/policies");
const TOKEN = "gateway-token-of-this-test-alone";

describe("tenure serve", function () {
  this.timeout(60_000);
  let world: World;
  let folder: string;
  let config: string;
  before(async () => {
    world = await openWorld();
    await world.members[1].registerSync({});
    folder = await mkdtemp(path.join(tmpdir(), "tenure-serve-"));
    config = path.join(folder, "tenure.config.json");
    await cp(path.join(POLICIES, "open"), path.join(folder, "policies/open"), { recursive: true });
    const chains = [{ id: 31337, rpc: [world.url], addresses: shortAddresses, freshBy: "answer", pollSeconds: 0.05 }];
    const tokenSha256 = [createHash("sha256").update(TOKEN).digest("hex")];
    const enforcementPoints = [{ id: "gateway", tokenSha256 }];
    const given = { listen: { port: 0 }, chains, enforcementPoints, policies: { defaultTenant: "open" } };
    await writeFile(config, JSON.stringify(given));
  });
  after(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });

  const run = (...args: string[]) => builtTenure([...args, "--config", config], {});

  it("should check a configuration, and tell everything that is wrong", async () => {
    expect(await run("serve", "--check")).to.include({ status: 0, stderr: "" });
    const wrong = path.join(folder, "wrong.json");
    await writeFile(
      wrong,
      JSON.stringify({ chains: [{ id: 5, rpc: [world.url], addresses: shortAddresses }], lisen: 1 }),
    );
    const mistake = await builtTenure(["serve", "--check", "--json", "--config", wrong]);
    expect(mistake.status).to.equal(2);
    expect(JSON.parse(mistake.stdout).problems[0].message).to.include("Did you mean listen?");
    const elsewhere = {
      chains: [{ id: 5, rpc: [world.url], addresses: shortAddresses }],
      policies: { folder: "none" },
    };
    await writeFile(wrong, JSON.stringify(elsewhere));
    const refusal = await builtTenure(["serve", "--check", "--config", wrong]);
    expect(refusal).to.include({ status: 1, stderr: "tenure: 2 things are not as they have to be.\n" });
    expect(refusal.stdout).to.include("The node is of chain 31337, and not of 5.").and.include("policies.folder");
    const none = await builtTenure(["serve", "--config", path.join(folder, "none.json")]);
    expect(none.status).to.equal(2);
    expect(none.stderr).to.include("is not there");
  });

  it("should run until it is interrupted, and leave a log and an index that verify", async () => {
    const child = startTenure(["serve", "--config", config], {});
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    const end = ended(child);
    for (const limit = Date.now() + 20_000; !said.includes('"url"'); ) {
      if (Date.now() > limit || child.exitCode !== null) throw new Error(`It does not listen: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const { url } = JSON.parse(said.split("\n")[0] ?? "") as { url: string };
    while ((await fetch(`${url}/readyz`)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await fetch(`${url}/v1/identities/1`)).status).to.equal(200);
    const question = {
      subject: { type: "agent", id: "nobody" },
      action: { name: "read" },
      resource: { type: "a", id: "b" },
    };
    const answer = await fetch(`${url}/access/v1/evaluation`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
      body: JSON.stringify(question),
    });
    const { decision, context } = (await answer.json()) as { decision: boolean; context: { id: string } };
    expect(decision).to.equal(false);
    expect((await run("log", "verify")).status).to.equal(0);
    // The index is the server's, until that ends.
    expect((await run("index", "verify")).stderr).to.include("Another process uses the data folder");
    child.kill("SIGINT");
    expect((await end).status).to.equal(0);

    const index = await run("index", "verify", "--json");
    expect(index.status).to.equal(0);
    expect(JSON.parse(index.stdout).chains[0]).to.include({ chainId: 31337 }).and.to.deep.include({ differences: [] });
    const proof = JSON.parse((await run("log", "prove", context.id, "--json")).stdout);
    expect(proof.line).to.include(context.id);
    expect((await run("log", "prove", "another")).stderr).to.include("another");
    const log = JSON.parse((await run("log", "verify", "--json")).stdout);
    expect(log).to.include({ size: 1, root: proof.root }).and.to.deep.include({ findings: [] });
  });
});
