import type { Cast } from "../cast.ts";
import type { Narrator } from "../narrator.ts";
import { refusal } from "../refusal.ts";

/** Bo warns about Dan, who cannot remove it, and Cleo, who was deceived, warns in the place of vouching. */
export async function warning({ ada, bo, cleo, dan, platform }: Cast, narrator: Narrator): Promise<void> {
  narrator.chapter("One is warned about");
  narrator.say(
    "Dan floods a forum. Bo warns about Dan: that stakes points against Dan, and names evidence. It costs Bo too: those points are locked.",
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
    "50 points stand against Dan, beside the 100 for Dan",
    [profile.support, profile.opposition],
    [100, 50],
  );
  narrator.fact("Bo locked 50 points for it", (await platform.getStanding({ id: bo.id })).staked, 50);
  narrator.fact("a warning is evidence, not a verdict: Dan is still active", profile.status, "active");
  const error = await refusal(
    "Dan disowns the warning",
    dan.client.disownSync({ voucherId: bo.id, subjectId: dan.id }),
  );
  narrator.refused("Dan wants to disown it.", error.shortMessage);
  narrator.fact("its subject cannot remove a warning", error.name, "WarningNotDisownableError");

  narrator.pause();
  narrator.say(
    "Cleo vouched for Dan, and was deceived. Cleo does not have to wait until the vouch has ended: a warning takes its place " +
      "at once. The same points stay locked, under the same arbiter.",
  );
  const before = await platform.getStanding({ id: cleo.id });
  const { edge } = await cleo.client.warnSync({
    voucherId: cleo.id,
    subjectId: dan.id,
    stake: 100,
    periods: 3,
    arbiterId: ada.id,
    evidence: "https://forum.example/log/4711",
  });
  const turned = await platform.getSupport({ id: dan.id });
  narrator.fact("nothing stands behind Dan any more, and 150 points stand against Dan", turned, {
    support: 0,
    opposition: 150,
  });
  narrator.fact("it took no other points of Cleo's", await platform.getStanding({ id: cleo.id }), before);
  narrator.fact("Ada can burn them as before", [edge.arbiterId, edge.stake], [ada.id, 100]);
}
