import type { DecisionLog } from "../types/decision.ts";
import { decisionEntry } from "./decisionEntry.ts";
import type { AnchorEntry, CutEntry } from "./entry.ts";
import { LogUnavailableError } from "./errors.ts";
import { type CommitLimits, groupCommit } from "./groupCommit.ts";
import { logTree } from "./logTree.ts";
import type { ConsistencyProof } from "./merkle/verify.ts";
import { type Checkpoint, checkpointOf, type LineProof, proveGrowth, proveLine } from "./proofs.ts";
import type { LogReader, LogStore } from "./store.ts";

/** A log of decisions, and what it can show of itself. */
export interface OpenDecisionLog extends DecisionLog {
  readonly reader: LogReader;
  /** Writes down that a root stands on a chain, or that bytes were cut away. */
  readonly note: (entry: AnchorEntry | CutEntry) => Promise<void>;
  /** Its root now, or when it had that many lines. */
  readonly checkpoint: (size?: number) => Promise<Checkpoint>;
  /** Proves that a decision is in the log; against an older root where its size is given. */
  readonly prove: (id: string, size?: number) => Promise<LineProof>;
  /** Proves that the log only grew from the older size; to its size now where the newer is left out. */
  readonly proveConsistency: (olderSize: number, newerSize?: number) => Promise<ConsistencyProof>;
  /** Removes whole segments before a line; what is left can still be proven and verified. Returns the first line that is kept. */
  readonly removeBefore: (place: number) => Promise<number>;
  /** Finishes what waits, takes nothing more, and closes the store. */
  readonly close: () => Promise<void>;
}

/** Opens the log in a store. */
export function openDecisionLog(store: LogStore, limits: CommitLimits = {}): OpenDecisionLog {
  const { write, idle } = groupCommit(store, limits);
  const tree = logTree(store);
  let closed: Promise<void> | undefined;
  const writeOpen: typeof write = async (entry) => {
    if (closed !== undefined) throw new LogUnavailableError("the server stops.");
    await write(entry);
  };
  return {
    reader: store,
    append: async (question, decision) => writeOpen(decisionEntry(question, decision)),
    note: writeOpen,
    checkpoint: (size) => checkpointOf(store, tree, size),
    prove: (id, size) => proveLine(store, tree, id, size),
    proveConsistency: (older, newer) => proveGrowth(store, tree, older, newer),
    removeBefore: store.removeBefore,
    close: () => {
      closed ??= idle().then(() => store.close());
      return closed;
    },
  };
}
