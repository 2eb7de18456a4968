/** Writes each decision down before it is told, in a log that shows tampering. */
export { type Anchoring, type AnchorParameters, anchorLog } from "./anchorLog.ts";
export type { AnchorEntry, CutEntry, DecisionEntry, LogEntry, LogLine } from "./entry.ts";
export {
  LogBusyError,
  LogDamagedError,
  LogError,
  LogInUseError,
  LogLineTooLongError,
  LogPlaceError,
  LogRemovedError,
  LogUnavailableError,
} from "./errors.ts";
export { copyLog } from "./file/copyLog.ts";
export type { Cut } from "./file/cutTail.ts";
export { openFileReader } from "./file/fileReader.ts";
export { type FileStore, type FileStoreParameters, openFileStore } from "./file/fileStore.ts";
export type { CommitLimits } from "./groupCommit.ts";
export type { LogFinding } from "./lineOrder.ts";
export { loggedDecisionPoint } from "./loggedDecisionPoint.ts";
export {
  type ConsistencyProof,
  type InclusionProof,
  verifyConsistency,
  verifyInclusion,
} from "./merkle/verify.ts";
export { type OpenDecisionLog, openDecisionLog } from "./openDecisionLog.ts";
export { openFileLog } from "./openFileLog.ts";
export { type Checkpoint, type LineProof, proveDecision, verifyLine } from "./proofs.ts";
export { type AnchorsParameters, readAnchors } from "./readAnchors.ts";
export {
  type DecisionFilters,
  type DecisionPage,
  type LoggedDecision,
  type ReadDecisionsParameters,
  readDecisions,
} from "./readDecisions.ts";
export { LOG_CHANNEL, openSqlStore, type SqlStoreParameters } from "./sql/sqlStore.ts";
export type { Extent, LogHead, LogReader, LogStore } from "./store.ts";
export { type KnownRoot, type VerifiedLog, verifyLog } from "./verifyLog.ts";
