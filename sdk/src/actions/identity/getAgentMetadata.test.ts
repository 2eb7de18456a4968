import { expect } from "chai";
import { hexToString, stringToHex } from "viem";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";

describe("getAgentMetadata", () => {
  const [one, two] = [1, 2];
  let world: World;
  before(async () => {
    world = await openWorld();
    for (const agent of world.members.slice(0, 3)) await agent.registerSync({});
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should read what was written, and nothing where nothing was", async () => {
    const [agent] = world.members;
    await agent.setMetadataSync({ id: one, key: "model", value: stringToHex("lark-2") });
    expect(hexToString(await agent.getAgentMetadata({ id: one, key: "model" }))).to.equal("lark-2");
    expect(await agent.getAgentMetadata({ id: one, key: "other" })).to.equal("0x");
    expect(await agent.getAgentMetadata({ id: two, key: "model" })).to.equal("0x");
    const wallet = await agent.getAgentMetadata({ id: one, key: "agentWallet" });
    expect(wallet).to.equal(agent.account.address.toLowerCase());
  });

  it("should refuse a key that is no text", async () => {
    const error = await rejection(world.members[0].getAgentMetadata({ id: one, key: 7 as never }));
    expect(error.name).to.equal("InvalidTextError");
  });
});
