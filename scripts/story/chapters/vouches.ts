import type { Vouch } from "@tenure/sdk";
import { type Agent, agentsOf, type Cast } from "../cast.ts";
import type { Narrator } from "../narrator.ts";
import { refusal } from "../refusal.ts";

/** Three vouches are made; one is too large. */
export async function vouches(cast: Cast, narrator: Narrator): Promise<void> {
  const { ada, bo, cleo, dan, platform } = cast;
  narrator.chapter("They stake their standing on each other");
  narrator.say(
    "A vouch locks points for some periods, of an hour each here. Whoever makes it chooses an arbiter, who may burn the " +
      "points if the vouch was a lie. Nobody is made an arbiter without agreeing: Ada does, and Cleo.",
  );
  for (const { id, client } of [ada, cleo]) await client.setArbitrationSync({ id, isOpen: true });
  await stake(ada, bo, 200, cleo);
  await stake(cleo, bo, 120, ada);
  await stake(cleo, dan, 100, ada);
  narrator.table(
    ["voucher", "for", "points", "arbiter", "state"],
    [...(await vouchesFor(cast, bo)), ...(await vouchesFor(cast, dan))],
    ["left", "left", "right"],
  );
  narrator.fact("320 points stand behind Bo", await platform.getSupport({ id: bo.id }), {
    support: 320,
    opposition: 0,
  });
  const { standing, staked, free } = await platform.getStanding({ id: ada.id });
  narrator.fact(
    "Ada staked 200 of 1000 points, and 800 are free",
    { standing, staked, free },
    {
      standing: 1_000,
      staked: 200,
      free: 800,
    },
  );
  const attempt = stake(dan, bo, 300, ada);
  const error = await refusal("Dan vouches with 300 points", attempt);
  narrator.refused("Dan wants to vouch for Bo with 300 points.", error.shortMessage);
  narrator.fact("nobody stakes points that they do not have", error.name, "InsufficientStandingError");
}

async function stake(voucher: Agent, subject: Agent, points: number, arbiter: Agent): Promise<void> {
  const ids = { voucherId: voucher.id, subjectId: subject.id, arbiterId: arbiter.id };
  await voucher.client.vouchSync({ ...ids, stake: points, periods: 3 });
}

/** What is staked on somebody, as rows of a table. */
export async function vouchesFor(cast: Cast, subject: Agent): Promise<string[][]> {
  const nameOf = (id: number | undefined) => agentsOf(cast).find((agent) => agent.id === id)?.name ?? "nobody";
  const rows: Vouch[] = [];
  for await (const vouch of cast.platform.getVouchers({ id: subject.id })) rows.unshift(vouch);
  return rows.map(({ voucherId, stake, arbiterId, state }) => [
    nameOf(voucherId),
    subject.name,
    String(stake),
    nameOf(arbiterId),
    state,
  ]);
}
