// Trust from a platform's own anchors. Everything in `engine` is pure and imports nothing.
export {
  type LoadProgress,
  type LoadTrustGraphParameters,
  type LoadTrustGraphReturnType,
  loadTrustGraph,
} from "./chain/loadTrustGraph.ts";
export type { TrustDifference } from "./chain/snapshot.ts";
export {
  type TrustUpdate,
  type WatchTrustParameters,
  type WatchTrustReturnType,
  watchTrust,
} from "./chain/watchTrust.ts";
export { type ApplyParameters, apply } from "./engine/apply.ts";
export { type BuildTrustGraphParameters, buildTrustGraph } from "./engine/buildTrustGraph.ts";
export {
  DuplicateAnchorError,
  DuplicateEdgeError,
  DuplicateIdentityError,
  EdgeNotFoundError,
  ForeignTrustError,
  InvalidAnchorError,
  InvalidEdgeError,
  InvalidIdentityError,
  InvalidParameterError,
  NoAnchorsError,
  SelfEdgeError,
  StaleTrustError,
  TrustError,
  UnknownAnchorError,
  UnknownEndpointError,
} from "./engine/errors.ts";
export { type ExplainParameters, type Explanation, explain, type TrustLine } from "./engine/explain.ts";
export type { TrustGraph } from "./engine/graph.ts";
export { listEdges } from "./engine/listEdges.ts";
export { listIdentities } from "./engine/listIdentities.ts";
export { type MixPart, mix } from "./engine/mix.ts";
export { defaultTrustParameters } from "./engine/parameters.ts";
export { type ScoreParts, score, type TrustScore, type TrustVerdict } from "./engine/score.ts";
export { type SolveParameters, solve } from "./engine/solve.ts";
export type { Anchor, Trust } from "./engine/trust.ts";
export { trustOf } from "./engine/trustOf.ts";
export type {
  MutedReason,
  StakesThatCount,
  TrustEdge,
  TrustEdgeColumns,
  TrustIdentity,
  TrustIdentityColumns,
  TrustParameters,
  TrustStance,
  VoucherStatus,
} from "./engine/types.ts";
export {
  type EvaluateTrustParameters,
  type EvaluateTrustReturnType,
  evaluateTrust,
  type TrustAnswer,
  type TrustReason,
  type TrustRequirement,
  type UnmetTrust,
} from "./policy/evaluateTrust.ts";
