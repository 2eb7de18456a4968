import { expect } from "chai";
import { id as hashOf, ZeroAddress } from "ethers";
import {
  at,
  ethers,
  inOneBlock,
  KeyRole,
  loadFixture,
  logsOf,
  MINUTE,
  now,
  register,
  registered,
} from "../utils/identity.ts";
import { equipped, suspended } from "../utils/identityScenes.ts";
import { AGENT_WALLET_SET, domainOf, giveWallet, rotate, signWallet } from "../utils/identitySigning.ts";

const KEY = "agentWallet";
const walletLog = (id: bigint, wallet: string) => ["MetadataSet", id, hashOf(KEY), KEY, wallet.toLowerCase()];

// What makes a signature count is asked in consent.ts, of all three functions that take one.
describe("IdentityRegistry", () => {
  describe("setAgentWallet", () => {
    for (const role of ["owner", "approved", "operator"] as const) {
      it(`is open to the ${role}, with the wallet's consent`, async () => {
        const scene = await loadFixture(equipped);
        const { registry, stranger } = scene;
        expect(await logsOf(registry, giveWallet(registry, scene[role], 1n, stranger))).to.deep.equal([
          walletLog(1n, stranger.address),
        ]);
        expect(await registry.getAgentWallet(1)).to.equal(stranger.address);
        expect(await registry.getMetadata(1, KEY)).to.equal(stranger.address.toLowerCase());
        expect(await registry.resolve(stranger)).to.deep.equal([1n, KeyRole.Wallet, await now()]);
      });
    }

    for (const role of ["wallet", "guardian", "other", "stranger"] as const) {
      it(`is closed to the ${role}, even with the new wallet's consent`, async () => {
        const scene = await loadFixture(equipped);
        await expect(giveWallet(scene.registry, scene[role], 1n, scene.next))
          .to.be.revertedWithCustomError(scene.registry, "NotAuthorized")
          .withArgs(1n, scene[role].address);
      });
    }

    describe("given a deadline", () => {
      async function setWith(ahead: bigint) {
        const scene = await loadFixture(registered);
        const { registry, owner, wallet } = scene;
        const moment = (await now()) + 100n;
        const deadline = moment + ahead;
        const consent = { agentId: 1n, newWallet: wallet.address, owner, deadline };
        const signature = await signWallet(registry, wallet, consent);
        await at(moment);
        return {
          scene,
          moment,
          deadline,
          sent: registry.connect(owner).setAgentWallet(1, wallet, deadline, signature),
        };
      }

      it("takes one exactly five minutes ahead", async () => {
        const { scene, sent } = await setWith(5n * MINUTE);
        await sent;
        expect(await scene.registry.getAgentWallet(1)).to.equal(scene.wallet.address);
      });

      it("refuses one five minutes and a second ahead", async () => {
        const { scene, moment, deadline, sent } = await setWith(5n * MINUTE + 1n);
        await expect(sent)
          .to.be.revertedWithCustomError(scene.registry, "DeadlineTooFar")
          .withArgs(deadline, moment + 5n * MINUTE);
      });

      it("refuses the farthest one there is", async () => {
        const { scene, moment, sent, deadline } = await setWith(2n ** 64n);
        await expect(sent)
          .to.be.revertedWithCustomError(scene.registry, "DeadlineTooFar")
          .withArgs(deadline, moment + 5n * MINUTE);
      });

      it("takes this very second", async () => {
        const { scene, sent } = await setWith(0n);
        await sent;
        expect(await scene.registry.getAgentWallet(1)).to.equal(scene.wallet.address);
      });

      it("refuses the second before", async () => {
        const { scene, sent, deadline } = await setWith(-1n);
        await expect(sent).to.be.revertedWithCustomError(scene.registry, "SignatureExpired").withArgs(deadline);
      });
    });

    describe("given an address that is a key already", () => {
      it("refuses the owner of another identity", async () => {
        const { registry, owner, other } = await loadFixture(registered);
        await expect(giveWallet(registry, owner, 1n, other))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(other.address, 2n);
      });

      it("refuses the wallet of another identity: one identity at a time", async () => {
        const { registry, owner, other, wallet } = await loadFixture(registered);
        await giveWallet(registry, other, 2n, wallet);
        await expect(giveWallet(registry, owner, 1n, wallet))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(wallet.address, 2n);
      });

      it("refuses a former key of another identity", async () => {
        const { registry, owner, other, next } = await loadFixture(registered);
        await rotate(registry, other, 2n, next);
        await expect(giveWallet(registry, owner, 1n, other))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(other.address, 2n);
      });

      it("refuses a former key of this identity", async () => {
        const { registry, owner, next } = await loadFixture(registered);
        await rotate(registry, owner, 1n, next);
        await expect(giveWallet(registry, next, 1n, owner))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(owner.address, 1n);
      });

      it("refuses the key of a retired identity", async () => {
        const { registry, owner, other } = await loadFixture(registered);
        await registry.connect(other).retire(2);
        await expect(giveWallet(registry, owner, 1n, other))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(other.address, 2n);
      });

      it("takes the wallet that it has", async () => {
        const { registry, owner, wallet } = await loadFixture(equipped);
        expect(await logsOf(registry, giveWallet(registry, owner, 1n, wallet))).to.deep.equal([
          walletLog(1n, wallet.address),
        ]);
        expect(await registry.getAgentWallet(1)).to.equal(wallet.address);
        expect((await registry.resolve(wallet)).role).to.equal(KeyRole.Wallet);
      });

      it("takes its own owner, which unsets the wallet, and it stays the owner", async () => {
        const { registry, owner, wallet, born } = await loadFixture(equipped);
        expect(await logsOf(registry, giveWallet(registry, owner, 1n, owner))).to.deep.equal([
          walletLog(1n, owner.address),
        ]);
        expect(await registry.getAgentWallet(1)).to.equal(owner.address);
        expect(await registry.resolve(owner)).to.deep.equal([1n, KeyRole.Owner, born]);
        expect(await registry.resolve(wallet)).to.deep.equal([0n, KeyRole.None, 0n]);
      });
    });

    it("takes the guardian: it is no key", async () => {
      const { registry, owner, guardian } = await loadFixture(equipped);
      await giveWallet(registry, owner, 1n, guardian);
      expect(await registry.getAgentWallet(1)).to.equal(guardian.address);
      expect(await registry.guardianOf(1)).to.equal(guardian.address);
    });

    for (const [who, sender, named] of [
      ["the wallet that it has", "owner", "wallet"],
      ["an operator that names itself", "operator", "operator"],
      ["an approved address that names itself", "approved", "approved"],
      ["the owner that names itself", "owner", "owner"],
    ] as const) {
      it(`needs a signature also by ${who}`, async () => {
        const scene = await loadFixture(equipped);
        const { registry, wallet } = scene;
        const deadline = (await now()) + MINUTE;
        for (const signature of ["0x", `0x${"11".repeat(65)}`]) {
          await expect(registry.connect(scene[sender]).setAgentWallet(1, scene[named], deadline, signature))
            .to.be.revertedWithCustomError(registry, "InvalidSignature")
            .withArgs(scene[named].address);
        }
        expect(await registry.getAgentWallet(1)).to.equal(wallet.address);
      });
    }

    it("is no check-in", async () => {
      const { registry, owner, wallet, born } = await loadFixture(registered);
      await giveWallet(registry, owner, 1n, wallet);
      await registry.connect(owner).unsetAgentWallet(1);
      expect(await registry.lastSeen(1)).to.equal(born);
    });

    it("refuses the zero address", async () => {
      const { registry, owner } = await loadFixture(registered);
      const deadline = (await now()) + MINUTE;
      await expect(registry.connect(owner).setAgentWallet(1, ZeroAddress, deadline, `0x${"00".repeat(65)}`))
        .to.be.revertedWithCustomError(registry, "InvalidSignature")
        .withArgs(ZeroAddress);
    });

    it("frees the wallet that it replaces, in the same block", async () => {
      const { registry, owner, wallet, next } = await loadFixture(equipped);
      await giveWallet(registry, owner, 1n, next);
      expect(await registry.resolve(wallet)).to.deep.equal([0n, KeyRole.None, 0n]);
      expect(await registry.isAuthorizedOrOwner(wallet, 1)).to.equal(false);
      await register(registry, wallet);
      expect(await registry.ownerOf(3)).to.equal(wallet.address);
    });

    it("lets the freed wallet serve another identity", async () => {
      const { registry, owner, other, wallet } = await loadFixture(equipped);
      await registry.connect(owner).unsetAgentWallet(1);
      await giveWallet(registry, other, 2n, wallet);
      expect(await registry.getAgentWallet(2)).to.equal(wallet.address);
      expect(await registry.getAgentWallet(1)).to.equal(owner.address);
      expect((await registry.resolve(wallet)).agentId).to.equal(2n);
    });

    it("lets a freed wallet become the owner by a rotation", async () => {
      const { registry, owner, wallet } = await loadFixture(equipped);
      await registry.connect(owner).unsetAgentWallet(1);
      await rotate(registry, owner, 1n, wallet);
      expect(await registry.ownerOf(1)).to.equal(wallet.address);
    });

    it("takes a smart account that needs ERC-1271", async () => {
      const { registry, owner, stranger } = await loadFixture(registered);
      const account = await ethers.deployContract("SmartAccount", [stranger.address]);
      const newWallet = await account.getAddress();
      const deadline = (await now()) + MINUTE;
      const signature = await signWallet(registry, stranger, { agentId: 1n, newWallet, owner, deadline });
      await registry.connect(owner).setAgentWallet(1, newWallet, deadline, signature);
      expect(await registry.getAgentWallet(1)).to.equal(newWallet);
    });

    it("takes a consent again until its deadline, of a wallet that has left too: ERC-8004 gives it no nonce", async () => {
      const { registry, owner, wallet } = await loadFixture(registered);
      const deadline = (await now()) + 4n * MINUTE;
      const signature = await signWallet(registry, wallet, { agentId: 1n, newWallet: wallet.address, owner, deadline });
      const set = () => registry.connect(owner).setAgentWallet(1, wallet, deadline, signature);
      await set();
      await registry.connect(wallet).unsetAgentWallet(1);
      await at(deadline);
      await set();
      expect(await registry.getAgentWallet(1)).to.equal(wallet.address);
      await registry.connect(wallet).unsetAgentWallet(1);
      await expect(set()).to.be.revertedWithCustomError(registry, "SignatureExpired").withArgs(deadline);
    });

    it("refuses a consent that the wallet gave to the owner before the rotation", async () => {
      const { registry, owner, wallet, next } = await loadFixture(registered);
      const deadline = (await now()) + 4n * MINUTE;
      const message = { agentId: 1n, newWallet: wallet.address, owner: owner.address, deadline };
      const signature = await wallet.signTypedData(await domainOf(registry), AGENT_WALLET_SET, message);
      await rotate(registry, owner, 1n, next);
      await expect(registry.connect(next).setAgentWallet(1, wallet, deadline, signature))
        .to.be.revertedWithCustomError(registry, "InvalidSignature")
        .withArgs(wallet.address);
    });
  });

  describe("unsetAgentWallet", () => {
    for (const role of ["owner", "approved", "operator", "wallet"] as const) {
      it(`is open to the ${role}: the owner serves as wallet again`, async () => {
        const scene = await loadFixture(equipped);
        const { registry, owner, wallet } = scene;
        expect(await logsOf(registry, registry.connect(scene[role]).unsetAgentWallet(1))).to.deep.equal([
          walletLog(1n, owner.address),
        ]);
        expect(await registry.getAgentWallet(1)).to.equal(owner.address);
        expect(await registry.getMetadata(1, KEY)).to.equal(owner.address.toLowerCase());
        expect(await registry.resolve(wallet)).to.deep.equal([0n, KeyRole.None, 0n]);
      });
    }

    for (const role of ["guardian", "other", "stranger"] as const) {
      it(`is closed to the ${role}`, async () => {
        const scene = await loadFixture(equipped);
        await expect(scene.registry.connect(scene[role]).unsetAgentWallet(1))
          .to.be.revertedWithCustomError(scene.registry, "NotAuthorized")
          .withArgs(1n, scene[role].address);
      });
    }

    for (const role of ["owner", "approved", "operator", "wallet"] as const) {
      it(`is open to the ${role} while suspended too, and says that nobody is the wallet`, async () => {
        const scene = await loadFixture(suspended);
        const { registry, owner, guardian, wallet } = scene;
        expect(await logsOf(registry, registry.connect(scene[role]).unsetAgentWallet(1))).to.deep.equal([
          walletLog(1n, ZeroAddress),
        ]);
        expect(await registry.resolve(wallet)).to.deep.equal([0n, KeyRole.None, 0n]);
        await registry.connect(guardian).resume(1);
        expect(await registry.getAgentWallet(1)).to.equal(owner.address);
      });
    }

    it("is closed to the wallet of another identity, suspended or not: a wallet leaves its own", async () => {
      const { registry, owner, other, wallet, next } = await loadFixture(equipped);
      await giveWallet(registry, other, 2n, next);
      for (const isSuspended of [false, true]) {
        if (isSuspended) await registry.connect(owner).suspend(1);
        await expect(registry.connect(next).unsetAgentWallet(1))
          .to.be.revertedWithCustomError(registry, "NotAuthorized")
          .withArgs(1n, next.address);
      }
      expect((await registry.resolve(wallet)).agentId).to.equal(1n);
    });

    it("does no harm where no wallet is set", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      expect(await logsOf(registry, registry.connect(owner).unsetAgentWallet(1))).to.deep.equal([
        walletLog(1n, owner.address),
      ]);
      expect(await registry.resolve(owner)).to.deep.equal([1n, KeyRole.Owner, born]);
    });

    it("ends the wallet's power in the same block", async () => {
      const { registry, owner, wallet } = await loadFixture(equipped);
      const outcome = await inOneBlock(
        () => registry.connect(owner).unsetAgentWallet(1, { gasLimit: 300_000 }),
        () => registry.connect(wallet).pulse(1, hashOf("late"), { gasLimit: 300_000 }),
      );
      expect(outcome).to.deep.equal([1, 0]);
    });
  });

  describe("the wallet", () => {
    it("may check in and leave, and do nothing else", async () => {
      const { registry, wallet, stranger } = await loadFixture(equipped);
      const as = registry.connect(wallet);
      await as.pulse(1, hashOf("log"));
      const me = wallet.address;
      const refused: [() => Promise<unknown>, string, unknown[]][] = [
        [() => as.setAgentURI(1, ""), "NotAuthorized", [1n, me]],
        [() => as.setMetadata(1, "k", "0x"), "NotAuthorized", [1n, me]],
        [() => as.suspend(1), "NotAuthorized", [1n, me]],
        [() => as.retire(1), "NotOwner", [1n, me]],
        [() => as.setGuardian(1, stranger), "NotOwner", [1n, me]],
        [() => as.proposeRecovery(1, stranger), "NotGuardian", [1n, me]],
        [() => as.rotateKey(1, stranger, 0, "0x"), "NotOwner", [1n, me]],
        [() => as.approve(stranger, 1), "ERC721InvalidApprover", [me]],
      ];
      for (const [send, error, args] of refused) {
        await expect(send())
          .to.be.revertedWithCustomError(registry, error)
          .withArgs(...args);
      }
    });

    it("owns no token", async () => {
      const { registry, wallet } = await loadFixture(equipped);
      expect(await registry.balanceOf(wallet)).to.equal(0n);
    });
  });
});
