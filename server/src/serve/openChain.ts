import type { PeriodClock } from "@tenure/sdk";
import { getAddress } from "viem";
import type { Database } from "../database/index.ts";
import type { FactsChain } from "../facts/index.ts";
import {
  askNode,
  type ChainName,
  followChain,
  IndexNotReadyError,
  readParameters,
  type SqlFacts,
  sqlDirectory,
  sqlFacts,
} from "../index/index.ts";
import type { Directory, Freshness } from "../types/directory.ts";
import type { ChainSettings, OnProblem } from "./settings.ts";

/** A registry that is followed, and what reads it. */
export interface OpenChain {
  readonly name: ChainName;
  readonly directory: Directory;
  readonly facts: FactsChain & { readonly reader: SqlFacts };
  /** Looks how new the index is, for what is asked without waiting. */
  readonly look: () => Promise<Freshness>;
  /** What was found by the last look: the newest block, and how many seconds the index was last at the head ago. */
  readonly seen: () => { readonly block: number; readonly lag: number } | undefined;
  /** Resolves once nothing is followed any more. */
  readonly ended: Promise<void>;
}

/**
 * Begins to follow a registry into the index. A node that is away is waited for: until it, or an index of before, has told what the
 * registries were made with, whatever is asked is answered by that nothing is known yet.
 */
export async function openChain(
  database: Database,
  settings: ChainSettings,
  signal: AbortSignal,
  onProblem: OnProblem,
): Promise<OpenChain> {
  const { client, addresses, anchors, minAnchorStake, maxLag, freshBy, fromBlock, pollingInterval } = settings;
  const { identityRegistry, vouchRegistry } = addresses;
  const name: ChainName = { chainId: client.chain.id, identityRegistry, vouchRegistry };
  // The time of a chain of tests says nothing about how new its newest block is.
  const limits = freshBy === "answer" ? { maxLag } : { maxLag, maxAge: maxLag };
  const directory = sqlDirectory({ database, name, isDelegated: askNode(client), limits });
  let heardAt: number | undefined;
  let block: number | undefined;
  let periods: PeriodClock | undefined = await readParameters(database, name);
  const look = async () => {
    const freshness = await directory.freshness();
    // A chain of tests may come back with other registries at the same addresses.
    periods = await readParameters(database, name);
    heardAt = Math.floor(Date.now() / 1_000) - freshness.lag;
    block = Number(freshness.block.number);
    return freshness;
  };
  const ended = followChain({
    ...{ database, client, addresses, fromBlock, pollingInterval, signal },
    onProblem: (error) => onProblem(`index of chain ${name.chainId}`, error),
  });
  return {
    name,
    directory,
    look,
    seen: () =>
      block === undefined || heardAt === undefined
        ? undefined
        : { block, lag: Math.max(0, Math.floor(Date.now() / 1_000) - heardAt) },
    ended,
    facts: {
      ...{ chainId: name.chainId, registry: getAddress(identityRegistry), reader: sqlFacts(database, name) },
      ...{ anchors, minAnchorStake, maxLag, freshBy },
      get periods() {
        if (periods === undefined) throw new IndexNotReadyError(name.chainId, "nothing of it was read.");
        return periods;
      },
      heardAt: () => heardAt,
    },
  };
}
