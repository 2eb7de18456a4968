// The joined server against those who want a yes that is not theirs, and against parts that fail.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { interruptible } from "../../../sdk/test/utils/interruptible.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { askServer, handOver, makePolicies, openOwnServer, TOKENS, until } from "../utils/openOwnServer.ts";

describe("the joined server", function () {
  this.timeout(60_000);
  let folder: string;
  let world: World;
  let way: Awaited<ReturnType<typeof interruptible>>;
  let own: Awaited<ReturnType<typeof openOwnServer>>;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "tenure-whole-"));
    world = await openWorld();
    for (const agent of [world.members[1], world.members[2]]) await agent.registerSync({});
    way = await interruptible(world.port);
    own = await openOwnServer({
      ...{ node: way.url, database: { folder: path.join(folder, "data") }, maxLag: 3 },
      ...{ policies: makePolicies(path.join(folder, "policies")), log: path.join(folder, "log") },
      nonces: path.join(folder, "nonces.db"),
    });
    await until(async () => (await own.server.notReady()).length === 0);
  });
  after(async () => {
    await own?.close();
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const account = (member = 1) => (world.members[member] as World["members"][1]).account;
  const decide = async (question: unknown, more = {}) => (await askServer(own.url, question, more)).body;
  const isAllowed = async (question: unknown, more = {}) => (await decide(question, more)).decision === true;

  it("should take a request once, whichever tenant, spelling of the subject or API it comes by again", async () => {
    const question = await handOver(account());
    const spelled = [
      `eip155:31337:${account().address}`,
      `did:pkh:eip155:31337:${account().address}`,
      `eip155:31337/erc721:${own.server.chains[0]?.directory.registry}/1`,
    ].map((id) => ({ ...question, subject: { type: "agent", id } }));
    const batch = { evaluations: [question, ...spelled] };
    const { evaluations } = await decide(batch, { api: "evaluations" });
    const yes = evaluations.filter(({ decision }: { decision: boolean }) => decision);
    expect(yes).to.have.length(1);
    for (const again of [question, ...spelled]) {
      expect(await isAllowed(again)).to.equal(false);
      expect(await isAllowed(again, { tenant: "market" })).to.equal(false);
      expect(await isAllowed(again, { token: TOKENS.guard })).to.equal(false);
    }
    for (const fresh of spelled) {
      const { context } = await handOver(account());
      expect(await isAllowed({ ...fresh, context }), fresh.subject.id).to.equal(true);
    }
  });

  it("should say yes to no name that is not quite the subject's", async () => {
    const registry = own.server.chains[0]?.directory.registry;
    const address = account().address.slice(2);
    for (const id of [
      ...[`eip155:031337:0x${address}`, `eip155:31337:0X${address}`, `EIP155:31337:0x${address}`],
      ...[` eip155:31337:0x${address}`, `eip155:31337:0x${address}\n`, `eip155:31337:0x${address}\u200b`],
      ...[`eip155:1:0x${address}`, `did:pkh:did:pkh:eip155:31337:0x${address}`, `eip155:31337:0x${address}0`],
      ...["01", "1.0", "0", "+1", "1099511627777", "18446744073709551617", "\u0661"].map(
        (number) => `eip155:31337/erc721:${registry}/${number}`,
      ),
      `eip155:31337/erc721:${registry}/2`,
      `eip155:31337:${account(2).address}`,
      `eip155:31337/ERC721:${registry}/1`,
      "",
      "__proto__",
    ]) {
      const question = await handOver(account());
      expect(await isAllowed({ ...question, subject: { type: "agent", id } }), id).to.equal(false);
    }
    for (const type of ["Agent", "Tenure::Agent", "agent ", "AGENT"]) {
      const question = await handOver(account());
      expect(await isAllowed({ ...question, subject: { ...question.subject, type } }), type).to.equal(false);
    }
  });

  it("should believe no gateway that says what it may not say, and none that hands over another request", async () => {
    const question = await handOver(account());
    const principal = question.subject.id;
    const caller = { principal, signer: principal, binding: "request-bound", replayable: false, grants: [] };
    const expiresAt = Math.floor(Date.now() / 1_000) + 60;
    const said = { ...question, context: { caller: { ...caller, expiresAt } } };
    expect(await isAllowed(said)).to.equal(false);
    expect(await isAllowed(said, { token: TOKENS.guard })).to.equal(true);
    expect(await isAllowed(said, { token: TOKENS.operator })).to.equal(false);
    const { request } = question.context;
    for (const change of [
      { method: "POST" },
      { method: "DELETE" },
      { url: "https://api.example/other" },
      { url: "https://api.example/items?admin=1" },
      { url: "https://api.example/./items" },
      { url: "https://api.example@evil.example/items" },
      { headers: [...request.headers.filter(([name]) => name !== "signature"), ["signature", "request=:AAAA:"]] },
      { headers: request.headers.filter(([name]) => name !== "signature") },
      { headers: [...request.headers, ["x-a", "1\r\nsignature: 2"]] },
    ]) {
      const other = { ...question, context: { request: { ...request, ...change } } };
      expect(await isAllowed(other), JSON.stringify(change).slice(0, 200)).to.equal(false);
    }
    expect(await isAllowed(question)).to.equal(true);
    for (const sign of [{ nonce: null }, { binding: "class-bound", components: ["@authority"] }]) {
      const other = await handOver(account(), { sign }).catch(() => undefined);
      if (other !== undefined && "nonce" in sign) expect(await isAllowed(other)).to.equal(false);
    }
  });

  it("should follow an identity through suspension, another key, and its end", async () => {
    const [, , two, three] = world.members;
    const asks = async (member: number) => isAllowed(await handOver(account(member)));
    expect(await asks(2)).to.equal(true);
    await two.suspendSync({ id: 2 });
    await until(async () => !(await asks(2)));
    await two.resumeSync({ id: 2 });
    await until(() => asks(2));
    const consent = await three.signRotateKey({ id: 2 });
    await two.rotateKeySync({ signed: consent });
    await until(() => asks(3));
    expect(await asks(2)).to.equal(false);
    const { subject } = await handOver(account(3));
    expect(await isAllowed({ ...(await handOver(account(2))), subject })).to.equal(false);
  });

  it("should write down what is odd, and refuse what is too large to be written down", async () => {
    const question = await handOver(account());
    const odd = { ...question, resource: { type: "http", id: "\u202e\u0000'\"\\\n{}" } };
    const { context } = await decide(odd);
    const headers = { authorization: `Bearer ${TOKENS.operator}` };
    const proof = await fetch(`${own.url}/v1/decisions/${context.id}/proof`, { headers });
    expect(proof.status).to.equal(200);
    const properties = Object.fromEntries(Array.from({ length: 9_000 }, (_, at) => [`name${at}`, "x".repeat(90)]));
    const huge = await askServer(own.url, {
      ...(await handOver(account())),
      resource: { ...odd.resource, properties },
    });
    expect(huge.status).to.be.oneOf([200, 400, 413, 503]);
    if (huge.body.decision === true) {
      const { id } = huge.body.context;
      expect((await fetch(`${own.url}/v1/decisions/${id}/proof`, { headers })).status).to.equal(200);
    }
    const options = { evaluations_semantic: "execute_all", more: "x".repeat(2_000_000) };
    expect((await askServer(own.url, { ...question, options }, { api: "evaluations" })).status).to.equal(413);
  });

  it("should say yes to nothing once its node is away for too long, remembered or not, and end all the same", async () => {
    const told = async () => {
      const question = await handOver(account());
      const caller = {
        ...{ principal: question.subject.id, signer: question.subject.id, binding: "request-bound", replayable: false },
        ...{ grants: [], expiresAt: Math.floor(Date.now() / 1_000) + 60 },
      };
      return askServer(own.url, { ...question, context: { caller } }, { token: TOKENS.guard });
    };
    await until(async () => (await told()).body.decision === true);
    await way.cut();
    await until(async () => (await told()).status === 503, 10_000);
    expect((await told()).body.decision).to.not.equal(true);
    await until(async () => (await own.server.notReady()).length === 1, 10_000);
    expect(JSON.stringify((await told()).body)).to.not.include("127.0.0.1");
  });
});
