// What a node finds that a call takes is found at the time of its latest block, and the call is made in a later one.
import { expect } from "chai";
import type { Hex } from "viem";
import { getParameters } from "../src/index.ts";
import { offerOf } from "./utils/edgeStory.ts";
import { onEachNode } from "./utils/nodes.ts";
import { openWorld, type World } from "./utils/world.ts";

onEachNode("gas, where time passes between estimate and block", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
    for (const member of world.members.slice(0, 5)) await member.registerSync({});
    await world.earn(...world.members.slice(0, 5));
    const [one, two, three, four] = world.members;
    await four.setArbitrationSync({ id: 4, isOpen: true });
    await one.vouchSync({ ...offerOf(1, 2), periods: 2, arbiterId: 4 });
    await two.warnSync({ ...offerOf(2, 3), periods: 2 });
    await three.vouchSync({ ...offerOf(3, 1), periods: 1 });
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  const writes: Record<string, () => Promise<Hex>> = {
    pulse: () => world.members[0].pulse({ id: 1 }),
    pulseFor: async () => world.members[5].pulseFor({ signed: await world.members[0].signPulse({ id: 1 }) }),
    "vouch, a first one": () => world.members[4].vouch({ ...offerOf(5, 2), periods: 1 }),
    "vouch, another one": () => world.members[0].vouch({ ...offerOf(1, 3), periods: 1 }),
    warn: () => world.members[4].warn({ ...offerOf(5, 3), periods: 1 }),
    vouchFor: async () =>
      world.members[5].vouchFor({ signed: await world.members[4].signVouch({ ...offerOf(5, 2), periods: 1 }) }),
    renew: () => world.members[0].renew({ voucherId: 1, subjectId: 2, periods: 3 }),
    revoke: () => world.members[0].revoke({ voucherId: 1, subjectId: 2 }),
    disown: () => world.members[1].disown({ voucherId: 1, subjectId: 2 }),
    burn: () => world.members[3].burn({ voucherId: 1, subjectId: 2, amount: 1, evidence: "" }),
    rotateKey: async () => world.members[0].rotateKey({ signed: await world.members[5].signRotateKey({ id: 1 }) }),
    suspend: () => world.members[0].suspend({ id: 1 }),
  };

  /** Mines a block a moment before something changes, estimates and sends, and mines a moment after it. */
  async function across(moment: number, send: () => Promise<Hex>): Promise<string> {
    const [tool] = world.members;
    await tool.setNextBlockTimestamp({ timestamp: BigInt(moment - 1) });
    await tool.mine({ blocks: 1 });
    await tool.setAutomine(false);
    try {
      const hash = await send();
      await tool.setNextBlockTimestamp({ timestamp: BigInt(moment + 1) });
      await tool.mine({ blocks: 1 });
      return (await tool.getTransactionReceipt({ hash })).status;
    } finally {
      await tool.setAutomine(true);
    }
  }

  for (const [name, send] of Object.entries(writes)) {
    it(`should suffice for ${name} when a period ends, and when the longest silence is reached`, async () => {
      const { origin, period, maxSilence } = await getParameters(world.members[0]);
      const now = await world.now();
      const end = origin + (Math.floor((now - origin) / period) + 1) * period;
      expect(await across(end, send), "period").to.equal("success");
      await world.reset();
      const { lastSeen } = await world.members[0].getIdentity({ id: 1 });
      expect(await across(lastSeen + maxSilence, send), "silence").to.equal("success");
    });
  }
});
