import { expect } from "chai";
import { type Address, createClient, type Hex, http, numberToHex, zeroAddress } from "viem";
import { hardhat, mainnet } from "viem/chains";
import { guarded } from "../../test/utils/guarded.ts";
import { rejection } from "../../test/utils/rejection.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import { rpcStatusSource, shortAddresses } from "../index.ts";

const handleOf = (number: number): Hex => numberToHex(number, { size: 32 });

describe("rpcStatusSource", () => {
  const { delegationRegistry: registry = zeroAddress, identityRegistry: foreign } = shortAddresses;
  let world: World;
  let account: Address;
  before(async () => {
    world = await openWorld();
    const [one] = world.members;
    account = one.account.address;
    await one.revokeDelegationSync({ handle: handleOf(1) });
    await one.advanceDelegationEpochSync({});
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  const ask = (handle: number) => ({ chainId: hardhat.id, registry, account, handle: handleOf(handle) });

  it("should answer in the order asked, and ask once, whatever the case of an address", async () => {
    const { url, seen, close } = await guarded(world.url, {});
    const client = createClient({ chain: hardhat, transport: http(url, { retryCount: 0 }) });
    const source = rpcStatusSource([client]);
    const small = { ...ask(1), registry: registry.toLowerCase() as Address };
    expect(await source.statuses([ask(2), small, ask(2)])).to.deep.equal([
      { isRevoked: false, epoch: 1n },
      { isRevoked: true, epoch: 1n },
      { isRevoked: false, epoch: 1n },
    ]);
    expect(seen.requests.filter(({ method }) => method === "eth_call")).to.have.length(1);
    expect(await source.statuses([])).to.deep.equal([]);
    await close();
  });

  it("should ask a client that names no chain which one it is of", async () => {
    const source = rpcStatusSource([createClient({ transport: http(world.url) })]);
    expect(await source.statuses([ask(1)])).to.deep.equal([{ isRevoked: true, epoch: 1n }]);
  });

  it("should say nothing of grants where other code is, or nobody can be asked", async () => {
    const client = createClient({ chain: hardhat, transport: http(world.url) });
    const elsewhere = createClient({ chain: mainnet, transport: http(world.url) });
    const wrong = await rejection(rpcStatusSource([client]).statuses([ask(1), { ...ask(1), registry: foreign }]));
    expect(wrong.name).to.equal("ForeignDelegationRegistryError");
    const unknown = await rejection(rpcStatusSource([elsewhere]).statuses([ask(1)]));
    expect(unknown).to.include({ name: "NoClientForChainError" });
    expect(unknown.message).to.include("chain 31337").and.include("clients for 1.");
    const other = await rejection(rpcStatusSource([elsewhere]).statuses([{ ...ask(1), chainId: 1 }]));
    expect(other.name).to.equal("WrongChainError");
  });
});
