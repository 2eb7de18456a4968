import type { Database } from "../database/index.ts";
import { createFacts } from "../facts/index.ts";
import { type OpenDecisionLog, openDecisionLog, openFileLog, openSqlStore } from "../log/index.ts";
import {
  createDecisionPoint,
  createHolders,
  createPolicyEngine,
  type Flip,
  type FlipWatcher,
  openPolicyFolder,
  type PolicyDecisionPoint,
  type PolicyFolder,
  watchFlips,
} from "../policy/index.ts";
import type { OpenChain } from "./openChain.ts";
import { readFloor } from "./readFloor.ts";
import type { LogSettings, OnProblem, ServerSettings } from "./settings.ts";

/** Policies, facts and log, joined to a decision point. */
export interface OpenDecisions {
  readonly point: PolicyDecisionPoint;
  /** The same without log and memory of holders: for a search, which decides about many that nobody asked about. */
  readonly searching: PolicyDecisionPoint;
  readonly policies: PolicyFolder;
  readonly log: OpenDecisionLog;
  readonly flips: FlipWatcher;
  /** How many decisions are remembered, and how many are held by enforcement points. */
  readonly counts: () => { readonly remembered: number; readonly held: number };
  readonly close: () => Promise<void>;
}

/** @param onFlip Told of each decision that somebody holds and that is another now. */
export async function openDecisions(
  database: Database,
  chains: readonly OpenChain[],
  { policies: { folder }, log: logSettings, limits = {}, onDecision }: ServerSettings,
  onFlip: (flip: Flip) => void,
  onProblem: OnProblem,
): Promise<OpenDecisions> {
  const facts = createFacts({ chains: chains.map((chain) => chain.facts) });
  const engine = await createPolicyEngine(await readFloor());
  const log = await openLog(database, logSettings, onProblem);
  const holders = createHolders();
  let flips: FlipWatcher | undefined;
  const policies = openPolicyFolder({
    root: folder,
    engine,
    onProblems: (tenant, problems) => {
      for (const { file, line, message } of problems) {
        onProblem(`policies of ${tenant}`, new Error(`${file}${line === undefined ? "" : `:${line}`}: ${message}`));
      }
    },
    onActive: (tenant) => flips?.onChange({ kind: "policies", tenant }),
  });
  const parts = { engine, tenants: policies, facts };
  const point = createDecisionPoint({
    ...{ ...parts, log, holders, cacheLimit: limits.decisionCache, lifetime: limits.decisionSeconds },
    onFailure: ({ part, message }) => onProblem(part, new Error(message)),
  });
  flips = watchFlips({ point, holders, facts, onFlip, onError: (error) => onProblem("flips", error) });
  const watcher = flips;
  return {
    ...{ point: observed(point, onDecision), policies, log, flips },
    searching: createDecisionPoint(parts),
    counts: () => ({ remembered: point.remembered(), held: holders.size() }),
    close: async () => {
      await watcher.close();
      await policies.close();
      await log.close();
    },
  };
}

async function openLog(database: Database, { folder }: LogSettings, onProblem: OnProblem): Promise<OpenDecisionLog> {
  if (folder === undefined) return openDecisionLog(await openSqlStore({ database }));
  const { log, cut } = await openFileLog({ folder });
  if (cut !== undefined) {
    const what = `${cut.bytes} bytes behind the last whole line were cut away, and kept in ${cut.savedAs}.`;
    onProblem("log", new Error(what));
  }
  return log;
}

function observed(point: PolicyDecisionPoint, onDecision: ServerSettings["onDecision"]): PolicyDecisionPoint {
  if (onDecision === undefined) return point;
  return {
    ...point,
    decide: async (question) => {
      const begun = performance.now();
      const decision = await point.decide(question);
      onDecision(decision, (performance.now() - begun) / 1_000);
      return decision;
    },
  };
}
