import { newAgent, newFarm, ripen, sum } from "./actors.ts";
import { type Example, inWords, readExamples } from "./examples.ts";
import { checkIns, Ledger, thousands } from "./figures.ts";
import { CAP, DAY, type Demand, judge, limitOf, MAX_SILENCE, openWorld, PERIOD, PERIODS } from "./protocol.ts";

/** Old identities of an attacker who has everything but an anchor's trust. */
const ARSENAL = 10;
/** Points that the victim's anchor stakes for it. */
const SUPPORT = 200;
/** Prices for who sets a limit of its own. */
const LIMITS = [1, 10, 100, 300] as const;
const ONE = "by a throwaway key";
const MANY = "by throwaway keys of at most 30 days";
const MORE = "ten years more of it";
const DAYS = 365 * 10;
/** A warning counts to the end of its last period; so often must it be renewed in ten years. */
const RENEWALS = Math.ceil(DAYS / ((PERIODS * PERIOD) / DAY)) - 1;

/** What it costs to keep an honest identity out of the example gates. */
export async function measureExclusion() {
  const ledger = new Ledger("exclusion");
  const scene = await openScene();
  const examples: Example[] = [
    { id: "board", name: "the example GatedBoard", demand: await scene.gate.ownDemand() },
    ...(await readExamples([scene.anchor.firstId])),
    ...LIMITS.map((points) => ({
      id: `limit${points}`,
      name: `a gate that refuses from ${points} points against on`,
      demand: limitOf(points),
    })),
  ];
  for (const { id, name, demand } of examples) {
    const strange = scene.gate.strange(demand);
    if (strange !== undefined) {
      // A guide may lag behind the contracts while these are revised; it is no reason to measure nothing.
      console.error(`Left out ${name}: it demands ${strange}, and the gate knows no such field.`);
      process.exitCode = 1;
      continue;
    }
    const points = await leastPoints(scene, demand);
    if (points === undefined) {
      const why = `not possible: ${await failure(scene, demand)}. It demands ${inWords(demand)}`;
      ledger.add(`${id}.first`, `out of ${name}, ${ONE}`, "gas", null, why);
      ledger.add(`${id}.years`, MORE, "gas", null);
      ledger.add(`${id}.many`, `out of ${name}, ${MANY}`, "gas", null);
      ledger.add(`${id}.manyYears`, MORE, "gas", null);
      continue;
    }
    const keys = Math.ceil((points * DAY) / MAX_SILENCE);
    for (const count of keys === 1 ? [1] : [1, keys]) {
      const { first, years, pulses, days, reasons } = await attack(scene, demand, points, count);
      const who = count === 1 ? ONE : MANY;
      const [one, more] = count === 1 ? ["first", "years"] : ["many", "manyYears"];
      const age = `${days} days old${pulses === 0 ? "" : `, after ${checkIns(pulses)}`}`;
      const how =
        `${points} points against it, of ${count === 1 ? "a key" : `${count} keys`} ${age}; then it is refused for ` +
        `${reasons.join(", ")}. It demands ${inWords(demand)}`;
      ledger.add(`${id}.${one}`, `out of ${name}, ${who}`, "gas", first, how);
      ledger.add(`${id}.${more}`, MORE, "gas", years, `${count * RENEWALS} renewals`);
    }
  }
  return ledger.figures;
}

type Scene = Awaited<ReturnType<typeof openScene>>;

/** A victim nobody could ask more of: a thousand days, a proven key, an anchor's vouch; and an attacker's old identities. */
async function openScene() {
  const world = await openWorld();
  const anchor = await newAgent(world);
  const key = await world.newSigningKey();
  const victim = await newAgent(world, key);
  const arsenal = await newFarm(world, ARSENAL, { isShared: true, isApproving: false });
  const honest = [anchor, victim];
  for (let days = 0; days < CAP; days += 30) {
    await world.time.increase(MAX_SILENCE - 3_600);
    for (const { act } of [...honest, arsenal]) await act(world.calls.pulse());
  }
  await world.time.increase(DAY * 12);
  for (const { act } of [...honest, arsenal]) await act(world.calls.pulse());
  await world.proveKey(key, victim.firstId);
  await anchor.act(world.calls.vouch(victim.firstId, SUPPORT));
  const gate = judge(await world.deployBoard([anchor.firstId]));
  return { world, anchor, victim, arsenal, gate };
}

/** Does something on a copy of the chain. */
async function onCopy<T>({ world }: Scene, action: () => Promise<T>): Promise<T> {
  const { restore } = await world.networkHelpers.takeSnapshot();
  try {
    return await action();
  } finally {
    await restore();
  }
}

/** Warns with so many points of the old identities, each with its share, and asks the gate. */
function tried(scene: Scene, demand: Demand, points: number): Promise<string[]> {
  const { world, arsenal, victim, gate } = scene;
  const share = Math.ceil(points / ARSENAL);
  return onCopy(scene, async () => {
    // Shares of one size may be some points more than asked; the search below asks for few, from one.
    if (points > CAP) await arsenal.act(world.calls.warn(victim.firstId, share));
    else await arsenal.one(world.calls.warn(victim.firstId, points));
    return gate.refusal(demand, victim.firstId);
  });
}

/** The fewest points that keep the victim out, found by trying; undefined where all that the attacker has do not. */
async function leastPoints(scene: Scene, demand: Demand): Promise<number | undefined> {
  const before = await scene.gate.refusal(demand, scene.victim.firstId);
  if (before.length > 0) throw new Error(`The gate refuses the victim before the attack, for ${before.join(", ")}.`);
  const works = async (points: number) => (await tried(scene, demand, points)).length > 0;
  if (!(await works(CAP))) {
    if (await works(CAP * ARSENAL)) throw new Error("The gate is shut by many keys and not by one: measure that.");
    return undefined;
  }
  let [low, high] = [0, CAP];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await works(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The attack that fails, in words and with what was read after it. */
function failure(scene: Scene, demand: Demand): Promise<string> {
  const { world, arsenal, victim, gate } = scene;
  return onCopy(scene, async () => {
    await arsenal.act(world.calls.warn(victim.firstId, CAP));
    const reasons = await gate.refusal(demand, victim.firstId);
    if (reasons.length > 0) throw new Error(`The attack did not fail: ${reasons.join(", ")}.`);
    const points = thousands(await world.opposition(victim.firstId));
    return `with ${points} points against it, from ${ARSENAL} keys of ${thousands(CAP)} days, the gate lets the victim pass`;
  });
}

/** The attack from its beginning, with keys made for it, and the victim doing all it can; then ten years of it. */
function attack(scene: Scene, demand: Demand, points: number, count: number) {
  const { world, anchor, victim, gate } = scene;
  const stake = Math.ceil(points / count);
  return onCopy(scene, async () => {
    const start = await world.time.latest();
    const spent: number[] = [];
    let pulses = 0;
    const keys = [];
    for (let index = 0; index < count; index++) keys.push(await newAgent(world));
    spent.push(...keys.map(({ gas }) => gas));
    const rounds = await ripen(world, together(keys), stake);
    pulses += rounds.length * count;
    spent.push(...rounds);
    const days = Math.floor(((await world.time.latest()) - start) / DAY);
    await stayWell();
    const before = await gate.refusal(demand, victim.firstId);
    if (before.length > 0) throw new Error(`The gate refuses the victim before the warnings: ${before.join(", ")}.`);
    let left = points;
    for (const { act } of keys) {
      spent.push(await act(world.calls.warn(victim.firstId, Math.min(stake, left))));
      left -= stake;
    }
    const reasons = await gate.refusal(demand, victim.firstId);
    if (reasons.length === 0) throw new Error("The gate lets the victim pass after all.");

    const renewing: number[] = [];
    for (let renewal = 0; renewal < RENEWALS; renewal++) {
      await world.time.increase(PERIODS * PERIOD - 10 * (count + 2));
      await stayWell();
      for (const { act } of keys) renewing.push(await act(world.calls.renew(victim.firstId)));
      const still = await gate.refusal(demand, victim.firstId);
      if (still.join() !== reasons.join()) throw new Error(`Years later the gate says ${still.join() || "yes"}.`);
    }
    return { first: sum(spent), years: sum(renewing), pulses, days, reasons };
  });

  async function stayWell() {
    await anchor.act(world.calls.pulse());
    await victim.act(world.calls.pulse());
    // In the period in which it was renewed already there is nothing to renew; what matters is what the gate says.
    await anchor.act(world.calls.renew(victim.firstId)).catch(() => undefined);
  }
}

type Agent = Awaited<ReturnType<typeof newAgent>>;

/** Plain keys that were made one after the other. */
function together(keys: readonly Agent[]) {
  return {
    firstId: keys[0]?.firstId ?? 0,
    count: keys.length,
    act: async (call: Parameters<Agent["act"]>[0]) => {
      let gas = 0;
      for (const { act } of keys) gas += await act(call);
      return gas;
    },
  };
}
