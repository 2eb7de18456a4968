import { getParameters } from "../../actions/deployment/getParameters.ts";
import { getVouchers } from "../../actions/vouch/getVouchers.ts";
import { blockOf, limitOf } from "../../check/arguments.ts";
import { readHeadBeyond, requireHeader } from "../../sync/header.ts";
import type { AnyClient } from "../../types/client.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import type { Profile } from "../../types/profile.ts";
import { buildTrustGraph } from "../engine/buildTrustGraph.ts";
import type { TrustGraph } from "../engine/graph.ts";
import { parametersOf } from "../engine/parameters.ts";
import type { TrustEdge, TrustParameters } from "../engine/types.ts";
import { Ledger } from "./ledger.ts";
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

/** Blocks that may come while the last ones are read: by far fewer than the 128 whose states most nodes keep. */
const FEW = 16n;

/** How far a load is. */
export type LoadProgress = {
  /** What is being read: first the events, block by block, then the identities. */
  step: "blocks" | "identities";
  /** How many of them were read. */
  done: number;
  /** How many there are. */
  total: number;
};

/** Parameters of `loadTrustGraph`; those of the model are as they were measured where left out. */
export type LoadTrustGraphParameters = AddressParameters & {
  /** First block to read; the first of the chain where left out. Give the one in which the registries were deployed. */
  fromBlock?: bigint | undefined;
  /** Last block to read, and the moment at which all is read; the head of the chain where left out. */
  toBlock?: bigint | undefined;
  /**
   * Where edges come from: from the `logs`, or from the lists in the registry's `storage`, which needs no old blocks but a
   * call for each identity that anybody vouches for or warns about. `logs` where left out.
   */
  source?: "logs" | "storage" | undefined;
  /** How many blocks to ask the node for at once; 10,000 where left out. Fewer where it refuses. */
  chunkSize?: number | undefined;
  /** Told how far it is. */
  onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** The numbers of the model. */
  parameters?: Partial<TrustParameters> | undefined;
};

/** Result of `loadTrustGraph`. */
export type LoadTrustGraphReturnType = {
  /** The graph of every vouch and warning that counts, for `solve`. */
  graph: TrustGraph;
  /** Everybody, by number, as the registries hold it at that block. */
  profiles: ReadonlyMap<number, Profile>;
  /** The block at which all was read. */
  blockNumber: bigint;
  /** That block's time (unix seconds), at which the age of each edge was taken. */
  time: number;
  /**
   * Sums that differ from those of the registry. None where all is well; some where `fromBlock` is too late or the node
   * keeps no old logs, and then no score is to be trusted: load from `storage`.
   */
  differences: TrustDifference[];
};

/**
 * Rebuilds who vouches for whom and who warns about whom from a chain, with the standing of each, and checks every sum
 * against those that the registry itself keeps.
 *
 * @param client - Client.
 * @param parameters - {@link LoadTrustGraphParameters}
 * @returns The graph, and whether it adds up.
 *
 * @example
 * const { graph, differences } = await loadTrustGraph(client, { fromBlock });
 * if (differences.length > 0) throw new Error("the node does not tell all");
 * const trust = solve(graph, { anchors: [1, 2, 3] });
 */
export async function loadTrustGraph(
  client: AnyClient,
  parameters: LoadTrustGraphParameters = {},
): Promise<LoadTrustGraphReturnType> {
  const { fromBlock = 0n, toBlock, chunkSize = 10_000, source = "logs", onProgress = () => {}, addresses } = parameters;
  for (const block of [fromBlock, toBlock]) if (block !== undefined) blockOf(block);
  limitOf(chunkSize, "chunkSize");
  const model = parametersOf(parameters.parameters ?? {});
  const clock = await getParameters(client, { addresses });
  const ledger = source === "logs" ? new Ledger() : undefined;
  let head = await readHeadBeyond(client, toBlock ?? 0n);
  // Logs first, for as long as that takes, and what they sum up to at the end: most nodes know old states for minutes only.
  for (let from = fromBlock; ledger !== undefined; ) {
    const to = toBlock ?? head.number;
    const total = Number(to - fromBlock) + 1;
    for await (const { edges, next } of readEdges(client, {
      fromBlock: from,
      toBlock: to,
      head,
      chunkSize,
      addresses,
    })) {
      for (const edge of edges) ledger.overwrite(edge);
      onProgress({ step: "blocks", done: Number(next - fromBlock), total });
    }
    if (toBlock !== undefined) break;
    const reached = head;
    head = await readHeadBeyond(client, reached.number);
    if (head.number - reached.number <= FEW) {
      head = reached;
      break;
    }
    from = reached.number + 1n;
  }
  const block = toBlock === undefined ? head : await requireHeader(client, toBlock);
  const moment = momentOf(block, clock);

  const profiles = await readEverybody(client, moment, { addresses }, (done, total) => {
    onProgress({ step: "identities", done, total });
  });
  const edges =
    ledger === undefined
      ? await edgesInStorage(client, profiles, moment, { addresses })
      : activeEdges(ledger, profiles, moment);
  const locked = ledger && lockedBy(ledger, moment);
  return {
    graph: buildTrustGraph({ ...model, edges, identities: [...profiles.values()].map(identityOf), now: moment.time }),
    profiles,
    blockNumber: moment.blockNumber,
    time: moment.time,
    differences: differencesOf(edges, locked, profiles),
  };
}

/** Every edge that counts. One between identities that the registry does not know cannot be, and shows in the sums. */
export function activeEdges(ledger: Ledger, profiles: ReadonlyMap<number, Profile>, moment: Moment): TrustEdge[] {
  const edges: TrustEdge[] = [];
  for (const entry of ledger.entries()) {
    if (!(profiles.has(entry.voucherId) && profiles.has(entry.subjectId))) continue;
    const edge = activeEdge(entry, profiles, moment);
    if (edge !== undefined) edges.push(edge);
  }
  return edges;
}

async function edgesInStorage(
  client: AnyClient,
  profiles: ReadonlyMap<number, Profile>,
  { blockNumber }: Moment,
  { addresses }: AddressParameters,
): Promise<TrustEdge[]> {
  const edges: TrustEdge[] = [];
  for (const { id, support, opposition } of profiles.values()) {
    if (support + opposition === 0) continue;
    for await (const { isActive, stance, ...vouch } of getVouchers(client, { id, blockNumber, addresses })) {
      if (!isActive || stance === "none") continue;
      const { voucherId, subjectId, stake, since, voucherRekeyed } = vouch;
      edges.push({ voucherId, subjectId, stake, since, stance, voucherRekeyed });
    }
  }
  return edges;
}
