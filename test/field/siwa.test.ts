import { signAuthenticatedRequest, verifyAuthenticatedRequest } from "@buildersgarden/siwa/erc8128";
import { createReceipt, DEFAULT_RECEIPT_TTL } from "@buildersgarden/siwa/receipt";
import { encodeRegisterAgent } from "@buildersgarden/siwa/registry";
import { createSIWANonce, type SIWAVerificationResult, signSIWAMessage, verifySIWA } from "@buildersgarden/siwa/siwa";
import { expect } from "chai";
import { getBytes } from "ethers";
import { type Address, createPublicClient, custom, type Hex } from "viem";
import { hardhat } from "viem/chains";
import { ethers, loadFixture, networkHelpers, OwnerKind, provider, register, type Signer } from "../utils/identity.ts";
import { rotate } from "../utils/identitySigning.ts";
import { type Beside, beside } from "./utils/besideTenure.ts";

const CHAIN = 31_337;
const DOMAIN = "platform.example";
const SECRET = "a secret of the platform";
const client = createPublicClient({ chain: hardhat, transport: custom(provider), cacheTime: 0 });

/** SIWA's signer: a key that signs, for itself or for the account at `address`. */
const signerOf = (key: Signer, address: string = key.address) => ({
  getAddress: async () => address as Address,
  signMessage: async (message: string) => (await key.signMessage(message)) as Hex,
  signRawMessage: async (raw: Hex) => (await key.signMessage(getBytes(raw))) as Hex,
});

interface Attempt {
  agentId?: number;
  address?: string;
  registry?: string;
  criteria?: NonNullable<Parameters<typeof verifySIWA>[5]>;
}

const registryOf = async ({ registry }: Beside) => `eip155:${CHAIN}:${await registry.getAddress()}`;

/** Signs in to a platform, as a key or as the account at `address` that the key acts for. */
async function signIn(scene: Beside, key: Signer, attempt: Attempt = {}): Promise<SIWAVerificationResult> {
  const { agentId = 1, address, registry = await registryOf(scene), criteria } = attempt;
  const fields = {
    domain: DOMAIN,
    uri: `https://${DOMAIN}/login`,
    agentId,
    agentRegistry: registry,
    chainId: CHAIN,
    nonce: "12345678",
    issuedAt: new Date().toISOString(),
  };
  const { message, signature } = await signSIWAMessage(fields, signerOf(key, address));
  return verifySIWA(message, signature, DOMAIN, () => true, client, criteria);
}

/** The code of a refusal, or who was let in. */
const outcome = async (attempt: Promise<SIWAVerificationResult>) => {
  const { valid, code, signerType } = await attempt;
  return valid ? signerType : code;
};

/** A registration file that its owner says is active. */
const ACTIVE = `data:application/json;base64,${Buffer.from('{"active":true}').toString("base64")}`;

describe("An unmodified SIWA (Sign In With Agent) on a Tenure registry", () => {
  describe("verifySIWA", () => {
    it("should let the owner in", async () => {
      const scene = await loadFixture(beside);
      expect(await outcome(signIn(scene, scene.owner))).to.equal("eoa");
    });

    for (const role of ["wallet", "approved", "operator", "guardian", "stranger"] as const) {
      it(`should refuse the ${role}: only the owner is asked for`, async () => {
        const scene = await loadFixture(beside);
        expect(await outcome(signIn(scene, scene[role]))).to.equal("NOT_OWNER");
      });
    }

    it("should refuse a former owner from the rotation on, and let the next one in", async () => {
      const scene = await loadFixture(beside);
      await rotate(scene.registry, scene.owner, 1n, scene.next);
      expect(await outcome(signIn(scene, scene.owner))).to.equal("NOT_OWNER");
      expect(await outcome(signIn(scene, scene.next))).to.equal("eoa");
    });

    it("should say of an agent that is unknown or retired that it is not registered", async () => {
      const scene = await loadFixture(beside);
      await scene.registry.connect(scene.other).retire(2);
      expect(await outcome(signIn(scene, scene.stranger, { agentId: 9 }))).to.equal("NOT_REGISTERED");
      expect(await outcome(signIn(scene, scene.other, { agentId: 2 }))).to.equal("NOT_REGISTERED");
    });

    it("should let the owner of a suspended agent in, where no criteria are given", async () => {
      const scene = await loadFixture(beside);
      await scene.registry.connect(scene.guardian).suspend(1);
      expect(await outcome(signIn(scene, scene.owner))).to.equal("eoa");
    });

    it("should refuse a suspended agent with mustBeActive, whatever its own file says", async () => {
      const scene = await loadFixture(beside);
      const { registry, owner, guardian } = scene;
      const criteria = { mustBeActive: true };
      await registry.connect(owner).setAgentURI(1, ACTIVE);
      expect(await outcome(signIn(scene, owner, { criteria }))).to.equal("eoa");
      await registry.connect(guardian).suspend(1);
      const refused = await signIn(scene, owner, { criteria });
      expect(refused.code).to.equal("AGENT_NOT_ACTIVE");
      expect(refused.agent?.agentWallet).to.equal(null);
      await registry.connect(guardian).resume(1);
      expect(await outcome(signIn(scene, owner, { criteria }))).to.equal("eoa");
    });

    it("should take any registry that the message names: the platform has to compare it", async () => {
      const scene = await loadFixture(beside);
      // Agent 1 of another registry is somebody else's number 1.
      const { reference, stranger } = scene;
      await reference.connect(scene.owner).getFunction("transferFrom")(scene.owner, stranger, 1);
      const registry = `eip155:${CHAIN}:${await reference.getAddress()}`;
      const accepted = await signIn(scene, stranger, { registry });
      expect([accepted.valid, accepted.agentId]).to.deep.equal([true, 1]);
      expect(accepted.agentRegistry).to.not.equal(await registryOf(scene));
      expect(await scene.registry.ownerOf(1)).to.not.equal(stranger.address);
    });

    it("should fail on criteria of reputation, as over the reference: that registry wants the clients named", async () => {
      const scene = await loadFixture(beside);
      for (const [registry, reputation] of [
        [scene.registry, scene.reputation],
        [scene.reference, scene.referenceReputation],
      ] as const) {
        const criteria = { minFeedbackCount: 0, reputationRegistryAddress: (await reputation.getAddress()) as Address };
        const named = `eip155:${CHAIN}:${await registry.getAddress()}`;
        const { code, error } = await signIn(scene, scene.owner, { registry: named, criteria });
        expect(code).to.equal("VERIFICATION_FAILED");
        expect(error).to.include("clientAddresses required");
      }
    });
  });

  describe("an agent that a contract owns", () => {
    /** Identity 3, of a smart account whose key is the stranger. */
    async function accountOf(scene: Beside) {
      const account = await ethers.deployContract("SmartAccount", [scene.stranger]);
      const data = scene.registry.interface.encodeFunctionData("register()");
      await account.connect(scene.stranger).getFunction("execute")(scene.registry, data);
      return account.getAddress();
    }

    it("should be let in by its ERC-1271 signature, as a smart account", async () => {
      const scene = await loadFixture(beside);
      const address = await accountOf(scene);
      expect(await outcome(signIn(scene, scene.stranger, { agentId: 3, address }))).to.equal("sca");
      expect((await scene.registry.identityOf(3)).ownerKind).to.equal(OwnerKind.Unproven);
    });

    it("should not be let in by its key's own address", async () => {
      const scene = await loadFixture(beside);
      await accountOf(scene);
      expect(await outcome(signIn(scene, scene.stranger, { agentId: 3 }))).to.equal("NOT_OWNER");
    });

    it("should be kept out where only keys are allowed", async () => {
      const scene = await loadFixture(beside);
      const address = await accountOf(scene);
      const criteria = { allowedSignerTypes: ["eoa" as const] };
      const attempt = { agentId: 3, address, criteria };
      expect(await outcome(signIn(scene, scene.stranger, attempt))).to.equal("CUSTOM_CHECK_FAILED");
    });

    it("should be let in for anybody, where its account says yes to everybody: ownerKind warns of it", async () => {
      const scene = await loadFixture(beside);
      const account = await ethers.deployContract("YesAccount");
      const data = scene.registry.interface.encodeFunctionData("register()");
      await account.getFunction("execute")(scene.registry, data);
      const attempt = { agentId: 3, address: await account.getAddress() };
      for (const anybody of [scene.stranger, scene.guardian]) {
        expect(await outcome(signIn(scene, anybody, attempt))).to.equal("sca");
      }
      expect((await scene.registry.identityOf(3)).ownerKind).to.equal(OwnerKind.Unproven);
    });

    it("should be called a smart account where its key delegates (EIP-7702), whatever Tenure knows of that key", async () => {
      const scene = await loadFixture(beside);
      const delegate = await ethers.deployContract("SmartAccount", [scene.owner]);
      await networkHelpers.setCode(scene.owner.address, `0xef0100${(await delegate.getAddress()).slice(2)}`);
      expect(await outcome(signIn(scene, scene.owner))).to.equal("sca");
      const { ownerKind, isDelegated } = await scene.registry.identityOf(1);
      expect([ownerKind, isDelegated]).to.deep.equal([OwnerKind.Unproven, true]);
    });
  });

  describe("createSIWANonce", () => {
    const asking = async (scene: Beside, { address }: Signer, agentId: number) =>
      createSIWANonce({ address, agentId, agentRegistry: await registryOf(scene) }, client);

    it("should give the owner a nonce, suspended or not, and tell a wallet that it is not the owner", async () => {
      const scene = await loadFixture(beside);
      expect(await asking(scene, scene.owner, 1)).to.include({ status: "nonce_issued" });
      expect(await asking(scene, scene.wallet, 1)).to.include({ status: "rejected", code: "NOT_OWNER" });
      await scene.registry.connect(scene.guardian).suspend(1);
      expect(await asking(scene, scene.owner, 1)).to.include({ status: "nonce_issued" });
    });

    it("should send a retired agent to register again, which its address cannot", async () => {
      const scene = await loadFixture(beside);
      await scene.registry.connect(scene.other).retire(2);
      const answer = await asking(scene, scene.other, 2);
      expect(answer).to.include({ status: "not_registered" });
      await expect(register(scene.registry, scene.other)).to.be.revertedWithCustomError(
        scene.registry,
        "AlreadyRegistered",
      );
    });
  });

  describe("its receipts", () => {
    /** A request with the receipt of a sign-in that succeeded before. */
    async function request(scene: Beside, key: Signer) {
      const agentRegistry = await registryOf(scene);
      const payload = { address: key.address, agentId: 1, agentRegistry, chainId: CHAIN, verified: "onchain" as const };
      const { receipt } = createReceipt(payload, { secret: SECRET });
      const plain = new Request(`https://${DOMAIN}/act`, { method: "POST", body: "{}" });
      return signAuthenticatedRequest(plain, receipt, signerOf(key), CHAIN);
    }
    const verify = async (scene: Beside, key: Signer, verifyOnchain: boolean) =>
      verifyAuthenticatedRequest(await request(scene, key), {
        receiptSecret: SECRET,
        publicClient: client,
        verifyOnchain,
      });

    it("should hold for half an hour", () => {
      expect(DEFAULT_RECEIPT_TTL).to.equal(30 * 60 * 1_000);
    });

    it("should outlive a rotation, unless each request asks the chain", async () => {
      const scene = await loadFixture(beside);
      await rotate(scene.registry, scene.owner, 1n, scene.next);
      expect((await verify(scene, scene.owner, false)).valid).to.equal(true);
      const refused = await verify(scene, scene.owner, true);
      expect(refused.valid ? "" : refused.error).to.equal(
        "Onchain ownership check failed: signer is not the NFT owner",
      );
    });

    it("should outlive a suspension in both cases", async () => {
      const scene = await loadFixture(beside);
      await scene.registry.connect(scene.guardian).suspend(1);
      expect((await verify(scene, scene.owner, false)).valid).to.equal(true);
      expect((await verify(scene, scene.owner, true)).valid).to.equal(true);
    });
  });

  it("should not load by its main entry, which wants packages that it calls optional", async () => {
    const entry = "@buildersgarden/siwa"; // not a literal: the compiler would look for those packages, too
    const code = await import(entry).then(
      () => "",
      (error: { code: string }) => error.code,
    );
    expect(code).to.equal("ERR_MODULE_NOT_FOUND");
  });

  describe("its registering", () => {
    it("should go to the registry that is built in for a chain, and to none elsewhere", () => {
      const data = { agentURI: "ipfs://agent" };
      expect(encodeRegisterAgent({ ...data, chainId: 84_532 }).to).to.equal(
        "0x8004A818BFB912233c491871b3d84c89A494BD9e",
      );
      expect(() => encodeRegisterAgent({ ...data, chainId: CHAIN })).to.throw("No identity registry for chainId 31337");
    });
  });
});
