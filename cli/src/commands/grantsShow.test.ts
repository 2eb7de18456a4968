import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type ChainedGrant, createSession, createSessionKey, encodeGrants, type Session } from "@tenure/http-auth";
import { expect } from "chai";
import { startChain } from "../../../sdk/test/utils/localChain.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { refused, tenure, tenureJson, unwrapped } from "../../test/utils/tenure.ts";

const audiences = ["https://a.example", "https://b.example"];
const permissions = Array.from({ length: 40 }, (_, index) => `items:number-${index}`);

type Shown = { problem: object | null; grants: Record<string, unknown>[] };

describe("tenure grants show", () => {
  let world: World;
  let folder: string;
  let session: Session;
  let field: string;
  let grants: readonly ChainedGrant[];
  const file = () => path.join(folder, "grants");
  const env = () => ({ TENURE_RPC: world.url });
  const noNode = { TENURE_RPC: "http://127.0.0.1:1" };
  const statuses = async () =>
    (await tenureJson<Shown>(["grants", "show", file()], env())).grants.map(({ status }) => status);

  before(async () => {
    world = await openWorld();
    folder = await mkdtemp(path.join(tmpdir(), "tenure-"));
    const { account } = world.members[1];
    const options = { account, chainId: 31_337, audiences, permissions, validFor: 3_600, remainingDelegations: 2 };
    session = await createSession(options);
    const key = await createSessionKey();
    const child = { audiences: audiences.slice(1), permissions: permissions.slice(3, 5), validFor: 60 };
    ({ field, grants } = await session.delegate({ key, ...child, requiredComponents: ["content-type"] }));
    await world.mark();
  });
  beforeEach(() => writeFile(file(), field));
  afterEach(() => world.reset());
  after(async () => {
    await rm(folder, { recursive: true });
    await world.close();
  });

  it("should tell all of each link, from the root to the last, and that a node has them for good", async () => {
    const { status, stdout, stderr } = await tenure(["grants", "show", file()], env());
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    const [root, child] = grants;
    for (const link of [root, child]) {
      for (const text of [link?.grant.issuer, link?.delegateId, link?.digest, link?.grant.id, link?.revocationHandle]) {
        expect(stdout).to.include(text);
      }
    }
    // What somebody may do is never cut.
    for (const permission of permissions) expect(stdout).to.include(permission);
    expect(stdout).to.match(/ {2}time +\d{4}-\d\d-\d\d \d\d:\d\d to \d{4}-\d\d-\d\d \d\d:\d\d UTC, running\n/);
    expect(stdout).to.include("covering    content-type\n");
    expect(stdout.match(/status {6}not revoked, of its issuer's epoch/g)).to.have.length(2);
    expect(stdout.match(/signed {6}by its issuer/g)).to.have.length(2);
    expect(stdout).to.match(/They are 2 grants, each within the one above, signed by their issuers\.\n$/);
  });

  it("should tell programs the same", async () => {
    const shown = await tenureJson<Shown & Record<string, unknown>>(["grants", "show", file()], env());
    const [root, child] = grants;
    expect(shown).to.include({ principal: session.principal, signer: child?.delegateId, problem: null });
    const expected = grants.map(
      ({ grant, digest, delegateId, revocationAccount, revocationHandle, signature }, index) => ({
        depth: index + 1,
        ...{ issuer: grant.issuer, delegate: grant.delegate, delegateId, profile: grant.delegateProfile },
        audiencePermissions: grant.audiencePermissions,
        ...{ validAfter: Number(grant.validAfter), validUntil: Number(grant.validUntil), epoch: String(grant.epoch) },
        ...{ maxRequestValidity: 60, remainingDelegations: grant.remainingDelegations, requireNonReplayable: true },
        ...{ requiredComponents: grant.requiredComponents, id: grant.id, revocationAccount, revocationHandle },
        ...{ digest, signature, isSigned: true, status: "active" },
      }),
    );
    expect(shown.grants).to.deep.equal(expected);
    expect(child?.revocationAccount).to.equal(root?.revocationAccount);
  });

  it("should take it as it stands in a request, in JSON, and through stdin", async () => {
    const forms = [`ERC-8128-Delegation: ${field}\n`, JSON.stringify(field), JSON.stringify({ field, other: 1 })];
    for (const form of forms) {
      const { status, stdout } = await tenure(["grants", "show", "-", "--json"], env(), form);
      expect(status).to.equal(0);
      expect(JSON.parse(stdout).grants).to.have.length(2);
    }
  });

  it("should tell which link is revoked, or of another epoch", async () => {
    await world.members[1].revokeDelegationSync({ handle: grants[1]?.revocationHandle ?? "0x" });
    expect(await statuses()).to.deep.equal(["active", "revoked"]);
    await world.members[1].advanceDelegationEpochSync({});
    expect(await statuses()).to.deep.equal(["other epoch", "revoked"]);
    const { stdout } = await tenure(["grants", "show", file()], env());
    expect(stdout).to.match(/ {2}status +of another epoch than its issuer's: void\n[\s\S]* {2}status +revoked\n/);
  });

  it("should say that it is not known where no node, no registry, or another chain answers", async () => {
    const { status, stdout } = await tenure(["grants", "show", file()], noNode);
    expect(status).to.equal(0);
    expect(stdout.match(/status {6}not known/g)).to.have.length(2);
    // The account may have code, and the key of the session has none.
    expect(stdout).to.match(
      /signed {6}not known[\s\S]*signed {6}by its issuer[\s\S]*Whether all are signed is not known\./,
    );
    expect(unwrapped(stdout)).to.include(
      "Whether they are revoked is not known: The node at 127.0.0.1:1 does not answer.",
    );
    const bare = await startChain();
    try {
      const shown = await tenureJson<Shown>(["grants", "show", file()], { TENURE_RPC: bare.url });
      expect(shown.grants.map((grant) => grant.status)).to.deep.equal(["unknown", "unknown"]);
    } finally {
      await bare.close();
    }
    const { account } = world.members[1];
    const options = { account, chainId: 1, audiences, validFor: 3_600 };
    await writeFile(file(), (await createSession(options)).toJSON().grants);
    expect(await statuses()).to.deep.equal(["unknown"]);
  });

  it("should name what is wrong with grants that cannot hold, and show them, with status 1", async () => {
    const wider = { audiences, permissions: [...permissions, "admin"], validFor: 3_600 };
    const wide = await createSession({ account: world.members[1].account, chainId: 31_337, ...wider });
    const [root] = grants;
    const [other] = wide.grants;
    if (root === undefined || other === undefined) throw new Error("there are no grants");
    const below = (parentGrantHash: typeof root.digest) => {
      return { ...other, grant: { ...other.grant, issuer: root.delegateId, parentGrantHash } };
    };
    const wrong: [string, string, RegExp][] = [
      [encodeGrants([root, below(root.digest)]), "delegation_attenuation_violation", /permission "admin"/],
      [encodeGrants([root, below(`0x${"ab".repeat(32)}`)]), "delegation_chain_discontinuous", /another one/],
    ];
    for (const [text, code, words] of wrong) {
      await writeFile(file(), text);
      const { status, stdout, stderr } = await tenure(["grants", "show", file()], env());
      expect({ status, stderr }).to.deep.equal({ status: 1, stderr: "" });
      expect(stdout).to.include(`✗ ${code}: `).and.to.match(words).and.to.include("grant 2, by ");
      const json = await tenure(["grants", "show", file(), "--json"], env());
      expect(JSON.parse(json.stdout).problem).to.include({ code });
    }
  });

  it("should name a grant that its issuer did not sign, with status 1", async () => {
    const forged = grants.map((grant, index) => ({
      ...grant,
      signature: index === 1 ? grants[0]?.signature : grant.signature,
    }));
    await writeFile(file(), encodeGrants(forged as unknown as ChainedGrant[]));
    const { status, stdout } = await tenure(["grants", "show", file()], env());
    expect(status).to.equal(1);
    expect(stdout).to.include("signed      not by its issuer");
    expect(stdout).to.include("✗ bad_grant_signature: Grant 2 is not signed by its issuer.");
    // Nobody has to be asked about a key.
    expect((await tenure(["grants", "show", file()], noNode)).status).to.equal(1);
  });

  it("should name what is wrong with what cannot be read, with status 2, before a node is asked", async () => {
    const wrong: [string, RegExp][] = [
      ["", /holds no grants\./],
      ["{}", /holds no grants\. Those are the field ERC-8128-Delegation/],
      ["nothing at all", /\(bad_delegation_field\)$/],
      ["g0=:AA==:", /\(bad_delegation_field\)$/],
      [field.replace("g0", "g1"), /numbered from `g0` on.* \(bad_delegation_field\)$/],
      [`g0=:${"A".repeat(20_000)}:`, /\(delegation_too_large\)$/],
    ];
    for (const [text, words] of wrong) {
      await writeFile(file(), text);
      expect(await refused(2, ["grants", "show", file()], noNode), text.slice(0, 40)).to.match(words);
    }
    expect(await refused(2, ["grants", "show", path.join(folder, "none")], noNode)).to.include("there is no such file");
    expect(await refused(2, ["grants", "show"], noNode)).to.equal("Missing required argument 'file'.");
  });

  it("should refuse a node of another chain than is asked for", async () => {
    expect(await refused(2, ["grants", "show", file(), "--chain", "1"], env())).to.include("Chain 1 is expected");
  });
});
