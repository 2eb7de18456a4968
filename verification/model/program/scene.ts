import { computeAddress } from "ethers";
import type { Signature } from "../rules/consent.ts";
import { find } from "../rules/lookups.ts";
import type { Agent, Contract, State } from "../rules/state.ts";
import type { Action } from "./action.ts";
import { type Actor, actor } from "./actors.ts";
import type { Chance } from "./chance.ts";

/** What the author of a random program sees. */
export class Scene {
  /** Of the action that is being written. */
  chance: Chance;
  readonly chainId: bigint;
  readonly addresses: Record<Contract, string>;
  /** Everybody who has appeared so far. */
  readonly actors: Actor[];
  /** Every signature ever made. */
  readonly archive: Signature[] = [];
  /** What was signed to be sent later, and may have been. */
  readonly kept: Action[] = [];
  /** Actions that are tried several times as often as elsewhere. */
  readonly favoured: readonly string[];
  state: State;
  #born: number;

  constructor(
    chance: Chance,
    chainId: bigint,
    addresses: Record<Contract, string>,
    actors: Actor[],
    state: State,
    favoured: readonly string[],
  ) {
    this.chance = chance;
    this.chainId = chainId;
    this.addresses = addresses;
    this.actors = actors;
    this.state = state;
    this.favoured = favoured;
    this.#born = actors.length;
  }

  /** The same once more, to go on from here in another way. */
  fork(): Scene {
    const { chance, chainId, addresses, actors, state, favoured } = this;
    const copy = new Scene(chance, chainId, addresses, [...actors], structuredClone(state), favoured);
    copy.archive.push(...this.archive);
    copy.kept.push(...this.kept);
    return copy;
  }

  /** Somebody who was never seen here. */
  newcomer(): string {
    const born = actor(this.#born++);
    this.actors.push(born);
    return born.address;
  }

  anybody(): string {
    return this.chance.pick(this.actors).address;
  }

  keyAddress({ key }: Actor): string {
    return computeAddress(key.publicKey);
  }

  /** A number, nearly always of somebody. */
  anyId(): bigint {
    const count = BigInt(this.state.agents.length);
    if (this.chance.happens(0.015)) return this.chance.pick([0n, count + 1n, 2n ** 40n + 1n, 2n ** 256n - 1n]);
    return this.chance.between(1n, count);
  }

  /** A number of somebody like this, where there is one. */
  idWhere(condition: (agent: Agent) => boolean, probability = 0.9): bigint {
    const fitting = this.state.agents.filter(condition);
    return fitting.length > 0 && this.chance.happens(probability) ? this.chance.pick(fitting).id : this.anyId();
  }

  /** One of these addresses that is not zero; now and then, or where there is none, anybody. */
  oneOf(addresses: (string | undefined)[], probability = 0.9): string {
    const real = addresses.filter((address) => address !== undefined && !/^0x0+$/.test(address));
    return real.length > 0 && this.chance.happens(probability) ? (this.chance.pick(real) as string) : this.anybody();
  }

  ownerOf(id: bigint, probability = 0.9): string {
    return this.oneOf([find(this.state, id)?.owner], probability);
  }
}
