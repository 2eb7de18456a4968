import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { acting } from "../../test/utils/acting.ts";
import { refused, tenure, tenureJson } from "../../test/utils/tenure.ts";

const handle = `0x${"a1".repeat(32)}`;
const otherHandle = `0x${"a2".repeat(32)}`;

describe("tenure grants", () => {
  let world: World;
  let folder: string;
  let file: string;
  let issuer: string;
  before(async () => {
    world = await openWorld();
    issuer = world.members[1].account.address;
    folder = await mkdtemp(path.join(tmpdir(), "tenure-"));
    file = path.join(folder, "revocation.json");
    await world.mark();
  });
  afterEach(async () => {
    await rm(file, { force: true });
    await world.reset();
  });
  after(async () => {
    await rm(folder, { recursive: true });
    await world.close();
  });

  const status = (grant = handle) => tenureJson<object>(["grants", "status", issuer, grant], acting(world, 0));

  describe("status", () => {
    it("should say that nobody revoked it, and the epoch that it has to say", async () => {
      await world.members[1].advanceDelegationEpochSync({});
      const { stdout } = await tenure(["grants", "status", issuer, handle], acting(world, 0));
      expect(stdout).to.equal(`✓ ${issuer} has not revoked it. It counts where it says epoch 1.\n`);
      const { number, timestamp } = await world.members[0].getBlock();
      expect(await status()).to.deep.equal({
        ...{ issuer, handle, isRevoked: false, epoch: "1" },
        ...{ blockNumber: Number(number), time: Number(timestamp) },
      });
    });

    it("should need no key and no identity, and refuse what is no grant and no account, with status 2", async () => {
      const env = { TENURE_RPC: world.url };
      await tenure(["grants", "status", issuer, handle], env);
      expect(await refused(2, ["grants", "status", issuer, "0x12"], env)).to.include('"0x12" is not 32 bytes.');
      expect(await refused(2, ["grants", "status", "7", handle], env)).to.include("7");
    });
  });

  describe("revoke", () => {
    it("should revoke the key's grant, once and again, and no other", async () => {
      for (let times = 0; times < 2; times++) {
        const { stdout } = await tenure(["grants", "revoke", handle], acting(world, 1));
        expect(stdout).to.match(
          new RegExp(`^✓ Grant ${handle} of ${issuer} counts no more, nor does any below it\\.\n`),
        );
      }
      expect(await status()).to.include({ isRevoked: true, epoch: "0" });
      expect(await status(otherHandle)).to.include({ isRevoked: false });
      const { stdout } = await tenure(["grants", "status", issuer, handle], acting(world, 0));
      expect(stdout).to.equal(`✗ ${issuer} has revoked it, for ever.\n`);
    });

    it("should sign it for somebody else to submit, who pays, and as often as they like", async () => {
      const signing = await tenure(["grants", "revoke", handle, "--sign", file], acting(world, 1));
      expect(signing.stdout).to.include(`tenure submit ${file}`);
      const signed = JSON.parse(await readFile(file, "utf8"));
      expect(signed).to.include({ kind: "delegationRevocation", chainId: 31_337, issuer, handle });
      expect(await status()).to.include({ isRevoked: false });
      for (let times = 0; times < 2; times++) {
        expect(await tenureJson(["submit", file], acting(world, 0))).to.include({ issuer, handle });
      }
      expect(await status()).to.include({ isRevoked: true });
    });

    it("should be submitted for no other grant, issuer or chain than was signed", async () => {
      await tenure(["grants", "revoke", handle, "--sign", file], acting(world, 1));
      const signed = JSON.parse(await readFile(file, "utf8"));
      const wrong: [status: 1 | 2, change: object, words: RegExp][] = [
        [1, { handle: otherHandle }, /signature/],
        [1, { issuer: world.members[2].account.address }, /signature/],
        [2, { chainId: 1 }, /It was signed for 0x\w{40} on chain 1, and not for 0x\w{40} on chain 31337\./],
        [2, { handle: "0x12" }, /handle/],
      ];
      for (const [code, change, words] of wrong) {
        await writeFile(file, JSON.stringify({ ...signed, ...change }));
        expect(await refused(code, ["submit", file], acting(world, 0))).to.match(words);
      }
      expect(await status()).to.include({ isRevoked: false });
    });

    it("should not be taken back by void, which says so", async () => {
      await tenure(["grants", "revoke", handle, "--sign", file], acting(world, 1));
      const error = await refused(2, ["void", file], acting(world, 1));
      expect(error).to.include("A signed revocation of a grant counts for ever: nothing makes it void.");
    });
  });

  describe("advance-epoch", () => {
    it("should begin the key's next epoch", async () => {
      const { stdout } = await tenure(["grants", "advance-epoch"], acting(world, 1));
      expect(stdout).to.match(new RegExp(`^✓ Epoch 1 of ${issuer} begins: no earlier grant counts any more\\.\n`));
      expect(await tenureJson(["grants", "advance-epoch"], acting(world, 1))).to.include({ issuer, epoch: "2" });
      expect(await status()).to.include({ isRevoked: false, epoch: "2" });
    });
  });
});
