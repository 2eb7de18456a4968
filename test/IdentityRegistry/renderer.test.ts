import { expect } from "chai";
import { ZeroAddress } from "ethers";
import {
  ethers,
  identity,
  loadFixture,
  MAX_SILENCE,
  RECOVERY_DELAY,
  register,
  Status,
  URI,
} from "../utils/identity.ts";

/** Enough for every honest answer. */
const GAS = 3_000_000n;

/** Identity 1, without a URI, and 2, with one, under a registry with this renderer. */
async function under(renderer: string) {
  const made = renderer === "" ? ZeroAddress : await ethers.deployContract(renderer);
  const registry = await ethers.deployContract("IdentityRegistry", [MAX_SILENCE, RECOVERY_DELAY, made]);
  const [owner, other] = await ethers.getSigners();
  if (!owner || !other) throw new Error("too few accounts");
  await register(registry, owner);
  await registry.connect(other)["register(string)"](URI);
  return { registry, owner, other, renderer: made };
}

const scenes = {
  none: () => under(""),
  real: () => under("RegistrationRenderer"),
  echoing: () => under("EchoingRenderer"),
  reverting: () => under("RevertingRenderer"),
  endless: () => under("EndlessRenderer"),
  silent: () => under("SilentRenderer"),
};

describe("IdentityRegistry", () => {
  describe("tokenURI, given no renderer", () => {
    it("answers an empty string where no URI is set, and the URI where one is", async () => {
      const { registry } = await loadFixture(scenes.none);
      expect(await registry.renderer()).to.equal(ZeroAddress);
      expect(await registry.tokenURI(1)).to.equal("");
      expect(await registry.tokenURI(2)).to.equal(URI);
    });

    it("answers an empty string while suspended, and the URI again after", async () => {
      const { registry, other } = await loadFixture(scenes.none);
      await registry.connect(other).suspend(2);
      expect(await registry.tokenURI(2)).to.equal("");
      await registry.connect(other).resume(2);
      expect(await registry.tokenURI(2)).to.equal(URI);
    });

    it("still refuses a token that is nobody's", async () => {
      const { registry } = await loadFixture(scenes.none);
      await expect(registry.tokenURI(3)).to.be.revertedWithCustomError(registry, "ERC721NonexistentToken").withArgs(3n);
    });
  });

  describe("tokenURI, given a renderer", () => {
    it("asks it about this identity, in its own name, where no URI is set", async () => {
      const { registry, other } = await loadFixture(scenes.echoing);
      expect(await registry.tokenURI(1)).to.equal("one");
      expect(await registry.tokenURI(2)).to.equal(URI);
      await registry.connect(other).setAgentURI(2, "");
      expect(await registry.tokenURI(2)).to.equal("another");
    });

    it("asks it about every suspended identity, and what the owner set is there again after", async () => {
      const { registry, other } = await loadFixture(scenes.echoing);
      await registry.connect(other).suspend(2);
      expect(await registry.tokenURI(2)).to.equal("another");
      await registry.connect(other).resume(2);
      expect(await registry.tokenURI(2)).to.equal(URI);
    });

    it("says the same as the renderer says by itself", async () => {
      const { registry, renderer } = await loadFixture(scenes.real);
      const made = await ethers.getContractAt("RegistrationRenderer", renderer);
      expect(await registry.tokenURI(1)).to.equal(await made.getFunction("tokenURI")(registry, 1));
    });
  });

  for (const name of ["reverting", "endless", "silent"] as const) {
    describe(`given a renderer that is ${name}`, () => {
      it("fails tokenURI where it is needed, and nowhere else", async () => {
        const { registry } = await loadFixture(scenes[name]);
        const renderer = await ethers.getContractAt("RevertingRenderer", await registry.renderer());
        const ask = () => registry.tokenURI(1, { gasLimit: GAS });
        if (name !== "reverting") await expect(ask()).to.revert(ethers);
        else await expect(ask()).to.be.revertedWithCustomError(renderer, "Unwilling").withArgs(1n);
        expect(await registry.tokenURI(2)).to.equal(URI);
      });

      it("leaves every other view and every action alone", async () => {
        const { registry, owner, other } = await loadFixture(scenes[name]);
        const facts = await identity(registry, 1n);
        expect([facts.owner, facts.status]).to.deep.equal([owner.address, Status.Active]);
        expect(await registry.ownerOf(1)).to.equal(owner.address);
        expect(await registry.getMetadata(1, "agentWallet")).to.equal(owner.address.toLowerCase());
        expect(await registry.getAgentWallet(1)).to.equal(owner.address);
        expect(await registry.locked(1)).to.equal(true);
        expect(await registry.supportsInterface("0x5b5e139f")).to.equal(true);
        expect(await registry.name()).to.equal("Tenure Identity");
        await registry.connect(owner).pulse(1, ethers.ZeroHash);
        await registry.connect(owner).suspend(1);
        await registry.connect(owner).resume(1);
        await registry.connect(owner).setAgentURI(1, "x");
        expect(await registry.tokenURI(1)).to.equal("x");
        await registry.connect(other).retire(2);
      });
    });
  }

  describe("constructor, given a renderer", () => {
    const deploy = (renderer: string) => ethers.deployContract("IdentityRegistry", [1n, 1n, renderer]);

    it("refuses an account without code, and says which", async () => {
      const { registry, owner } = await loadFixture(scenes.real);
      for (const renderer of [owner.address, `0x${"00".repeat(19)}01`, `0x${"ff".repeat(20)}`]) {
        await expect(deploy(renderer))
          .to.be.revertedWithCustomError(registry, "InvalidRenderer")
          .withArgs(ethers.getAddress(renderer));
      }
    });

    it("refuses bad parameters before it looks at the renderer", async () => {
      const { registry, owner } = await loadFixture(scenes.real);
      await expect(ethers.deployContract("IdentityRegistry", [0n, 1n, owner]))
        .to.be.revertedWithCustomError(registry, "InvalidParameters")
        .withArgs(0n, 1n);
    });

    it("takes any contract, and none", async () => {
      for (const scene of [scenes.silent, scenes.none]) {
        const { registry, renderer } = await loadFixture(scene);
        const address = typeof renderer === "string" ? renderer : await renderer.getAddress();
        expect(await registry.renderer()).to.equal(address);
      }
    });
  });
});
