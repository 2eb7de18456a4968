/** What whoever runs the server needs: logs, health, metrics, a graceful stop, backups. */
export { type BackupParameters, backupDataFolder } from "./backupDataFolder.ts";
export type { BackupManifest } from "./backupFiles.ts";
export { drainServer } from "./drainServer.ts";
export { BackupError } from "./errors.ts";
export { type GracefulStopParameters, gracefulStop, type StopStep, stopOnSignals } from "./gracefulStop.ts";
export { createLogger, type LogFields, type Logger, type LoggerParameters, type LogLevel } from "./logger.ts";
export { type Counter, createMetrics, type Histogram, type Labels, METRICS_TYPE, type Metrics } from "./metrics.ts";
export { type OperationsRoutesParameters, operationsRoutes } from "./operationsRoutes.ts";
export { processMetrics } from "./processMetrics.ts";
export { type Readiness, type ReadinessCheck, readiness } from "./readiness.ts";
export { type RestoreParameters, restoreDataFolder } from "./restoreDataFolder.ts";
