// Lists of vouches, walked page by page.

import { expect } from "chai";
import { createClient, decodeFunctionData, type Hex, http } from "viem";
import { hardhat } from "viem/chains";
import { guarded } from "../../test/utils/guarded.ts";
import { onEachNode } from "../../test/utils/nodes.ts";
import { rejection } from "../../test/utils/rejection.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import { getVouchers, getVouchesBy, productionAddresses, type Vouch, vouchRegistryAbi } from "../index.ts";

onEachNode("lists of vouches", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
    for (const agent of world.members) await agent.registerSync({});
    await world.earn(...world.members);
    for (const [index, agent] of world.members.entries()) {
      if (index > 0) await agent.vouchSync({ voucherId: index + 1, subjectId: 1, stake: 1, periods: 1 });
    }
  });
  after(() => world.close());

  const connect = (url: string) => createClient({ chain: hardhat, transport: http(url) });
  const all = async (walk: AsyncIterable<Vouch>) => {
    const found: number[] = [];
    for await (const { voucherId } of walk) found.push(voucherId);
    return found;
  };

  it("should be the same whatever the pages, newest pair first", async () => {
    const client = connect(world.url);
    for (const pageSize of [1, 2, 3, 5, 6, 100]) {
      expect(await all(getVouchers(client, { id: 1, pageSize }))).to.deep.equal([6, 5, 4, 3, 2]);
    }
    expect(await all(getVouchers(client, { id: 1, pageSize: 2, limit: 3 }))).to.deep.equal([6, 5, 4]);
    expect(await all(getVouchesBy(client, { id: 3 }))).to.deep.equal([3]);
  });

  it("should ask for less where a node refuses, and miss none", async () => {
    const sizes: bigint[] = [];
    const { url, seen, close } = await guarded(world.url, {
      request: ({ params }) => {
        const [{ data }] = params as [{ data: Hex }];
        const size = decodeFunctionData({ abi: vouchRegistryAbi, data }).args?.[2] as bigint;
        sizes.push(size);
        return size > 2n ? { code: -32_000, message: "execution timeout" } : undefined;
      },
    });
    const found = await all(getVouchers(connect(url), { id: 1 }));
    await close();
    expect(found).to.deep.equal([6, 5, 4, 3, 2]);
    expect(seen.refused).to.equal(3);
    expect(sizes).to.deep.equal([100n, 25n, 7n, 2n, 2n, 2n]);
  });

  it("should ask once where there is no registry", async () => {
    const { url, seen, close } = await guarded(world.url, {});
    const error = await rejection(getVouchers(connect(url), { id: 1, addresses: productionAddresses }).next());
    await close();
    expect(error.name).to.equal("RegistryNotDeployedError");
    expect(seen.requests.filter(({ method }) => method === "eth_call").length).to.equal(1);
  });
});
