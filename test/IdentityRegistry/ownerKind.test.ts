import { expect } from "chai";
import { type Addressable, resolveAddress, type Wallet, ZeroAddress } from "ethers";
import type { IdentityRegistry } from "../../types/ethers-contracts/index.js";
import {
  at,
  DAY,
  empty,
  ethers,
  fresh,
  loadFixture,
  logsOf,
  MINUTE,
  networkHelpers,
  now,
  OwnerKind,
  RECOVERY_DELAY,
  register,
  registered,
  type Scene,
  type Signer,
  URI,
} from "../utils/identity.ts";
import {
  domainOf,
  giveWallet,
  REGISTER,
  ROTATE_KEY,
  registerBySignature,
  rotate,
  signPulse,
} from "../utils/identitySigning.ts";

/** Bit 250 of the record: the owner has proven to be a key. */
const KEY_OWNED = 1n << 250n;

/** What `identityOf` says of the owner; the record and the address that it names must say the same. */
async function kindOf({ registry }: Pick<Scene, "registry">, id = 1n): Promise<bigint> {
  const { ownerKind } = await registry.identityOf(id);
  const isKeyOwned = ((await registry.getRecord(id)) & KEY_OWNED) !== 0n;
  expect(ownerKind === OwnerKind.Key).to.equal(isKeyOwned);
  return ownerKind;
}

/** A check-in signed by `signer` as the owner, sent by `as`. */
async function checkInBySignature(registry: IdentityRegistry, as: Signer, agentId: bigint, signer: Signer | Wallet) {
  const { owner, lastSeen } = await registry.identityOf(agentId);
  const deadline = (await now()) + 365n * DAY;
  const checkIn = { agentId, owner, checkpoint: ethers.ZeroHash, lastSeen, deadline };
  const signature = await signPulse(registry, signer, checkIn);
  return registry.connect(as).pulseFor(agentId, ethers.ZeroHash, deadline, signature);
}

const account = (key: Addressable) => ethers.deployContract("SmartAccount", [key]);

describe("IdentityRegistry", () => {
  describe("ownerKind", () => {
    describe("given a registration", () => {
      const calls = [
        ["register()", []],
        ["register(string)", [URI]],
        ["register(string,(string,bytes)[])", [URI, []]],
      ] as const;

      for (const [name, args] of calls) {
        it(`is Unproven where the origin itself sends ${name}: that proves nothing`, async () => {
          const scene = await loadFixture(empty);
          await scene.registry.connect(scene.owner).getFunction(name)(...args);
          expect(await kindOf(scene)).to.equal(OwnerKind.Unproven);
        });

        it(`is Unproven where a contract calls ${name}, its own key being the origin`, async () => {
          const scene = await loadFixture(empty);
          const owner = await account(scene.owner);
          const data = scene.registry.interface.encodeFunctionData(name as "register(string)", args as [string]);
          await owner.connect(scene.owner).getFunction("execute")(scene.registry, data);
          expect(await scene.registry.ownerOf(1)).to.equal(await owner.getAddress());
          expect(await kindOf(scene)).to.equal(OwnerKind.Unproven);
        });

        it(`is Unproven where a constructor calls ${name} and leaves no code`, async () => {
          const scene = await loadFixture(empty);
          const data = scene.registry.interface.encodeFunctionData(name as "register(string)", args as [string]);
          const owner = await ethers.deployContract("ConstructorOnly", [scene.registry, data]);
          expect(await ethers.provider.getCode(owner)).to.equal("0x");
          expect(await scene.registry.ownerOf(1)).to.equal(await owner.getAddress());
          expect(await kindOf(scene)).to.equal(OwnerKind.Unproven);
        });
      }

      it("is Unproven where a contract destroys itself in the transaction in which it acts, and comes again", async () => {
        const scene = await loadFixture(empty);
        const { registry } = scene;
        const maker = await ethers.deployContract("PhantomMaker");
        const act = (data: string) => maker.getFunction("act")(registry, data);
        await act(registry.interface.encodeFunctionData("register()"));
        const phantom: string = await maker.getFunction("phantom")();
        await act(registry.interface.encodeFunctionData("setAgentURI", [1, URI]));
        expect(await ethers.provider.getCode(phantom)).to.equal("0x");
        expect(await registry.ownerOf(1)).to.equal(phantom);
        expect(await registry.tokenURI(1)).to.equal(URI);
        expect(await kindOf(scene)).to.equal(OwnerKind.Unproven);
        expect((await registry.identityOf(1)).isDelegated).to.equal(false);
      });

      it("is Key by an ECDSA signature, whoever sends it, and the logs say so", async () => {
        for (const sender of ["stranger", "owner"] as const) {
          const scene = await loadFixture(empty);
          const sent = registerBySignature(scene.registry, scene[sender], scene.owner, URI);
          expect((await logsOf(scene.registry, sent)).at(-1)).to.deep.equal(["OwnerProven", 1n, scene.owner.address]);
          expect(await kindOf(scene)).to.equal(OwnerKind.Key);
        }
      });

      it("is Unproven by an ERC-1271 signature, also where the account's key sends it", async () => {
        for (const sender of ["stranger", "owner"] as const) {
          const scene = await loadFixture(empty);
          const who = await resolveAddress(await account(scene.owner));
          const deadline = (await now()) + MINUTE;
          const message = { owner: who, agentURI: URI, nonce: 0n, deadline };
          const signature = await scene.owner.signTypedData(await domainOf(scene.registry), REGISTER, message);
          await scene.registry.connect(scene[sender]).registerFor(who, URI, 0n, deadline, signature);
          expect(await kindOf(scene)).to.equal(OwnerKind.Unproven);
        }
      });
    });

    describe("given a check-in by signature", () => {
      it("becomes Key by an ECDSA signature of the owner, whoever sends it, and the logs say so once", async () => {
        for (const sender of ["stranger", "owner"] as const) {
          const scene = await loadFixture(registered);
          const { registry, owner } = scene;
          expect(await logsOf(registry, checkInBySignature(registry, scene[sender], 1n, owner))).to.deep.equal([
            ["OwnerProven", 1n, owner.address],
            ["Pulse", 1n, ethers.ZeroHash],
          ]);
          expect(await kindOf(scene)).to.equal(OwnerKind.Key);
          expect(await kindOf(scene, 2n)).to.equal(OwnerKind.Unproven);
          expect(await logsOf(registry, checkInBySignature(registry, scene[sender], 1n, owner))).to.deep.equal([
            ["Pulse", 1n, ethers.ZeroHash],
          ]);
          expect(await kindOf(scene)).to.equal(OwnerKind.Key);
        }
      });

      it("stays Unproven by an ERC-1271 signature, and by every check-in that is a transaction", async () => {
        const scene = await loadFixture(registered);
        const { registry, stranger } = scene;
        const contract = await account(stranger);
        const act = (data: string) => contract.connect(stranger).getFunction("execute")(registry, data);
        await act(registry.interface.encodeFunctionData("register()"));
        const sent = checkInBySignature(registry, stranger, 3n, stranger);
        expect(await logsOf(registry, sent)).to.deep.equal([["Pulse", 3n, ethers.ZeroHash]]);
        expect(await kindOf(scene, 3n)).to.equal(OwnerKind.Unproven);
        await act(registry.interface.encodeFunctionData("pulse", [3, ethers.ZeroHash]));
        expect(await kindOf(scene, 3n)).to.equal(OwnerKind.Unproven);
        await registry.connect(scene.owner).pulse(1, ethers.ZeroHash);
        expect(await kindOf(scene)).to.equal(OwnerKind.Unproven);
      });
    });

    describe("given a rotation", () => {
      /** Owns identity 3, by contract. */
      async function ofContract() {
        const scene = await registered();
        const owner = await account(scene.stranger);
        const act = (data: string) => owner.connect(scene.stranger).getFunction("execute")(scene.registry, data);
        await act(scene.registry.interface.encodeFunctionData("register()"));
        return { ...scene, contract: owner, act };
      }

      async function consent(scene: Scene, id: bigint, newOwner: string, key: Signer | Wallet) {
        const deadline = (await now()) + MINUTE;
        const { owner, keyEpoch } = await scene.registry.identityOf(id);
        const message = { agentId: id, owner, newOwner, keyEpoch, deadline };
        return { deadline, signature: await key.signTypedData(await domainOf(scene.registry), ROTATE_KEY, message) };
      }

      it("from a key to a key that consents, becomes Key, and the logs say so", async () => {
        const scene = await loadFixture(registered);
        const sent = rotate(scene.registry, scene.owner, 1n, scene.next);
        expect((await logsOf(scene.registry, sent)).at(-1)).to.deep.equal(["OwnerProven", 1n, scene.next.address]);
        expect(await kindOf(scene)).to.equal(OwnerKind.Key);
      });

      it("from a key to a contract, becomes Unproven, and Key again at the next key", async () => {
        const scene = await loadFixture(registered);
        const { registry, owner, stranger, next } = scene;
        const contract = await account(stranger);
        const who = await resolveAddress(contract);
        await checkInBySignature(registry, stranger, 1n, owner);
        const { deadline, signature } = await consent(scene, 1n, who, stranger);
        await registry.connect(owner).rotateKey(1, who, deadline, signature);
        expect(await kindOf(scene)).to.equal(OwnerKind.Unproven);
        const back = await consent(scene, 1n, next.address, next);
        await contract.connect(stranger).getFunction("execute")(
          registry,
          registry.interface.encodeFunctionData("rotateKey", [1, next.address, back.deadline, back.signature]),
        );
        expect(await kindOf(scene)).to.equal(OwnerKind.Key);
      });

      it("from a contract to a key, becomes Key, and that of others stays", async () => {
        const scene = await loadFixture(ofContract);
        const { registry, next, act } = scene;
        expect(await kindOf(scene, 3n)).to.equal(OwnerKind.Unproven);
        const { deadline, signature } = await consent(scene, 3n, next.address, next);
        await act(registry.interface.encodeFunctionData("rotateKey", [3, next.address, deadline, signature]));
        expect(await kindOf(scene, 3n)).to.equal(OwnerKind.Key);
        expect(await kindOf(scene, 1n)).to.equal(OwnerKind.Unproven);
      });

      it("from a contract to another contract, stays Unproven", async () => {
        const scene = await loadFixture(ofContract);
        const { registry, next, act } = scene;
        const who = await resolveAddress(await account(next));
        const { deadline, signature } = await consent(scene, 3n, who, next);
        await act(registry.interface.encodeFunctionData("rotateKey", [3, who, deadline, signature]));
        expect(await registry.ownerOf(3)).to.equal(who);
        expect(await kindOf(scene, 3n)).to.equal(OwnerKind.Unproven);
      });
    });

    describe("given a recovery", () => {
      async function recovering(candidate: (scene: Scene) => Promise<Addressable> | Addressable) {
        const scene = await loadFixture(registered);
        const { registry, owner, guardian } = scene;
        const next = await candidate(scene);
        await registry.connect(owner).setGuardian(1, guardian);
        await registry.connect(guardian).proposeRecovery(1, next);
        await at((await now()) + RECOVERY_DELAY);
        return { scene, next };
      }

      it("is Unproven, whatever the former owner was, until the new one checks in by signature", async () => {
        const { scene } = await recovering(({ candidate }) => candidate);
        await checkInBySignature(scene.registry, scene.stranger, 1n, scene.owner);
        await scene.registry.connect(scene.candidate).claimRecovery(1);
        expect(await kindOf(scene)).to.equal(OwnerKind.Unproven);
        await checkInBySignature(scene.registry, scene.stranger, 1n, scene.candidate);
        expect(await kindOf(scene)).to.equal(OwnerKind.Key);
      });

      it("claimed by a contract, is Unproven, and stays so when its key signs a check-in", async () => {
        const { scene, next } = await recovering(({ candidate }) => account(candidate));
        const { registry, candidate } = scene;
        const contract = next as Awaited<ReturnType<typeof account>>;
        const claim = registry.interface.encodeFunctionData("claimRecovery", [1]);
        await contract.connect(candidate).getFunction("execute")(registry, claim);
        expect(await registry.ownerOf(1)).to.equal(await contract.getAddress());
        expect(await kindOf(scene)).to.equal(OwnerKind.Unproven);
        await checkInBySignature(registry, scene.stranger, 1n, candidate);
        expect(await kindOf(scene)).to.equal(OwnerKind.Unproven);
      });
    });

    it("stays through check-ins, wallets, suspension and arbitration, and goes with retirement", async () => {
      const scene = await loadFixture(registered);
      const { registry, owner, wallet } = scene;
      await checkInBySignature(registry, owner, 1n, owner);
      for (const act of [
        () => registry.connect(owner).pulse(1, ethers.ZeroHash),
        () => giveWallet(registry, owner, 1n, wallet),
        () => registry.connect(owner).setArbitration(1, true),
        () => registry.connect(owner).setArbitration(1, false),
        () => registry.connect(owner).suspend(1),
        () => registry.connect(owner).resume(1),
      ]) {
        await act();
        expect(await kindOf(scene)).to.equal(OwnerKind.Key);
      }
      await registry.connect(owner).retire(1);
      expect(await kindOf(scene)).to.equal(OwnerKind.None);
    });

    it("is None for an unknown identity", async () => {
      const scene = await loadFixture(registered);
      for (const id of [0n, 9n]) expect(await kindOf(scene, id)).to.equal(OwnerKind.None);
    });
  });

  describe("isDelegated (EIP-7702)", () => {
    let scene: Scene;
    let delegating: Wallet;
    let sponsor: Wallet;
    beforeEach(async () => {
      scene = await loadFixture(registered);
      delegating = await fresh(710);
      sponsor = await fresh(711);
    });

    async function delegate(to: Addressable | string): Promise<void> {
      const authorization = await delegating.authorize({ address: await resolveAddress(to) });
      await (await sponsor.sendTransaction({ to: ZeroAddress, authorizationList: [authorization] })).wait();
    }
    const answer = async (id = 3n) => {
      const { ownerKind, isDelegated } = await scene.registry.identityOf(id);
      return [ownerKind, isDelegated];
    };

    it("follows the owner's code from read to read, whatever was proven", async () => {
      await register(scene.registry, delegating);
      for (const kind of [OwnerKind.Unproven, OwnerKind.Key]) {
        expect(await answer()).to.deep.equal([kind, false]);
        await delegate(await ethers.deployContract("YesAccount"));
        expect(await answer()).to.deep.equal([kind, true]);
        await delegate(ZeroAddress);
        expect(await answer()).to.deep.equal([kind, false]);
        if (kind === OwnerKind.Unproven) await checkInBySignature(scene.registry, scene.stranger, 3n, delegating);
      }
    });

    it("is true beside Unproven for an account that delegated before it registered, though it is the origin", async () => {
      await delegate(await ethers.deployContract("RevertingAccount"));
      await register(scene.registry, delegating);
      expect(await answer()).to.deep.equal([OwnerKind.Unproven, true]);
    });

    it("is true beside Unproven where its code registered, until its key signs a check-in that a stranger may send", async () => {
      await delegate(await ethers.deployContract("YesAccount"));
      const asCode = (await ethers.getContractFactory("YesAccount")).attach(delegating.address);
      const data = scene.registry.interface.encodeFunctionData("register()");
      await asCode.connect(scene.stranger).getFunction("execute")(scene.registry, data);
      expect(await scene.registry.ownerOf(3)).to.equal(delegating.address);
      expect(await answer()).to.deep.equal([OwnerKind.Unproven, true]);
      await checkInBySignature(scene.registry, scene.stranger, 3n, delegating);
      expect(await answer()).to.deep.equal([OwnerKind.Key, true]);
    });

    it("does not keep a signature of the key from proving it", async () => {
      await delegate(await ethers.deployContract("RevertingAccount"));
      await registerBySignature(scene.registry, scene.stranger, delegating, URI);
      expect(await answer()).to.deep.equal([OwnerKind.Key, true]);
      await rotate(scene.registry, delegating, 3n, scene.next);
      expect(await answer()).to.deep.equal([OwnerKind.Key, false]);
    });

    it("is false for a contract, though its code has the length of a designator; only a designator begins with 0xef", async () => {
      const owner = await account(scene.stranger);
      const data = scene.registry.interface.encodeFunctionData("register()");
      await owner.connect(scene.stranger).getFunction("execute")(scene.registry, data);
      expect(await answer()).to.deep.equal([OwnerKind.Unproven, false]);
      const address = "11".repeat(20);
      for (const [code, isDesignator] of [
        [`0x600100${address}`, false],
        [`0x600100${address}00`, false],
        [`0xef0100${address}`, true],
        ["0x", false],
      ] as const) {
        await networkHelpers.setCode(await owner.getAddress(), code);
        expect(await answer()).to.deep.equal([OwnerKind.Unproven, isDesignator]);
      }
    });

    it("is asked of the present owner alone: not of a wallet, nor after retirement", async () => {
      await delegate(await ethers.deployContract("YesAccount"));
      await giveWallet(scene.registry, scene.owner, 1n, delegating);
      expect((await scene.registry.identityOf(1)).isDelegated).to.equal(false);
      await scene.registry.connect(scene.owner).unsetAgentWallet(1);
      await at((await now()) + DAY);
      await register(scene.registry, delegating);
      await scene.registry.connect(delegating).retire(3);
      expect(await answer()).to.deep.equal([OwnerKind.None, false]);
    });
  });
});
