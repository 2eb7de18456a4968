import { expect } from "chai";
import type { ContractTransactionResponse, TypedDataField } from "ethers";
import { deployMock, type SmartAccount } from "../utils/vouchMocks.ts";
import {
  type Binding,
  bindingOf,
  type Offer,
  revokeTypes,
  sendOffer,
  signOffer,
  signRevoke,
  type TypedDataSigner,
  vouchTypes,
  warnTypes,
} from "../utils/vouchSignatures.ts";
import { offerOf } from "../utils/vouchTwins.ts";
import {
  type Agent,
  DAY,
  emits,
  ethers,
  expectSums,
  grownWorld,
  loadFixture,
  nextBlockAt,
  ORIGIN,
  PERIOD,
  refused,
  retire,
  rotate,
  Status,
  setWallet,
  suspend,
  time,
  VouchState,
  vouch,
  type World,
  withParameters,
} from "../utils/vouchWorld.ts";

type Name = "vouchFor" | "warnFor" | "revokeFor";

/** Order of the curve secp256k1. */
const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** Plenty; a fixed limit spares the tests the search for one, in which a mock that burns all gas burns it many times. */
const GAS = { gasLimit: 1_000_000n };

/** Signs what the function takes, bound as told, and answers the call to send. */
async function prepare(
  name: Name,
  world: World,
  signer: TypedDataSigner,
  deadline: bigint,
  changes: Partial<Binding> = {},
  voucher = world.ada,
): Promise<{ signature: string; nonce: bigint; send: (signature?: string) => Promise<ContractTransactionResponse> }> {
  const binding = { ...(await bindingOf(world, offerOf(voucher, world.ben))), ...changes };
  const registry = world.vouches.connect(world.relayer);
  if (name === "revokeFor") {
    const signature = await signRevoke(signer, voucher.id, world.ben.id, binding, deadline);
    return {
      signature,
      nonce: binding.nonce,
      send: (given = signature) => registry.revokeFor(voucher.id, world.ben.id, binding.nonce, deadline, given, GAS),
    };
  }
  const offer = offerOf(voucher, world.ben);
  const kind = name === "vouchFor" ? "Vouch" : "Warn";
  const signature = await signOffer(kind, signer, offer, binding, deadline);
  const send = (given = signature) => sendOffer(registry, kind, offer, binding, deadline, given, GAS);
  return { signature, nonce: binding.nonce, send };
}

describe("VouchRegistry > signatures", () => {
  let world: World;
  let ada: Agent;
  let ben: Agent;
  let deadline: bigint;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    ({ ada, ben } = world);
    deadline = BigInt(await time.latest()) + 1_000n;
  });

  const isRefused = (sent: Promise<unknown>, error: string, ...args: unknown[]) =>
    refused(sent, world.vouches, error, ...args);

  describe("typed data", () => {
    const typeOf = (types: Record<string, TypedDataField[]>, name: string) =>
      ethers.TypedDataEncoder.from(types).encodeType(name);

    it("should be what the NatSpec of the interface says", () => {
      const offer =
        "uint256 voucherId,uint256 subjectId,uint256 stake,uint256 periods,uint256 arbiterId,bytes32 topic,string evidence,uint8 keyEpoch";
      expect(typeOf(vouchTypes, "Vouch")).to.equal(
        `Vouch(${offer},address subjectOwner,address arbiterOwner,uint40 since,uint256 nonce,uint256 deadline)`,
      );
      expect(typeOf(warnTypes, "Warn")).to.equal(
        `Warn(${offer},address subjectKey,address arbiterOwner,uint40 since,uint256 nonce,uint256 deadline)`,
      );
      expect(typeOf(revokeTypes, "Revoke")).to.equal(
        "Revoke(uint256 voucherId,uint256 subjectId,uint8 keyEpoch,uint40 since,uint256 nonce,uint256 deadline)",
      );
    });

    for (const types of [vouchTypes, warnTypes, revokeTypes]) {
      const name = Object.keys(types)[0] as string;
      it(`should have the typehash of ${name} in the deployed code`, async () => {
        const typehash = ethers.id(typeOf(types, name));
        expect(await ethers.provider.getCode(world.vouches)).to.include(typehash.slice(2));
      });
    }
  });

  for (const name of ["vouchFor", "warnFor", "revokeFor"] as const) {
    describe(name, () => {
      beforeEach(async () => {
        if (name === "revokeFor") await vouch(world, ada, ben);
      });

      const prepared = (changes: Partial<Binding> = {}, signer: TypedDataSigner = ada.owner) =>
        prepare(name, world, signer, deadline, changes);

      it("should take the right signature from anybody, and use up one nonce", async () => {
        const nonce = 0x1234n;
        for (const sender of [world.relayer, ben.owner]) {
          const snapshot = await ethers.provider.send("evm_snapshot");
          const { send } = await prepare(name, { ...world, relayer: sender }, ada.owner, deadline, { nonce });
          expect(await world.vouches.isNonceUsed(ada.owner, nonce)).to.equal(false);
          await send();
          expect(await world.vouches.isNonceUsed(ada.owner, nonce)).to.equal(true);
          expect(await world.vouches.nonceBitmap(ada.owner, 0x12n)).to.equal(1n << 0x34n);
          await ethers.provider.send("evm_revert", [snapshot]);
        }
      });

      it("when it is the last second of the deadline, it should be taken", async () => {
        const { send } = await prepared();
        await nextBlockAt(deadline);
        await send();
      });

      it("when it is one second after the deadline, it should revert", async () => {
        const { send } = await prepared();
        await nextBlockAt(deadline + 1n);
        await isRefused(send(), "SignatureExpired", deadline);
      });

      it("when another deadline was signed, it should revert", async () => {
        const { signature } = await prepared();
        const { send } = await prepare(name, world, ada.owner, deadline + 1n);
        await isRefused(send(signature), "InvalidSignature", ada.owner.address);
      });

      it("when somebody else signed, it should revert", async () => {
        const { send } = await prepared({}, ben.owner);
        await isRefused(send(), "InvalidSignature", ada.owner.address);
      });

      it("when it is sent again, it should revert", async () => {
        const { nonce, send } = await prepared();
        await send();
        await isRefused(send(), "NonceUsed", ada.owner.address, nonce);
      });

      it("when another nonce is sent than was signed, it should revert", async () => {
        const { signature } = await prepared({ nonce: 1n });
        const { send } = await prepared({ nonce: 2n });
        await isRefused(send(signature), "InvalidSignature", ada.owner.address);
      });

      it("when a nonce was used by another signature, whichever came first, it should revert", async () => {
        const last = 2n ** 256n - 1n;
        const other = offerOf(ada, world.dan);
        const binding = { ...(await bindingOf(world, other)), nonce: last };
        const { send } = await prepared({ nonce: last });
        const signature = await signOffer("Vouch", ada.owner, other, binding, deadline);
        await sendOffer(world.vouches, "Vouch", other, binding, deadline, signature);
        await isRefused(send(), "NonceUsed", ada.owner.address, last);
      });

      it("when later nonces were used before, it should be taken all the same", async () => {
        const { send } = await prepared({ nonce: 7n });
        const other = offerOf(ada, world.dan);
        const binding = { ...(await bindingOf(world, other)), nonce: 8n };
        const signature = await signOffer("Vouch", ada.owner, other, binding, deadline);
        await sendOffer(world.vouches, "Vouch", other, binding, deadline, signature);
        await send();
      });

      it("when another key epoch was signed, it should revert", async () => {
        const { send } = await prepared({ keyEpoch: 1n });
        await isRefused(send(), "InvalidSignature", ada.owner.address);
      });

      it("given the key changed since, it should revert, and the new key should sign for itself", async () => {
        const { send } = await prepared();
        const rekeyed = await rotate(world, ada, world.spare[0]);
        await isRefused(send(), "InvalidSignature", rekeyed.owner.address);
        const { send: sendAnew } = await prepared({}, rekeyed.owner);
        await sendAnew();
      });

      it("given the former key signs for the new epoch, it should revert", async () => {
        const rekeyed = await rotate(world, ada, world.spare[0]);
        const { send } = await prepared({}, ada.owner);
        await isRefused(send(), "InvalidSignature", rekeyed.owner.address);
      });

      it("when it was signed for another chain, it should revert", async () => {
        const { domain } = await bindingOf(world, offerOf(ada, ben));
        const { send } = await prepared({ domain: { ...domain, chainId: 1n } });
        await isRefused(send(), "InvalidSignature", ada.owner.address);
      });

      it("when it was signed for another deployment, it should revert", async () => {
        const other = await withParameters(world, {});
        const { domain } = await bindingOf(other, offerOf(ada, ben));
        const { send } = await prepared({ domain });
        await isRefused(send(), "InvalidSignature", ada.owner.address);
      });

      it("when it was signed for another name or version of the domain, it should revert", async () => {
        const { domain } = await bindingOf(world, offerOf(ada, ben));
        for (const other of [{ name: "ERC8004IdentityRegistry" }, { version: "2" }]) {
          const { send } = await prepared({ domain: { ...domain, ...other } });
          await isRefused(send(), "InvalidSignature", ada.owner.address);
        }
      });

      it("when its s is in the upper half of the curve (malleable), it should revert", async () => {
        const { signature, send } = await prepared();
        const { r, s, v } = ethers.Signature.from(signature);
        const high = ethers.toBeHex(CURVE_ORDER - BigInt(s), 32);
        const flipped = ethers.concat([r, high, v === 27 ? "0x1c" : "0x1b"]);
        await isRefused(send(flipped), "InvalidSignature", ada.owner.address);
      });

      it("when it has the short 64-byte form (ERC-2098), it should revert", async () => {
        const { signature, send } = await prepared();
        const short = ethers.Signature.from(signature).compactSerialized;
        await isRefused(send(short), "InvalidSignature", ada.owner.address);
      });

      it("when it is empty, too long, all zero or has a bad v, it should revert", async () => {
        const { signature, send } = await prepared();
        const badV = ethers.concat([ethers.dataSlice(signature, 0, 64), "0x1d"]);
        for (const bad of ["0x", ethers.concat([signature, "0x00"]), `0x${"00".repeat(65)}`, badV]) {
          await isRefused(send(bad), "InvalidSignature", ada.owner.address);
        }
      });

      it("should leave the nonce as it was when it reverts", async () => {
        const { nonce, send } = await prepared({ keyEpoch: 9n });
        await isRefused(send(), "InvalidSignature", ada.owner.address);
        expect(await world.vouches.isNonceUsed(ada.owner, nonce)).to.equal(false);
      });
    });
  }

  describe("fields", () => {
    const otherTerms: Partial<Offer>[] = [
      { voucherId: 3n },
      { subjectId: 4n },
      { stake: 11n },
      { periods: 2n },
      { arbiterId: 3n },
      { topic: ethers.id("another") },
      { evidence: "ipfs://another" },
    ];
    for (const [name, kind] of [
      ["vouchFor", "Vouch"],
      ["warnFor", "Warn"],
    ] as const) {
      for (const change of otherTerms) {
        it(`${name}: when another ${Object.keys(change)[0]} is sent than was signed, it should revert`, async () => {
          const offer = offerOf(ada, ben);
          const binding = await bindingOf(world, offer);
          const signature = await signOffer(kind, ada.owner, offer, binding, deadline);
          const sent = sendOffer(world.vouches, kind, { ...offer, ...change }, binding, deadline, signature);
          if (kind === "Warn" && "subjectId" in change) {
            return isRefused(sent, "NotSubjectKey", 4n, ben.owner.address);
          }
          const signer = "voucherId" in change ? world.cleo : ada;
          await isRefused(sent, "InvalidSignature", signer.owner.address);
        });
      }
    }

    it("revokeFor: when another subject is sent than was signed, it should revert", async () => {
      await vouch(world, ada, ben);
      await vouch(world, ada, world.dan);
      const signature = await signRevoke(
        ada.owner,
        ada.id,
        ben.id,
        await bindingOf(world, offerOf(ada, ben)),
        deadline,
      );
      await isRefused(
        world.vouches.revokeFor(ada.id, world.dan.id, 0n, deadline, signature),
        "InvalidSignature",
        ada.owner.address,
      );
    });
  });

  describe("given a signature for one function", () => {
    it("Vouch, it should neither warn nor revoke", async () => {
      await vouch(world, ada, ben);
      const offer = offerOf(ada, ben);
      const binding = await bindingOf(world, offer);
      const signature = await signOffer("Vouch", ada.owner, offer, binding, deadline);
      const warning = sendOffer(world.vouches, "Warn", offer, binding, deadline, signature);
      await isRefused(warning, "InvalidSignature", ada.owner.address);
      const revoking = world.vouches.revokeFor(ada.id, ben.id, binding.nonce, deadline, signature);
      await isRefused(revoking, "InvalidSignature", ada.owner.address);
    });

    it("Warn, it should not vouch", async () => {
      const offer = offerOf(ada, ben);
      const binding = await bindingOf(world, offer);
      const signature = await signOffer("Warn", ada.owner, offer, binding, deadline);
      const vouching = sendOffer(world.vouches, "Vouch", offer, binding, deadline, signature);
      await isRefused(vouching, "InvalidSignature", ada.owner.address);
    });

    it("Revoke, it should not vouch", async () => {
      const offer = offerOf(ada, ben);
      const signature = await signRevoke(
        ada.owner,
        ada.id,
        ben.id,
        await bindingOf(world, offerOf(ada, ben)),
        deadline,
      );
      await isRefused(world.vouches.vouchFor(offer, 0n, deadline, signature), "InvalidSignature", ada.owner.address);
    });
  });

  describe("given the subject's key changed since", () => {
    it("vouchFor: a vouch is given to a key, so it should revert, and take what is signed for the next key", async () => {
      const { send } = await prepare("vouchFor", world, ada.owner, deadline);
      await rotate(world, ben, world.spare[0]);
      await isRefused(send(), "InvalidSignature", ada.owner.address);
      const { send: sendAnew } = await prepare("vouchFor", world, ada.owner, deadline);
      await sendAnew();
      await expectSums(world, ben, 10n, 0n);
    });

    it("warnFor and revokeFor: they are about the identity, so the subject should not be able to undo them", async () => {
      const { send: sendWarning } = await prepare("warnFor", world, ada.owner, deadline);
      await rotate(world, ben, world.spare[0]);
      await sendWarning();
      await expectSums(world, ben, 0n, 10n);
      const { send: sendRevocation } = await prepare("revokeFor", world, ada.owner, deadline);
      await rotate(world, { id: ben.id, owner: world.spare[0] }, world.spare[1]);
      await sendRevocation();
      await expectSums(world, ben, 0n, 0n);
    });

    it("vouchFor: when an unknown subject is named, it should revert", async () => {
      const offer = offerOf(ada, ben, { subjectId: 99n });
      const binding = await bindingOf(world, offer);
      const signature = await signOffer("Vouch", ada.owner, offer, binding, deadline);
      await isRefused(sendOffer(world.vouches, "Vouch", offer, binding, deadline, signature), "UnknownIdentity", 99n);
    });

    it("warnFor: when the subject retired since, it should revert as such", async () => {
      const { send } = await prepare("warnFor", world, ada.owner, deadline);
      await retire(world, ben);
      await isRefused(send(), "NotActive", ben.id, Status.Retired);
    });

    it("warnFor: when a wallet of the subject, a stranger's address or nobody is named, it should revert", async () => {
      const [wallet] = world.spare;
      await setWallet(world, ben, wallet);
      const offer = offerOf(ada, ben);
      for (const subjectKey of [wallet.address, world.dan.owner.address, world.relayer.address, ethers.ZeroAddress]) {
        const binding = { ...(await bindingOf(world, offer)), subjectKey };
        const signature = await signOffer("Warn", ada.owner, offer, binding, deadline);
        const sent = sendOffer(world.vouches, "Warn", offer, binding, deadline, signature);
        await isRefused(sent, "NotSubjectKey", ben.id, subjectKey);
      }
    });
  });

  it("when a relayer holds it back until a later period, it should be taken, and count its periods from there", async () => {
    deadline = ORIGIN + 2n * PERIOD;
    for (const name of ["vouchFor", "warnFor"] as const) {
      world = await loadFixture(grownWorld);
      const { send } = await prepare(name, world, ada.owner, deadline);
      await nextBlockAt(deadline);
      await send();
      const { endPeriod, releasePeriod } = await world.vouches.vouchOf(ada.id, ben.id);
      expect([endPeriod, releasePeriod], "of one period, signed in period 0").to.deep.equal([3n, 4n]);
    }
  });

  describe("invalidateNonces", () => {
    for (const name of ["vouchFor", "warnFor", "revokeFor"] as const) {
      it(`given a signature for ${name} that nobody has sent, it should make it void, and log NoncesInvalidated`, async () => {
        if (name === "revokeFor") await vouch(world, ada, ben);
        const { send } = await prepare(name, world, ada.owner, deadline);
        await emits(
          world.vouches.connect(ada.owner).invalidateNonces(0n, 0b101n),
          world.vouches,
          "NoncesInvalidated",
          ada.owner.address,
          0n,
          0b101n,
        );
        await isRefused(send(), "NonceUsed", ada.owner.address, 0n);
        expect(await world.vouches.nonceBitmap(ada.owner, 0n)).to.equal(0b101n);
        const { send: sendAnew } = await prepare(name, world, ada.owner, deadline);
        await sendAnew();
      });
    }

    it("should leave everybody else's signatures alone", async () => {
      const { send } = await prepare("vouchFor", world, ada.owner, deadline);
      await world.vouches.connect(world.relayer).invalidateNonces(0n, ethers.MaxUint256);
      await send();
    });

    it("should make no other signature of the same key valid, nor spend its nonce in the other registry", async () => {
      const { send: first } = await prepare("vouchFor", world, ada.owner, deadline, { nonce: 0n });
      const { signature } = await prepare("vouchFor", world, ada.owner, deadline, { nonce: 1n });
      await world.vouches.connect(ada.owner).invalidateNonces(0n, 1n);
      await isRefused(first(), "NonceUsed", ada.owner.address, 0n);
      await isRefused(first(signature), "NonceUsed", ada.owner.address, 0n);
      expect(await world.identities.isNonceUsed(ada.owner, 0n)).to.equal(false);
    });

    it("given an empty mask, or one of what is used, it should change nothing", async () => {
      const registry = world.vouches.connect(ada.owner);
      await registry.invalidateNonces(3n, 0n);
      expect(await world.vouches.nonceBitmap(ada.owner, 3n)).to.equal(0n);
      await registry.invalidateNonces(3n, 6n);
      await registry.invalidateNonces(3n, 2n);
      expect(await world.vouches.nonceBitmap(ada.owner, 3n)).to.equal(6n);
    });

    it("should leave what was used or made void before", async () => {
      const { send } = await prepare("vouchFor", world, ada.owner, deadline, { nonce: 4n });
      await send();
      await world.vouches.connect(ada.owner).invalidateNonces(0n, 1n);
      expect(await world.vouches.nonceBitmap(ada.owner, 0n)).to.equal(0b10001n);
    });
  });

  it("given a vouch by signature whose voucher was suspended meanwhile, a signed revocation should still work", async () => {
    await vouch(world, ada, ben);
    const { send } = await prepare("revokeFor", world, ada.owner, deadline);
    await suspend(world, ada);
    await send();
    await expectSums(world, ben, 0n, 0n);
  });

  describe("given the owner is a smart account (ERC-1271)", () => {
    let account: SmartAccount;
    let agent: Agent;
    const accountKey = () => world.spare[2];
    beforeEach(async () => {
      account = await deployMock("VouchSmartAccount", accountKey());
      await account.execute(world.identities, world.identities.interface.encodeFunctionData("register()"));
      // Its address is all that the tests ask of this owner.
      agent = { id: 7n, owner: await ethers.getImpersonatedSigner(await account.getAddress()) };
      await time.increaseTo(ORIGIN + 75n * DAY);
      const pulse = world.identities.interface.encodeFunctionData("pulse", [7n, ethers.ZeroHash]);
      await account.execute(world.identities, pulse); // it has its points too now
      deadline = BigInt(await time.latest()) + 1_000n;
    });

    const prepared = (name: Name, signer: TypedDataSigner = accountKey()) =>
      prepare(name, world, signer, deadline, {}, agent);

    it("should take what the account accepts, for all three functions", async () => {
      await (await prepared("vouchFor")).send();
      await expectSums(world, ben, 10n, 0n);
      await (await prepared("revokeFor")).send();
      expect((await world.vouches.vouchOf(agent.id, ben.id)).state).to.equal(VouchState.Revoked);
      const warning = offerOf(agent, ada);
      const binding = await bindingOf(world, warning);
      const signature = await signOffer("Warn", accountKey(), warning, binding, deadline);
      await sendOffer(world.vouches, "Warn", warning, binding, deadline, signature);
      await expectSums(world, ada, 0n, 10n);
      expect(await world.vouches.nonceBitmap(account, 0n)).to.equal(0b111n);
    });

    it("should refuse what the account refuses", async () => {
      const { send } = await prepared("vouchFor", ada.owner);
      await isRefused(send(), "InvalidSignature", agent.owner.address);
    });

    it("should refuse a replay, though the account would accept it", async () => {
      const { nonce, send } = await prepared("vouchFor");
      await send();
      await isRefused(send(), "NonceUsed", agent.owner.address, nonce);
    });

    it("should refuse it after the deadline, though the account would accept it", async () => {
      const { send } = await prepared("vouchFor");
      await nextBlockAt(deadline + 1n);
      await isRefused(send(), "SignatureExpired", deadline);
    });

    it("when the account burns all gas, it should cost the relayer what it sent along, and nobody a signature", async () => {
      const { send } = await prepared("vouchFor");
      await account.setAnswer(8);
      const failed = await ethers.provider.getBlockNumber();
      await expect(send()).to.revert(ethers);
      const block = await ethers.provider.getBlock(failed + 1);
      expect(block?.gasUsed).to.be.greaterThan((GAS.gasLimit * 9n) / 10n);
      await account.setAnswer(0);
      await send();
      await expectSums(world, ben, 10n, 0n);
    });

    const garbage = ["wrong magic", "dirty magic", "true", "four bytes", "nothing", "a revert", "a write", "all gas"];
    for (const [index, what] of garbage.entries()) {
      it(`when the account answers with ${what}, it should revert`, async () => {
        await account.setAnswer(index + 1);
        const { send } = await prepared("vouchFor");
        await isRefused(send(), "InvalidSignature", agent.owner.address);
      });
    }
  });
});
