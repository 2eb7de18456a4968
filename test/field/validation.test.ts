import { expect } from "chai";
import { id as hashOf, ZeroAddress, ZeroHash } from "ethers";
import { loadFixture, type Signer } from "../utils/identity.ts";
import { rotate } from "../utils/identitySigning.ts";
import { type Beside, beside, refusal } from "./utils/besideTenure.ts";

const HASH = hashOf("what is to be validated");

/** Empty, if it was taken. `other` is the validator. */
const asking = ({ validation, registry, other }: Beside, caller: Signer, agentId = 1n, hash = HASH) =>
  refusal(validation.connect(caller).getFunction("validationRequest")(other, agentId, "", hash), registry);

const answering = ({ validation }: Beside, validator: Signer, response = 90) =>
  refusal(validation.connect(validator).getFunction("validationResponse")(HASH, response, "", ZeroHash, "tests"));

describe("The official ERC-8004 Validation Registry over Tenure", () => {
  describe("validationRequest", () => {
    for (const role of ["owner", "approved", "operator"] as const) {
      it(`should serve the ${role}`, async () => {
        const scene = await loadFixture(beside);
        expect(await asking(scene, scene[role])).to.equal("");
      });
    }

    for (const role of ["wallet", "guardian", "stranger"] as const) {
      it(`should refuse the ${role}`, async () => {
        const scene = await loadFixture(beside);
        expect(await asking(scene, scene[role])).to.equal("Not authorized");
      });
    }

    it("should refuse an agent that is unknown or retired, with the registry's own error", async () => {
      const scene = await loadFixture(beside);
      await scene.registry.connect(scene.other).retire(2);
      expect(await asking(scene, scene.owner, 3n)).to.equal("ERC721NonexistentToken");
      expect(await asking(scene, scene.other, 2n)).to.equal("ERC721NonexistentToken");
    });

    it("should serve the owner of a suspended agent: that registry does not ask for the state", async () => {
      const scene = await loadFixture(beside);
      await scene.registry.connect(scene.guardian).suspend(1);
      expect(await asking(scene, scene.owner)).to.equal("");
    });

    it("should refuse a former owner and the operators that the owner appointed, and serve the new owner", async () => {
      const scene = await loadFixture(beside);
      const { registry, owner, next } = scene;
      await rotate(registry, owner, 1n, next);
      for (const role of ["owner", "approved", "operator"] as const) {
        expect(await asking(scene, scene[role])).to.equal("Not authorized");
      }
      expect(await asking(scene, next)).to.equal("");
    });
  });

  describe("validationResponse", () => {
    it("should take the validator's answer, and nobody else's", async () => {
      const scene = await loadFixture(beside);
      await asking(scene, scene.owner);
      expect(await answering(scene, scene.stranger)).to.equal("not validator");
      expect(await answering(scene, scene.other)).to.equal("");
      const validation = scene.validation.connect(scene.stranger);
      expect(await validation.getFunction("getSummary")(1, [], "")).to.deep.equal([1n, 90n]);
    });

    it("should take it whatever became of the agent: the answer stays with the number", async () => {
      const scene = await loadFixture(beside);
      const { registry, owner, next } = scene;
      await asking(scene, owner);
      await rotate(registry, owner, 1n, next);
      await registry.connect(scene.guardian).suspend(1);
      expect(await answering(scene, scene.other)).to.equal("");
      const validation = scene.validation.connect(scene.stranger);
      const [validator, agentId, response] = await validation.getFunction("getValidationStatus")(HASH);
      expect([validator, agentId, response]).to.deep.equal([scene.other.address, 1n, 90n]);
    });

    it("should take it for an agent that is retired by then", async () => {
      const scene = await loadFixture(beside);
      await asking(scene, scene.other, 2n);
      await scene.registry.connect(scene.other).retire(2);
      expect(await answering(scene, scene.other)).to.equal("");
      expect(await refusal(scene.registry.ownerOf(2), scene.registry)).to.equal("ERC721NonexistentToken");
      expect(await scene.registry.getAgentWallet(2)).to.equal(ZeroAddress);
    });
  });
});
