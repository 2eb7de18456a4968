import { type Actors, type Kind, newAgent, newFarm, ripen, sum } from "./actors.ts";
import { checkIns, Ledger, thousands } from "./figures.ts";
import { CAP, DAY, openWorld, PERIOD, PERIODS } from "./protocol.ts";

const PUPPETS = 50;
const MILLION = 1_000_000;

interface Farming extends Actors {
  gas: number;
  checkIn?: Actors["act"];
}

/** What a point of support costs whoever grows it. */
export async function measureStanding() {
  const ledger = new Ledger("standing");
  const farm = (kind: Kind) => async (world: Awaited<ReturnType<typeof openWorld>>) => newFarm(world, PUPPETS, kind);
  const minimal = farm({ isShared: true, isApproving: false });
  const full = farm({ isShared: false, isApproving: true });

  await grow("plain", "a plain key", CAP, newAgent);
  await grow("full", `${PUPPETS} contracts with code of their own under one operator`, CAP, full);
  for (const days of [30, 100, 365, CAP]) await grow("shared", `${PUPPETS} minimal proxies`, days, minimal);
  return ledger.figures;

  async function grow(
    id: string,
    who: string,
    days: number,
    make: (world: Awaited<ReturnType<typeof openWorld>>) => Promise<Farming>,
  ) {
    const world = await openWorld();
    const subject = await newAgent(world);
    // Somebody has vouched for the subject before: its first vouch costs a fresh word more, once.
    const other = await newAgent(world);
    await world.time.increase(DAY);
    await other.act(world.calls.pulse());
    await other.act(world.calls.vouch(subject.firstId, 1));

    const farming = await make(world);
    const { gas: made, count } = farming;
    const rounds = await ripen(world, farming, days, farming.checkIn);
    const pulsed = sum(rounds);
    const vouched = await farming.act(world.calls.vouch(subject.firstId, days));
    const total = made + pulsed + vouched;
    const key = `${id}.${days}`;
    const each = (gas: number) => Math.round(gas / count);
    const round = rounds.length === 0 ? 0 : each(pulsed / rounds.length);
    const how =
      `(${thousands(each(made))} to make one + ${checkIns(rounds.length)}${rounds.length === 0 ? "" : ` × ${thousands(round)}`}` +
      ` + ${thousands(each(vouched))} to vouch) / ${thousands(days)} points`;
    ledger.add(`${key}.point`, `a point by ${who} in ${thousands(days)} days`, "gas", total / (count * days), how);
    ledger.add(`${key}.share`, "of it check-ins", "%", (100 * pulsed) / total);
    if (days !== CAP) return;

    const identities = MILLION / days;
    const whole = identities * (each(made) + rounds.length * round + each(vouched));
    const arithmetic =
      `${thousands(identities)} identities × (${thousands(each(made))} + ${rounds.length} × ${thousands(round)} + ` +
      `${thousands(each(vouched))}) = ${thousands(whole)}`;
    ledger.add(`${key}.million`, "1,000,000 points so, after 1,000 days", "gas", whole, arithmetic);
    await world.time.increase((PERIODS - 1) * PERIOD);
    const renewed = each(await farming.act(world.calls.renew(subject.firstId)));
    ledger.add(
      `${key}.year`,
      "keeping them staked for 360 days more",
      "gas",
      identities * renewed,
      `${thousands(identities)} × ${thousands(renewed)} to renew; no check-in`,
    );
  }
}
