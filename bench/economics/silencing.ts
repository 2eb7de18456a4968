import { newAgent, ripen } from "./actors.ts";
import { Ledger } from "./figures.ts";
import { DAY, openWorld, PERIOD, type World } from "./protocol.ts";

/** Longer than any lock. */
const FOREVER = 600 * DAY;

/** For how long a voucher that was deceived cannot warn. */
export async function measureSilencing() {
  const ledger = new Ledger("silencing");
  const scenes: [id: string, what: string, secondsBeforeEnd: number, isRevoking: boolean][] = [
    [
      "revokedFirst",
      "mute after vouching with a point and revoking it in the first hour of a period",
      PERIOD - 3_600,
      true,
    ],
    ["revokedLast", "mute after vouching with a point and revoking it in the last hour of a period", 3_600, true],
    ["kept", "mute after vouching with a point in the first hour of a period and leaving it", PERIOD - 3_600, false],
  ];
  for (const [id, what, secondsBeforeEnd, isRevoking] of scenes) {
    const world = await openWorld();
    const subject = await newAgent(world);
    const witness = await newAgent(world);
    await ripen(world, witness, 10);
    await world.time.increaseTo(world.origin + 2 * PERIOD - secondsBeforeEnd);
    await witness.act(world.calls.vouch(subject.firstId, 1));
    if (isRevoking) await witness.act(world.calls.revoke(subject.firstId));
    const warn = () => witness.act(world.calls.warn(subject.firstId, 1));
    ledger.add(id, what, "days", await mute(world, warn));
  }
  return ledger.figures;
}

/** Days until the action succeeds, found by trying it at many moments, each on a copy of the chain as it is now. */
async function mute(world: World, action: () => Promise<unknown>): Promise<number> {
  const now = await world.time.latest();
  const works = async (seconds: number) => {
    const { restore } = await world.networkHelpers.takeSnapshot();
    await world.time.setNextBlockTimestamp(now + seconds);
    const isDone = await action().then(
      () => true,
      () => false,
    );
    await restore();
    return isDone;
  };
  let [low, high] = [1, FOREVER];
  if (await works(low)) return 0;
  if (!(await works(high))) throw new Error("The voucher is mute for longer than anything is locked.");
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await works(middle)) high = middle;
    else low = middle;
  }
  return high / DAY;
}
