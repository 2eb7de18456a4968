import { getAddress } from "viem";
import type { Database } from "../database/index.ts";
import type { FactsChain } from "../facts/index.ts";
import { askNode, type ChainName, followChain, type SqlFacts, sqlDirectory, sqlFacts } from "../index/index.ts";
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

/** Begins to follow a registry into the index. */
export function openChain(
  database: Database,
  settings: ChainSettings,
  signal: AbortSignal,
  onProblem: OnProblem,
): OpenChain {
  const { client, addresses, periods, anchors, minAnchorStake, maxLag, freshBy, fromBlock, pollingInterval } = settings;
  const { identityRegistry, vouchRegistry } = addresses;
  const name: ChainName = { chainId: client.chain.id, identityRegistry, vouchRegistry };
  // The time of a chain of tests says nothing about how new its newest block is.
  const limits = freshBy === "answer" ? { maxLag } : { maxLag, maxAge: maxLag };
  const directory = sqlDirectory({ database, name, isDelegated: askNode(client), limits });
  let heardAt: number | undefined;
  let block: number | undefined;
  const look = async () => {
    const freshness = await directory.freshness();
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
      ...{ anchors, minAnchorStake, periods, maxLag, freshBy },
      heardAt: () => heardAt,
    },
  };
}
