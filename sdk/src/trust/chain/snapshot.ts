import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { getProfiles } from "../../actions/identity/getProfiles.ts";
import { type PeriodClock, periodAt } from "../../codecs/period.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import { readView } from "../../rpc/readView.ts";
import type { AnyClient } from "../../types/client.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import type { Profile } from "../../types/profile.ts";
import type { Edge } from "../../types/vouch.ts";
import type { TrustEdge, TrustIdentity } from "../engine/types.ts";
import type { Ledger, LedgerEntry } from "./ledger.ts";

/** Identities that are read in one step, so that there is something to tell of progress. */
const STEP = 1_000;

/** The moment that is read. */
export type Moment = {
  blockNumber: bigint;
  /** The block's time (unix seconds). */
  time: number;
  /** The period in which that lies. */
  period: number;
};

/** A sum that the events do not bear out. */
export type TrustDifference = {
  /** The identity. */
  id: number;
  /** Which of its sums. */
  sum: "support" | "opposition" | "staked";
  /** What the edges make. */
  rebuilt: number;
  /** What the registry says. */
  onChain: number;
};

/** A moment, of a block. */
export function momentOf(block: { number: bigint; timestamp: bigint | number }, clock: PeriodClock): Moment {
  const time = Number(block.timestamp);
  return { blockNumber: block.number, time, period: periodAt(time, clock) };
}

/** Every identity there is, by its number, from pages of the registries' storage. */
export async function readEverybody(
  client: AnyClient,
  { blockNumber }: Moment,
  { addresses }: AddressParameters,
  onRead: (done: number, total: number) => void = () => {},
): Promise<Map<number, Profile>> {
  const registry = getRegistryAddress(client, "identityRegistry", addresses);
  const call = { address: registry, abi: identityRegistryAbi, functionName: "totalRegistered", blockNumber } as const;
  const total = Number(await readView(client, call));
  const profiles = new Map<number, Profile>();
  for (let first = 1; first <= total; first += STEP) {
    const ids = Array.from({ length: Math.min(STEP, total - first + 1) }, (_, i) => first + i);
    for (const profile of await getProfiles(client, { ids, blockNumber, addresses })) profiles.set(profile.id, profile);
    onRead(profiles.size, total);
  }
  return profiles;
}

/** What the registry holds of a pair now. */
export function newestOf({ versions }: LedgerEntry): Edge | undefined {
  return versions.at(-1)?.edge;
}

/** The vouch or warning of a pair, if it counts. */
export function activeEdge(
  entry: LedgerEntry,
  profiles: ReadonlyMap<number, Profile>,
  { period }: Moment,
): TrustEdge | undefined {
  const edge = newestOf(entry);
  if (edge === undefined || edge.state !== "live" || edge.stance === "none") return undefined;
  if (edge.stake === 0 || edge.endPeriod < period) return undefined;
  const { voucherId, subjectId } = entry;
  if (edge.stance === "for" && edge.subjectKeyEpoch !== profiles.get(subjectId)?.keyEpoch) return undefined;
  const { stake, since, stance } = edge;
  const voucherRekeyed = edge.voucherKeyEpoch !== profiles.get(voucherId)?.keyEpoch;
  return { voucherId, subjectId, stake, since, stance, voucherRekeyed };
}

/** An identity as the engine takes it. One that is unknown, after a reorg, has nothing. */
export function identityOf({ id, standing, status }: Profile): TrustIdentity {
  return status === "unknown" ? { id, standing: 0 } : { id, standing, status };
}

/** Every sum of the edges that is not the registry's. */
export function differencesOf(
  edges: Iterable<TrustEdge>,
  locked: Iterable<{ voucherId: number; stake: number }> | undefined,
  profiles: ReadonlyMap<number, Profile>,
): TrustDifference[] {
  const rebuilt = {
    support: new Map<number, number>(),
    opposition: new Map<number, number>(),
    staked: new Map<number, number>(),
  };
  const add = (sums: Map<number, number>, id: number, stake: number) => sums.set(id, (sums.get(id) ?? 0) + stake);
  for (const { subjectId, stake, stance } of edges) {
    add(stance === "against" ? rebuilt.opposition : rebuilt.support, subjectId, stake);
  }
  for (const { voucherId, stake } of locked ?? []) add(rebuilt.staked, voucherId, stake);
  const sums =
    locked === undefined ? (["support", "opposition"] as const) : (["support", "opposition", "staked"] as const);
  const differences: TrustDifference[] = [];
  for (const [id, profile] of profiles) {
    for (const sum of sums) {
      const found = rebuilt[sum].get(id) ?? 0;
      if (found !== profile[sum]) differences.push({ id, sum, rebuilt: found, onChain: profile[sum] });
    }
  }
  return differences;
}

/** What is locked by each edge, its tail included. */
export function* lockedBy(ledger: Ledger, { period }: Moment): Generator<{ voucherId: number; stake: number }> {
  for (const entry of ledger.entries()) {
    const edge = newestOf(entry);
    if (edge !== undefined && period <= edge.releasePeriod) yield { voucherId: entry.voucherId, stake: edge.stake };
  }
}
