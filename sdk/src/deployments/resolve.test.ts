import { expect } from "chai";
import { type Chain, createClient, http } from "viem";
import { hardhat } from "viem/chains";
import { rejection } from "../../test/utils/rejection.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import {
  addressBook,
  deployRegistries,
  getIdentity,
  getLensAddress,
  getProfile,
  getRegistryAddress,
  productionAddresses,
  shortAddresses,
  shortParameters,
  tenurePublicActions,
  tenureWalletActions,
} from "../index.ts";

const transport = http("http://127.0.0.1:1");
const other = "0x00000000000000000000000000000000000000AA";
const contracts = {
  tenureIdentityRegistry: { address: productionAddresses.identityRegistry },
  tenureVouchRegistry: { address: productionAddresses.vouchRegistry },
  tenureRegistryLens: { address: productionAddresses.registryLens as typeof other },
};

describe("where a client finds the registries", () => {
  const inBook = createClient({ chain: hardhat, transport });
  const inChain = createClient({ chain: { ...hardhat, contracts } as Chain, transport });

  describe("getRegistryAddress", () => {
    it("should look into the book", () => {
      expect(addressBook[hardhat.id]).to.equal(shortAddresses);
      expect(getRegistryAddress(inBook, "identityRegistry")).to.equal(shortAddresses.identityRegistry);
      expect(getRegistryAddress(inBook, "vouchRegistry")).to.equal(shortAddresses.vouchRegistry);
    });

    it("should believe the chain more than the book, and the caller more than both", () => {
      expect(getRegistryAddress(inChain, "vouchRegistry")).to.equal(productionAddresses.vouchRegistry);
      expect(getRegistryAddress(inChain, "vouchRegistry", { vouchRegistry: other })).to.equal(other);
    });

    it("should refuse what is no address", async () => {
      const attempt = async () => getRegistryAddress(inBook, "vouchRegistry", { vouchRegistry: "0x12" });
      expect((await rejection(attempt())).name).to.equal("InvalidAddressError");
    });
  });

  describe("getLensAddress", () => {
    it("should offer the book's lens beside the book's registry only", () => {
      expect(getLensAddress(inBook)).to.equal(shortAddresses.registryLens);
      expect(getLensAddress(inBook, { vouchRegistry: other })).to.equal(undefined);
      expect(getLensAddress(inBook, { vouchRegistry: other, registryLens: other })).to.equal(other);
      expect(getLensAddress(inChain)).to.equal(productionAddresses.registryLens);
    });

    it("should not offer the chain's lens beside a registry of the caller", () => {
      expect(getLensAddress(inChain, { vouchRegistry: other })).to.equal(undefined);
    });
  });

  describe("given a second deployment on the same chain", () => {
    let world: World;
    before(async () => {
      world = await openWorld();
    });
    after(() => world.close());

    it("should reach it through decorators and through single calls, with its own lens or none", async () => {
      const [agent] = world.members;
      const parameters = { ...shortParameters, maxSilence: 60 };
      const { addresses } = await deployRegistries(agent, { parameters });
      const { identityRegistry, vouchRegistry } = addresses;
      const decorated = createClient({ chain: hardhat, transport: http(world.url), account: agent.account })
        .extend(tenurePublicActions({ addresses }))
        .extend(tenureWalletActions({ addresses }));
      const { id, receipt } = await decorated.registerSync({ agentURI: "second" });
      expect(receipt.to?.toLowerCase()).to.equal(identityRegistry.toLowerCase());
      expect((await decorated.getIdentity({ id })).status).to.equal("active");
      // The first deployment knows nothing of it.
      expect((await agent.getIdentity({ id })).status).to.equal("unknown");
      const withoutLens = { identityRegistry, vouchRegistry };
      expect((await getIdentity(agent, { id, addresses })).status).to.equal("active");
      expect((await getProfile(agent, { id, addresses: withoutLens })).status).to.equal("active");
      // What a single call says goes before what the decorator says.
      const first = await decorated.getIdentity({ id, addresses: shortAddresses });
      expect(first.status).to.equal("unknown");
      expect(decorated.pulse.call({ id }).address).to.equal(identityRegistry);
    });

    it("should not take another registry's event for ours", async () => {
      const [agent] = world.members;
      const { receipt } = await agent.registerSync({});
      const extract = () => agent.register.extractEvent(receipt.logs, { address: productionAddresses.vouchRegistry });
      expect(extract).to.throw("The logs hold no Registered of the registry at");
    });
  });
});
