import { type Call, DAY, type Key, MAX_SILENCE, type World } from "./protocol.ts";

/** Identities that one hand moves: a plain key with one, or a farm with many. */
export interface Actors {
  firstId: number;
  count: number;
  /** Gas of all transactions that let each do the same. */
  act(call: Call): Promise<number>;
}

/** A check-in comes this long before it would be late: those of a farm were not all registered in one second. */
const MARGIN = 600;

/** How many fit into a transaction. */
const AT_ONCE = { grow: 36, act: 100 } as const;

/** A plain key registers. */
export async function newAgent(world: World, given?: Key): Promise<Actors & { key: Key; gas: number }> {
  const key = given ?? (await world.newKey());
  const gas = await world.register(key);
  const firstId = await world.lastId();
  const number = firstId.toString(16).padStart(64, "0");
  return {
    key,
    gas,
    firstId,
    count: 1,
    act: ({ target, selector, tail }) => world.send(key, target, selector + number + tail.slice(2)),
  };
}

export interface Kind {
  /** Minimal proxies (ERC-1167) rather than contracts with code of their own. */
  isShared: boolean;
  /** Each makes the farm its operator, which then checks in for it; else the farm goes through the puppets. */
  isApproving: boolean;
}

/** A contract under one key makes identities for itself. */
export async function newFarm(world: World, count: number, { isShared, isApproving }: Kind) {
  const key = await world.newKey();
  const farm = await world.farm(key, isShared, isApproving);
  const deployed = await world.gasOf(Promise.resolve(farm.deploymentTransaction() ?? Promise.reject(farm)));
  const firstId = (await world.lastId()) + 1;
  const to = await farm.getAddress();
  const batches = async (size: number, dataOf: (first: number, length: number) => string) => {
    let gas = 0;
    for (let first = 0; first < count; first += size) {
      gas += await world.send(key, to, dataOf(first, Math.min(size, count - first)));
    }
    return gas;
  };
  const abi = farm.interface;
  const gas = await batches(AT_ONCE.grow, (first, length) => abi.encodeFunctionData("grow", [first, length]));
  /** As the puppets themselves, which own the identities. */
  const act = ({ target, selector, tail }: Call) =>
    batches(AT_ONCE.act, (first, length) =>
      abi.encodeFunctionData("command", [first, length, firstId + first, target, selector, tail]),
    );
  /** As their operator: enough to check in. */
  const operate = ({ target, selector, tail }: Call) =>
    batches(AT_ONCE.act, (first, length) =>
      abi.encodeFunctionData("operate", [firstId + first, length, target, selector, tail]),
    );
  const checkIn = isApproving ? operate : act;
  const codeBytes =
    ((await world.ethers.provider.getCode(String(await farm.getFunction("puppetAt")(0)))).length - 2) / 2;
  /** The first puppet alone. */
  const one = ({ target, selector, tail }: Call) =>
    world.send(key, to, abi.encodeFunctionData("command", [0, 1, firstId, target, selector, tail]));
  return { firstId, count, gas, deployed, codeBytes, act, one, checkIn };
}

/**
 * Waits until each of the actors can stake so many points, and checks in no more often than that takes: at the end of
 * every `MAX_SILENCE`, and at last only if waiting was not enough.
 *
 * Call it at once after the actors were made. Answers the gas of each round of check-ins.
 */
export async function ripen(
  world: World,
  { firstId, count, act }: Actors,
  points: number,
  checkIn: Actors["act"] = act,
): Promise<number[]> {
  const { time, networkHelpers } = world;
  const rounds: number[] = [];
  let credited = 0;
  let seen = await time.latest();
  for (;;) {
    // The margin makes up for the seconds between the first and the last that were registered.
    const missing = points * DAY - credited;
    const isLast = missing <= MAX_SILENCE;
    const silence = isLast ? missing : MAX_SILENCE - MARGIN;
    const { restore } = await networkHelpers.takeSnapshot();
    await time.increaseTo(seen + silence);
    if (isLast && (await world.freePoints(firstId + count - 1)) >= points) return rounds;
    // That block may not come between: the check-ins are to come at its time.
    await restore();
    await time.setNextBlockTimestamp(seen + silence);
    rounds.push(await checkIn(world.calls.pulse()));
    if (isLast) {
      const free = await world.freePoints(firstId + count - 1);
      if (free < points) throw new Error(`${points} points were to be free after checking in, but there are ${free}.`);
      return rounds;
    }
    credited += silence;
    seen += silence;
  }
}

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
