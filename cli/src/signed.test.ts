import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { consentNonce, getRegistryAddress, identityRegistryAbi, parseSigned } from "@tenure/sdk";
import { expect } from "chai";
import { type Address, decodeFunctionData, type Hex, type Transaction, zeroHash } from "viem";
import { privateKeyToAddress } from "viem/accounts";
import { pulseMessage } from "../../sdk/src/signatures/messages.ts";
import { testKeys } from "../../sdk/test/utils/localChain.ts";
import { openWorld, type World } from "../../sdk/test/utils/world.ts";
import { ended } from "../../test/story/run.ts";
import { acting, settle } from "../test/utils/acting.ts";
import { refused, startTenure, tenure, tenureJson } from "../test/utils/tenure.ts";

describe("tenure, signing and submitting", () => {
  let world: World;
  let folder: string;
  let file: string;
  before(async () => {
    world = await openWorld();
    await settle(world, 3);
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "tenure-"));
    file = path.join(folder, "signed.json");
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
    await world.reset();
  });
  after(() => world.close());

  /** Signs as one account, and submits as account 0, who has no identity. */
  async function pass(signer: number, ...args: string[]) {
    await tenureJson([...args, "--sign", file], acting(world, signer));
    return tenureJson(["submit", file], acting(world, 0));
  }

  describe("given an agent without ether", () => {
    it("should register it, check in and stake for it, at somebody else's expense", async () => {
      const agent = world.members[4];
      await agent.setBalance({ address: agent.account.address, value: 0n });
      const refusal = await refused(1, ["register"], acting(world, 4));
      expect(refusal).to.match(
        /^0x[0-9a-fA-F]{40} has 0 ether, and this transaction takes [\d.]+\. Send it some, or sign with --sign and let somebody else submit and pay\. On a local chain: tenure fund 0x[0-9a-fA-F]{40}$/,
      );
      const owner = agent.account.address;
      expect(await pass(4, "register", "--uri", "ipfs://agent")).to.include({ id: 4, owner, agentURI: "ipfs://agent" });
      await rm(file);
      await world.wait(1_800);
      expect(await refused(1, ["pulse"], acting(world, 4))).to.include("sign with --sign and let somebody else submit");
      expect(await pass(4, "pulse")).to.include({ id: 4, tenure: 1_800, credited: 1_800 });
      await rm(file);
      expect(await pass(4, "vouch", "2", "--stake", "4")).to.include({ voucherId: 4, subjectId: 2 });
      expect(await agent.getBalance({ address: owner })).to.equal(0n);
      expect(await agent.getTransactionCount({ address: owner })).to.equal(0);
    });
  });

  describe("given a signed check-in", () => {
    const checkpoint = `0x${"ab".repeat(32)}`;

    it("should travel through a file, and earn when it is submitted, as whoever submits it is told", async () => {
      const { stdout } = await tenure(["pulse", "--checkpoint", checkpoint, "--sign", file], acting(world, 1));
      expect(stdout).to.equal(`✓ Signed into ${file}. Whoever has it can send it, and pays: tenure submit ${file}\n`);
      const signed = JSON.parse(await readFile(file, "utf8"));
      const owner = world.members[1].account.address;
      expect(signed).to.include({ kind: "pulse", chainId: 31_337, id: 1, owner, checkpoint });
      expect(signed.lastSeen).to.equal((await world.members[0].getIdentity({ id: 1 })).lastSeen);
      await world.wait(60);
      const sent = await tenure(["submit", file], acting(world, 0));
      expect(sent).to.include({ status: 0, stderr: "" });
      expect(sent.stdout).to.match(
        /^✓ Identity 1 checked in: \d+ min credited, \d+ min of tenure\. Its owner has proven to be a key\.\n {2}0x[0-9a-f]{64}, \d+ gas\n$/,
      );
      const { lastSeen } = await world.members[0].getIdentity({ id: 1 });
      expect(lastSeen).to.equal(await world.now());
      expect(await refused(1, ["submit", file], acting(world, 0))).to.include(
        "A check-in voids the check-ins that were signed before",
      );
    });
    it("should prove the key without a file, by the owner alone", async () => {
      const { stdout } = await tenure(["pulse", "--prove"], acting(world, 1));
      expect(stdout).to.match(/^✓ Identity 1 checked in: .* of tenure\. Its owner has proven to be a key\.\n/);
      expect(await tenureJson(["pulse", "--prove", "--checkpoint", checkpoint], acting(world, 1))).to.include({
        ...{ id: 1, checkpoint, ownerKind: "key" },
      });
      const again = await tenure(["pulse", "--prove"], acting(world, 1));
      expect(again.stdout).to.match(/ of tenure\. Its owner had proven to be a key before\.\n/);
      expect((await tenure(["pulse"], acting(world, 1))).stdout).to.match(/ of tenure\.\n/);
      expect(await refused(1, ["pulse", "2", "--prove"], acting(world, 1))).to.include(
        "is not the owner of identity 2",
      );
      expect(await refused(2, ["pulse", "--prove", "--sign", file], acting(world, 1))).to.equal(
        "--prove sends, and --sign does not. What --sign makes proves the key when it is submitted.",
      );
      expect((await tenure(["history", "1"], acting(world, 0))).stdout).to.match(/OwnerProven +0x\w+….* is a key/);
    });
    it("should count as long as --valid says where it proves the key without a file", async () => {
      const before = await world.now();
      const { transaction } = await tenureJson<{ transaction: { hash: Hex } }>(
        ["pulse", "--prove", "--valid", "6h"],
        acting(world, 1),
      );
      const { input } = await world.members[0].getTransaction(transaction);
      const { args } = decodeFunctionData({ abi: identityRegistryAbi, data: input });
      // From the time of the block that comes, which the node counts by its clock.
      expect(Number(args?.[2]) - 6 * 3_600).to.be.within(before, (await world.now()) + 1);
    });
    it("should say the same in JSON as the command that signed, with the checkpoint or zero", async () => {
      expect(await pass(1, "pulse", "1", "--checkpoint", checkpoint)).to.include({ id: 1, checkpoint });
      await rm(file);
      expect(await pass(1, "pulse")).to.include({ id: 1, checkpoint: zeroHash });
    });
    it("should travel through a pipe", async () => {
      const { stdout } = await tenure(["pulse", "--sign", "-"], acting(world, 1));
      expect((await tenure(["submit", "-"], acting(world, 0), stdout)).status).to.equal(0);
    });
    it("should travel through a pipe that is long, and that says nothing for a while", async () => {
      const { stdout } = await tenure(["pulse", "--sign", "-"], acting(world, 1));
      expect((await tenure(["submit", "-"], acting(world, 0), `${" ".repeat(1_000_000)}${stdout}`)).status).to.equal(0);
      const next = await tenure(["pulse", "--sign", "-"], acting(world, 1));
      const child = startTenure(["submit", "-"], acting(world, 0));
      setTimeout(() => child.stdin?.end(next.stdout), 6_000);
      expect((await ended(child)).status).to.equal(0);
      expect(await refused(2, ["submit", "-"], acting(world, 0), "{")).to.equal(
        "stdin cannot be read: it holds no JSON.",
      );
    });
    it("should not outlive its deadline", async () => {
      await tenureJson(["pulse", "--valid", "60s", "--sign", file], acting(world, 1));
      await world.wait(61);
      expect(await refused(1, ["submit", file], acting(world, 0))).to.match(/^The signature counted until /);
    });
    it("should be void where its signer takes it back, without a check-in, while suspended too", async () => {
      const owner = world.members[1].account.address;
      await tenureJson(["pulse", "--checkpoint", checkpoint, "--sign", file], acting(world, 1));
      const { lastSeen } = await world.members[1].getIdentity({ id: 1 });
      await world.members[1].suspendSync({ id: 1 });
      expect(await refused(1, ["void", file], acting(world, 2))).to.include("did not sign this");
      const { stdout } = await tenure(["void", file], acting(world, 1));
      expect(stdout).to.match(new RegExp(`^✓ It is void now: ${owner} took it back\\.\\n`));
      await world.members[1].resumeSync({ id: 1 });
      expect((await world.members[1].getIdentity({ id: 1 })).lastSeen).to.equal(lastSeen);
      expect(await refused(1, ["submit", file], acting(world, 0))).to.include("has taken it back");
      expect(await refused(1, ["void", file], acting(world, 1))).to.equal(
        "It is void: it was taken back. Nothing was sent.",
      );
      await rm(file);
      await tenureJson(["pulse", "--sign", file], acting(world, 1));
      const nonce = consentNonce(parseSigned("pulse", await readFile(file, "utf8"))).toString();
      expect(await tenureJson(["void", file], acting(world, 1))).to.deep.include({ owner, nonces: [nonce] });
    });
    it("should be void by any other check-in, and not by its own date alone", async () => {
      await tenureJson(["pulse", "--sign", file], acting(world, 1));
      const signed = JSON.parse(await readFile(file, "utf8"));
      await world.wait(1);
      await tenureJson(["pulse"], acting(world, 1));
      const block = await world.members[0].getBlockNumber();
      expect(await refused(1, ["void", file], acting(world, 1))).to.equal(
        "It is void: identity 1 has checked in since. Nothing was sent.",
      );
      expect(await world.members[0].getBlockNumber()).to.equal(block);
      // One of a stock: it names a check-in to come, and can still count.
      const later = { ...signed, lastSeen: (await world.now()) + 600 };
      await writeFile(file, JSON.stringify(later));
      expect(await refused(1, ["void", file], acting(world, 1))).to.match(/^This is not a signature by 0x\w{40} over/);
      const signature = await world.members[1].account.signTypedData(pulseMessage(later));
      await writeFile(file, JSON.stringify({ ...later, signature }));
      await tenureJson(["void", file], acting(world, 1));
      const used = { registry: "identityRegistry", owner: signed.owner, nonce: consentNonce(later) } as const;
      expect(await world.members[0].isNonceUsed(used)).to.equal(true);
    });
    it("should not be made by the wallet, nor for somebody else, with status 1 and no file", async () => {
      const [, one, , , , wallet] = world.members;
      await one.setAgentWalletSync({ signed: await wallet.signAgentWallet({ id: 1 }) });
      expect(await refused(1, ["pulse", "--sign", file], acting(world, 5))).to.match(
        /^0x\w{40} is not the owner of identity 1\. Only the owner key may do this/,
      );
      expect(await refused(1, ["pulse", "2", "--sign", file], acting(world, 1))).to.include("owner of identity 2");
      expect(await refused(1, ["pulse", "99", "--sign", file], acting(world, 1))).to.include(
        "Identity 99 does not exist.",
      );
      expect(await readdir(folder)).to.deep.equal([]);
    });
    it("should be refused while the identity is suspended, or with anything changed, and send nothing", async () => {
      await tenureJson(["pulse", "--sign", file], acting(world, 1));
      const signed = JSON.parse(await readFile(file, "utf8"));
      await world.members[1].suspendSync({ id: 1 });
      expect(await refused(1, ["submit", file], acting(world, 0))).to.include("Identity 1 is suspended");
      await world.members[1].resumeSync({ id: 1 });
      const block = await world.members[0].getBlockNumber();
      const wrong: [status: number, change: object, message: RegExp][] = [
        [1, { checkpoint }, /This is not a signature by 0x\w{40} over this message\./],
        [1, { id: 2 }, /This is not a signature by 0x\w{40} over this message\./],
        [1, { id: 99 }, /Identity 99 does not exist\./],
        [2, { id: "1" }, /cannot have "1" as id\./],
        [2, { checkpoint: "0x12" }, /cannot have "0x12" as checkpoint\./],
        [2, { checkpoint: null }, /cannot have null as checkpoint\./],
        [2, { owner: undefined }, /cannot have undefined as owner\./],
        [2, { lastSeen: -1 }, /cannot have -1 as lastSeen\./],
        [2, { kind: "register" }, /cannot have undefined as agentURI\./],
        [2, { chainId: 1 }, /It was signed for 0x\w{40} on chain 1, and not for 0x\w{40} on chain 31337\./],
        [
          2,
          { registry: getRegistryAddress(world.members[0], "vouchRegistry") },
          /It was signed for 0x\w{40} on chain 31337, and not for 0x\w{40} on chain 31337\./,
        ],
      ];
      for (const [status, change, message] of wrong) {
        await writeFile(file, JSON.stringify({ ...signed, ...change }));
        expect(await refused(status, ["submit", file], acting(world, 0))).to.match(message);
      }
      expect(await world.members[0].getBlockNumber()).to.equal(block);
    });
  });

  describe("given a signed vouch", () => {
    it("should travel through a file, and name what it is", async () => {
      const { stdout } = await tenure(["vouch", "2", "--stake", "6", "--sign", file], acting(world, 1));
      expect(stdout).to.equal(`✓ Signed into ${file}. Whoever has it can send it, and pays: tenure submit ${file}\n`);
      const signed = JSON.parse(await readFile(file, "utf8"));
      expect(signed).to.include({ kind: "vouch", chainId: 31_337, voucherId: 1, subjectId: 2, stake: 6, periods: 1 });
      expect(await tenureJson(["submit", file], acting(world, 0))).to.deep.include({ voucherId: 1, subjectId: 2 });
      expect((await world.members[0].getSupport({ id: 2 })).support).to.equal(6);
      expect(await refused(1, ["submit", file], acting(world, 0))).to.include("has used nonce 0");
    });
    it("should travel through a pipe", async () => {
      const { stdout } = await tenure(["vouch", "2", "--stake", "6", "--sign", "-"], acting(world, 1));
      const { status } = await tenure(["submit", "-"], acting(world, 0), stdout);
      expect(status).to.equal(0);
    });
    it("should not outlive its deadline", async () => {
      await tenureJson(["vouch", "2", "--stake", "6", "--valid", "60s", "--sign", file], acting(world, 1));
      await world.wait(61);
      expect(await refused(1, ["submit", file], acting(world, 0))).to.match(/^The signature counted until /);
    });
  });

  describe("given a signed warning, and a signed revocation", () => {
    it("should count, and then no more", async () => {
      await pass(1, "warn", "2", "--stake", "3", "--arbiter", "3");
      expect((await world.members[0].getSupport({ id: 2 })).opposition).to.equal(3);
      await rm(file);
      await pass(1, "revoke", "2");
      expect((await world.members[0].getSupport({ id: 2 })).opposition).to.equal(0);
    });
    it("should not be made where there is nothing to take back, with status 1 and no file", async () => {
      for (const subject of ["2", "99"]) {
        expect(await refused(1, ["revoke", subject, "--sign", file], acting(world, 1))).to.equal(
          `Identity 1 never staked on ${subject}.`,
        );
      }
      expect(await readdir(folder)).to.deep.equal([]);
    });
  });

  describe("given a signature that its signer takes back", () => {
    it("should be void, and no other", async () => {
      const other = `${file}.other`;
      await tenureJson(["vouch", "2", "--stake", "3", "--sign", file], acting(world, 1));
      await tenureJson(["void", file], acting(world, 1));
      expect(await refused(1, ["submit", file], acting(world, 3))).to.include("has used nonce");
      await tenureJson(["vouch", "2", "--stake", "4", "--sign", other], acting(world, 1));
      await tenureJson(["void", "--nonces", "7, 9"], acting(world, 1));
      await tenureJson(["submit", other], acting(world, 3));
      await rm(other);
      expect((await world.members[0].getSupport({ id: 2 })).support).to.equal(4);
    });
    it("should be left to whoever signed it: another key would use up a nonce of its own", async () => {
      for (const [signer, ...args] of [
        [1, "vouch", "2", "--stake", "3"],
        [1, "warn", "2", "--stake", "3"],
        [4, "register"],
      ] as const) {
        await tenureJson([...args, "--sign", file], acting(world, signer));
        const block = await world.members[0].getBlockNumber();
        const refusal = await refused(1, ["void", file], acting(world, 3));
        const [owner, other] = [world.members[signer], world.members[3]].map(({ account }) => account.address);
        expect(refusal).to.equal(`${other} did not sign this; ${owner} did. Only who signed it can make it void.`);
        expect(await world.members[0].getBlockNumber()).to.equal(block);
        await tenureJson(["void", file], acting(world, signer));
        await rm(file);
      }
    });
    it("should be refused where it was submitted, or is void for another reason, and send nothing", async () => {
      const { address } = world.members[1].account;
      const sentNothing = async (args: string[], account: number, message: string) => {
        const block = await world.members[0].getBlockNumber();
        expect(await refused(1, args, acting(world, account))).to.equal(message);
        expect(await world.members[0].getBlockNumber()).to.equal(block);
      };
      await pass(1, "vouch", "2", "--stake", "3");
      await sentNothing(
        ["void", file],
        1,
        `It is void: nonce 0 of ${address} is used, by this or another signature, or made void. Nothing was sent.`,
      );
      await sentNothing(
        ["void", "--nonces", "0"],
        1,
        `Nonce 0 of ${address} is used already: submitted, or made void. Nothing was sent.`,
      );
      await sentNothing(
        ["void", "--nonces", "0,1"],
        1,
        `Nonce 0 of ${address} is used already: submitted, or made void. Nothing was sent. Name the others alone.`,
      );
      await rm(file);
      await tenureJson(["vouch", "2", "--stake", "5", "--sign", file], acting(world, 1));
      const consent = `${file}.consent`;
      await tenureJson(["rotate", "1", "--sign", consent], acting(world, 5));
      await tenureJson(["rotate", "--consent", consent], acting(world, 1));
      const rotated = "It is void: the key of identity 1 has changed since. Nothing was sent.";
      for (const account of [1, 5]) await sentNothing(["void", file], account, rotated);
      await sentNothing(["void", consent], 5, rotated);
      const signed = JSON.parse(await readFile(file, "utf8"));
      await writeFile(file, JSON.stringify({ ...signed, keyEpoch: 2 }));
      await sentNothing(
        ["void", file],
        5,
        "It was signed for a later key of identity 1 than it has, and not by this account: whose nonce 1 it carries cannot be known yet. Nothing was sent. As the key that signed, say tenure void --nonces, and that nonce.",
      );
      await writeFile(file, JSON.stringify({ ...signed, voucherId: 99 }));
      expect(await refused(1, ["void", file], acting(world, 1))).to.include("Identity 99 does not exist.");
      await world.members[5].retireSync({ id: 1 });
      await writeFile(file, JSON.stringify(signed));
      await sentNothing(["void", file], 5, "It is void: identity 1 is retired. Nothing was sent.");
    });
    it("should be void where it is a consent to own an identity", async () => {
      await tenureJson(["rotate", "1", "--sign", file], acting(world, 5));
      expect(await refused(1, ["void", file], acting(world, 1))).to.include("did not sign this");
      await tenureJson(["void", file], acting(world, 5));
      expect(await refused(1, ["rotate", "--consent", file], acting(world, 1))).to.include("has taken it back");
    });
    it("should want exactly one way to name it, with status 2", async () => {
      await refused(2, ["void"], acting(world, 1));
      await refused(2, ["void", file, "--nonces", "1"], acting(world, 1));
      await refused(2, ["void", "--nonces", "x"], acting(world, 1));
    });
    it("should want a registry with nonces only, as a file says its own, with status 2", async () => {
      const { address } = world.members[4].account;
      const isUsed = (nonce: number) =>
        world.members[0].isNonceUsed({ registry: "identityRegistry", owner: address, nonce });
      await tenureJson(["register", "--sign", file], acting(world, 4));
      expect(await refused(2, ["void", file, "--registry", "vouch"], acting(world, 4))).to.equal(
        "--registry goes with --nonces. A file says itself which registry it is for.",
      );
      await tenureJson(["void", file], acting(world, 4));
      expect([await isUsed(0), await isUsed(1)]).to.deep.equal([true, false]);
      await tenureJson(["void", "--nonces", "1", "--registry", "identity"], acting(world, 4));
      expect(await isUsed(1)).to.equal(true);
    });
  });

  describe("given a new key that consents", () => {
    it("should rotate to it, and refuse the old key from then on", async () => {
      await tenureJson(["rotate", "1", "--sign", file], acting(world, 5));
      const { status, stdout } = await tenure(["rotate", "--consent", file], acting(world, 1));
      expect(status).to.equal(0);
      const { address } = world.members[5].account;
      expect(stdout).to.include(`${address} speaks for identity 1 from now on; vouches for it have lapsed.`);
      expect(await refused(1, ["pulse"], acting(world, 1))).to.include("is a former key of identity 1");
      expect(await tenureJson(["pulse"], acting(world, 5))).to.include({ id: 1 });
    });
    it("should rotate to a keystore of the same machine", async () => {
      const env = { ...acting(world, 1), TENURE_HOME: folder, TENURE_KEYSTORE_PASSWORD: "new" };
      const { address } = await tenureJson<{ address: string }>(["keystore", "create", "next"], env);
      const rotation = await tenureJson(["rotate", "--to", "next"], { ...env, TENURE_NEW_KEYSTORE_PASSWORD: "new" });
      expect(rotation).to.include({ id: 1, newOwner: address, keyEpoch: 1 });
    });
    it("should want exactly one way of consent, with status 2", async () => {
      await refused(2, ["rotate"], acting(world, 1));
      await refused(2, ["rotate", "--to", "next", "--consent", file], acting(world, 1));
    });
  });

  describe("given a time for a signature, and nothing to sign", () => {
    it("should be wrong usage, with status 2, and send nothing", async () => {
      const block = await world.members[0].getBlockNumber();
      for (const args of [
        ["register"],
        ["pulse"],
        ["vouch", "2", "--stake", "1"],
        ["warn", "2", "--stake", "1"],
        ["revoke", "2"],
        ["rotate", "--to", "next"],
        ["rotate", "--consent", file],
      ]) {
        expect(await refused(2, [...args, "--valid", "6h"], acting(world, 1)), args.join(" ")).to.equal(
          "--valid is about a signature, and nothing is signed here. Say --sign FILE too.",
        );
      }
      expect(await world.members[0].getBlockNumber()).to.equal(block);
    });
  });

  describe("given a file with more in it than was signed", () => {
    /** What a stranger would have the submitter do, by fields that the SDK's writes take. */
    const stranger = privateKeyToAddress(testKeys[4]);
    const injections: Record<string, object> = {
      fees: { maxFeePerGas: 9e15, maxPriorityFeePerGas: 9e15 },
      gas: { gas: 16_000_000 },
      "a nonce": { nonce: 99 },
      "an account": { account: stranger },
      addresses: { addresses: { identityRegistry: stranger, vouchRegistry: stranger } },
    };

    /** Adds fields to the file, runs a command on it, and answers what was sent, as the chain knows it. */
    async function sent(args: readonly string[], payer: number, extra: object) {
      const signed = JSON.parse(await readFile(file, "utf8"));
      await writeFile(file, JSON.stringify({ ...signed, ...extra }));
      const { transaction } = await tenureJson<{ transaction: { hash: Hex } }>([...args, file], acting(world, payer));
      return { ...(await world.members[0].getTransaction(transaction)), registry: signed.registry as Address };
    }

    for (const [name, extra] of Object.entries(injections)) {
      it(`should submit what was signed, without ${name}`, async () => {
        await tenureJson(["vouch", "2", "--stake", "6", "--sign", file], acting(world, 1));
        expectModest(await sent(["submit"], 0, extra), 0);
        expect((await world.members[0].getSupport({ id: 2 })).support).to.equal(6);
      });
      it(`should check in as was signed, without ${name}`, async () => {
        await tenureJson(["pulse", "--sign", file], acting(world, 1));
        expectModest(await sent(["submit"], 0, extra), 0);
        expect((await world.members[0].getIdentity({ id: 1 })).lastSeen).to.equal(await world.now());
      });
      it(`should rotate as was consented, without ${name}`, async () => {
        await tenureJson(["rotate", "1", "--sign", file], acting(world, 5));
        expectModest(await sent(["rotate", "--consent"], 1, extra), 1);
      });
    }

    function expectModest(transaction: Transaction & { registry: Address }, payer: 0 | 1): void {
      const { from, to, gas, maxFeePerGas, value, registry } = transaction;
      expect({ from, to, value }).to.deep.equal({
        from: world.members[payer].account.address.toLowerCase(),
        to: registry.toLowerCase(),
        value: 0n,
      });
      expect(gas < 1_000_000n, `${gas} gas`).to.equal(true);
      expect((maxFeePerGas ?? 0n) < 100n * 10n ** 9n, `${maxFeePerGas} per gas`).to.equal(true);
    }
  });

  describe("given a file that is wrong", () => {
    it("should say what is wrong, with status 2, and send nothing", async () => {
      await tenureJson(["vouch", "2", "--stake", "6", "--sign", file], acting(world, 1));
      expect(await refused(2, ["vouch", "2", "--stake", "6", "--sign", file], acting(world, 1))).to.equal(
        `${file} exists already.`,
      );
      const unreadable: [string, string][] = [
        [`${file}.missing`, "there is no such file"],
        [tmpdir(), "it is a folder"],
        [`${file}/of-a-file`, "a part of its path is no folder"],
      ];
      for (const [name, why] of unreadable)
        expect(await refused(2, ["submit", name], acting(world, 1))).to.equal(`${name} cannot be read: ${why}.`);
      const signed = JSON.parse(await readFile(file, "utf8"));
      const block = await world.members[0].getBlockNumber();
      const wrong: [unknown, RegExp][] = [
        ["{", /holds no JSON/],
        [{ ...signed, kind: "loan" }, /holds no signature of Tenure/],
        [{ ...signed, stake: "6" }, /cannot have "6" as stake\./],
        [{ ...signed, stake: 6.5 }, /cannot have 6\.5 as stake\./],
        [{ ...signed, voucherId: -1 }, /cannot have -1 as voucherId\./],
        [{ ...signed, deadline: 1e300 }, /cannot have 1e\+300 as deadline\./],
        [{ ...signed, keyEpoch: null }, /cannot have null as keyEpoch\./],
        [{ ...signed, arbiterId: "3" }, /cannot have "3" as arbiterId\./],
        [{ ...signed, topic: "x" }, /cannot have "x" as topic\./],
        [{ ...signed, registry: "\u001b[2Jhere" }, /cannot have "\\u001b\[2Jhere" as registry\./],
        [{ ...signed, registry: undefined }, /cannot have undefined as registry\./],
        [[signed], /holds no signature of Tenure/],
        ["null", /holds no signature of Tenure/],
        [`{"__proto__":${JSON.stringify(signed)}}`, /holds no signature of Tenure/],
        [{ ...signed, signature: "sig" }, /cannot have "sig" as signature\./],
        [{ ...signed, chainId: 1 }, /It was signed for 0x\w{40} on chain 1, and not for 0x\w{40} on chain 31337\./],
        [
          { ...signed, registry: world.members[0].account.address },
          /It was signed for 0x\w{40} on chain 31337, and not for 0x\w{40} on chain 31337\./,
        ],
        [
          { ...signed, registry: getRegistryAddress(world.members[0], "identityRegistry") },
          /It was signed for 0x\w{40} on chain 31337, and not for 0x\w{40} on chain 31337\./,
        ],
      ];
      for (const [content, message] of wrong) {
        await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
        expect(await refused(2, ["submit", file], acting(world, 0))).to.match(message);
      }
      await refused(2, ["submit", path.join(folder, "none.json")], acting(world, 0));
      await writeFile(file, JSON.stringify({ ...signed, stake: 7 }));
      await refused(1, ["submit", file], acting(world, 0));
      expect(await world.members[0].getBlockNumber()).to.equal(block);
    });
  });
});
