// The HTTP of decisions: the OpenID AuthZEN Authorization API 1.0, in front of whoever decides.

export { bearerOf, type HashedToken, ownerOf } from "./authenticate/bearer.ts";
export {
  type AuthenticatorOptions,
  type AuthzenClient,
  createAuthenticator,
  InvalidClientError,
} from "./authenticate/createAuthenticator.ts";
export { authzen } from "./authzen.ts";
export * from "./constants.ts";
export { authzenRoutes } from "./describe.ts";
export { AUTHZEN_LIMITS, type AuthzenLimits } from "./limits.ts";
export { InvalidAddressError } from "./metadata.ts";
export { accountsOf } from "./proof/accountsOf.ts";
export { callerSchema, type VerifiedCaller } from "./proof/caller.ts";
export { rawRequestSchema } from "./proof/rawRequest.ts";
export * from "./schemas.ts";
export { withAgents } from "./search/withAgents.ts";
export { type MetadataSigner, UnfitKeyError } from "./signMetadata.ts";
export type {
  Authenticate,
  AuthzenOptions,
  AuthzenTenant,
  EnforcementPoint,
  SubjectAccounts,
} from "./types.ts";
