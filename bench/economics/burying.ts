import { newAgent, newFarm, ripen, sum } from "./actors.ts";
import { Ledger, thousands } from "./figures.ts";
import { DAY, openWorld } from "./protocol.ts";

/** Lengths of a first page: what a call without deployment can answer, and what a reader may ask of a deployed lens. */
const PAGES = [20, 50, 100, 200] as const;
const MANY = 10_000;
/** What a node gives a call at most, in geth's default. */
const CALL_GAS = 50_000_000;
/** More entries than fit into such a call. */
const FULL_LIST = 800;

/** What it costs to push a vouch that matters down in a list that shows the newest first. */
export async function measureBurying() {
  const ledger = new Ledger("burying");
  const world = await openWorld(true);
  const anchor = await newAgent(world);
  const subject = await newAgent(world);
  const next = await newAgent(world);
  await ripen(world, anchor, 11);
  await anchor.act(world.calls.vouch(subject.firstId, 5));
  await anchor.act(world.calls.vouch(next.firstId, 5));

  /** Makes keys that are used once, a day later. */
  const bury = async (count: number, isShared: boolean, subjectId: number) => {
    const farm = await newFarm(world, count, { isShared, isApproving: false });
    const checked = sum(await ripen(world, farm, 1));
    const warned = await farm.act(world.calls.warn(subjectId, 1));
    const how =
      `${thousands(farm.gas / count)} to make it + ${thousands(checked / count)} to check in + ` +
      `${thousands(warned / count)} to warn; ${farm.codeBytes} bytes of code`;
    return { farm, how, gas: Math.round((farm.gas + checked + warned) / count) };
  };

  const full = await bury(36, false, next.firstId);
  const node = await bury(36, true, next.firstId);
  await world.time.increase(DAY);
  if ((await world.freePoints(node.farm.firstId)) === 0) await node.farm.act(world.calls.pulse());
  const reused = (await node.farm.act(world.calls.warn(subject.firstId, 1))) / node.farm.count;
  ledger.add("node", "a warning of one point from a minimal proxy made for it", "gas", node.gas, node.how);
  ledger.add("fullNode", "the same from a contract with code of its own", "gas", full.gas, full.how);
  ledger.add("reusedNode", "the same from one that exists and has a point free", "gas", reused);

  // On a list of its own, from short to long: the vouch is the oldest entry.
  const list = await newAgent(world);
  await anchor.act(world.calls.vouch(list.firstId, 1));
  let junk = 0;
  for (const length of PAGES) {
    await bury(length - 1 - junk, true, list.firstId);
    if (!(await world.page(list.firstId, length)).includes(anchor.firstId)) throw new Error("It went too early.");
    await bury(1, true, list.firstId);
    junk = length;
    if ((await world.page(list.firstId, length)).includes(anchor.firstId)) throw new Error("It is still there.");
    const how = `${length} × ${thousands(node.gas)}; with one less it is the last on the page`;
    ledger.add(`hidden.${length}`, `an anchor's vouch off the first page of ${length}`, "gas", length * node.gas, how);
  }
  const whole = MANY * node.gas;
  ledger.add("many", `${thousands(MANY)} entries`, "gas", whole, `${thousands(MANY)} × ${thousands(node.gas)}`);

  for (const length of [50, 200]) {
    const { profiles, edges } = await world.pageGas(list.firstId, length);
    ledger.add(`lens.${length}`, `an entry with its profile in a page of ${length}`, "gas to read", profiles / length);
    if (length === 50) ledger.add("edges", "an entry without", "gas to read", edges / length);
  }
  await bury(FULL_LIST - junk, true, list.firstId);
  let [low, high] = [1, FULL_LIST];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if ((await world.pageGas(list.firstId, middle)).profiles <= CALL_GAS) low = middle;
    else high = middle;
  }
  if (high === FULL_LIST) throw new Error("The list is too short to fill a call.");
  ledger.add("most", `the longest page with profiles in a call of ${thousands(CALL_GAS)} gas`, "entries", low);
  return ledger.figures;
}
