import { rpcReader } from "@tenure/sdk";
import { expect } from "chai";
import { onEachDatabase } from "../../../test/utils/databases.ts";
import { expectSameEvents, expectSameFacts, startFollowing, untilCaughtUp } from "../../../test/utils/following.ts";
import { openStory, type ScenarioName } from "../../../test/utils/story.ts";
import { sqlFacts } from "../index.ts";

const programs: [ScenarioName, number][] = [
  ["guardians", 21],
  ["quarrels", 22],
  ["short", 23],
];

onEachDatabase("followChain", ({ open }) => {
  for (const [scenario, seed] of programs) {
    it(`should know what the node knows, through reorganisations: ${scenario}, seed ${seed}`, async () => {
      const story = await openStory(scenario, seed);
      const { client, addresses, name } = story;
      const database = await open();
      const following = startFollowing({ database, client, addresses, reach: 100, chunkSize: 37 });
      try {
        await story.act(60);
        await untilCaughtUp(database, name, client);
        await expectSameFacts(database, story, (await rpcReader(client).head()).number);
        for (const depth of [1, 5, 30]) {
          const takeBack = await story.remember();
          await story.act(depth);
          await untilCaughtUp(database, name, client);
          await takeBack();
          await story.act(depth + 1);
          await untilCaughtUp(database, name, client);
          await expectSameEvents(database, story);
          const { number } = await sqlFacts(database, name).head();
          expect(await expectSameFacts(database, story, number)).to.be.greaterThan(40);
          for (const before of [1n, 7n]) await expectSameFacts(database, story, number - before);
        }
        expect(following.problems).to.deep.equal([]);
      } finally {
        await following.stop();
        await database.close();
      }
    });
  }
});
