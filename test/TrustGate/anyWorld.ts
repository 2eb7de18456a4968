import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { Chance } from "../../verification/model/program/chance.ts";
import type { ReadersWorld } from "../utils/vouchReaders.ts";
import * as on from "../utils/vouchWorld.ts";

/** What EDR, also of code that Hardhat does not know, and anvil say of a registry's own errors; a panic is none. */
const REFUSED = /reverted with (an unrecognized )?custom error|execution reverted(: custom error .*)?$/;

/** How often each is tried, in comparison. */
const WEIGHTS = {
  ...{ pulse: 12, vouch: 10, warn: 5, renew: 6, revoke: 3, disown: 3, burn: 5, suspend: 3, resume: 6, retire: 1 },
  ...{ wait: 5, end: 3, wallet: 4, rotate: 3 },
};
export type Deed = keyof typeof WEIGHTS;
export const deeds = Object.keys(WEIGHTS) as Deed[];
const hat = deeds.flatMap((deed) => Array<Deed>(WEIGHTS[deed]).fill(deed));

/** What the test noted of a key when it became one; the gate asks the registry. */
export interface Noted {
  id: bigint;
  role: "owner" | "wallet" | "former";
  since: bigint;
}

/** Agents to whom anything may happen, by chance. */
export interface AnyWorld {
  agents: on.Agent[];
  keys: Map<string, Noted>;
  /** Something happens, and is answered, or is refused by the registries. */
  step(): Promise<Deed | undefined>;
}

export async function anyWorld(world: ReadersWorld, chance: Chance, all: HardhatEthersSigner[]): Promise<AnyWorld> {
  const { identities } = world;
  const agents = [world.ada, world.ben, world.cleo, world.dan, world.eve].map((agent) => ({ ...agent }));
  const pairs: [on.Agent, on.Agent][] = [];
  const keys = new Map<string, Noted>();
  await on.time.increase(20n * on.DAY);
  for (const { id, owner } of agents) {
    await identities.connect(owner).pulse(id, on.TOPIC); // so that most have the tenure that the board demands
    keys.set(owner.address, { id, role: "owner", since: await identities.firstSeen(id) });
  }

  /** A new owner or wallet, or a last owner: whichever it is, there is no other wallet. */
  async function note({ address }: HardhatEthersSigner, id: bigint, role: Noted["role"]): Promise<void> {
    for (const [key, noted] of keys) if (noted.id === id && noted.role === "wallet") keys.delete(key);
    keys.set(address, { id, role, since: BigInt(await on.time.latest()) });
  }

  async function happen(deed: Deed): Promise<unknown> {
    const [one, two] = [chance.pick(agents), chance.pick(agents)];
    const [from, to] = pairs.length === 0 ? [one, two] : chance.pick(pairs);
    const fresh = chance.pick(all.filter(({ address }) => !keys.has(address)));
    const terms = { stake: chance.between(1n, 8n), periods: chance.between(1n, 3n), arbiter: world.finn };
    const border = on.startOf((BigInt(await on.time.latest()) + 1n - on.ORIGIN) / on.PERIOD + 1n);
    const stake = async (sent: Promise<unknown>): Promise<unknown> => sent.then(() => pairs.push([one, two]));
    const acts: Record<Deed, () => Promise<unknown>> = {
      pulse: () => identities.connect(one.owner).pulse(one.id, on.TOPIC),
      vouch: () => stake(on.vouch(world, one, two, terms)),
      warn: () => stake(on.warn(world, one, two, terms)),
      renew: () => on.renew(world, from, to, chance.between(1n, 2n), 3n),
      revoke: () => on.revoke(world, from, to),
      disown: () => on.disown(world, from, to),
      burn: () => on.burn(world, from, to, world.finn, chance.between(1n, 4n)),
      suspend: () => on.suspend(world, one),
      resume: () => on.resume(world, one),
      retire: () => on.retire(world, one).then(() => note(one.owner, one.id, "former")),
      wait: () => on.time.increase(chance.pick([1n, on.DAY, 9n * on.DAY])),
      end: () => on.time.increaseTo(chance.pick([border - 1n, border])),
      wallet: () => on.setWallet(world, one, fresh).then(() => note(fresh, one.id, "wallet")),
      rotate: async () => {
        const { owner } = await on.rotate(world, one, fresh);
        await note(one.owner, one.id, "former");
        await note(owner, one.id, "owner");
        one.owner = owner;
      },
    };
    return acts[deed]();
  }

  return {
    agents,
    keys,
    async step() {
      const deed = chance.pick(hat);
      await on.nextBlockAt(); // not the machine's clock: a world is the same each time
      return happen(deed).then(
        () => deed,
        (error: unknown) => {
          if (error instanceof Error && REFUSED.test(error.message)) return undefined;
          throw error;
        },
      );
    },
  };
}
