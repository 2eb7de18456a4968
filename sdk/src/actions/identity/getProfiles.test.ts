import { expect } from "chai";
import { createClient, http, zeroAddress } from "viem";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { getProfile, getProfiles, getVouch, productionAddresses, shortAddresses } from "../../index.ts";

onEachNode("profiles", (start) => {
  const [one, two] = [1, 2];
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
    for (const agent of world.members.slice(0, 2)) await agent.registerSync({});
    await world.earn(...world.members.slice(0, 2));
    const [voucher, subject, wallet] = world.members;
    await voucher.vouchSync({ voucherId: one, subjectId: two, stake: 4, periods: 2 });
    await subject.warnSync({ voucherId: two, subjectId: one, stake: 3, periods: 2 });
    await voucher.setAgentWalletSync({ signed: await wallet.signAgentWallet({ id: one }) });
  });
  after(() => world.close());

  const noLens = "0x00000000000000000000000000000000deadbeef";
  const ways = [
    { way: "the deployed lens", addresses: {} },
    { way: "a lens for the length of the call", addresses: { registryLens: noLens } },
  ] as const;

  for (const { way, addresses } of ways) {
    describe(`getProfile through ${way}`, () => {
      it("should agree with every view that it gathers", async () => {
        const [reader, , wallet] = world.members;
        const profile = await reader.getProfile({ id: one, addresses });
        expect(profile).to.deep.equal({
          ...(await reader.getIdentity({ id: one })),
          ...(await reader.getStanding({ id: one })),
          ...(await reader.getSupport({ id: one })),
          key: undefined,
          role: "none",
        });
        expect(profile).to.deep.include({
          id: one,
          status: "active",
          owner: reader.account.address,
          wallet: wallet.account.address,
          staked: 4,
          support: 0,
          opposition: 3,
        });
      });

      it("should find an identity by any of its keys", async () => {
        const [owner, , wallet, stranger] = world.members;
        const by = (address: `0x${string}`) => owner.getProfile({ address, addresses });
        expect(await by(owner.account.address)).to.deep.include({ id: one, role: "owner", key: owner.account.address });
        expect(await by(wallet.account.address)).to.deep.include({ id: one, role: "wallet" });
        expect(await by(stranger.account.address)).to.deep.include({ id: 0, role: "none", status: "unknown" });
      });

      it("should show an unknown identity as unknown, with the number asked for", async () => {
        const profile = await world.members[0].getProfile({ id: 77, addresses });
        expect(profile).to.deep.include({ id: 77, status: "unknown", owner: undefined, tenure: 0, standing: 0 });
      });
    });

    describe(`getProfiles through ${way}`, () => {
      it("should keep the order over many pages", async () => {
        const ids = Array.from({ length: 130 }, (_, index) => ((index * 7) % 5) + 1);
        const profiles = await world.members[0].getProfiles({ ids, addresses });
        expect(profiles.map(({ id }) => id)).to.deep.equal(ids);
        expect(profiles.map(({ status }) => status)).to.deep.equal(ids.map((id) => (id <= 2 ? "active" : "unknown")));
      });

      it("should answer nothing for nothing", async () => {
        expect(await world.members[0].getProfiles({ ids: [], addresses })).to.deep.equal([]);
        expect(await world.members[0].getProfiles({ address: [], addresses })).to.deep.equal([]);
      });

      it("should take addresses", async () => {
        const [first, second] = world.members;
        const keys = [second.account.address, zeroAddress, first.account.address];
        const profiles = await first.getProfiles({ address: keys, addresses });
        expect(profiles.map(({ id }) => id)).to.deep.equal([two, 0, one]);
      });
    });
  }

  describe("given a block number", () => {
    it("should read the past", async () => {
      const [reader] = world.members;
      const blockNumber = await reader.getBlockNumber();
      await reader.vouchSync({ voucherId: one, subjectId: two, stake: 4, periods: 2 }).catch(() => undefined);
      await reader.suspendSync({ id: one });
      expect((await reader.getProfile({ id: one, blockNumber })).status).to.equal("active");
      expect((await reader.getIdentity({ id: one, blockNumber })).status).to.equal("active");
      expect((await reader.getProfile({ id: one })).status).to.equal("suspended");
    });
  });

  describe("given a client without a chain", () => {
    it("should read from the addresses that are passed, without a lens", async () => {
      const client = createClient({ transport: http(world.url) });
      const { identityRegistry, vouchRegistry } = shortAddresses;
      const [profile] = await getProfiles(client, { ids: [two], addresses: { identityRegistry, vouchRegistry } });
      expect(profile).to.deep.include({ id: two, support: 4 });
    });
  });

  describe("given addresses where nothing is", () => {
    it("should say so", async () => {
      const client = createClient({ transport: http(world.url) });
      const { identityRegistry, vouchRegistry, registryLens } = productionAddresses;
      const without = { identityRegistry, vouchRegistry };
      for (const addresses of [without, { ...without, registryLens }]) {
        const error = await rejection(getProfile(client, { id: one, addresses }));
        expect(error).to.deep.include({ name: "RegistryNotDeployedError" });
        expect(error.message).to.include(vouchRegistry);
      }
      const error = await rejection(getVouch(client, { voucherId: 1, subjectId: 2, addresses: without }));
      expect(error.name).to.equal("RegistryNotDeployedError");
    });
  });

  describe("given no identity or two", () => {
    it("should refuse by name", async () => {
      const [reader] = world.members;
      const untyped = reader.getProfile as (parameters: object) => Promise<unknown>;
      expect((await rejection(untyped({}))).name).to.equal("InvalidTargetError");
      expect((await rejection(untyped({ id: 1, address: reader.account.address }))).name).to.equal(
        "InvalidTargetError",
      );
    });
    for (const [wrong, parameters] of [
      ["It is not clear which identities are meant.", {}],
      ["It is not clear which identities are meant.", { ids: [1], address: [zeroAddress] }],
      ["`keys` names no identities.", { keys: [zeroAddress] }],
      ["`addresses` is a list, and names no identities.", { addresses: [zeroAddress] }],
      ["`addresses` is a list, and names no identities.", { ids: [1], addresses: [zeroAddress] }],
      ["`ids` is 1, and no list.", { ids: 1 }],
      [`\`address\` is "${zeroAddress}", and no list.`, { address: zeroAddress }],
    ] as const) {
      it(`should name what is meant instead, of many: ${JSON.stringify(parameters)}`, async () => {
        const [reader] = world.members;
        const untyped = reader.getProfiles as (parameters: object) => Promise<unknown>;
        const error = await rejection(untyped(parameters));
        expect(error.name).to.equal("InvalidTargetError");
        expect(error).to.have.property("shortMessage", wrong);
        expect(error.message).to.include("Give either `ids` or `address`, each a list; `addresses` says where the");
      });
    }
  });
});
