import type { Cast } from "../cast.ts";
import type { Narrator } from "../narrator.ts";

/** Ada, the arbiter that Cleo chose, burns points that Cleo staked on Dan. */
export async function burn({ ada, cleo, dan, platform }: Cast, narrator: Narrator): Promise<void> {
  narrator.chapter("A stake is burned");
  narrator.say(
    "Cleo vouched for Dan without checking, and a warning in its place does not undo that. Ada, the arbiter that Cleo " +
      "chose, burns 60 of the 100 points. Nobody gets them.",
  );
  const before = await platform.getStanding({ id: cleo.id });
  const pair = { voucherId: cleo.id, subjectId: dan.id };
  const { amount } = await ada.client.burnSync({ ...pair, amount: 60, evidence: "https://forum.example/log/4711" });
  const after = await platform.getStanding({ id: cleo.id });
  narrator.table(
    ["Cleo", "standing", "staked", "burned", "scars"],
    [before, after].map(({ standing, staked, burned, scars }, index) => [
      index === 0 ? "before" : "after",
      ...[standing, staked, burned, scars].map(String),
    ]),
    ["left", "right", "right", "right", "right"],
  );
  narrator.fact("60 points were burned, and Cleo has a scar", [amount, after.burned, after.scars], [60, 60, 1]);
  narrator.fact("Cleo's standing fell by 60, for ever", before.standing - after.standing, 60);
  narrator.fact("what Cleo has staked fell by 60", before.staked - after.staked, 60);
  narrator.fact("40 points of Cleo's still stand against Dan", (await platform.getVouch(pair)).stake, 40);
}
