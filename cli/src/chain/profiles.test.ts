import { getProfiles } from "@tenure/sdk";
import { expect } from "chai";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { settle } from "../../test/utils/acting.ts";
import { thisMoment, walkProfiles } from "./profiles.ts";

describe("walkProfiles", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await settle(world, 5);
  });
  after(() => world.close());

  it("should read all of them in order, page by page, as they were at one moment", async () => {
    const [client] = world.members;
    const moment = await thisMoment(client);
    const expected = await getProfiles(client, { ids: [1, 2, 3, 4, 5] });
    const walk = walkProfiles(client, moment, { from: 1, page: 2 });
    const first = await walk.next();
    // What happens meanwhile is no part of it.
    await world.members[5].retireSync({ id: 5 });
    const rest = [];
    for await (const profile of walk) rest.push(profile);
    expect([first.value, ...rest]).to.deep.equal(expected);
  });

  it("should begin at the number given, and end where there is none", async () => {
    const [client] = world.members;
    const moment = await thisMoment(client);
    const ids: number[] = [];
    for await (const { id } of walkProfiles(client, moment, { from: 4 })) ids.push(id);
    for await (const { id } of walkProfiles(client, moment, { from: 6 })) ids.push(id);
    expect(ids).to.deep.equal([4, 5]);
  });
});
