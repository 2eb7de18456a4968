import { identityRegistryAbi, shortAddresses } from "@tenure/sdk";
import { type Agent, agentsOf, type Cast } from "../cast.ts";
import { span } from "../format.ts";
import type { Narrator } from "../narrator.ts";

/** A little less than the half hour of silence that a check-in credits. */
const STEP = 1_795;
const WEEK = 7 * 86_400;
const ROUNDS = Math.ceil(WEEK / STEP);
/** Cleo wakes up two days before the end. */
const CLEO_FROM = ROUNDS - Math.ceil((2 * 86_400) / STEP);

/** A week passes; some check in, some do not. */
export async function week(cast: Cast, narrator: Narrator): Promise<void> {
  const { ada, bo, cleo, dan, platform } = cast;
  narrator.chapter("A week passes");
  narrator.say(
    "Ada and Bo check in every half hour. Cleo sleeps for five days first. Dan never comes back. Only witnessed time " +
      "counts: a check-in credits the silence before it, and at most half an hour of it.",
  );
  const before = await platform.getBlockNumber();
  const sent = await playCheckIns(cast, (round) => (round < CLEO_FROM ? [ada, bo] : [ada, bo, cleo]));

  const profiles = await platform.getProfiles({ ids: agentsOf(cast).map(({ id }) => id) });
  const { timestamp } = await platform.getBlock();
  narrator.table(
    ["agent", "check-ins", "age", "tenure", "standing"],
    profiles.map(({ id, firstSeen, tenure, standing }, index) => {
      const { name } = agentsOf(cast)[index] as Agent;
      return [name, String(sent.get(id) ?? 0), span(Number(timestamp) - firstSeen), span(tenure), String(standing)];
    }),
    ["left", "right", "right", "right", "right"],
  );

  const byId = new Map(profiles.map((profile) => [profile.id, profile]));
  narrator.fact(
    "all are a week old",
    profiles.map(({ firstSeen }) => Number(timestamp) - firstSeen >= WEEK),
    [true, true, true, true],
  );
  narrator.fact(
    "Ada and Bo have a week of tenure",
    [ada, bo].map(({ id }) => (byId.get(id)?.tenure ?? 0) >= WEEK),
    [true, true],
  );
  narrator.fact("Dan's week counts for half an hour: idle time is nobody's", byId.get(dan.id)?.tenure, 1_800);
  narrator.fact(
    "a minute of tenure is a point here, up to 1000",
    [ada, dan].map(({ id }) => byId.get(id)?.standing),
    [1_000, 30],
  );
  const checkIns = await platform.getContractEvents({
    abi: identityRegistryAbi,
    address: shortAddresses.identityRegistry,
    eventName: "Pulse",
    fromBlock: before + 1n,
  });
  const all = [...sent.values()].reduce((sum, count) => sum + count, 0);
  narrator.fact(`all ${all} check-ins are in the chain's log`, checkIns.length, all);
}

/** One block a round, with the check-ins of everybody who is awake. */
async function playCheckIns({ platform }: Cast, awake: (round: number) => Agent[]): Promise<Map<number, number>> {
  const sent = new Map<number, number>();
  let { timestamp } = await platform.getBlock();
  await platform.setAutomine(false);
  for (let round = 0; round < ROUNDS; round++) {
    timestamp += BigInt(STEP);
    await Promise.all(
      awake(round).map(async ({ id, client }) => {
        const { to, data } = client.pulse.call({ id });
        // The chain holds the keys of its test accounts: one request each, where signing here would take several.
        await client.sendTransaction({ account: client.account.address, chain: null, to, data, gas: 100_000n });
        sent.set(id, (sent.get(id) ?? 0) + 1);
      }),
    );
    await platform.setNextBlockTimestamp({ timestamp });
    await platform.mine({ blocks: 1 });
  }
  await platform.setAutomine(true);
  return sent;
}
