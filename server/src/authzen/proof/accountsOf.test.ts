import { rpcReader, shortAddresses } from "@tenure/sdk";
import { expect } from "chai";
import { openWorld, type World } from "../../../../sdk/test/utils/world.ts";
import { accountsOf } from "./accountsOf.ts";

describe("the accounts of a subject", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    const [, one, two, wallet] = world.members;
    await one.registerSync({});
    await two.registerSync({});
    await one.setAgentWalletSync({ signed: await wallet.signAgentWallet({ id: 1 }) });
  });
  after(() => world.close());

  it("should be the owner and the wallet of the identity that is meant, of no other one", async () => {
    const registry = shortAddresses.identityRegistry;
    const accounts = accountsOf([{ chainId: 31337, registry, reader: rpcReader(world.members[0]) }]);
    const of = (id: string) => accounts({ type: "agent", id });
    const [owner, wallet] = [1, 3].map((at) => `eip155:31337:${world.members[at]?.account.address.toLowerCase()}`);
    expect(await of(`eip155:31337/erc721:${registry}/1`)).to.deep.equal([owner, wallet]);
    expect(await of(`did:aip:eip155:31337:${registry.toLowerCase()}:1`)).to.deep.equal([owner, wallet]);
    expect(await of(`eip155:31337/erc721:${registry}/99`)).to.deep.equal([]);
    for (const id of [
      `eip155:1/erc721:${registry}/1`,
      `eip155:31337/erc721:0x${"a".repeat(40)}/1`,
      owner ?? "",
      "1",
      "",
    ]) {
      expect(await of(id), id).to.equal(undefined);
    }
  });
});
