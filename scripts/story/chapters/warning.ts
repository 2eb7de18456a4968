import type { Cast } from "../cast.ts";
import type { Narrator } from "../narrator.ts";
import { refusal } from "../refusal.ts";

/** Bo warns about Dan, who cannot shake it off. */
export async function warning({ bo, cleo, dan, platform }: Cast, narrator: Narrator): Promise<void> {
  narrator.chapter("One is warned about");
  narrator.say(
    "Dan comes back and floods a forum. Bo warns about him: points against, with evidence. It is dear to Bo too.",
  );
  await bo.client.warnSync({
    voucherId: bo.id,
    subjectId: dan.id,
    stake: 50,
    periods: 4,
    arbiterId: cleo.id,
    evidence: "https://forum.example/log/4711",
  });
  const profile = await platform.getProfile({ id: dan.id });
  narrator.table(
    ["agent", "status", "points for", "points against"],
    [[dan.name, profile.status, String(profile.support), String(profile.opposition)]],
    ["left", "left", "right", "right"],
  );
  narrator.fact(
    "50 points stand against Dan, beside the 100 for him",
    [profile.support, profile.opposition],
    [100, 50],
  );
  narrator.fact("Bo locked 50 of his own for it", (await platform.getStanding({ id: bo.id })).staked, 50);
  narrator.fact("a warning is evidence, not a verdict: Dan is still active", profile.status, "active");
  const error = await refusal(
    "Dan disowns the warning",
    dan.client.disownSync({ voucherId: bo.id, subjectId: dan.id }),
  );
  narrator.refused("Dan wants to disown it.", error.shortMessage);
  narrator.fact("a warning cannot be waved away", error.name, "WarningNotDisownableError");
}
