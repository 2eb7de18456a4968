import { expect } from "chai";
import { Contract, ZeroAddress } from "ethers";
import { type Address, createPublicClient, custom, erc721Abi } from "viem";
import { hardhat } from "viem/chains";
import { ethers, loadFixture, logsOf, now, provider, URI } from "../utils/identity.ts";
import { giveWallet, rotate } from "../utils/identitySigning.ts";
import { beside, refusal } from "./utils/besideTenure.ts";

const client = createPublicClient({ chain: hardhat, transport: custom(provider), cacheTime: 0 });

/** What a wallet or an explorer that knows no more than ERC-721 asks. */
const GENERIC = [
  "function name() view returns (string)",
  "function symbol() view returns (string)",
  "function balanceOf(address) view returns (uint256)",
  "function ownerOf(uint256) view returns (address)",
  "function tokenURI(uint256) view returns (string)",
  "function getApproved(uint256) view returns (address)",
  "function isApprovedForAll(address, address) view returns (bool)",
  "function supportsInterface(bytes4) view returns (bool)",
  "event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)",
];

describe("Software for ERC-721 on a Tenure registry", () => {
  describe("reading", () => {
    it("should work with viem's own ABI of ERC-721", async () => {
      const { registry, owner, operator, approved } = await loadFixture(beside);
      await registry.connect(owner).setAgentURI(1, URI);
      const address = (await registry.getAddress()) as Address;
      const read = <const args extends readonly unknown[]>(functionName: string, ...args: args) =>
        client.readContract({ address, abi: erc721Abi, functionName, args } as Parameters<
          typeof client.readContract
        >[0]);
      expect(await read("name")).to.equal("Tenure Identity");
      expect(await read("symbol")).to.equal("TENURE");
      expect(await read("balanceOf", owner.address)).to.equal(1n);
      expect(await read("ownerOf", 1n)).to.equal(owner.address);
      expect(await read("tokenURI", 1n)).to.equal(URI);
      expect(await read("getApproved", 1n)).to.equal(approved.address);
      expect(await read("isApprovedForAll", owner.address, operator.address)).to.equal(true);
      expect(await read("totalSupply")).to.equal(2n);
    });

    it("should work with ethers, its log filters included", async () => {
      const { registry, owner, next } = await loadFixture(beside);
      const generic = new Contract(await registry.getAddress(), GENERIC, ethers.provider);
      expect(await generic.getFunction("balanceOf")(next)).to.equal(0n);
      await rotate(registry, owner, 1n, next);
      expect(await generic.getFunction("ownerOf")(1)).to.equal(next.address);
      const logs = await generic.queryFilter(generic.getEvent("Transfer")(null, null, 1));
      expect(logs.map((log) => "args" in log && [log.args.from, log.args.to])).to.deep.equal([
        [ZeroAddress, owner.address],
        [owner.address, next.address],
      ]);
    });

    it("should answer OpenZeppelin's ERC165Checker: ERC-721 and its metadata, ERC-4906, ERC-5192", async () => {
      const { registry } = await loadFixture(beside);
      const checker = await ethers.deployContract("InterfaceChecker");
      const supports = (id: string) => checker.getFunction("hasInterface")(registry, id);
      for (const there of ["0x80ac58cd", "0x5b5e139f", "0x49064906", "0xb45a3c0e"]) {
        expect(await supports(there), there).to.equal(true);
      }
      // Enumerable, royalties, ERC-1155.
      for (const missing of ["0x780e9d63", "0x2a55205a", "0xd9b67a26"]) {
        expect(await supports(missing), missing).to.equal(false);
      }
    });

    it("should find totalSupply without the rest of Enumerable: it counts the agents that are not retired", async () => {
      const { registry, other } = await loadFixture(beside);
      await registry.connect(other).retire(2);
      expect([await registry.totalSupply(), await registry.totalRegistered()]).to.deep.equal([1n, 2n]);
      const enumerable = new Contract(
        await registry.getAddress(),
        ["function tokenByIndex(uint256) view returns (uint256)"],
        ethers.provider,
      );
      const failed = await enumerable
        .getFunction("tokenByIndex")(0)
        .then(
          () => false,
          () => true,
        );
      expect(failed).to.equal(true);
    });

    it("should be told to read the file again by ERC-4906, when its URI, its state or its key changes", async () => {
      const { registry, owner, guardian, next } = await loadFixture(beside);
      for (const change of [
        () => registry.connect(owner).setAgentURI(1, URI),
        () => registry.connect(guardian).suspend(1),
        () => registry.connect(guardian).resume(1),
        () => rotate(registry, owner, 1n, next),
      ]) {
        expect((await logsOf(registry, change())).map(([name]) => name)).to.include("MetadataUpdate");
      }
    });
  });

  describe("a marketplace", () => {
    it("should see by ERC-5192 that there is nothing to sell", async () => {
      const { registry } = await loadFixture(beside);
      expect(await registry.supportsInterface("0xb45a3c0e")).to.equal(true);
      expect(await registry.locked(1)).to.equal(true);
    });

    it("should be able to list, and fail when it sells, if it does not look", async () => {
      const { registry, owner, stranger } = await loadFixture(beside);
      const market = await ethers.deployContract("Marketplace");
      await registry.connect(owner).approve(market, 1);
      expect(await registry.getApproved(1)).to.equal(await market.getAddress());
      await expect(market.getFunction("sell")(registry, 1, stranger))
        .to.be.revertedWithCustomError(registry, "Soulbound")
        .withArgs(1n);
    });

    it("should fail with every way of transferring, whoever calls", async () => {
      const { registry, owner, operator, stranger } = await loadFixture(beside);
      for (const caller of [owner, operator]) {
        const as = registry.connect(caller);
        for (const send of [
          () => as.transferFrom(owner, stranger, 1),
          () => as["safeTransferFrom(address,address,uint256)"](owner, stranger, 1),
          () => as["safeTransferFrom(address,address,uint256,bytes)"](owner, stranger, 1, "0x"),
        ]) {
          expect(await refusal(send(), registry)).to.equal("Soulbound");
        }
      }
    });

    it("should have got power by the approval all the same: to edit, to check in, to set a wallet", async () => {
      const { registry, owner, stranger, next } = await loadFixture(beside);
      await registry.connect(owner).setApprovalForAll(stranger, true);
      await registry.connect(stranger).setAgentURI(1, "https://elsewhere.example");
      await registry.connect(stranger).pulse(1, ethers.ZeroHash);
      await giveWallet(registry, stranger, 1n, next);
      expect(await registry.getAgentWallet(1)).to.equal(next.address);
      expect((await registry.identityOf(1)).lastSeen).to.be.closeTo(await now(), 2n);
    });
  });
});
