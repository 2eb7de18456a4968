import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";

onEachNode("setAgentURI and setMetadata", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should change what the identity says of itself", async () => {
    const [agent] = world.members;
    const { id } = await agent.registerSync({});
    const uri = await agent.setAgentURISync({ id, agentURI: "ipfs://next" });
    expect(uri).to.deep.include({ id, agentURI: "ipfs://next", by: agent.account.address });
    const metadata = await agent.setMetadataSync({ id, key: "k", value: "0x01" });
    expect(metadata).to.deep.include({ id, key: "k", value: "0x01" });
  });
});
