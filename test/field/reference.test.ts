import { expect } from "chai";
import { type BaseContract, type ContractTransactionResponse, id as hashOf, ZeroAddress } from "ethers";
import { ethers, loadFixture, MINUTE, now, type Signer } from "../utils/identity.ts";
import { AGENT_WALLET_SET, domainOf, rotate } from "../utils/identitySigning.ts";
import { type Beside, beside, refusal } from "./utils/besideTenure.ts";

const WALLET_KEY = "agentWallet";

/** Both registries through the reference's ABI, as one who knows no other calls them. Agent 1 is `owner`'s on both. */
async function both({ registry, reference }: Beside, as: Signer) {
  const tenure = reference.attach(await registry.getAddress()) as BaseContract;
  return [tenure.connect(as), reference.connect(as)] as const;
}

/** What Tenure and the reference answer, in this order. */
async function answers(scene: Beside, name: string, ...args: unknown[]): Promise<unknown[]> {
  return Promise.all((await both(scene, scene.stranger)).map((contract) => contract.getFunction(name)(...args)));
}

/** Why Tenure and the reference refuse, in this order; empty where one does not. */
async function refusals(scene: Beside, as: Signer, name: string, ...args: unknown[]): Promise<string[]> {
  const words: string[] = [];
  for (const contract of await both(scene, as)) {
    words.push(await refusal(contract.getFunction(name)(...args), scene.registry, scene.reference));
  }
  return words;
}

/** A wallet's consent for agent 1 on Tenure and on the reference. */
async function consents(scene: Beside, wallet: Signer, deadline: bigint): Promise<string[]> {
  const message = { agentId: 1n, newWallet: wallet.address, owner: scene.owner.address, deadline };
  const domain = await domainOf(scene.registry);
  const verifyingContract = await scene.reference.getAddress();
  return Promise.all([
    wallet.signTypedData(domain, AGENT_WALLET_SET, message),
    wallet.signTypedData({ ...domain, verifyingContract }, AGENT_WALLET_SET, message),
  ]);
}

async function setWallets(scene: Beside, wallet: Signer, deadline: bigint): Promise<string[]> {
  const signatures = await consents(scene, wallet, deadline);
  const contracts = await both(scene, scene.owner);
  const words: string[] = [];
  for (const [i, contract] of contracts.entries()) {
    const sent = contract.getFunction("setAgentWallet")(1, wallet, deadline, signatures[i]);
    words.push(await refusal(sent, scene.registry, scene.reference));
  }
  return words;
}

describe("Tenure beside the official ERC-8004 Identity Registry", () => {
  describe("why calls are refused: a name here, a text there", () => {
    it("should be NotAuthorized in place of the text, for who may not edit", async () => {
      const scene = await loadFixture(beside);
      const pair = ["NotAuthorized", "Not authorized"];
      expect(await refusals(scene, scene.stranger, "setAgentURI", 1, "ipfs://a")).to.deep.equal(pair);
      expect(await refusals(scene, scene.stranger, "setMetadata", 1, "a", "0x01")).to.deep.equal(pair);
      expect(await refusals(scene, scene.stranger, "unsetAgentWallet", 1)).to.deep.equal(pair);
    });

    it("should be ReservedMetadataKey for the key of the wallet", async () => {
      const scene = await loadFixture(beside);
      expect(await refusals(scene, scene.owner, "setMetadata", 1, WALLET_KEY, "0x01")).to.deep.equal([
        "ReservedMetadataKey",
        "reserved key",
      ]);
    });

    it("should be SignatureExpired, DeadlineTooFar and InvalidSignature for a wallet's consent", async () => {
      const scene = await loadFixture(beside);
      const time = await now();
      expect(await setWallets(scene, scene.stranger, time - 1n)).to.deep.equal(["SignatureExpired", "expired"]);
      expect(await setWallets(scene, scene.stranger, time + 10n * MINUTE)).to.deep.equal([
        "DeadlineTooFar",
        "deadline too far",
      ]);
      const bad = [1, scene.stranger.address, time + MINUTE, `0x${"11".repeat(65)}`];
      expect(await refusals(scene, scene.owner, "setAgentWallet", ...bad)).to.deep.equal([
        "InvalidSignature",
        "invalid wallet sig",
      ]);
      const nobody = [1, ZeroAddress, time + MINUTE, "0x"];
      expect(await refusals(scene, scene.owner, "setAgentWallet", ...nobody)).to.deep.equal([
        "InvalidSignature",
        "bad wallet",
      ]);
    });

    it("should be the same for an agent that does not exist", async () => {
      const scene = await loadFixture(beside);
      const name = "ERC721NonexistentToken";
      for (const [call, ...args] of [
        ["ownerOf"],
        ["tokenURI"],
        ["getApproved"],
        ["setAgentURI", "ipfs://a"],
        ["setMetadata", "a", "0x01"],
        ["unsetAgentWallet"],
      ] as const) {
        expect(await refusals(scene, scene.stranger, call, 9, ...args), call).to.deep.equal([name, name]);
      }
      const asked = await refusals(scene, scene.stranger, "isAuthorizedOrOwner", scene.stranger, 9);
      expect(asked).to.deep.equal([name, name]);
    });

    it("should be IdentitySuspended and IdentityRetired for edits of such an agent", async () => {
      const { registry, owner, other } = await loadFixture(beside);
      await registry.connect(owner).suspend(1);
      expect(await refusal(registry.connect(owner).setAgentURI(1, "ipfs://a"), registry)).to.equal("IdentitySuspended");
      await registry.connect(other).retire(2);
      expect(await refusal(registry.connect(other).setAgentURI(2, "ipfs://a"), registry)).to.equal("IdentityRetired");
    });

    it("should not be in an ABI made for the reference: such a client sees four bytes", async () => {
      const scene = await loadFixture(beside);
      const known: string[] = [];
      scene.reference.interface.forEachError(({ selector }) => known.push(selector));
      for (const name of ["NotAuthorized", "AlreadyRegistered", "Soulbound", "InvalidSignature"]) {
        expect(known).to.not.include(scene.registry.interface.getError(name)?.selector);
      }
      for (const name of ["ERC721NonexistentToken", "ERC721InvalidApprover"]) {
        expect(known).to.include(scene.registry.interface.getError(name)?.selector);
      }
    });

    it("should be AlreadyRegistered and Soulbound where the reference does as it is told", async () => {
      const scene = await loadFixture(beside);
      const { owner, next } = scene;
      expect(await refusals(scene, owner, "register()")).to.deep.equal(["AlreadyRegistered", ""]);
      expect(await refusals(scene, owner, "transferFrom", owner, next, 1)).to.deep.equal(["Soulbound", ""]);
    });

    it("should be AlreadyRegistered for a wallet that has an agent of its own, which the reference takes", async () => {
      const scene = await loadFixture(beside);
      // `other` owns an agent on both.
      expect(await setWallets(scene, scene.other, (await now()) + MINUTE)).to.deep.equal(["AlreadyRegistered", ""]);
    });
  });

  describe("the wallet", () => {
    /** `getAgentWallet` and the metadata of both. */
    const walletsOf = async (scene: Beside) => [
      await answers(scene, "getAgentWallet", 1),
      await answers(scene, "getMetadata", 1, WALLET_KEY),
    ];
    const bytes = ({ address }: Signer) => address.toLowerCase();

    it("should be set by the same signed message", async () => {
      const scene = await loadFixture(beside);
      const { stranger } = scene;
      expect(await setWallets(scene, stranger, (await now()) + MINUTE)).to.deep.equal(["", ""]);
      expect(await walletsOf(scene)).to.deep.equal([
        [stranger.address, stranger.address],
        [bytes(stranger), bytes(stranger)],
      ]);
    });

    it("should be the owner once it is unset, where the reference has none", async () => {
      const scene = await loadFixture(beside);
      for (const contract of await both(scene, scene.owner)) await contract.getFunction("unsetAgentWallet")(1);
      expect(await walletsOf(scene)).to.deep.equal([
        [scene.owner.address, ZeroAddress],
        [bytes(scene.owner), "0x"],
      ]);
    });

    it("should be the next owner after a rotation, where the reference has none after a transfer", async () => {
      const scene = await loadFixture(beside);
      const { registry, reference, owner, next } = scene;
      await rotate(registry, owner, 1n, next);
      await reference.connect(owner).getFunction("transferFrom")(owner, next, 1);
      expect(await walletsOf(scene)).to.deep.equal([
        [next.address, ZeroAddress],
        [bytes(next), "0x"],
      ]);
    });

    it("should be nobody while suspended: the zero address, and twenty zero bytes", async () => {
      const scene = await loadFixture(beside);
      await scene.registry.connect(scene.guardian).suspend(1);
      expect((await walletsOf(scene)).map(([tenure]) => tenure)).to.deep.equal([ZeroAddress, ZeroAddress]);
      await scene.registry.connect(scene.guardian).resume(1);
      expect((await walletsOf(scene)).map(([tenure]) => tenure)).to.deep.equal([
        scene.wallet.address,
        bytes(scene.wallet),
      ]);
    });

    it("should leave by itself, which the reference does not let it", async () => {
      const scene = await loadFixture(beside);
      const { stranger } = scene;
      await setWallets(scene, stranger, (await now()) + MINUTE);
      expect(await refusals(scene, stranger, "unsetAgentWallet", 1)).to.deep.equal(["", "Not authorized"]);
    });

    it("should be unset by the guardian while suspended, which changes what is answered after resuming", async () => {
      const scene = await loadFixture(beside);
      const { registry, owner, guardian } = scene;
      expect(await refusal(registry.connect(guardian).unsetAgentWallet(1), registry)).to.equal("NotAuthorized");
      await registry.connect(guardian).suspend(1);
      await registry.connect(guardian).unsetAgentWallet(1);
      expect(await registry.getAgentWallet(1)).to.equal(ZeroAddress);
      await registry.connect(guardian).resume(1);
      expect(await registry.getAgentWallet(1)).to.equal(owner.address);
    });

    it("should be nobody's, and nothing, for an agent that does not exist, on both", async () => {
      const scene = await loadFixture(beside);
      expect(await answers(scene, "getAgentWallet", 9)).to.deep.equal([ZeroAddress, ZeroAddress]);
      expect(await answers(scene, "getMetadata", 9, WALLET_KEY)).to.deep.equal(["0x", "0x"]);
    });
  });

  describe("authority: isAuthorizedOrOwner", () => {
    for (const [role, answer] of [
      ["owner", true],
      ["approved", true],
      ["operator", true],
      ["wallet", false],
      ["guardian", false],
      ["stranger", false],
    ] as const) {
      it(`should answer ${answer} for the ${role}, as the reference`, async () => {
        const scene = await loadFixture(beside);
        const { reference, owner } = scene;
        await reference.connect(owner).getFunction("approve")(scene.approved, 1);
        await reference.connect(owner).getFunction("setApprovalForAll")(scene.operator, true);
        expect(await answers(scene, "isAuthorizedOrOwner", scene[role], 1)).to.deep.equal([answer, answer]);
      });
    }
  });

  describe("the registration file", () => {
    it("should be made on chain where no URI was set, where the reference answers an empty text", async () => {
      const scene = await loadFixture(beside);
      const [tenure, reference] = await answers(scene, "tokenURI", 1);
      expect(tenure).to.match(/^data:application\/json;base64,/);
      expect(reference).to.equal("");
    });

    it("should be what was set, and the one made on chain while suspended", async () => {
      const scene = await loadFixture(beside);
      const { registry, owner, guardian } = scene;
      for (const contract of await both(scene, owner)) await contract.getFunction("setAgentURI")(1, "ipfs://mine");
      expect(await answers(scene, "tokenURI", 1)).to.deep.equal(["ipfs://mine", "ipfs://mine"]);
      await registry.connect(guardian).suspend(1);
      const uri = await registry.tokenURI(1);
      const file = JSON.parse(Buffer.from(uri.replace(/^[^,]*,/, ""), "base64").toString());
      expect(file.active).to.equal(false);
      await registry.connect(guardian).resume(1);
      expect(await registry.tokenURI(1)).to.equal("ipfs://mine");
    });
  });

  describe("logs, read with the reference's ABI", () => {
    /** Names of the logs that the ABI knows, in order; `?` for others. */
    async function namesOf({ reference }: Beside, sent: Promise<ContractTransactionResponse>): Promise<string[]> {
      const receipt = await (await sent).wait();
      return (receipt?.logs ?? []).map((log) => reference.interface.parseLog(log)?.name ?? "?");
    }

    it("should have those of a registration, and Locked", async () => {
      const scene = await loadFixture(beside);
      const [tenure, reference] = await both(scene, scene.stranger);
      const call = ["register(string)", "ipfs://a"] as const;
      expect(await namesOf(scene, tenure.getFunction(call[0])(call[1]))).to.deep.equal([
        "Transfer",
        "?",
        "Registered",
        "MetadataSet",
      ]);
      expect(await namesOf(scene, reference.getFunction(call[0])(call[1]))).to.deep.equal([
        "Transfer",
        "MetadataUpdate",
        "Registered",
        "MetadataSet",
      ]);
      expect(hashOf("Locked(uint256)")).to.equal(scene.registry.interface.getEvent("Locked").topicHash);
    });

    it("should show a rotation as a transfer, and retirement as one to nobody", async () => {
      const scene = await loadFixture(beside);
      const { registry, owner, other, next } = scene;
      expect(await namesOf(scene, rotate(registry, owner, 1n, next))).to.include.members(["Transfer", "MetadataSet"]);
      const receipt = await (await registry.connect(other).retire(2)).wait();
      const [transfer] = (receipt?.logs ?? []).map((log) => scene.reference.interface.parseLog(log));
      expect(transfer?.args.toArray()).to.deep.equal([other.address, ZeroAddress, 2n]);
    });

    it("should name in the last MetadataSet of the wallet what getMetadata answers", async () => {
      const scene = await loadFixture(beside);
      const { registry, owner, guardian, next } = scene;
      const last = async () => {
        const logs = await registry.queryFilter(registry.filters.MetadataSet(1, WALLET_KEY));
        return logs.at(-1)?.args.metadataValue;
      };
      for (const change of [
        () => registry.connect(owner).unsetAgentWallet(1),
        () => rotate(registry, owner, 1n, next),
        () => registry.connect(guardian).suspend(1),
        () => registry.connect(guardian).resume(1),
      ]) {
        await change();
        const value = await registry.getMetadata(1, WALLET_KEY);
        expect([await last(), BigInt(value)]).to.deep.equal([value, BigInt(await registry.getAgentWallet(1))]);
      }
    });
  });

  it("should sign under the same name and version of the EIP-712 domain", async () => {
    const scene = await loadFixture(beside);
    const [tenure, reference] = (await answers(scene, "eip712Domain")) as [unknown[], unknown[]];
    expect(tenure.slice(0, 4)).to.deep.equal(reference.slice(0, 4));
    expect(tenure[4]).to.equal(await scene.registry.getAddress());
  });

  it("should have no getVersion, and nothing that its owner could upgrade", async () => {
    const scene = await loadFixture(beside);
    const [tenure, reference] = await both(scene, scene.stranger);
    expect(await reference.getFunction("getVersion")()).to.equal("2.0.0");
    for (const name of ["getVersion", "owner", "proxiableUUID"]) {
      const failed = await tenure
        .getFunction(name)()
        .then(
          () => false,
          () => true,
        );
      expect(failed, name).to.equal(true);
    }
    expect(await ethers.provider.getCode(tenure)).to.not.equal("0x");
  });
});
