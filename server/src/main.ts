// What a platform runs. The rooms meet here, and nowhere else.

export { ConfigError, type LoadedConfig, loadConfig } from "./config/index.ts";
export { stopOnSignals } from "./operations/index.ts";
export { type CheckedServer, checkServer } from "./serve/checkServer.ts";
export { createServer, type TenureServer } from "./serve/createServer.ts";
export {
  proveServerDecision,
  type VerifiedChain,
  verifyServerIndex,
  verifyServerLog,
} from "./serve/inspectServer.ts";
export type {
  ChainSettings,
  LogSettings,
  OnProblem,
  RequestSettings,
  ServerSettings,
} from "./serve/settings.ts";
export { type StartedServer, type StartOptions, startServer } from "./serve/startServer.ts";
export type { BlockMoment } from "./types/chain.ts";
export type {
  Comparison,
  Decision,
  DecisionLog,
  DecisionPoint,
  Failure,
  Obligation,
  Outcome,
  UnmetFact,
} from "./types/decision.ts";
export type { AccessQuestion, Entity, Proof, ProofGrant } from "./types/question.ts";
