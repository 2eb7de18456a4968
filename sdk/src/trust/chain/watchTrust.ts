import { getParameters } from "../../actions/deployment/getParameters.ts";
import { getProfiles } from "../../actions/identity/getProfiles.ts";
import { blockOf, limitOf } from "../../check/arguments.ts";
import type { PeriodClock } from "../../codecs/period.ts";
import { abortOf, pause } from "../../sync/abort.ts";
import { filtersOf } from "../../sync/filters.ts";
import { readHead } from "../../sync/header.ts";
import { Stride } from "../../sync/stride.ts";
import { Watcher } from "../../sync/watcher.ts";
import type { AnyClient } from "../../types/client.ts";
import type { WatchedEvent } from "../../types/event.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import type { Profile } from "../../types/profile.ts";
import { anchorsOf } from "../engine/anchors.ts";
import { apply } from "../engine/apply.ts";
import { buildTrustGraph } from "../engine/buildTrustGraph.ts";
import { TrustError } from "../engine/errors.ts";
import type { TrustGraph } from "../engine/graph.ts";
import { parametersOf } from "../engine/parameters.ts";
import { solve } from "../engine/solve.ts";
import type { Anchor, Trust } from "../engine/trust.ts";
import type { TrustEdge, TrustParameters } from "../engine/types.ts";
import { keyOf, Ledger, type LedgerEntry } from "./ledger.ts";
import { activeEdges } from "./loadTrustGraph.ts";
import { readEdges } from "./readEdges.ts";
import {
  activeEdge,
  differencesOf,
  identityOf,
  lockedBy,
  type Moment,
  momentOf,
  readEverybody,
  type TrustDifference,
} from "./snapshot.ts";

/** Parameters of `watchTrust`; those of the model are as they were measured where left out. */
export type WatchTrustParameters = AddressParameters & {
  /** Identities that the platform trusts itself. */
  anchors: readonly (number | Anchor)[];
  /** First block to read; the first of the chain where left out. Give the one in which the registries were deployed. */
  fromBlock?: bigint | undefined;
  /** How many blocks are not final yet: a reorg may still take them back; 64 where left out. */
  confirmations?: number | undefined;
  /**
   * Seconds of the chain's time after which all is taken anew: vouches get older without any event. An hour where left
   * out; the end of a period is never missed.
   */
  refreshAfter?: number | undefined;
  /** Ends the watch, quietly. */
  signal?: AbortSignal | undefined;
  /** Milliseconds between two looks; the client's where left out. */
  pollingInterval?: number | undefined;
  /** How many blocks to ask the node for at once; 10,000 where left out. Fewer where it refuses. */
  chunkSize?: number | undefined;
  /** Told of every look that failed; the watch goes on. Throw in it to end the watch with an error. */
  onError?: ((error: unknown) => void) | undefined;
  /** The numbers of the model. */
  parameters?: Partial<TrustParameters> | undefined;
};

/** Trust as it is from now on. */
export type TrustUpdate = {
  /** The graph; the same object until all is taken anew. */
  graph: TrustGraph;
  /** The trust; kept current with the graph, so that one that was kept from an earlier update is not stale. */
  trust: Trust;
  /** Everybody who was read so far, by number. */
  profiles: ReadonlyMap<number, Profile>;
  /** What happened since the last update, or was taken back. */
  events: WatchedEvent[];
  /** Whether all was taken anew: at first, at the end of a period, and after `refreshAfter`. */
  isAnew: boolean;
  /** Sums that differ from those of the registry, found whenever all is taken anew. */
  differences: TrustDifference[];
  /** The block at which it was read. */
  blockNumber: bigint;
  /** That block's time (unix seconds). */
  time: number;
};

/** Result of `watchTrust`. */
export type WatchTrustReturnType = AsyncGenerator<TrustUpdate, void, undefined>;

/**
 * Keeps trust current for as long as the loop around it runs. The first update comes when all is read; later ones when
 * anything happened, or was taken back by a reorg. Only what a change reaches is computed again.
 *
 * @param client - Client.
 * @param parameters - {@link WatchTrustParameters}
 * @returns The trust, as it changes.
 *
 * @example
 * for await (const { trust } of watchTrust(client, { anchors: [1, 2, 3], signal })) {
 *   console.log(score(trust, 42).verdict);
 * }
 */
export function watchTrust(client: AnyClient, parameters: WatchTrustParameters): WatchTrustReturnType {
  const { fromBlock = 0n, confirmations = 64, refreshAfter = 3_600, chunkSize = 10_000 } = parameters;
  blockOf(fromBlock);
  limitOf(chunkSize, "chunkSize");
  if (confirmations !== 0) limitOf(confirmations, "confirmations");
  limitOf(refreshAfter, "refreshAfter");
  anchorsOf(parameters.anchors);
  parametersOf(parameters.parameters ?? {});
  return watch(client, { ...parameters, fromBlock, confirmations, refreshAfter, chunkSize });
}

type Settings = WatchTrustParameters & {
  fromBlock: bigint;
  confirmations: number;
  refreshAfter: number;
  chunkSize: number;
};

async function* watch(client: AnyClient, settings: Settings): WatchTrustReturnType {
  const { signal, onError, pollingInterval = client.pollingInterval } = settings;
  const { promise: aborted, stop } = abortOf(signal);
  let follower: Follower | undefined;
  try {
    while (!signal?.aborted) {
      const step = (async () => {
        follower ??= await Follower.start(client, settings);
        return follower.step();
      })();
      // Where the signal comes first, nobody is left to hear of an error.
      step.catch(() => undefined);
      let result: Step | undefined;
      try {
        result = (await Promise.race([step, aborted])) ?? undefined;
      } catch (error) {
        // An anchor that is not there will not be there at the next look either.
        if (error instanceof TrustError) throw error;
        onError?.(error);
      }
      if (signal?.aborted) return;
      if (result?.update !== undefined) yield result.update;
      if (!result?.isBehind) await pause(pollingInterval, aborted);
    }
  } finally {
    stop();
  }
}

type Step = { update?: TrustUpdate | undefined; isBehind: boolean };

/** What is known so far, and what is still to be taken into account. */
class Follower {
  readonly #client: AnyClient;
  readonly #settings: Settings;
  readonly #clock: PeriodClock;
  readonly #ledger: Ledger;
  readonly #watcher: Watcher;
  /** Pairs that the graph holds. */
  #held = new Set<string>();
  #profiles = new Map<number, Profile>();
  #graph: TrustGraph | undefined;
  #trust: Trust | undefined;
  #period = -1;
  /** Kept until they were taken into account: reading may fail in between. */
  #events: WatchedEvent[] = [];

  private constructor(client: AnyClient, settings: Settings, clock: PeriodClock, ledger: Ledger, watcher: Watcher) {
    this.#client = client;
    this.#settings = settings;
    this.#clock = clock;
    this.#ledger = ledger;
    this.#watcher = watcher;
  }

  /** The backfill: reads the blocks that are final, which no reorg takes back any more. The rest is watched. */
  static async start(client: AnyClient, settings: Settings): Promise<Follower> {
    const { fromBlock, confirmations, chunkSize, addresses } = settings;
    const clock = await getParameters(client, { addresses });
    const head = await readHead(client);
    const final = head.number - BigInt(confirmations);
    const ledger = new Ledger();
    for await (const { edges } of readEdges(client, { fromBlock, toBlock: final, head, chunkSize, addresses })) {
      for (const edge of edges) ledger.overwrite(edge);
    }
    const first = final < fromBlock ? fromBlock : final + 1n;
    const watcher = new Watcher(client, filtersOf(client, { addresses }), new Stride(chunkSize), first);
    return new Follower(client, settings, clock, ledger, watcher);
  }

  async step(): Promise<Step> {
    if (await this.#look()) return { isBehind: true };
    const moment = await this.#now();
    const graph = this.#graph;
    const isDue =
      graph === undefined || moment.period !== this.#period || moment.time - graph.now >= this.#settings.refreshAfter;
    if (isDue) return this.#takeAnew(moment);
    if (this.#events.length === 0) return { isBehind: false };
    await this.#change(moment, graph);
    return this.#report(moment, false, []);
  }

  /** Notes what happened; true where there is more to find at once. */
  async #look(): Promise<boolean> {
    const { events, isBehind } = await this.#watcher.look();
    for (const event of events) {
      this.#events.push(event);
      if (!("edge" in event)) continue;
      if (event.removed) this.#ledger.takeBack(event);
      else this.#ledger.record(event);
    }
    return isBehind;
  }

  async #now(): Promise<Moment> {
    return momentOf(await readHead(this.#client), this.#clock);
  }

  /** Everything again, at another moment. */
  async #takeAnew(moment: Moment): Promise<Step> {
    const { addresses, anchors, parameters = {} } = this.#settings;
    const profiles = await readEverybody(this.#client, moment, { addresses });
    const edges = activeEdges(this.#ledger, profiles, moment);
    const identities = [...profiles.values()].map(identityOf);
    const graph = buildTrustGraph({ ...parametersOf(parameters), edges, identities, now: moment.time });
    this.#trust = solve(graph, { anchors });
    this.#graph = graph;
    this.#profiles = profiles;
    this.#period = moment.period;
    this.#held = new Set(edges.map(keyOf));
    const differences = differencesOf(edges, lockedBy(this.#ledger, moment), profiles);
    const count = this.#events.length;
    // A block may have come between the events and the sums.
    if (differences.length > 0 && ((await this.#look()) || this.#events.length > count)) {
      this.#graph = undefined;
      return { isBehind: true };
    }
    return this.#report(moment, true, differences);
  }

  /** Only what the events are about. */
  async #change(moment: Moment, graph: TrustGraph): Promise<void> {
    const { addresses } = this.#settings;
    const ids = new Set<number>();
    const entries = new Set<LedgerEntry>();
    for (const event of this.#events) {
      if ("edge" in event) {
        const entry = this.#ledger.get(event.voucherId, event.subjectId);
        if (entry !== undefined) entries.add(entry);
      } else if ("id" in event) {
        ids.add(event.id);
        // A new key lapses what it received and marks what it gave.
        for (const entry of this.#ledger.of(event.id)) entries.add(entry);
      }
    }
    for (const { voucherId, subjectId } of entries) ids.add(voucherId).add(subjectId);
    const read = { ids: [...ids], blockNumber: moment.blockNumber, addresses };
    const profiles = await getProfiles(this.#client, read);
    for (const profile of profiles) this.#profiles.set(profile.id, profile);

    const edges: TrustEdge[] = [];
    const removed: LedgerEntry[] = [];
    for (const entry of entries) {
      const edge = activeEdge(entry, this.#profiles, moment);
      if (edge !== undefined) edges.push(edge);
      else if (this.#held.has(keyOf(entry))) removed.push(entry);
    }
    const trusts = this.#trust === undefined ? [] : [this.#trust];
    apply(graph, { edges, removed, identities: profiles.map(identityOf), trusts });
    for (const edge of edges) this.#held.add(keyOf(edge));
    for (const entry of removed) this.#held.delete(keyOf(entry));
  }

  #report({ blockNumber, time }: Moment, isAnew: boolean, differences: TrustDifference[]): Step {
    const [graph, trust] = [this.#graph as TrustGraph, this.#trust as Trust];
    const events = this.#events;
    this.#events = [];
    const update = { graph, trust, profiles: this.#profiles, events, isAnew, differences, blockNumber, time };
    return { update, isBehind: false };
  }
}
