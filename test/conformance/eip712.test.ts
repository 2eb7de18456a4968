import { expect } from "chai";
import { AbiCoder, concat, id, keccak256, TypedDataEncoder, ZeroHash } from "ethers";
import { at, ethers, fresh, loadFixture, MINUTE, now, registered, URI } from "../utils/identity.ts";
import { AGENT_WALLET_SET, domainOf, PULSE, REGISTER, ROTATE_KEY } from "../utils/identitySigning.ts";

const abi = AbiCoder.defaultAbiCoder();
const encode = (types: string[], values: unknown[]) => keccak256(abi.encode(types, values));

/** The types as text, from the design. */
const DOMAIN = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
const texts = {
  register: "Register(address owner,string agentURI,uint256 nonce,uint256 deadline)",
  pulse: "Pulse(uint256 agentId,address owner,bytes32 checkpoint,uint40 lastSeen,uint256 deadline)",
  rotateKey: "RotateKey(uint256 agentId,address owner,address newOwner,uint8 keyEpoch,uint256 deadline)",
  agentWalletSet: "AgentWalletSet(uint256 agentId,address newWallet,address owner,uint256 deadline)",
};

/** The digest by hand, without anybody's typed-data library. */
async function digest(structHash: string): Promise<string> {
  const { registry } = await loadFixture(registered);
  const { chainId } = await ethers.provider.getNetwork();
  const separator = encode(
    ["bytes32", "bytes32", "bytes32", "uint256", "address"],
    [id(DOMAIN), id("ERC8004IdentityRegistry"), id("1"), chainId, await registry.getAddress()],
  );
  return keccak256(concat(["0x1901", separator, structHash]));
}

describe("Conformance of IdentityRegistry", () => {
  describe("EIP-712", () => {
    for (const [text, types] of [
      [texts.register, REGISTER],
      [texts.pulse, PULSE],
      [texts.rotateKey, ROTATE_KEY],
      [texts.agentWalletSet, AGENT_WALLET_SET],
    ] as const) {
      it(`uses the type hash of ${text}`, async () => {
        const { registry } = await loadFixture(registered);
        const code = await ethers.provider.getCode(registry);
        expect(code).to.include(id(text).slice(2));
        expect(TypedDataEncoder.from(types).encodeType(Object.keys(types)[0] ?? "")).to.equal(text);
      });
    }

    it("takes a registration whose digest was made by hand", async () => {
      const { registry } = await loadFixture(registered);
      const signer = await fresh(500);
      const deadline = (await now()) + MINUTE;
      const structHash = encode(
        ["bytes32", "address", "bytes32", "uint256", "uint256"],
        [id(texts.register), signer.address, id(URI), 0n, deadline],
      );
      const { serialized } = signer.signingKey.sign(await digest(structHash));
      await registry.registerFor(signer, URI, 0n, deadline, serialized);
      expect(await registry.ownerOf(3)).to.equal(signer.address);
    });

    it("takes a check-in whose digest was made by hand", async () => {
      const { registry } = await loadFixture(registered);
      const signer = await fresh(500);
      const born = (await now()) + 10n;
      const deadline = born + MINUTE;
      const structHash = encode(
        ["bytes32", "uint256", "address", "bytes32", "uint40", "uint256"],
        [id(texts.pulse), 3n, signer.address, id("log"), born, deadline],
      );
      const { serialized } = signer.signingKey.sign(await digest(structHash));
      await at(born);
      await registry.connect(await fresh(500))["register()"]();
      await registry.pulseFor(3, id("log"), deadline, serialized);
      expect(await registry.lastSeen(3)).to.equal(await now());
    });

    it("takes a rotation whose digest was made by hand", async () => {
      const { registry, owner } = await loadFixture(registered);
      const signer = await fresh(500);
      const deadline = (await now()) + MINUTE;
      const structHash = encode(
        ["bytes32", "uint256", "address", "address", "uint8", "uint256"],
        [id(texts.rotateKey), 1n, owner.address, signer.address, 0, deadline],
      );
      const { serialized } = signer.signingKey.sign(await digest(structHash));
      await registry.connect(owner).rotateKey(1, signer, deadline, serialized);
      expect(await registry.ownerOf(1)).to.equal(signer.address);
    });

    it("takes a wallet whose digest was made by hand", async () => {
      const { registry, owner } = await loadFixture(registered);
      const signer = await fresh(500);
      const deadline = (await now()) + MINUTE;
      const structHash = encode(
        ["bytes32", "uint256", "address", "address", "uint256"],
        [id(texts.agentWalletSet), 1n, signer.address, owner.address, deadline],
      );
      const { serialized } = signer.signingKey.sign(await digest(structHash));
      await registry.connect(owner).setAgentWallet(1, signer, deadline, serialized);
      expect(await registry.getAgentWallet(1)).to.equal(signer.address);
    });
  });

  describe("ERC-5267", () => {
    it("answers the domain: name, version, chain and contract, no salt, no extensions", async () => {
      const { registry } = await loadFixture(registered);
      const { chainId } = await ethers.provider.getNetwork();
      expect(await registry.eip712Domain()).to.deep.equal([
        "0x0f",
        "ERC8004IdentityRegistry",
        "1",
        chainId,
        await registry.getAddress(),
        ZeroHash,
        [],
      ]);
    });

    it("answers the domain that signatures use: what is signed under it is taken", async () => {
      const { registry, stranger } = await loadFixture(registered);
      const { name, version, chainId, verifyingContract } = await registry.eip712Domain();
      const domain = { name, version, chainId, verifyingContract };
      expect(domain).to.deep.equal(await domainOf(registry));
      const deadline = (await now()) + MINUTE;
      const message = { owner: stranger.address, agentURI: URI, nonce: 0n, deadline };
      const signature = await stranger.signTypedData(domain, REGISTER, message);
      await registry.registerFor(stranger, URI, 0n, deadline, signature);
      expect(await registry.ownerOf(3)).to.equal(stranger.address);
    });
  });
});
