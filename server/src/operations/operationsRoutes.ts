import { Hono } from "hono";
import { METRICS_TYPE, type Metrics } from "./metrics.ts";
import { type ReadinessCheck, readiness } from "./readiness.ts";

/** What the routes for whoever runs the server need. */
export interface OperationsRoutesParameters {
  /** What has to work, by its name: `index`, `database`, `policy`, `log`. */
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
  readonly metrics: Metrics;
  /** Comes when the server stops: from then on it is not ready, so that nobody sends more. */
  readonly stopping?: AbortSignal | undefined;
}

/**
 * `/healthz`: the process answers. `/readyz`: 200 where it can do its work, else 503 with the reasons. `/metrics`: for Prometheus.
 * Reasons name nodes and databases: let no stranger ask.
 */
export function operationsRoutes({ checks, metrics, stopping }: OperationsRoutesParameters): Hono {
  const routes = new Hono();
  routes.use("*", async (context, next) => {
    await next();
    context.header("cache-control", "no-store");
  });
  routes.get("/healthz", (context) => context.json({ status: "ok" }));
  routes.get("/readyz", async (context) => {
    if (stopping?.aborted) {
      const reasons = [{ part: "server", reason: "It stops." }];
      return context.json({ ready: false, reasons }, 503, { "retry-after": "5" });
    }
    const state = await readiness(checks);
    return state.ready ? context.json(state) : context.json(state, 503, { "retry-after": "5" });
  });
  routes.get("/metrics", (context) => context.body(metrics.text(), 200, { "content-type": METRICS_TYPE }));
  return routes;
}
