import { expect } from "chai";
import { type ContractTransactionResponse, id as hashOf, ZeroAddress } from "ethers";
import type { IdentityRegistry } from "../../types/ethers-contracts/index.js";
import {
  at,
  ChangeKind,
  DAY,
  ethers,
  fresh,
  identity,
  inOneBlock,
  KeyRole,
  loadFixture,
  logsOf,
  MINUTE,
  NO_CHANGE,
  now,
  OwnerKind,
  pendingOf,
  RECOVERY_DELAY,
  registered,
  type Scene,
  Status,
  time,
  URI,
} from "../utils/identity.ts";
import { equipped, exhausted, hurried, nearlyExhausted, suspended, twoChangesLeft } from "../utils/identityScenes.ts";
import { domainOf, giveWallet, ROTATE_KEY, rotate } from "../utils/identitySigning.ts";

const WALLET_KEY = "agentWallet";

// What makes a signature count is asked in consent.ts, of all three functions that take one.
describe("IdentityRegistry", () => {
  describe("rotateKey", () => {
    it("hands the identity over: owner, key epoch and key age change, wallet and approval go, the rest stays", async () => {
      const { registry, owner, next, guardian, born } = await loadFixture(equipped);
      const before = await identity(registry, 1n);
      const moment = born + 3n * DAY;
      await time.increaseTo(moment - 1n);
      await rotate(registry, owner, 1n, next);
      expect(await identity(registry, 1n)).to.deep.equal({
        ...before,
        owner: next.address,
        wallet: next.address,
        guardian: guardian.address,
        ownerKind: OwnerKind.Key, // by its consent
        keyEpoch: 1n,
        keySince: moment,
      });
      expect(await registry.getApproved(1)).to.equal(ZeroAddress);
      expect(await registry.ownerOf(1)).to.equal(next.address);
      expect(await registry.balanceOf(next)).to.equal(1n);
      expect(await registry.balanceOf(owner)).to.equal(0n);
      expect(await registry.totalSupply()).to.equal(2n);
    });

    it("makes the old key a former one, the new key the owner's, and frees the wallet", async () => {
      const { registry, owner, next, wallet } = await loadFixture(equipped);
      await rotate(registry, owner, 1n, next);
      const moment = await now();
      expect(await registry.resolve(owner)).to.deep.equal([1n, KeyRole.Former, moment]);
      expect(await registry.resolve(next)).to.deep.equal([1n, KeyRole.Owner, moment]);
      expect(await registry.resolve(wallet)).to.deep.equal([0n, KeyRole.None, 0n]);
      await giveWallet(registry, next, 1n, wallet);
      expect(await registry.getAgentWallet(1)).to.equal(wallet.address);
    });

    it("logs Transfer, KeyRotated, the new owner as wallet and as a key, in this order", async () => {
      const { registry, owner, next } = await loadFixture(equipped);
      expect(await logsOf(registry, rotate(registry, owner, 1n, next))).to.deep.equal([
        ["Transfer", owner.address, next.address, 1n],
        ["KeyRotated", 1n, owner.address, next.address, 1n],
        ["MetadataSet", 1n, hashOf(WALLET_KEY), WALLET_KEY, next.address.toLowerCase()],
        ["MetadataUpdate", 1n],
        ["OwnerProven", 1n, next.address],
      ]);
    });

    for (const role of ["wallet", "approved", "operator", "guardian", "other", "next", "stranger"] as const) {
      it(`is closed to the ${role}, even with the new key's consent`, async () => {
        const scene = await loadFixture(equipped);
        await expect(rotate(scene.registry, scene[role], 1n, scene.next))
          .to.be.revertedWithCustomError(scene.registry, "NotOwner")
          .withArgs(1n, scene[role].address);
      });
    }

    it("is closed while suspended", async () => {
      const { registry, owner, next } = await loadFixture(suspended);
      await expect(rotate(registry, owner, 1n, next))
        .to.be.revertedWithCustomError(registry, "IdentitySuspended")
        .withArgs(1n);
    });

    describe("given a new owner who is a key already", () => {
      it("refuses the owner itself", async () => {
        const { registry, owner } = await loadFixture(registered);
        await expect(rotate(registry, owner, 1n, owner))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(owner.address, 1n);
      });

      it("refuses the owner of another identity", async () => {
        const { registry, owner, other } = await loadFixture(registered);
        await expect(rotate(registry, owner, 1n, other))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(other.address, 2n);
      });

      it("refuses its own wallet, until it is unset", async () => {
        const { registry, owner, wallet } = await loadFixture(equipped);
        await expect(rotate(registry, owner, 1n, wallet))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(wallet.address, 1n);
        await registry.connect(owner).unsetAgentWallet(1);
        await rotate(registry, owner, 1n, wallet);
        expect(await registry.ownerOf(1)).to.equal(wallet.address);
      });

      it("refuses the wallet of another identity", async () => {
        const { registry, owner, other, wallet } = await loadFixture(equipped);
        await expect(rotate(registry, other, 2n, wallet))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(wallet.address, 1n);
        expect(await registry.ownerOf(1)).to.equal(owner.address);
      });

      it("refuses the former key: A to B to A is impossible", async () => {
        const { registry, owner, next } = await loadFixture(registered);
        await rotate(registry, owner, 1n, next);
        await expect(rotate(registry, next, 1n, owner))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(owner.address, 1n);
      });

      it("refuses a former key of long ago: A to B to C to A is impossible", async () => {
        const { registry, owner, next, stranger } = await loadFixture(registered);
        await rotate(registry, owner, 1n, next);
        await rotate(registry, next, 1n, stranger);
        for (const former of [owner, next]) {
          await expect(rotate(registry, stranger, 1n, former))
            .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
            .withArgs(former.address, 1n);
        }
      });

      it("refuses a former key of another identity", async () => {
        const { registry, owner, other, next } = await loadFixture(registered);
        await rotate(registry, other, 2n, next);
        await expect(rotate(registry, owner, 1n, other))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(other.address, 2n);
      });

      it("refuses the key of a retired identity", async () => {
        const { registry, owner, other } = await loadFixture(registered);
        await registry.connect(other).retire(2);
        await expect(rotate(registry, owner, 1n, other))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(other.address, 2n);
      });
    });

    it("refuses a consent given before another rotation: the key epoch has moved on", async () => {
      const { registry, owner, next, stranger } = await loadFixture(registered);
      const deadline = (await now()) + 100n * MINUTE;
      const message = { agentId: 1n, owner: owner.address, newOwner: stranger.address, keyEpoch: 0n, deadline };
      const signature = await stranger.signTypedData(await domainOf(registry), ROTATE_KEY, message);
      await rotate(registry, owner, 1n, next);
      await expect(registry.connect(next).rotateKey(1, stranger, deadline, signature))
        .to.be.revertedWithCustomError(registry, "InvalidSignature")
        .withArgs(stranger.address);
    });

    it("refuses a consent given for the next key epoch", async () => {
      const { registry, owner, next } = await loadFixture(registered);
      const deadline = (await now()) + MINUTE;
      const message = { agentId: 1n, owner: owner.address, newOwner: next.address, keyEpoch: 1n, deadline };
      const signature = await next.signTypedData(await domainOf(registry), ROTATE_KEY, message);
      await expect(registry.connect(owner).rotateKey(1, next, deadline, signature))
        .to.be.revertedWithCustomError(registry, "InvalidSignature")
        .withArgs(next.address);
    });

    describe("given the former key", () => {
      const gas = { gasLimit: 400_000 };
      const powers: [string, (as: IdentityRegistry, scene: Scene) => Promise<ContractTransactionResponse>][] = [
        ["setAgentURI", (as) => as.setAgentURI(1, URI, gas)],
        ["setMetadata", (as) => as.setMetadata(1, "k", "0x01", gas)],
        ["pulse", (as) => as.pulse(1, hashOf("late"), gas)],
        ["unsetAgentWallet", (as) => as.unsetAgentWallet(1, gas)],
        ["approve", (as, { stranger }) => as.approve(stranger, 1, gas)],
        ["setGuardian", (as, { stranger }) => as.setGuardian(1, stranger, gas)],
        ["suspend", (as) => as.suspend(1, gas)],
        ["retire", (as) => as.retire(1, gas)],
      ];
      for (const [name, use] of powers) {
        it(`takes its ${name} away in the very block of the rotation`, async () => {
          const before = await loadFixture(registered);
          const meanwhile = () => use(before.registry.connect(before.owner), before);
          const { registry, owner, next } = before;
          expect(await inOneBlock(meanwhile, () => rotate(registry, owner, 1n, next))).to.deep.equal(
            name === "suspend" || name === "retire" ? [1, 0] : [1, 1],
          );
          const after = await loadFixture(registered);
          const outcome = await inOneBlock(
            () => rotate(after.registry, after.owner, 1n, after.next),
            () => use(after.registry.connect(after.owner), after),
          );
          expect(outcome).to.deep.equal([1, 0]);
          expect(await after.registry.ownerOf(1)).to.equal(after.next.address);
        });
      }

      it("cannot register again in that block", async () => {
        const { registry, owner, next } = await loadFixture(registered);
        const outcome = await inOneBlock(
          () => rotate(registry, owner, 1n, next),
          () => registry.connect(owner)["register()"](gas),
        );
        expect(outcome).to.deep.equal([1, 0]);
      });

      it("gives the new key all power in that block", async () => {
        const { registry, owner, next } = await loadFixture(registered);
        const outcome = await inOneBlock(
          () => rotate(registry, owner, 1n, next),
          () => registry.connect(next).setAgentURI(1, URI, { gasLimit: 200_000 }),
          () => registry.connect(next).retire(1, { gasLimit: 200_000 }),
        );
        expect(outcome).to.deep.equal([1, 1, 1]);
        expect((await registry.identityOf(1)).status).to.equal(Status.Retired);
      });
    });

    describe("given a waiting change", () => {
      it("lets a change of guardian lapse, and says so first", async () => {
        const { registry, owner, next, stranger } = await loadFixture(equipped);
        await registry.connect(owner).setGuardian(1, stranger);
        expect((await logsOf(registry, rotate(registry, owner, 1n, next)))[0]).to.deep.equal([
          "ChangeCancelled",
          1n,
          ChangeKind.Guardian,
          owner.address,
        ]);
        expect(await pendingOf(registry, 1n)).to.deep.equal(NO_CHANGE);
      });

      it("lets a retirement lapse, and says so first", async () => {
        const { registry, owner, next } = await loadFixture(equipped);
        await registry.connect(owner).retire(1);
        expect((await logsOf(registry, rotate(registry, owner, 1n, next)))[0]).to.deep.equal([
          "ChangeCancelled",
          1n,
          ChangeKind.Retirement,
          owner.address,
        ]);
        expect(await pendingOf(registry, 1n)).to.deep.equal(NO_CHANGE);
      });

      it("says nothing of one that has expired: it lapsed by itself", async () => {
        for (const propose of ["setGuardian", "retire"] as const) {
          const { registry, owner, next, stranger } = await loadFixture(equipped);
          const as = registry.connect(owner);
          await (propose === "retire" ? as.retire(1) : as.setGuardian(1, stranger));
          await at((await now()) + 2n * RECOVERY_DELAY + 1n);
          const logs = await logsOf(registry, rotate(registry, owner, 1n, next));
          expect(logs.map(([event]) => event)).to.deep.equal([
            "Transfer",
            "KeyRotated",
            "MetadataSet",
            "MetadataUpdate",
            "OwnerProven",
          ]);
          expect(await pendingOf(registry, 1n)).to.deep.equal(NO_CHANGE);
        }
      });

      it("cannot shake a recovery off: the candidate still claims it", async () => {
        const { registry, owner, next, guardian, candidate } = await loadFixture(equipped);
        await registry.connect(guardian).proposeRecovery(1, candidate);
        const readyAt = (await now()) + RECOVERY_DELAY;
        const logs = await logsOf(registry, rotate(registry, owner, 1n, next));
        expect(logs.map(([event]) => event)).to.deep.equal([
          ...["Transfer", "KeyRotated", "MetadataSet", "MetadataUpdate", "OwnerProven"],
        ]);
        expect(await pendingOf(registry, 1n)).to.deep.equal([ChangeKind.Recovery, candidate.address, readyAt]);
        await at(readyAt);
        await registry.connect(candidate).claimRecovery(1);
        expect(await registry.ownerOf(1)).to.equal(candidate.address);
        expect((await registry.identityOf(1)).keyEpoch).to.equal(2n);
      });
    });

    it("keeps the guardian", async () => {
      const { registry, owner, next, guardian } = await loadFixture(equipped);
      await rotate(registry, owner, 1n, next);
      expect((await registry.identityOf(1)).guardian).to.equal(guardian.address);
      await registry.connect(guardian).suspend(1);
    });

    it("takes a smart account that needs ERC-1271 as the next key", async () => {
      const { registry, owner, stranger } = await loadFixture(registered);
      const account = await ethers.deployContract("SmartAccount", [stranger.address]);
      const newOwner = await account.getAddress();
      const deadline = (await now()) + MINUTE;
      const message = { agentId: 1n, owner: owner.address, newOwner, keyEpoch: 0n, deadline };
      const signature = await stranger.signTypedData(await domainOf(registry), ROTATE_KEY, message);
      await registry.connect(owner).rotateKey(1, newOwner, deadline, signature);
      expect(await registry.ownerOf(1)).to.equal(newOwner);
      await account.connect(stranger).getFunction("execute")(
        registry,
        registry.interface.encodeFunctionData("suspend", [1]),
      );
      expect((await registry.identityOf(1)).status).to.equal(Status.Suspended);
    });

    describe("given a rotation to the guardian", () => {
      it("leaves no guardian, nor a recovery that only the guardian could cancel", async () => {
        const { registry, owner, guardian, candidate } = await loadFixture(equipped);
        await registry.connect(guardian).proposeRecovery(1, candidate);
        const logs = await logsOf(registry, rotate(registry, owner, 1n, guardian));
        expect(logs.slice(0, 2)).to.deep.equal([
          ["ChangeCancelled", 1n, ChangeKind.Recovery, owner.address],
          ["GuardianSet", 1n, guardian.address, ZeroAddress],
        ]);
        expect((await registry.identityOf(1)).guardian).to.equal(ZeroAddress);
        expect(await pendingOf(registry, 1n)).to.deep.equal(NO_CHANGE);
        await registry.connect(guardian).suspend(1);
        await registry.connect(guardian).resume(1);
      });
    });

    describe("given a waiting retirement or change of guardian", () => {
      it("lets both lapse: the new key did not ask for them", async () => {
        const { registry, owner, other, next, guardian } = await loadFixture(equipped);
        await registry.connect(owner).retire(1);
        const logs = await logsOf(registry, rotate(registry, owner, 1n, next));
        expect(logs[0]).to.deep.equal(["ChangeCancelled", 1n, ChangeKind.Retirement, owner.address]);
        expect(await pendingOf(registry, 1n)).to.deep.equal(NO_CHANGE);
        await registry.connect(next).setGuardian(1, other);
        const later = await fresh(3_000);
        await rotate(registry, next, 1n, later);
        expect(await pendingOf(registry, 1n)).to.deep.equal(NO_CHANGE);
        expect((await registry.identityOf(1)).guardian).to.equal(guardian.address);
      });
    });

    describe("given a guardian and the 129th change", () => {
      it("refuses it until the key is as old as the recovery delay", async () => {
        const { registry, last } = await loadFixture(hurried);
        expect((await registry.identityOf(1)).keyEpoch).to.equal(128n);
        const readyAt = (await registry.resolve(last)).since + RECOVERY_DELAY;
        await at(readyAt - 1n);
        await expect(rotate(registry, last, 1n, await fresh(2_000)))
          .to.be.revertedWithCustomError(registry, "KeyTooYoung")
          .withArgs(1n, readyAt);
        await at(readyAt);
        await rotate(registry, last, 1n, await fresh(2_000));
        expect((await registry.identityOf(1)).keyEpoch).to.equal(129n);
      });

      it("leaves the guardian the time to recover it from a thief who hurries", async () => {
        const { registry, guardian, candidate, last } = await loadFixture(hurried);
        await registry.connect(guardian).proposeRecovery(1, candidate);
        await expect(rotate(registry, last, 1n, await fresh(2_000))).to.be.revertedWithCustomError(
          registry,
          "KeyTooYoung",
        );
        await time.increase(RECOVERY_DELAY);
        await registry.connect(candidate).claimRecovery(1);
        expect(await registry.ownerOf(1)).to.equal(candidate.address);
      });
    });

    describe("given the 255th change", () => {
      it("takes it, and refuses the 256th, for ever", async () => {
        const { registry, last, owner } = await loadFixture(exhausted);
        expect((await registry.identityOf(1)).keyEpoch).to.equal(255n);
        expect(await registry.ownerOf(1)).to.equal(last.address);
        expect((await registry.resolve(owner)).role).to.equal(KeyRole.Former);
        await expect(rotate(registry, last, 1n, await fresh(2_000)))
          .to.be.revertedWithCustomError(registry, "KeyEpochExhausted")
          .withArgs(1n);
      });

      it("refuses the 256th by a recovery too, when it is proposed", async () => {
        const { registry, last, guardian, candidate } = await loadFixture(exhausted);
        await registry.connect(last).setGuardian(1, guardian);
        await expect(registry.connect(guardian).proposeRecovery(1, candidate))
          .to.be.revertedWithCustomError(registry, "KeyEpochExhausted")
          .withArgs(1n);
        expect(await pendingOf(registry, 1n)).to.deep.equal(NO_CHANGE);
      });

      it("leaves the one before it to the owner, where there is a guardian", async () => {
        const { registry, last, guardian } = await loadFixture(twoChangesLeft);
        await registry.connect(last).setGuardian(1, guardian);
        await time.increase(RECOVERY_DELAY);
        await rotate(registry, last, 1n, await fresh(2_000));
        expect((await registry.identityOf(1)).keyEpoch).to.equal(254n);
      });

      it("keeps it for the guardian where there is one: a thief cannot use it up while a recovery waits", async () => {
        const { registry, last, guardian, candidate } = await loadFixture(nearlyExhausted);
        expect((await registry.identityOf(1)).keyEpoch).to.equal(254n);
        await registry.connect(last).setGuardian(1, guardian);
        await time.increase(365 * 86_400);
        await expect(rotate(registry, last, 1n, await fresh(2_000)))
          .to.be.revertedWithCustomError(registry, "KeyEpochExhausted")
          .withArgs(1n);
        await registry.connect(guardian).proposeRecovery(1, candidate);
        await time.increase(RECOVERY_DELAY);
        await registry.connect(candidate).claimRecovery(1);
        expect((await registry.identityOf(1)).keyEpoch).to.equal(255n);
        expect(await registry.ownerOf(1)).to.equal(candidate.address);
      });

      it("leaves everything else possible", async () => {
        const { registry, last } = await loadFixture(exhausted);
        await registry.connect(last).pulse(1, hashOf("log"));
        await registry.connect(last).setAgentURI(1, URI);
        await registry.connect(last).suspend(1);
        await registry.connect(last).resume(1);
        await registry.connect(last).retire(1);
        const { keyEpoch, status } = await registry.identityOf(1);
        expect([keyEpoch, status]).to.deep.equal([255n, Status.Retired]);
      });
    });
  });
});
