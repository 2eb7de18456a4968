import { expect } from "chai";
import { artifacts } from "hardhat";
import { type Address, getAddress, type Hex, zeroAddress } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { testKeys } from "../../../test/utils/localChain.ts";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { type Member, openWorld, type World } from "../../../test/utils/world.ts";
import { parseSigned, productionAddresses, type SignedDelegationRevocation } from "../../index.ts";

const handle = `0x${"a1".repeat(32)}` as const;
const otherHandle = `0x${"a2".repeat(32)}` as const;

onEachNode("signDelegationRevocation, verifyDelegationRevocation and revokeDelegationFor", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  /** What a signature is after it travelled as JSON. */
  const posted = (signed: SignedDelegationRevocation) => parseSigned("delegationRevocation", JSON.stringify(signed));
  const isRevoked = async (issuer: Address) =>
    (await world.members[0].getDelegationStatus({ issuer, handle })).isRevoked;

  async function deployed(deployer: Member, name: string, args: readonly unknown[] = []): Promise<Address> {
    const { abi, bytecode } = await artifacts.readArtifact(name);
    const hash = await deployer.deployContract({ abi, bytecode: bytecode as Hex, args: [...args] });
    const { contractAddress } = await deployer.waitForTransactionReceipt({ hash });
    return getAddress(contractAddress ?? zeroAddress);
  }

  it("should revoke, paid by another, and again", async () => {
    const [issuer, , , payer] = world.members;
    const signed = posted(await issuer.signDelegationRevocation({ handle }));
    expect(await payer.verifyDelegationRevocation({ signed })).to.equal(true);
    expect(await payer.revokeDelegationForSync({ signed })).to.include({ issuer: issuer.account.address, handle });
    expect(await isRevoked(issuer.account.address)).to.equal(true);
    expect(await payer.verifyDelegationRevocation({ signed })).to.equal(true);
    await payer.revokeDelegationForSync({ signed });
  });

  it("should be neither believed nor taken where anything in it is another", async () => {
    const [issuer, other, , payer] = world.members;
    const signed = await issuer.signDelegationRevocation({ handle });
    const byOther = { ...signed, signature: (await other.signDelegationRevocation({ handle })).signature };
    for (const wrong of [{ ...signed, handle: otherHandle }, { ...signed, issuer: other.account.address }, byOther]) {
      expect(await payer.verifyDelegationRevocation({ signed: wrong })).to.equal(false);
      const error = await rejection(payer.revokeDelegationFor({ signed: wrong }));
      expect(error).to.deep.include({ name: "InvalidSignatureError", args: { signer: wrong.issuer } });
    }
  });

  it("should not be believed for another chain or another registry", async () => {
    const [issuer, , , payer] = world.members;
    const signed = await issuer.signDelegationRevocation({ handle });
    expect(await payer.verifyDelegationRevocation({ signed: { ...signed, chainId: 1 } })).to.equal(false);
    const registry = productionAddresses.vouchRegistry;
    expect(await payer.verifyDelegationRevocation({ signed: { ...signed, registry } })).to.equal(false);
  });

  it("should say so where a key's signature is in a form that counts for none", async () => {
    const [issuer, , , payer] = world.members;
    const signed = await issuer.signDelegationRevocation({ handle });
    // The other way to write which of two keys it is.
    const parity = signed.signature.endsWith("1b") ? "00" : "01";
    const odd = { ...signed, signature: `${signed.signature.slice(0, 130)}${parity}` as Hex };
    expect(await payer.verifyDelegationRevocation({ signed: odd })).to.equal(false);
    expect((await rejection(payer.revokeDelegationFor({ signed: odd }))).name).to.equal("SignatureFormError");
  });

  it("should ask an account with code by its code", async () => {
    const [key, , , payer] = world.members;
    const account = await deployed(payer, "SmartAccount", [key.account.address]);
    const own = await key.signDelegationRevocation({ handle });
    const { signature } = await signedFor(key, account);
    const signed = { ...own, issuer: account, signature };
    expect(await payer.verifyDelegationRevocation({ signed })).to.equal(true);
    expect(await payer.verifyDelegationRevocation({ signed: { ...signed, signature: own.signature } })).to.equal(false);
    expect((await payer.revokeDelegationForSync({ signed })).issuer).to.equal(account);
    expect(await isRevoked(account)).to.equal(true);
  });

  it("should not believe an account whose code writes before it says yes, as the registry lets none write", async () => {
    const [issuer, , , payer] = world.members;
    const address = "0x00000000000000000000000000000000000c0de5";
    // Stores 1, then answers the magic value of ERC-1271, whatever it is asked.
    await payer.setCode({ address, bytecode: "0x6001600055631626ba7e60e01b60005260206000f3" });
    const signed = { ...(await issuer.signDelegationRevocation({ handle })), issuer: getAddress(address) };
    expect((await rejection(payer.revokeDelegationFor({ signed }))).name).to.equal("InvalidSignatureError");
    expect(await payer.verifyDelegationRevocation({ signed })).to.equal(false);
  });

  it("given a key that has delegated to code (EIP-7702), should ask that code alone", async () => {
    const [, , , payer, , issuer] = world.members;
    const signed = await issuer.signDelegationRevocation({ handle });
    const delegate = async (address: Address) => {
      const authorization = await issuer.signAuthorization({
        account: privateKeyToAccount(testKeys[5]),
        contractAddress: address,
      });
      const hash = await payer.sendTransaction({ to: zeroAddress, authorizationList: [authorization] });
      await payer.waitForTransactionReceipt({ hash });
    };
    await delegate(await deployed(payer, "RevertingAccount"));
    expect(await payer.verifyDelegationRevocation({ signed })).to.equal(false);
    const error = await rejection(payer.revokeDelegationFor({ signed }));
    expect(error.name).to.equal("InvalidSignatureError");
    await issuer.revokeDelegationSync({ handle });

    await delegate(await deployed(payer, "YesAccount"));
    expect(await payer.verifyDelegationRevocation({ signed: { ...signed, signature: "0x" } })).to.equal(true);
    await payer.revokeDelegationForSync({ signed: { ...signed, signature: "0x" } });
  });

  /** What a key signs for a smart account that it holds. */
  async function signedFor(key: Member, issuer: Address): Promise<{ signature: Hex }> {
    const { chainId, registry } = await key.signDelegationRevocation({ handle });
    const signature = await key.signTypedData({
      domain: { name: "ERC-8128 Delegation Registry", version: "1", chainId, verifyingContract: registry },
      types: {
        Revocation: [
          { name: "issuer", type: "address" },
          { name: "id", type: "bytes32" },
        ],
      },
      primaryType: "Revocation",
      message: { issuer, id: handle },
    });
    return { signature };
  }
});
