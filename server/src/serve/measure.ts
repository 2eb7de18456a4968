import type { Metrics } from "../operations/index.ts";
import type { Decision } from "../types/decision.ts";
import type { TenureServer } from "./createServer.ts";
import type { Reorganisation } from "./settings.ts";

/** Seconds, the bounds of the buckets in which decisions are counted by how long they took. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

/** Counts what the server does, for those who watch it. */
export function measure(metrics: Metrics) {
  const decisions = metrics.counter("tenure_decisions_total", "Decisions, by what came of them.");
  const seconds = metrics.histogram("tenure_decision_seconds", "How long decisions took, with the log.", BUCKETS);
  const problems = metrics.counter("tenure_problems_total", "What did not work as it should, by part.");
  const reorganisations = metrics.counter(
    "tenure_index_reorganisations_total",
    "How often a chain took events back, by chain.",
  );
  const removed = metrics.counter("tenure_index_removed_events_total", "Events that a chain took back, by chain.");
  return {
    decision: ({ outcome }: Decision, took: number) => {
      decisions.add({ outcome });
      seconds.observe(took);
    },
    problem: (part: string) => problems.add({ part }),
    reorganisation: ({ chainId, events }: Reorganisation) => {
      reorganisations.add({ chain: String(chainId) });
      removed.add({ chain: String(chainId) }, events);
    },
    /** Looks at the parts of a server whenever somebody asks. */
    server: ({ chains, decisions: { counts }, api, flips }: TenureServer) => {
      const ofChains = (read: (chain: TenureServer["chains"][number]) => number | undefined) => () =>
        chains.flatMap((chain) => {
          const value = read(chain);
          return value === undefined ? [] : [[{ chain: String(chain.name.chainId) }, value] as const];
        });
      metrics.gauge(
        "tenure_index_block",
        "Number of the newest block of the index.",
        ofChains(({ seen }) => seen()?.block),
      );
      metrics.gauge(
        "tenure_index_lag_seconds",
        "Seconds since the index was at its node's head.",
        ofChains(({ seen }) => seen()?.lag),
      );
      metrics.gauge("tenure_decisions_remembered", "Decisions that are remembered.", () => counts().remembered);
      metrics.gauge("tenure_decisions_held", "Decisions that enforcement points hold.", () => counts().held);
      metrics.gauge("tenure_event_streams", "Streams of events that are open.", () => api.openStreams());
      metrics.gauge("tenure_flip_streams", "Streams of enforcement points that are open.", () => flips.count());
    },
  };
}
