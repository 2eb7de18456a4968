import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createSession, decodeGrants, encodeGrants, exportSession } from "@tenure/http-auth";
import { expect } from "chai";
import { startChain, testKeys } from "../../../sdk/test/utils/localChain.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { acting } from "../../test/utils/acting.ts";
import { origin, type Platform, startPlatform } from "../../test/utils/platform.ts";
import { type Environment, refused, tenure, tenureJson, unwrapped } from "../../test/utils/tenure.ts";

const terms = ["--audience", origin, "--permission", "items:read"];
const created = [...terms, "--valid", "1h"];

describe("tenure session", () => {
  let world: World;
  let platform: Platform;
  let home: string;
  let principal: string;
  before(async () => {
    world = await openWorld();
    platform = await startPlatform(world);
    principal = `eip155:31337:${world.members[1].account.address.toLowerCase()}`;
    await world.mark();
  });
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), "tenure-"));
    platform.seen.splice(0);
  });
  afterEach(async () => {
    await rm(home, { recursive: true });
    await world.reset();
  });
  after(async () => {
    await platform.close();
    await world.close();
  });

  /** Whoever grants: the account's key, and a home of its own. */
  const root = (): Environment => ({ ...acting(world, 1), TENURE_HOME: home });
  /** Whoever has sessions, and neither a key nor a node. */
  const keyless = (): Environment => ({ TENURE_HOME: home, TENURE_RPC: "http://127.0.0.1:1" });
  const fileOf = (name: string) => path.join(home, "sessions", `${name}.json`);
  const secretOf = async (name: string) => JSON.parse(await readFile(fileOf(name), "utf8")).key.d as string;
  const ask = (name: string, where = "/items") => [
    ...["request", "GET", `${platform.url}${where}`, "--origin", origin, "--session", name],
  ];
  const create = (name: string, ...more: string[]) =>
    tenureJson<Record<string, string>>(["session", "create", name, ...created, ...more], root());

  /** Keeps a session whose grant has ended. */
  async function ended(name: string): Promise<void> {
    const account = world.members[1].account;
    const hourAgo = () => Date.now() - 3_600_000;
    const options = { account, chainId: 31_337, audiences: [origin], permissions: ["items:read"], validFor: 60 };
    const session = await createSession({ ...options, extractable: true, now: hourAgo });
    const { delegateProfile: profile, delegate } = session.grant.grant;
    const kept = { version: 1, profile, delegate, ...(await exportSession(session)), registry: null };
    await writeFile(fileOf(name), JSON.stringify(kept), { mode: 0o600 });
  }

  describe("create", () => {
    for (const type of ["ed25519", "p256", "secp256k1"]) {
      it(`should make a key of ${type} that acts for the account, without its key and without a node`, async () => {
        const { stdout, stderr, status } = await tenure(
          ["session", "create", "worker", ...created, "--type", type],
          root(),
        );
        expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
        expect(stdout).to.include(`Session "worker" acts for ${principal} until `);
        expect(stdout).to.include(`It may do this at ${origin}: items:read.`);
        const answer = await tenure(ask("worker"), keyless());
        expect(answer.stderr).to.equal("");
        const { signer, ...others } = JSON.parse(answer.stdout);
        expect(others).to.include({ principal });
        expect(signer).to.not.equal(principal);
        expect(stdout).to.not.include(await secretOf("worker"));
      });
    }

    it("should keep it where its owner alone can read it", async () => {
      await create("worker");
      expect((await stat(fileOf("worker"))).mode & 0o777).to.equal(0o600);
      expect((await stat(path.join(home, "sessions"))).mode & 0o777).to.equal(0o700);
      await chmod(fileOf("worker"), 0o644);
      const message = await refused(2, ask("worker"), keyless());
      expect(message).to.match(/^Other users of this machine can read session "worker"\. .*chmod 600/);
    });

    it("should say the epoch that the account's grants have to say now", async () => {
      await world.members[1].advanceDelegationEpochSync({});
      expect(await create("worker")).to.include({ epoch: "1" });
      expect((await tenure(ask("worker"), keyless())).status).to.equal(0);
    });

    it("should say that nothing takes it back where the chain has no registry, and refuse a named one", async () => {
      const bare = await startChain();
      try {
        const env = { ...root(), TENURE_RPC: bare.url };
        const { stdout } = await tenure(["session", "create", "alone", ...created], env);
        expect(unwrapped(stdout)).to.include(
          "Chain 31337 has no registry of revocations: the grant says epoch 0, and nothing but its end takes it back.",
        );
        const named = ["session", "create", "named", ...created, "--registry", `0x${"ab".repeat(20)}`];
        expect(await refused(1, named, env)).to.match(/0x[aA][bB]/);
        expect(await refused(1, ["session", "revoke", "alone"], env)).to.match(/registry/i);
      } finally {
        await bare.close();
      }
    });

    it("should make none where the node does not answer", async () => {
      const env = { ...root(), TENURE_RPC: "http://127.0.0.1:1" };
      expect(await refused(1, ["session", "create", "worker", ...created], env)).to.include("does not answer");
      expect(await tenureJson(["session", "list"], root())).to.deep.include({ sessions: [] });
    });

    it("should refuse what is wrong in a sentence, with status 2, before a key is opened", async () => {
      await create("worker");
      const make = (...args: string[]) => ["session", "create", ...args];
      const wrong: [string[], RegExp][] = [
        [make("worker", ...created), /^There is a session "worker" already\./],
        [make("../x", ...created), /^"\.\.\/x" is not a name for a session\./],
        [make("a", ...terms), /^Required option '--valid <span>' not specified\.$/],
        [make("a", "--valid", "1h"), /^Required option '--audience <url\.\.\.>' not specified\.$/],
        [make("a", ...terms, "--valid", "0"), /^A grant for no time is none\./],
        [make("a", ...terms, "--valid", "60"), /^"60" has no unit\./],
        [make("a", "--audience", "http://127.0.0.1:3000", "--valid", "1h"), /^Grants are for https origins alone\./],
        [make("a", "--audience", `${origin}/v1`, "--valid", "1h"), /^That is no origin/],
        [make("a", "--audience", "https://*.example", "--valid", "1h"), /^That is no origin/],
        [make("a", ...created, "--permission", "two words"), /^"two words" is not the name of a permission\./],
        [make("a", ...created, "--delegations", "many"), /^"many" is not a number of levels\./],
        [make("a", ...created, "--type", "rsa"), /argument 'rsa' is invalid/],
        [make("a", ...created, "--registry", "0x12"), /^"0x12" is not an address/],
        [make("a", ...created, "--audience", origin), /audience twice\. \(bad_delegation_field\)$/],
      ];
      for (const [args, words] of wrong) expect(await refused(2, args, root()), args.join(" ")).to.match(words);
      const hint = await refused(2, ["session", "creat"], root());
      expect(hint).to.equal("Unknown command 'creat' (Did you mean create?)");
    });
  });

  describe("within its grant", () => {
    it("should be refused by the server beyond its permissions, and by itself beyond its origin and end", async () => {
      await create("worker");
      const admin = await tenure(ask("worker", "/admin"), keyless());
      expect(admin.status).to.equal(1);
      expect(admin.stderr).to.include("insufficient_permissions");
      const elsewhere = ["request", "GET", `${platform.url}/items`, "--session", "worker"];
      expect(await refused(2, elsewhere, keyless())).to.match(
        /^The session may act at https:\/\/api\.example, and the request goes to http:\/\/127.* Name the origin .* with --origin\.$/,
      );
      await ended("short");
      expect(await refused(1, ask("short"), keyless())).to.match(/^The session ended \d+ s ago\. Make a new one\.$/);
      const { sessions } = await tenureJson<{ sessions: object[] }>(["session", "list"], root());
      expect(sessions[0]).to.include({ name: "short", status: "ended" });
    });
  });

  describe("key, delegate and open", () => {
    const delegate = (key: string, ...more: string[]) => [
      ...["session", "delegate", "worker", "--to", key, ...terms, "--valid", "10m"],
      ...more,
    ];

    it("should let a sub-agent act within its part, through files", async () => {
      await create("worker", "--delegations", "1", "--permission", "admin");
      const key = path.join(home, "key.json");
      await writeFile(key, JSON.stringify(await tenureJson(["session", "key", "sub"], keyless())));
      const field = path.join(home, "grants");
      const granting = await tenure(delegate(key, "--out", field), keyless());
      expect(granting.stderr).to.equal("");
      const opening = await tenure(["session", "open", "sub", "--grants", field], keyless());
      expect(opening.stdout).to.include(`Session "sub" acts for ${principal} at ${origin}, until `);
      expect((await tenure(ask("sub"), keyless())).status).to.equal(0);
      expect(platform.seen[0]?.caller.grants).to.have.length(2);
      expect((await tenure(ask("sub", "/admin"), keyless())).stderr).to.include("insufficient_permissions");
      expect((await tenure(ask("worker", "/admin"), keyless())).status).to.equal(0);
    });

    it("should take a key as it is printed, and grants through a pipe, of each kind of key", async () => {
      for (const type of ["p256", "secp256k1"]) {
        const name = `sub-${type}`;
        await tenure(["session", "create", "worker", ...created, "--delegations", "1", "--type", type], root());
        const { delegate: key = "" } = await tenureJson<Record<string, string>>(
          ["session", "key", name, "--type", type],
          root(),
        );
        const { stdout } = await tenure(delegate(key), root());
        await tenure(["session", "open", name, "--grants", "-"], keyless(), stdout);
        const answer = await tenure(ask(name), keyless());
        expect(answer.stderr, type).to.equal("");
        await tenure(["session", "remove", "worker"], keyless());
      }
    });

    it("should say the epoch of a key that is an account, and not guess it", async () => {
      await tenure(["session", "create", "worker", ...created, "--delegations", "1", "--type", "secp256k1"], root());
      const account = principal.replace(/.$/, "0");
      expect(await refused(1, delegate(account), keyless())).to.include("does not answer");
      expect(await tenureJson(delegate(account), root())).to.include({ epoch: "0", delegateId: account });
    });

    it("should refuse what is wider, in words, and what may not be handed on at all", async () => {
      await create("worker", "--delegations", "1");
      await tenureJson(["session", "key", "sub"], keyless());
      const { delegate: key } = JSON.parse(await readFile(fileOf("sub"), "utf8")) as { delegate: string };
      const wide = ["session", "delegate", "worker", "--to", key, "--audience", "https://b.example", ...terms];
      expect(await refused(2, [...wide, "--valid", "2h", "--delegations", "1"], keyless())).to.match(
        /^That would be wider than the session's own grant: audience "https:\/\/b\.example", a later end \(--valid\), as many levels below \(--delegations\)\. Nothing was signed\./,
      );
      await create("leaf");
      const leaf = ["session", "delegate", "leaf", "--to", key, ...terms, "--valid", "1m"];
      expect(await refused(2, leaf, keyless())).to.include("as many levels below");
    });

    it("should refuse keys and grants that are none, and private keys, and show nothing of them", async () => {
      await create("worker", "--delegations", "1");
      await tenureJson(["session", "key", "sub"], keyless());
      await tenureJson(["session", "key", "other"], keyless());
      const secret = await secretOf("sub");
      const { delegate: key } = JSON.parse(await readFile(fileOf("sub"), "utf8")) as { delegate: string };
      const { field = "" } = await tenureJson<Record<string, string>>(delegate(key), keyless());
      const text = async (content: string) => {
        const file = path.join(home, "text");
        await writeFile(file, content);
        return file;
      };
      const wrong: [string[], RegExp][] = [
        [delegate(fileOf("sub")), /holds a private key\. Whoever has that key keeps it/],
        [delegate(JSON.stringify({ ...JSON.parse(key), d: secret })), /holds a private key/],
        [delegate("{}"), /^--to holds no public key\./],
        [delegate("0x12"), /^"0x12" is not an address/],
        [delegate(path.join(home, "missing")), /missing cannot be read: there is no such file\.$/],
        [delegate(await text("nothing")), /text holds no public key\./],
        [delegate(JSON.stringify({ kty: "OKP", crv: "Ed25519", x: "AA" })), /is no public key of Ed25519 or P-256/],
        [["session", "open", "sub", "--grants", await text("nothing at all")], /\(bad_delegation_field\)$/],
        [["session", "open", "sub", "--grants", path.join(home, "sessions")], /it is a folder\.$/],
        [
          ["session", "open", "none", "--grants", "-"],
          /^There is no session "none"\. There are: other, sub, worker\.$/,
        ],
        [ask("sub"), /^Nothing was granted to session "sub" yet\./],
        [["session", "revoke", "sub"], /^Nothing was granted to session "sub" yet\./],
      ];
      for (const [args, words] of wrong) {
        const message = await refused(2, args, keyless());
        expect(message, args.join(" ")).to.match(words);
        expect(message).to.not.include(secret);
      }
      const grants = path.join(home, "grants");
      await writeFile(grants, field);
      expect(await refused(2, ["session", "open", "other", "--grants", grants], keyless())).to.match(
        /^The grants are for urn:\S+, and the session's key is urn:/,
      );
    });
  });

  describe("list and show", () => {
    it("should tell what each is, and that a node says nothing where none answers", async () => {
      expect((await tenure(["session", "list"], keyless())).stdout).to.include("There is no session yet.");
      const made = await create("worker");
      await tenureJson(["session", "key", "waiting"], keyless());
      await writeFile(fileOf("broken"), "{}", { mode: 0o600 });
      const { sessions, folder } = await tenureJson<{ sessions: object[]; folder: string }>(
        ["session", "list"],
        root(),
      );
      expect(folder).to.equal(path.join(home, "sessions"));
      const nothing = { principal: null, keyid: null, audiences: [], permissions: [], expiresAt: null };
      expect(sessions).to.deep.equal([
        { name: "broken", status: "unreadable", ...nothing },
        { name: "waiting", status: "no grants", ...nothing },
        {
          ...{ name: "worker", status: "active", principal, keyid: made.keyid },
          ...{ audiences: [origin], permissions: ["items:read"], expiresAt: made.expiresAt },
        },
      ]);
      const { stdout } = await tenure(["session", "list"], keyless());
      expect(stdout).to.match(/^ {2}worker +unknown +\d{4}-\d\d-\d\d \d\d:\d\d +https:\/\/api\.example +items:read$/m);
      expect(stdout).to.include(`  For ${principal}: worker\n`);
      expect(unwrapped(stdout)).to.include(
        "Not known of some whether they are revoked: The node at 127.0.0.1:1 does not",
      );
    });

    it("should show grants and public key, and never the private one", async () => {
      const { grants } = await create("worker");
      const { stdout } = await tenure(["session", "show", "worker"], root());
      expect(stdout).to.match(/^Session "worker": active\ned25519 \{"crv":"Ed25519"/);
      expect(stdout).to.include(`grant 1, by ${principal}\n`);
      expect(stdout).to.include("status      not revoked, of its issuer's epoch");
      const shown = await tenureJson<Record<string, unknown>>(["session", "show", "worker"], root());
      expect(shown).to.include({ name: "worker", status: "active", field: grants });
      expect(JSON.stringify(shown) + stdout).to.not.include(await secretOf("worker"));
    });
  });

  it("should show that somebody else made up what it was granted", async () => {
    await create("worker");
    const stored = JSON.parse(await readFile(fileOf("worker"), "utf8"));
    const [grant] = decodeGrants(stored.grants);
    if (grant === undefined) throw new Error("there is no grant");
    const signature = await world.members[2].account.signMessage({ message: "another" });
    await writeFile(fileOf("worker"), JSON.stringify({ ...stored, grants: encodeGrants([{ ...grant, signature }]) }));
    const { stdout } = await tenure(["session", "show", "worker"], root());
    expect(stdout).to.include('Session "worker": not signed\n').and.to.include("signed      not by its issuer");
    expect((await tenure(ask("worker"), keyless())).stderr).to.include("bad_grant_signature");
  });

  describe("revoke and remove", () => {
    it("should stop it on chain, and what it handed on, and delete its file", async () => {
      await create("worker", "--delegations", "1");
      await tenureJson(["session", "key", "sub"], keyless());
      const { delegate: key } = JSON.parse(await readFile(fileOf("sub"), "utf8")) as { delegate: string };
      const handed = await tenure(["session", "delegate", "worker", "--to", key, ...terms, "--valid", "1m"], keyless());
      await tenure(["session", "open", "sub", "--grants", "-"], keyless(), handed.stdout);
      const { stdout } = await tenure(["session", "revoke", "worker"], root());
      expect(stdout).to.match(/^✓ Session "worker" is revoked, and all that it handed on\./);
      for (const name of ["worker", "sub"]) {
        const answer = await tenure(ask(name), keyless());
        expect(answer.stderr, name).to.include("authorization_revoked");
      }
      const { sessions } = await tenureJson<{ sessions: { status: string }[] }>(["session", "list"], root());
      expect(sessions.map(({ status }) => status)).to.deep.equal(["revoked", "revoked"]);
      expect(await refused(1, ["session", "revoke", "worker"], root())).to.match(
        /is revoked already\. Nothing was sent\.$/,
      );
      await tenure(["session", "remove", "worker"], keyless());
      expect(await refused(2, ["session", "show", "worker"], keyless())).to.match(/^There is no session "worker"/);
    });

    it("should revoke what was handed on alone, by the same account", async () => {
      await create("worker", "--delegations", "1");
      await tenureJson(["session", "key", "sub"], keyless());
      const { delegate: key } = JSON.parse(await readFile(fileOf("sub"), "utf8")) as { delegate: string };
      const handed = await tenure(["session", "delegate", "worker", "--to", key, ...terms, "--valid", "1m"], keyless());
      await tenure(["session", "open", "sub", "--grants", "-"], keyless(), handed.stdout);
      const revoked = await tenureJson<Record<string, unknown>>(["session", "revoke", "sub"], root());
      expect(revoked).to.include({ name: "sub", issuer: world.members[1].account.address });
      expect((await tenure(ask("sub"), keyless())).stderr).to.include("authorization_revoked");
      expect((await tenure(ask("worker"), keyless())).status).to.equal(0);
    });

    it("should say whose key it takes, and how to end a grant whose session is removed", async () => {
      await create("worker");
      const other = { ...root(), TENURE_PRIVATE_KEY: testKeys[2] };
      expect(await refused(2, ["session", "revoke", "worker"], other)).to.include(
        `can be revoked by ${principal} alone`,
      );
      const { stdout } = await tenure(["session", "remove", "worker"], keyless());
      const [, handle = ""] = /tenure grants revoke (0x[0-9a-f]{64})/.exec(stdout) ?? [];
      expect(await tenureJson(["grants", "revoke", handle], root())).to.include({ handle });
    });

    it("should say in a sentence what keeps a session from being read or kept, with status 2", async () => {
      await create("worker");
      await symlink(path.join(home, "nowhere"), fileOf("dangling"));
      await mkdir(fileOf("folder"), { mode: 0o700 });
      // Whoever opens it to read waits for somebody who writes.
      execFileSync("mkfifo", ["-m", "600", fileOf("pipe")]);
      const show = (name: string) => refused(2, ["session", "show", name], keyless());
      expect(await show("dangling")).to.match(/^Session "dangling" cannot be read: there is no such file\.$/);
      expect(await show("folder")).to.match(/^Session "folder" cannot be read: .*folder\.json is no file\.$/);
      expect(await show("pipe")).to.match(/^Session "pipe" cannot be read: .*pipe\.json is no file\.$/);
      const { sessions } = await tenureJson<{ sessions: { status: string }[] }>(["session", "list"], keyless());
      expect(sessions.map(({ status }) => status)).to.deep.equal([
        ...["unreadable", "unreadable", "unreadable", "unknown"],
      ]);

      const other = { ...keyless(), TENURE_HOME: path.join(home, "other") };
      await mkdir(other.TENURE_HOME);
      await writeFile(path.join(other.TENURE_HOME, "sessions"), "");
      for (const args of [["list"], ["show", "worker"], ["key", "worker"]]) {
        const message = await refused(2, ["session", ...args], other);
        expect(message).to.match(/sessions cannot be read: a part of its path is no folder\./);
      }
    });

    it("should say that there is one already, of two that are made at once", async () => {
      const made = await Promise.all(["a", "b"].map(() => tenure(["session", "create", "worker", ...created], root())));
      expect(made.map(({ status }) => status)).to.have.members([0, 2]);
      expect(made.find(({ status }) => status === 2)?.stderr).to.match(
        /^tenure: There is a session "worker" already\./,
      );
    });

    it("should show what is in a file without what steers a terminal", async () => {
      await create("worker");
      const kept = JSON.parse(await readFile(fileOf("worker"), "utf8"));
      await writeFile(fileOf("worker"), JSON.stringify({ ...kept, delegate: "a\u001b[2J\u202eb" }));
      const { stdout } = await tenure(["session", "show", "worker"], keyless());
      expect(stdout).to.include("\ned25519 a[2Jb\n");
    });

    it("should remove a file that holds no session", async () => {
      await create("worker");
      await writeFile(fileOf("worker"), "{}");
      expect(await refused(2, ["session", "show", "worker"], keyless())).to.include("holds no session");
      expect(await tenureJson(["session", "remove", "worker"], keyless())).to.deep.include({ revocationHandle: null });
    });
  });
});
