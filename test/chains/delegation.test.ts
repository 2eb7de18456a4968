import { expect } from "chai";
import { concat, type Wallet, ZeroAddress, ZeroHash } from "ethers";
import { ethers, fresh, identity, loadFixture, now, register, registered, type Scene } from "../utils/identity.ts";
import { rotate } from "../utils/identitySigning.ts";

describe("accounts that delegate their code (EIP-7702)", () => {
  let scene: Scene;
  let account: Wallet;
  let sponsor: Wallet;

  beforeEach(async () => {
    scene = await loadFixture(registered);
    account = await fresh(700);
    sponsor = await fresh(701);
  });

  /** By a transaction of type 4 that the sponsor sends; the zero address takes the code away again. */
  async function delegate(to: string): Promise<void> {
    const authorization = await account.authorize({ address: to });
    await (await sponsor.sendTransaction({ to: ZeroAddress, authorizationList: [authorization] })).wait();
    const code = to === ZeroAddress ? "0x" : concat(["0xef0100", to]).toLowerCase();
    expect(await ethers.provider.getCode(account)).to.equal(code);
  }

  const codeOf = async (name: string, ...args: unknown[]) => (await ethers.deployContract(name, args)).getAddress();

  it("should register like everybody else, though no receiver of tokens answers in them", async () => {
    await delegate(await codeOf("RevertingAccount"));
    await register(scene.registry, account);
    expect(await scene.registry.ownerOf(3)).to.equal(account.address);
  });

  it("given an identity, should change nothing of it by delegating, delegating elsewhere or taking the code away, and be seen to", async () => {
    await register(scene.registry, account);
    const before = await identity(scene.registry, 3n);
    const codes = [await codeOf("RevertingAccount"), await codeOf("EndlessAccount"), ZeroAddress];
    for (const code of codes) {
      await delegate(code);
      before.isDelegated = code !== ZeroAddress;
      expect(await identity(scene.registry, 3n)).to.deep.equal(before);
      await scene.registry.connect(account).pulse(3, ZeroHash);
      before.lastSeen = await now();
      before.tenure = (await now()) - (before.firstSeen as bigint);
    }
  });

  it("given the code lets a stranger act, should be bound by it: whoever can act as the account is its owner", async () => {
    await register(scene.registry, account);
    await delegate(await codeOf("YesAccount"));
    const asCode = (await ethers.getContractFactory("YesAccount")).attach(account.address).connect(scene.stranger);
    const suspension = scene.registry.interface.encodeFunctionData("suspend", [3]);
    await asCode.getFunction("execute")(scene.registry, suspension);
    expect((await scene.registry.identityOf(3)).status).to.equal(2n);
  });

  it("given such an account is the next key, should rotate to it and away from it", async () => {
    await delegate(await codeOf("RevertingAccount"));
    await rotate(scene.registry, scene.owner, 1n, account);
    expect(await scene.registry.ownerOf(1)).to.equal(account.address);
    await rotate(scene.registry, account, 1n, scene.next);
    expect(await scene.registry.ownerOf(1)).to.equal(scene.next.address);
  });
});
