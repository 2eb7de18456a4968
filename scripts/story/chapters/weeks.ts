import { formatDuration, identityRegistryAbi, shortAddresses } from "@tenure/sdk";
import { type Agent, agentsOf, type Cast } from "../cast.ts";
import type { Narrator } from "../narrator.ts";

/** A little less than the half hour of silence that a check-in credits. */
const STEP = 1_795;
const DAY = 86_400;
/** What the platform of the last chapter demands, and one more day. */
const WHOLE = 46 * DAY;
const ROUNDS = Math.ceil(WHOLE / STEP);
/** Ada and Cleo begin to check in so many days before the end. */
const ADA_FROM = ROUNDS - Math.ceil((7 * DAY) / STEP);
const CLEO_FROM = ROUNDS - Math.ceil((2 * DAY) / STEP);

/** Weeks pass; some check in, some do not. */
export async function weeks(cast: Cast, narrator: Narrator): Promise<void> {
  const { ada, bo, cleo, dan, platform } = cast;
  narrator.chapter("Weeks pass");
  narrator.say(
    "Bo checks in every half hour, for 46 days. Ada begins in the last week, Cleo in the last two days. Dan " +
      "never does. Only check-ins earn: each credits the silence before it, and at most half an hour of it.",
  );
  const before = await platform.getBlockNumber();
  const sent = await playCheckIns(cast, (round) =>
    round < ADA_FROM ? [bo] : round < CLEO_FROM ? [ada, bo] : [ada, bo, cleo],
  );

  const profiles = await platform.getProfiles({ ids: agentsOf(cast).map(({ id }) => id) });
  const { timestamp } = await platform.getBlock();
  narrator.table(
    ["agent", "check-ins", "age", "tenure", "standing"],
    profiles.map(({ id, firstSeen, tenure, standing }, index) => {
      const { name } = agentsOf(cast)[index] as Agent;
      return [
        name,
        String(sent.get(id) ?? 0),
        formatDuration(Number(timestamp) - firstSeen),
        formatDuration(tenure),
        String(standing),
      ];
    }),
    ["left", "right", "right", "right", "right"],
  );

  const byId = new Map(profiles.map((profile) => [profile.id, profile]));
  narrator.fact(
    "all are 46 days old",
    profiles.map(({ firstSeen }) => Number(timestamp) - firstSeen >= WHOLE),
    [true, true, true, true],
  );
  narrator.fact(
    "Bo has 46 days of tenure, and Ada a week",
    [bo, ada].map(({ id }, index) => (byId.get(id)?.tenure ?? 0) >= (index === 0 ? WHOLE : 7 * DAY)),
    [true, true],
  );
  narrator.fact("Dan has no tenure: time without check-ins does not count", byId.get(dan.id)?.tenure, 0);
  narrator.fact(
    "a minute of tenure is a point here, up to 1000",
    [ada, dan].map(({ id }) => byId.get(id)?.standing),
    [1_000, 0],
  );
  const checkIns = await platform.getContractEvents({
    abi: identityRegistryAbi,
    address: shortAddresses.identityRegistry,
    eventName: "Pulse",
    fromBlock: before + 1n,
  });
  const all = [...sent.values()].reduce((sum, count) => sum + count, 0);
  narrator.fact(`all ${all} check-ins are in the chain's log`, checkIns.length, all);

  narrator.pause();
  narrator.say("Now Dan checks in, once.");
  const { result: promised } = await dan.client.pulse.simulate({ id: dan.id });
  await dan.client.pulseSync({ id: dan.id });
  const { tenure, standing } = await platform.getProfile({ id: dan.id });
  narrator.fact("that earns Dan half an hour of 46 days", [promised, tenure], [1_800, 1_800]);
  narrator.fact("Dan has 30 points", standing, 30);
}

/** One block a round, with the check-ins of everybody who checks in then. */
async function playCheckIns({ platform }: Cast, active: (round: number) => Agent[]): Promise<Map<number, number>> {
  const sent = new Map<number, number>();
  let { timestamp } = await platform.getBlock();
  await platform.setAutomine(false);
  for (let round = 0; round < ROUNDS; round++) {
    timestamp += BigInt(STEP);
    await Promise.all(
      active(round).map(async ({ id, client }) => {
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
