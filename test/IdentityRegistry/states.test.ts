import { expect } from "chai";
import { type ContractTransactionResponse, type FunctionFragment, MaxUint256, ZeroAddress } from "ethers";
import {
  CHECKPOINT,
  loadFixture,
  MINUTE,
  now,
  RECOVERY_DELAY,
  registered,
  type Scene,
  time,
  URI,
} from "../utils/identity.ts";
import { equipped, retired, suspended } from "../utils/identityScenes.ts";
import { AGENT_WALLET_SET, domainOf, ROTATE_KEY, signPulse } from "../utils/identitySigning.ts";

/** Each function that changes one identity, called by somebody who may, with arguments that are good. */
const functions: Record<string, (scene: Scene, id: bigint) => Promise<ContractTransactionResponse>> = {
  pulse: ({ registry, owner }, id) => registry.connect(owner).pulse(id, CHECKPOINT),
  pulseFor: async ({ registry, owner, stranger }, id) => {
    const checkIn = {
      ...{ agentId: id, owner: owner.address, checkpoint: CHECKPOINT },
      ...{ lastSeen: await registry.lastSeen(id), deadline: (await now()) + MINUTE },
    };
    const signature = await signPulse(registry, owner, checkIn);
    return registry.connect(stranger).pulseFor(id, CHECKPOINT, checkIn.deadline, signature);
  },
  setAgentURI: ({ registry, owner }, id) => registry.connect(owner).setAgentURI(id, URI),
  setMetadata: ({ registry, owner }, id) => registry.connect(owner).setMetadata(id, "k", "0x01"),
  setAgentWallet: async ({ registry, owner, next }, id) => {
    const deadline = (await now()) + MINUTE;
    const message = { agentId: id, newWallet: next.address, owner: owner.address, deadline };
    const signature = await next.signTypedData(await domainOf(registry), AGENT_WALLET_SET, message);
    return registry.connect(owner).setAgentWallet(id, next, deadline, signature);
  },
  unsetAgentWallet: ({ registry, owner }, id) => registry.connect(owner).unsetAgentWallet(id),
  approve: ({ registry, owner, stranger }, id) => registry.connect(owner).approve(stranger, id),
  rotateKey: async ({ registry, owner, next }, id) => {
    const deadline = (await now()) + MINUTE;
    const message = { agentId: id, owner: owner.address, newOwner: next.address, keyEpoch: 0n, deadline };
    const signature = await next.signTypedData(await domainOf(registry), ROTATE_KEY, message);
    return registry.connect(owner).rotateKey(id, next, deadline, signature);
  },
  suspend: ({ registry, owner }, id) => registry.connect(owner).suspend(id),
  resume: ({ registry, guardian }, id) => registry.connect(guardian).resume(id),
  setGuardian: ({ registry, owner, stranger }, id) => registry.connect(owner).setGuardian(id, stranger),
  proposeRecovery: ({ registry, guardian, candidate }, id) => registry.connect(guardian).proposeRecovery(id, candidate),
  claimRecovery: ({ registry, candidate }, id) => registry.connect(candidate).claimRecovery(id),
  cancelPending: ({ registry, guardian }, id) => registry.connect(guardian).cancelPending(id),
  setArbitration: ({ registry, owner }, id) => registry.connect(owner).setArbitration(id, true),
  retire: ({ registry, owner }, id) => registry.connect(owner).retire(id),
};
const names = Object.keys(functions);

/** Functions that change something, but no identity that exists: they are asked elsewhere. */
const others = ["register", "registerFor", "setApprovalForAll", "invalidateNonces"];

/** As `equipped`, with a recovery that is ready, so that each function has something to do. */
async function ready() {
  const scene = await equipped();
  await scene.registry.connect(scene.guardian).proposeRecovery(1, scene.candidate);
  await time.increase(RECOVERY_DELAY);
  return scene;
}

describe("IdentityRegistry", () => {
  describe("every function that changes an identity", () => {
    it("is in the tables below", async () => {
      const { registry } = await loadFixture(registered);
      const changing = registry.interface.fragments
        .filter((fragment): fragment is FunctionFragment => fragment.type === "function")
        .filter(({ stateMutability }) => stateMutability === "nonpayable")
        .map(({ name }) => name);
      expect(new Set(changing)).to.deep.equal(new Set([...names, ...others]));
    });

    describe("given an unknown id", () => {
      for (const name of names) {
        it(`${name} reverts ERC721NonexistentToken`, async () => {
          const scene = await loadFixture(equipped);
          for (const id of [0n, 3n, 2n ** 40n + 1n, MaxUint256]) {
            await expect(functions[name]?.(scene, id))
              .to.be.revertedWithCustomError(scene.registry, "ERC721NonexistentToken")
              .withArgs(id);
          }
        });
      }
    });

    describe("given a retired identity", () => {
      for (const name of names) {
        const error = name === "approve" ? "ERC721NonexistentToken" : "IdentityRetired";
        it(`${name} reverts ${error}`, async () => {
          const scene = await loadFixture(retired);
          await expect(functions[name]?.(scene, 1n)).to.be.revertedWithCustomError(scene.registry, error).withArgs(1n);
        });
      }
    });

    describe("given a suspended identity", () => {
      const stopped = [
        ...["pulse", "pulseFor", "setAgentURI", "setMetadata", "setAgentWallet", "setArbitration"],
        ...["rotateKey", "retire", "suspend"],
      ];
      for (const name of names) {
        if (stopped.includes(name)) {
          it(`${name} reverts IdentitySuspended`, async () => {
            const scene = await loadFixture(suspended);
            await expect(functions[name]?.(scene, 1n))
              .to.be.revertedWithCustomError(scene.registry, "IdentitySuspended")
              .withArgs(1n);
          });
        } else {
          it(`${name} works`, async () => {
            const scene = await loadFixture(ready);
            if (name === "setGuardian") await scene.registry.connect(scene.guardian).cancelPending(1);
            await scene.registry.connect(scene.owner).suspend(1);
            const sent = await functions[name]?.(scene, 1n);
            expect((await sent?.wait())?.status).to.equal(1);
          });
        }
      }

      it("says so to everybody, before it asks who calls", async () => {
        const { registry, stranger } = await loadFixture(suspended);
        const as = registry.connect(stranger);
        const calls = [
          () => as.pulse(1, CHECKPOINT),
          () => as.pulseFor(1, CHECKPOINT, 0, "0x"),
          () => as.setAgentURI(1, ""),
          () => as.retire(1),
          () => as.suspend(1),
        ];
        for (const call of calls) {
          await expect(call()).to.be.revertedWithCustomError(registry, "IdentitySuspended").withArgs(1n);
        }
      });
    });

    describe("given an active identity", () => {
      it("resume reverts IdentityNotSuspended", async () => {
        const scene = await loadFixture(equipped);
        await expect(functions.resume?.(scene, 1n))
          .to.be.revertedWithCustomError(scene.registry, "IdentityNotSuspended")
          .withArgs(1n);
      });

      for (const name of names.filter((name) => name !== "resume")) {
        it(`${name} works`, async () => {
          const scene = await loadFixture(ready);
          if (["setGuardian", "retire"].includes(name)) {
            await scene.registry.connect(scene.guardian).cancelPending(1);
          }
          const sent = await functions[name]?.(scene, 1n);
          expect((await sent?.wait())?.status).to.equal(1);
        });
      }
    });

    it("leaves the other identities alone", async () => {
      const scene = await loadFixture(equipped);
      const before = await scene.registry.getRecord(2);
      for (const name of [
        "pulse",
        "pulseFor",
        "setAgentURI",
        "setMetadata",
        "unsetAgentWallet",
        "approve",
        "suspend",
        "resume",
      ]) {
        await functions[name]?.(scene, 1n);
      }
      expect(await scene.registry.getRecord(2)).to.equal(before);
      expect(await scene.registry.getApproved(2)).to.equal(ZeroAddress);
      expect(await scene.registry.getAgentWallet(2)).to.equal(scene.other.address);
    });
  });
});
