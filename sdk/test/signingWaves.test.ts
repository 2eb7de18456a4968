// How often a signature waits for the node. What needs no other answer is asked for at once.

import { expect } from "chai";
import { createClient, custom } from "viem";
import { hardhat } from "viem/chains";
import { shortParameters, signRevoke, signVouch, signWarn } from "../src/index.ts";
import { openWorld, type World } from "./utils/world.ts";

describe("requests that a signature makes", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    const [, one, two, three] = world.members;
    for (const agent of [one, two, three]) await agent.registerSync({});
    await world.wait(shortParameters.maxSilence);
    await one.pulseSync({ id: 1 });
    await one.vouchSync({ voucherId: 1, subjectId: 3, stake: 1, periods: 1 });
  });
  after(() => world.close());

  /** A client whose node answers only once nobody asks any more, and then all at once: how many are asked in each wave. */
  function waving() {
    const [, one] = world.members;
    const waves: number[] = [];
    let waiting: (() => void)[] = [];
    const request = async ({ method, params }: { method: string; params?: unknown }) => {
      await new Promise<void>((resolve) => {
        if (waiting.push(resolve) > 1) return;
        setImmediate(() =>
          setImmediate(() => {
            waves.push(waiting.length);
            const answered = waiting;
            waiting = [];
            for (const answer of answered) answer();
          }),
        );
      });
      return one.request({ method, params } as never);
    };
    const client = createClient({ account: one.account, chain: hardhat, transport: custom({ request }) });
    return { client, waves };
  }

  const offer = { voucherId: 1, subjectId: 2, stake: 2, periods: 1 };

  it("should all be on their way at once for a vouch and for a warning", async () => {
    for (const sign of [signVouch, signWarn]) {
      const { client, waves } = waving();
      await sign(client, { ...offer, arbiterId: 3 });
      // Voucher, subject and arbiter, what the pair has, the nonces, the time now and of the next block; and once for a client, its chain.
      expect(waves).to.deep.equal([8]);
    }
  });

  it("should all be on their way at once for a revocation", async () => {
    const { client, waves } = waving();
    await signRevoke(client, { voucherId: 1, subjectId: 3 });
    expect(waves).to.deep.equal([6]);
  });

  it("should leave what is said first to the parameters, and not to the node", async () => {
    const { client } = waving();
    const reason = async (parameters: object) =>
      signVouch(client, { ...offer, ...parameters }).catch(({ name }: Error) => name);
    expect(await reason({ voucherId: 2, subjectId: 99 })).to.equal("NotOwnerError");
    expect(await reason({ subjectId: 99, arbiterId: 98 })).to.equal("UnknownIdentityError");
  });
});
