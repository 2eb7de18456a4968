// Decisions about a question, by the platform's own policies: Cedar inside, facts beside it, and reasons with it.
export { baseSchema, DEFAULT_ACTIONS } from "./baseSchema.ts";
export type { CompiledTenant, Floor } from "./compileTenant.ts";
export {
  createDecisionPoint,
  type DecisionPointOptions,
  type PolicyDecisionPoint,
} from "./createDecisionPoint.ts";
export {
  type CedarRequest,
  createPolicyEngine,
  type EngineLimits,
  type PolicyEngine,
  type Verdict,
} from "./engine.ts";
export { InvalidPoliciesError, NoPoliciesError, PolicyEngineError, type PolicyProblem } from "./errors.ts";
export { createHolders, type Hold, type Holders, tags } from "./holders.ts";
export { openPolicyFolder, type PolicyFolder, type PolicyFolderOptions } from "./policyFolder.ts";
export type { NamedPolicy, PolicyFile } from "./readPolicies.ts";
export { tenantCandidates } from "./tenantCandidates.ts";
export type { TenantFiles } from "./tenantFiles.ts";
export type { Tenants } from "./tenants.ts";
export { type Change, type Flip, type FlipOptions, type FlipWatcher, watchFlips } from "./watchFlips.ts";
