import { expect } from "chai";
import { type Chain, createClient, http } from "viem";
import { mainnet } from "viem/chains";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { revokeDelegation, shortAddresses } from "../../index.ts";

const handle = `0x${"a1".repeat(32)}` as const;

onEachNode("revokeDelegation", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should revoke the account's grant, for ever, and say whose it was", async () => {
    const [issuer, other] = world.members;
    const { address } = issuer.account;
    expect(await other.getDelegationStatus({ issuer: address, handle })).to.deep.equal({ isRevoked: false, epoch: 0n });
    const { issuer: whose, handle: which, receipt } = await issuer.revokeDelegationSync({ handle });
    expect([whose, which]).to.deep.equal([address, handle]);
    expect(receipt.to?.toLowerCase()).to.equal(shortAddresses.delegationRegistry?.toLowerCase());
    expect(await other.getDelegationStatus({ issuer: address, handle })).to.deep.equal({ isRevoked: true, epoch: 0n });
    const others = { issuer: other.account.address, handle };
    expect(await other.getDelegationStatus(others)).to.deep.equal({ isRevoked: false, epoch: 0n });
  });

  it("should be done again, which changes nothing and is logged", async () => {
    const [issuer] = world.members;
    await issuer.revokeDelegationSync({ handle });
    const { issuer: whose } = await issuer.revokeDelegationSync({ handle });
    expect(whose).to.equal(issuer.account.address);
  });

  it("should refuse what is no handle before anything is asked", async () => {
    const [issuer] = world.members;
    const error = await rejection(issuer.revokeDelegation({ handle: "0x12" }));
    expect(error.name).to.equal("InvalidBytes32Error");
    expect(error.message).to.include("handle");
  });

  it("should say by name that no registry is known, where only the two others are", async () => {
    const [{ account }] = world.members;
    const { identityRegistry, vouchRegistry } = shortAddresses;
    const client = createClient({ account, chain: mainnet as Chain, transport: http(world.url) });
    const error = await rejection(revokeDelegation(client, { handle, addresses: { identityRegistry, vouchRegistry } }));
    expect(error.name).to.equal("DeploymentNotFoundError");
    expect(error.message)
      .to.include("No DelegationRegistry is known on chain 1.")
      .and.include("tenureDelegationRegistry");
  });

  it("should say by name that nothing is at the address", async () => {
    const [issuer] = world.members;
    const addresses = { ...shortAddresses, delegationRegistry: "0x00000000000000000000000000000000000000AA" } as const;
    const error = await rejection(issuer.revokeDelegation({ handle, addresses }));
    expect(error.name).to.equal("RegistryNotDeployedError");
  });
});
