import { expect } from "chai";
import { getAddress, toBeHex, Wallet, ZeroAddress } from "ethers";
import { network } from "hardhat";
import { demand, Reason } from "../TrustGate/reasons.ts";
import { readersWorld } from "../utils/vouchReaders.ts";
import { checkInBySignature, ethers, loadFixture, networkHelpers, OwnerKind } from "../utils/vouchWorld.ts";

describe("findings: who is the origin of a transaction", () => {
  it("on an OP chain a contract of L1 is, under its alias, and was called a key; now that proves nothing", async () => {
    // OP stack and Arbitrum: what a contract on L1 sends to L2 has its address + 0x1111…1111 as msg.sender and as tx.origin.
    const { ethers, networkHelpers, provider } = await network.create({ network: "op", chainType: "op" });
    const portalUser = "0x5AFE000000000000000000000000000000005AFE"; // say, a Safe or an account for sale, on L1
    const alias = getAddress(
      toBeHex((BigInt(portalUser) + 0x1111000000000000000000000000000000001111n) & ((1n << 160n) - 1n), 20),
    );
    const registry = await ethers.deployContract("IdentityRegistry", [1, 1, ZeroAddress]);
    // Stands for the deposit transaction, which no key signs: `from` is the alias.
    await provider.request({ method: "hardhat_impersonateAccount", params: [alias] });
    await networkHelpers.setBalance(alias, 10n ** 18n);
    await registry.connect(await ethers.getSigner(alias))["register()"]();
    expect((await registry.identityOf(1)).ownerKind).to.equal(OwnerKind.Unproven);
  });

  it("a key that only has a sponsor (EIP-7702, ERC-4337) never is, and could never prove more; now it signs a check-in", async () => {
    const { identities, gate } = await loadFixture(readersWorld);
    const account = new Wallet(toBeHex(0x5e5e5en, 32), ethers.provider);
    const sponsor = new Wallet(toBeHex(0xabcdefn, 32), ethers.provider);
    await networkHelpers.setBalance(sponsor.address, 10n ** 18n);
    const code = await ethers.deployContract("YesAccount");
    const authorization = await account.authorize({ address: await code.getAddress() });
    await (await sponsor.sendTransaction({ to: ZeroAddress, authorizationList: [authorization] })).wait();
    const asAccount = (await ethers.getContractFactory("YesAccount")).attach(account.address).connect(sponsor);
    const register = identities.interface.encodeFunctionData("register()");
    await (await asAccount.getFunction("execute")(identities, register)).wait();
    expect(await gate.unmet(7n, demand({ keyOwned: true }))).to.equal(Reason.UnprovenOwner);
    const { chainId } = await ethers.provider.getNetwork();
    const domain = {
      ...{ name: "ERC8004IdentityRegistry", version: "1" },
      ...{ chainId, verifyingContract: await identities.getAddress() },
    };
    const types = {
      Pulse: [
        { name: "agentId", type: "uint256" },
        { name: "owner", type: "address" },
        { name: "checkpoint", type: "bytes32" },
        { name: "lastSeen", type: "uint40" },
        { name: "deadline", type: "uint256" },
      ],
    };
    const deadline = 1n << 40n;
    const lastSeen = await identities.lastSeen(7);
    const pulse = { agentId: 7n, owner: account.address, checkpoint: ethers.ZeroHash, lastSeen, deadline };
    const signature = await account.signTypedData(domain, types, pulse);
    await (await identities.connect(sponsor).pulseFor(7n, ethers.ZeroHash, deadline, signature)).wait();
    expect(await gate.unmet(7n, demand({ keyOwned: true }))).to.equal(0n);
  });

  it("no log said what an owner is; now one says when it is proven, and there is none where it is not", async () => {
    const world = await loadFixture(readersWorld);
    const { identities, ada, ben } = world;
    await checkInBySignature(world, ada);
    await checkInBySignature(world, ada);
    await identities.connect(ben.owner).pulse(ben.id, ethers.ZeroHash);
    const proofs = await identities.queryFilter(identities.filters.OwnerProven());
    expect(proofs.map(({ args }) => [...args])).to.deep.equal([[ada.id, ada.owner.address]]);
    expect((await identities.identityOf(ada.id)).ownerKind).to.equal(OwnerKind.Key);
    expect((await identities.identityOf(ben.id)).ownerKind).to.equal(OwnerKind.Unproven);
  });
});
