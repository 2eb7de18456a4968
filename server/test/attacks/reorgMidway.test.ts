// A reorganisation between the head that a decision is of and what is read for it.
import { shortAddresses, shortParameters } from "@tenure/sdk";
import { expect } from "chai";
import { rejection } from "../../../sdk/test/utils/rejection.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import type { Database } from "../../src/database/index.ts";
import { createFacts, type FactsReader, FactsUnavailableError } from "../../src/facts/index.ts";
import { type ChainName, sqlFacts } from "../../src/index/index.ts";
import { onEachDatabase } from "../utils/databases.ts";
import { startFollowing, untilCaughtUp } from "../utils/following.ts";
import { questionOf } from "../utils/questions.ts";

onEachDatabase("a reorganisation while facts are read", ({ open }) => {
  let world: World;
  let database: Database;
  let following: ReturnType<typeof startFollowing>;
  const { identityRegistry, vouchRegistry } = shortAddresses;
  const name: ChainName = { chainId: 31337, identityRegistry, vouchRegistry };
  before(async () => {
    world = await openWorld();
    await world.members[1].registerSync({});
    database = await open();
    following = startFollowing({ database, client: world.members[0], addresses: shortAddresses, pollingInterval: 20 });
    await untilCaughtUp(database, name, world.members[0]);
  });
  after(async () => {
    await following?.stop();
    await world?.close();
  });

  it("should not give a block the facts of another one of its number", async () => {
    const [client, agent] = world.members;
    const { account } = agent;
    const snapshot = await client.snapshot();
    await agent.suspendSync({ id: 1 });
    await untilCaughtUp(database, name, client);
    const reader = sqlFacts(database, name);
    let happen: (() => Promise<void>) | undefined = async () => {
      await client.revert({ id: snapshot });
      await client.mine({ blocks: 1 });
      await untilCaughtUp(database, name, client);
    };
    /** The block is known, and taken back before anything is read of it. */
    const late: FactsReader = {
      ...reader,
      head: async () => {
        const head = await reader.head();
        await happen?.();
        happen = undefined;
        return head;
      },
    };
    const facts = createFacts({
      chains: [
        {
          ...{ chainId: 31337, registry: identityRegistry, reader: late, anchors: [], maxLag: 60, freshBy: "answer" },
          periods: shortParameters,
        },
      ],
    });
    const question = questionOf(`eip155:31337:${account.address}`);
    const asked = await client.getBlock();
    const error = await rejection(facts.getFacts(question));
    expect(error).to.be.instanceOf(FactsUnavailableError);
    expect(String(error)).to.include("taken back");
    facts.changed(31337);
    const gathered = await facts.getFacts(question);
    expect(gathered.facts.identity.status).to.equal("active");
    expect(gathered.blocks[0]?.number).to.equal(asked.number);
  });
});
