import { expect } from "chai";
import { createClient, http } from "viem";
import { hardhat } from "viem/chains";
import { guarded } from "../../../test/utils/guarded.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import {
  deployRegistries,
  getParameters,
  productionParameters,
  shortAddresses,
  shortParameters,
  tenurePublicActions,
} from "../../index.ts";

describe("getParameters", () => {
  let world: World;
  let isBusy = false;
  let node: Awaited<ReturnType<typeof guarded>>;
  const open = () => createClient({ chain: hardhat, transport: http(node.url, { retryCount: 0 }) });
  before(async () => {
    world = await openWorld();
    node = await guarded(world.url, {
      request: () => (isBusy ? { code: -32_005, message: "asked too often" } : undefined),
    });
  });
  after(async () => {
    await node.close();
    await world.close();
  });
  beforeEach(() => {
    isBusy = false;
    node.seen.requests.length = 0;
  });

  it("should read what the registries were made with", async () => {
    expect(await getParameters(open())).to.deep.equal(shortParameters);
    expect(await open().extend(tenurePublicActions()).getParameters()).to.deep.equal(shortParameters);
  });

  it("should tell two deployments apart, on one client", async () => {
    const [deployer] = world.members;
    const { addresses } = await deployRegistries(deployer, { parameters: productionParameters });
    const client = open();
    expect(await getParameters(client, { addresses })).to.deep.equal(productionParameters);
    expect(await getParameters(client)).to.deep.equal(shortParameters);
    expect(await client.extend(tenurePublicActions({ addresses })).getParameters()).to.deep.equal(productionParameters);
  });

  it("should ask once, whoever asks and whatever was done to the answer", async () => {
    const client = open();
    const [first, second] = await Promise.all([getParameters(client), getParameters(client)]);
    const asked = node.seen.requests.length;
    // Once per client, its chain.
    expect(asked).to.equal(6 + 1);
    first.cap = 0;
    expect(second).to.deep.equal(shortParameters);
    expect(await client.extend(tenurePublicActions()).getParameters({})).to.deep.equal(shortParameters);
    expect(node.seen.requests).to.have.length(asked);
  });

  it("should ask again after it was not answered", async () => {
    const client = open();
    isBusy = true;
    expect((await rejection(getParameters(client))).message).to.include("asked too often");
    isBusy = false;
    expect(await getParameters(client)).to.deep.equal(shortParameters);
  });

  it("should say that no code is at an address", async () => {
    const addresses = { ...shortAddresses, vouchRegistry: world.members[0].account.address };
    const error = await rejection(getParameters(open(), { addresses }));
    expect(error.name).to.equal("RegistryNotDeployedError");
    expect(error.message).to.include(addresses.vouchRegistry);
  });
});
