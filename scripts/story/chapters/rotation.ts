import { formatHex } from "@tenure/sdk";
import type { Cast } from "../cast.ts";
import { moment } from "../format.ts";
import type { Narrator } from "../narrator.ts";
import { vouchesFor } from "./vouches.ts";

/** Bo moves to another key: the vouches for Bo lapse, and are affirmed again. */
export async function rotation(cast: Cast, narrator: Narrator): Promise<void> {
  const { ada, bo, cleo, platform, nextKey } = cast;
  narrator.chapter("One changes its key");
  narrator.say(
    "Bo moves to another machine and another key, which consents. The identity keeps its age. But vouches are given " +
      "to a key: whoever buys an identity does not buy the trust in it.",
  );
  const before = await platform.getProfile({ id: bo.id });
  const oldKey = bo.client.account.address;
  const consent = await nextKey.signRotateKey({ id: bo.id });
  const { keyEpoch } = await bo.client.rotateKeySync({ signed: consent });
  bo.client = nextKey;

  const after = await platform.getProfile({ id: bo.id });
  narrator.table(
    ["", "owner", "key epoch", "first seen (UTC)", "points for"],
    [before, after].map(({ owner, keyEpoch, firstSeen, support }, index) => [
      index === 0 ? "before" : "after",
      formatHex(owner),
      String(keyEpoch),
      moment(firstSeen),
      String(support),
    ]),
    ["left", "left", "right", "left", "right"],
  );
  narrator.fact(
    "the next key owns identity 2, in its first epoch after the change",
    [after.owner, keyEpoch],
    [nextKey.account.address, 1],
  );
  narrator.fact("the old key speaks for nobody", await roleOf(cast, oldKey), "former");
  narrator.fact("age and tenure stayed", [after.firstSeen, after.tenure >= before.tenure], [before.firstSeen, true]);
  narrator.fact(
    "both vouches lapsed: nothing stands behind the next key",
    [after.support, await states(cast)],
    [0, ["lapsed", "lapsed"]],
  );

  narrator.pause();
  narrator.say("Ada and Cleo know that it is Bo, and say so: each affirms the vouch for the next key.");
  await ada.client.renewSync({ voucherId: ada.id, subjectId: bo.id, periods: 3 });
  await cleo.client.renewSync({ voucherId: cleo.id, subjectId: bo.id, periods: 3 });
  narrator.table(["voucher", "for", "points", "arbiter", "state"], await vouchesFor(cast, bo), [
    "left",
    "left",
    "right",
  ]);
  narrator.fact("320 points stand behind Bo again", (await platform.getSupport({ id: bo.id })).support, 320);
}

async function roleOf({ platform }: Cast, address: `0x${string}`): Promise<string> {
  return (await platform.resolveKey({ address })).role;
}

async function states(cast: Cast): Promise<string[]> {
  return (await vouchesFor(cast, cast.bo)).map((row) => row.at(-1) ?? "");
}
