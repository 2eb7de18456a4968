import { expect } from "chai";
import { type Contract, ZeroAddress } from "ethers";
import { ethers, KeyRole, loadFixture, URI } from "../utils/identity.ts";
import { registerBySignature } from "../utils/identitySigning.ts";
import { beside, refusal } from "./utils/besideTenure.ts";

/** Of test/solidity/mocks/Binders.sol. */
type Name = "BindingSingleton" | "HandingFactory" | "ReceivingAccount" | "PlainAccount" | "AccountFactory";
const deploy = async (name: Name) => (await ethers.deployContract(name)) as unknown as Contract;

describe("Contracts that register ERC-8004 agents, on Tenure", () => {
  describe("a binding singleton, which registers many agents from one address", () => {
    it("should get one, and AlreadyRegistered from the second on", async () => {
      const { registry } = await loadFixture(beside);
      const singleton = await deploy("BindingSingleton");
      await singleton.getFunction("bind")(registry, URI);
      expect(await registry.ownerOf(3)).to.equal(await singleton.getAddress());
      await expect(singleton.getFunction("bind")(registry, URI))
        .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
        .withArgs(singleton, 3n);
    });

    it("should get as many as it wants on the reference", async () => {
      const { reference } = await loadFixture(beside);
      const singleton = await deploy("BindingSingleton");
      await singleton.getFunction("bind")(reference, URI);
      await singleton.getFunction("bind")(reference, URI);
      expect(await reference.connect(ethers.provider).getFunction("balanceOf")(singleton)).to.equal(2n);
    });
  });

  describe("a factory that hands over what it registered", () => {
    it("should fail at the handing over, and leave nothing behind", async () => {
      const { registry, stranger } = await loadFixture(beside);
      const factory = await deploy("HandingFactory");
      await expect(factory.connect(stranger).getFunction("make")(registry, URI))
        .to.be.revertedWithCustomError(registry, "Soulbound")
        .withArgs(3n);
      expect((await registry.resolve(factory)).role).to.equal(KeyRole.None);
    });

    it("should work on the reference", async () => {
      const { reference, stranger } = await loadFixture(beside);
      const factory = await deploy("HandingFactory");
      await factory.connect(stranger).getFunction("make")(reference, URI);
      expect(await reference.connect(stranger).getFunction("ownerOf")(2)).to.equal(stranger.address);
    });

    it("should register its users by their signatures instead: registerFor", async () => {
      const { registry, operator, stranger, next } = await loadFixture(beside);
      await registerBySignature(registry, operator, stranger, URI);
      await registerBySignature(registry, operator, next, URI);
      expect([await registry.ownerOf(3), await registry.ownerOf(4)]).to.deep.equal([stranger.address, next.address]);
    });
  });

  describe("a factory of accounts", () => {
    it("should register an agent for each account that it makes", async () => {
      const { registry } = await loadFixture(beside);
      const factory = await deploy("AccountFactory");
      await factory.getFunction("make")(registry);
      await factory.getFunction("make")(registry);
      const made = await factory.queryFilter("Made");
      expect(made.map((log) => "args" in log && log.args.agentId)).to.deep.equal([3n, 4n]);
    });
  });

  describe("an account that waits for the token to arrive", () => {
    it("should not be called: Tenure calls nobody", async () => {
      const { registry, reference } = await loadFixture(beside);
      const account = await deploy("ReceivingAccount");
      await account.getFunction("register")(registry);
      expect(await account.getFunction("arrivals")()).to.equal(0n);
      await account.getFunction("register")(reference);
      expect(await account.getFunction("arrivals")()).to.equal(1n);
    });

    it("should not be needed: an account without the hook is registered, which the reference refuses", async () => {
      const { registry, reference } = await loadFixture(beside);
      const account = await deploy("PlainAccount");
      await account.getFunction("register")(registry);
      expect(await registry.ownerOf(3)).to.equal(await account.getAddress());
      const refused = await refusal(account.getFunction("register")(reference), reference);
      expect(refused).to.equal("ERC721InvalidReceiver");
    });
  });

  it("should find a number above 0: Tenure's first agent is 1, the reference's is 0", async () => {
    const { registry, reference, other } = await loadFixture(beside);
    expect(await reference.connect(other).getFunction("ownerOf")(0)).to.equal(other.address);
    expect(await refusal(registry.ownerOf(0), registry)).to.equal("ERC721NonexistentToken");
    expect(await registry.getAgentWallet(0)).to.equal(ZeroAddress);
  });
});
