import { expect } from "chai";
import { concat, type TypedDataDomain, type Wallet, ZeroAddress, ZeroHash } from "ethers";
import { ANSWERS, FORMS, HONEST } from "../signatures/forms.ts";
import {
  type DelegationScene,
  delegationScene,
  domainOf,
  GRANT,
  OTHER_GRANT,
  refused,
  revocationTypes,
  signRevocation,
  smartAccount,
  statusOf,
} from "../utils/delegations.ts";
import { ethers, fresh, loadFixture, logsOf, networkHelpers, type Signer } from "../utils/identity.ts";

/** Enough for every honest call, and little enough for accounts that burn all they get. */
const GAS = { gasLimit: 2_000_000n };

describe("DelegationRegistry > revokeBySig", () => {
  let scene: DelegationScene;
  beforeEach(async () => {
    scene = await loadFixture(delegationScene);
  });

  const send = (issuer: string, sig: string, id = GRANT, as: Signer = scene.relayer) =>
    scene.registry.connect(as).revokeBySig(issuer, id, sig, GAS);
  const signed = (message: { issuer?: string; id?: string } = {}, domain?: TypedDataDomain, key = scene.issuer) =>
    signRevocation(scene.registry, key, { issuer: scene.issuer.address, id: GRANT, ...message }, domain);
  const refusedFor = async (issuer: string, sig: string, id = GRANT) => {
    await refused(send(issuer, sig, id), scene.registry, "InvalidSignature", issuer);
    expect(await statusOf(scene, issuer, id)).to.deep.equal([false, 0n]);
  };

  describe("given an issuer without code", () => {
    it("should take its signature from anybody, and log the issuer", async () => {
      const { registry, issuer } = scene;
      expect(await logsOf(registry, send(issuer.address, await signed()))).to.deep.equal([
        ["Revoked", issuer.address, GRANT],
      ]);
      expect(await statusOf(scene, issuer)).to.deep.equal([true, 0n]);
      expect(await statusOf(scene, scene.relayer)).to.deep.equal([false, 0n]);
      expect(await statusOf(scene, issuer, OTHER_GRANT)).to.deep.equal([false, 0n]);
    });

    it("should take it again, which changes nothing and is logged", async () => {
      const { registry, issuer } = scene;
      const sig = await signed();
      await send(issuer.address, sig);
      expect(await logsOf(registry, send(issuer.address, sig, GRANT, scene.other))).to.deep.equal([
        ["Revoked", issuer.address, GRANT],
      ]);
      expect(await statusOf(scene, issuer)).to.deep.equal([true, 0n]);
    });

    it("should take it from the issuer too, and nothing else from it", async () => {
      const { issuer, other } = scene;
      const wrong = await signed({}, undefined, other);
      await refused(send(issuer.address, wrong, GRANT, issuer), scene.registry, "InvalidSignature", issuer.address);
      await send(issuer.address, await signed(), GRANT, issuer);
      expect(await statusOf(scene, issuer)).to.deep.equal([true, 0n]);
    });

    it("should take it whatever the epoch is by then", async () => {
      const sig = await signed();
      await scene.registry.advanceEpoch();
      await send(scene.issuer.address, sig);
      expect(await statusOf(scene, scene.issuer)).to.deep.equal([true, 1n]);
    });

    it("should refuse what somebody else signed for the issuer", async () => {
      await refusedFor(scene.issuer.address, await signed({}, undefined, scene.other));
    });

    it("should refuse it for another issuer than the one that the message names, and for another handle", async () => {
      await refusedFor(scene.other.address, await signed());
      await refusedFor(scene.issuer.address, await signed(), OTHER_GRANT);
      // Its own key signed, but the message says another issuer.
      await refusedFor(scene.issuer.address, await signed({ issuer: scene.other.address }));
    });

    it("should refuse anything for the zero address", async () => {
      for (const sig of [
        "0x",
        `0x${"00".repeat(65)}`,
        `0x${"00".repeat(64)}1b`,
        await signed({ issuer: ZeroAddress }),
      ]) {
        await refusedFor(ZeroAddress, sig);
      }
    });

    it("given the issuer revoked it by itself, it should take its signature still, and no other", async () => {
      await scene.registry.revoke(GRANT);
      const none = await signed({}, undefined, scene.other);
      await refused(send(scene.issuer.address, none), scene.registry, "InvalidSignature", scene.issuer.address);
      await send(scene.issuer.address, await signed());
    });

    for (const [what, change] of FORMS) {
      it(`given the right signature ${what}, it should revert`, async () => {
        await refusedFor(scene.issuer.address, change(await signed()));
      });
    }

    describe("given the right message for elsewhere", () => {
      const elsewhere: [what: string, domain: () => Promise<TypedDataDomain>][] = [
        ["another chain", async () => ({ chainId: 1n })],
        [
          "another deployment",
          async () => ({ verifyingContract: await (await delegationScene()).registry.getAddress() }),
        ],
        ["no contract", async () => ({ verifyingContract: ZeroAddress })],
        ["the domain of grants", async () => ({ name: "ERC-8128 Delegation" })],
        ["another version", async () => ({ version: "2" })],
        ["a salt", async () => ({ salt: ZeroHash })],
      ];
      for (const [what, domain] of elsewhere) {
        it(`(${what}), it should revert`, async () => {
          await refusedFor(scene.issuer.address, await signed({}, await domain()));
        });
      }

      it("(no chain), it should revert", async () => {
        const { chainId: _, ...domain } = await domainOf(scene.registry);
        const message = { issuer: scene.issuer.address, id: GRANT };
        await refusedFor(scene.issuer.address, await scene.issuer.signTypedData(domain, revocationTypes, message));
      });

      it("(another type), it should revert", async () => {
        const types = { Revoke: revocationTypes.Revocation };
        const message = { issuer: scene.issuer.address, id: GRANT };
        const sig = await scene.issuer.signTypedData(await domainOf(scene.registry), types, message);
        await refusedFor(scene.issuer.address, sig);
      });
    });
  });

  describe("given an issuer with code (ERC-1271)", () => {
    let account: string;
    const prepare = async () => {
      const { account: mock, address } = await smartAccount(scene.issuer);
      account = address;
      return { mock, sig: await signed({ issuer: account }) };
    };

    for (const [answer, what] of ANSWERS.entries()) {
      const isTaken = answer === HONEST;
      it(`that answers ${what}, it should ${isTaken ? "take it" : "revert"}`, async () => {
        const { mock, sig } = await prepare();
        await mock.setAnswer(answer);
        if (!isTaken) return refusedFor(account, sig);
        await send(account, sig);
        expect(await statusOf(scene, account)).to.deep.equal([true, 0n]);
        expect(await statusOf(scene, scene.issuer)).to.deep.equal([false, 0n]);
      });
    }

    it("that says yes to everything, it should take any bytes", async () => {
      account = await (await ethers.deployContract("YesAccount")).getAddress();
      for (const sig of ["0x", "0x01", `0x${"ab".repeat(1_000)}`]) await send(account, sig);
      expect(await statusOf(scene, account)).to.deep.equal([true, 0n]);
    });

    it("given what its key signed for itself, it should revert", async () => {
      await prepare();
      await refusedFor(account, await signed());
    });

    it("given the account lost its code, it should revert", async () => {
      const { sig } = await prepare();
      await networkHelpers.setCode(account, "0x");
      await refusedFor(account, sig);
    });

    it("that says yes and a lot more, it should take it", async () => {
      account = await (await ethers.deployContract("LongAnswerAccount")).getAddress();
      await send(account, "0x");
      expect(await statusOf(scene, account)).to.deep.equal([true, 0n]);
    });
  });

  describe("given an issuer whose key delegated to code (EIP-7702)", () => {
    let account: Wallet;
    let sponsor: Wallet;
    beforeEach(async () => {
      account = await fresh(700);
      sponsor = await fresh(701);
    });

    /** By a transaction of type 4; the zero address takes the code away again. */
    async function delegate(to: string): Promise<void> {
      const authorization = await account.authorize({ address: to });
      await (await sponsor.sendTransaction({ to: ZeroAddress, authorizationList: [authorization] })).wait();
      const code = to === ZeroAddress ? "0x" : concat(["0xef0100", to]).toLowerCase();
      expect(await ethers.provider.getCode(account)).to.equal(code);
    }
    const codeOf = async (name: string) => (await ethers.deployContract(name)).getAddress();
    const byKey = () => signRevocation(scene.registry, account, { issuer: account.address, id: GRANT });

    it("should let the code decide alone: the key's own signature is refused where the code refuses it", async () => {
      await delegate(await codeOf("RevertingAccount"));
      await refusedFor(account.address, await byKey());
    });

    it("should let the code decide alone: what the code takes is taken", async () => {
      await delegate(await codeOf("YesAccount"));
      await send(account.address, "0x");
      expect(await statusOf(scene, account)).to.deep.equal([true, 0n]);
    });

    it("should let the account revoke and advance by itself, whatever its code says", async () => {
      await delegate(await codeOf("RevertingAccount"));
      await scene.registry.connect(account).revoke(GRANT);
      await scene.registry.connect(account).advanceEpoch();
      expect(await statusOf(scene, account)).to.deep.equal([true, 1n]);
    });

    it("given the code is taken away again, it should take the key's signature", async () => {
      await delegate(await codeOf("RevertingAccount"));
      await delegate(ZeroAddress);
      await send(account.address, await byKey());
      expect(await statusOf(scene, account)).to.deep.equal([true, 0n]);
    });
  });
});
