import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Metrics } from "./metrics.ts";

/** Adds what every process has: memory, time of the processor, and how long the event loop keeps others waiting. Returns what ends it. */
export function processMetrics(metrics: Metrics): () => void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const startedAt = Date.now() / 1000 - process.uptime();
  metrics.gauge("process_resident_memory_bytes", "Memory of the process.", () => process.memoryUsage.rss());
  metrics.gauge("process_start_time_seconds", "When the process began, unix seconds.", () => startedAt);
  metrics.gauge("process_cpu_seconds", "Processor time that the process took.", () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  metrics.gauge(
    "nodejs_eventloop_delay_p99_seconds",
    "How long the event loop was late, since it was last asked.",
    () => {
      const late = Math.max(0, delay.percentile(99) / 1e9);
      delay.reset();
      return late;
    },
  );
  return () => delay.disable();
}
