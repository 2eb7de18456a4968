import { newAgent } from "./actors.ts";
import { Ledger } from "./figures.ts";
import { DAY, MAX_SILENCE, openWorld } from "./protocol.ts";

/** How many points an identity has that registers, and never sends anything again. */
export async function measureFirstPoints() {
  const ledger = new Ledger("first");
  const world = await openWorld();
  const idle = await newAgent(world);
  const born = await world.time.latest();
  for (const days of [10, 30, 365]) {
    await world.time.increaseTo(born + days * DAY);
    const points = await world.freePoints(idle.firstId);
    ledger.add(`idle.${days}`, `points of a key that did nothing but register, ${days} days ago`, "points", points);
  }

  const other = await newAgent(world);
  await world.time.increase(MAX_SILENCE);
  const before = await world.freePoints(other.firstId);
  const pulsed = await other.act(world.calls.pulse());
  const after = await world.freePoints(other.firstId);
  const gas = other.gas + (before < after ? pulsed : 0);
  const how = before < after ? "it registers and checks in once" : "it registers";
  ledger.add("thirty", `the first ${after} points of a plain key`, "gas", gas, how);
  return ledger.figures;
}
