// What the package exports: signing, sessions, verifying, stores of nonces, errors, and the words of the drafts.

export type { Recover } from "./account/recover.ts";
export type { Verdict } from "./account/verifyAccount.ts";
export * from "./constants.ts";
export type {
  CallerGrant,
  DelegationOptions,
  GrantStatus,
  RevocationEvent,
  RevocationEvents,
  StatusQuestion,
  StatusSource,
} from "./delegation/types.ts";
export { type VerifyGrantsOptions, verifyGrants } from "./delegation/verifyGrants.ts";
export { AccessError, type Problem } from "./errors/accessError.ts";
export {
  ContentConsumedError,
  ContentTooLargeError,
  InvalidOptionError,
  MissingPackageError,
  UnsignableRequestError,
} from "./errors/mistakes.ts";
export type { AccessCode, DelegationCode, SignatureCode } from "./errors/refusal.ts";
export { decodeGrants } from "./grants/decodeGrants.ts";
export { encodeGrants } from "./grants/encodeGrants.ts";
export { type GrantCode, GrantError } from "./grants/grantError.ts";
export { checkChain, widenings } from "./grants/narrowing.ts";
export type { AudiencePermission, ChainedGrant, Grant, SignedGrant } from "./grants/types.ts";
export type { AccessQuestion, Decide, Decision, GuardOptions, GuardRoute } from "./guards/types.ts";
export type { CallerIdentity, IdentityReader } from "./identity/types.ts";
export { memoryReplayStore, ReplayStoreFullError } from "./replay/memoryReplayStore.ts";
export {
  type PostgresDatabase,
  type SqliteDatabase,
  type SqlReplayStoreOptions,
  sqlReplayStore,
} from "./replay/sqlReplayStore.ts";
export type { Invalidations, Nonce, ReplayableSignature, ReplayStore } from "./replay/types.ts";
export { createSession, type SessionOptions } from "./session/createSession.ts";
export { type AnySessionKey, createSessionKey, type SessionKeyOptions } from "./session/createSessionKey.ts";
export {
  EpochUnavailableError,
  GrantTooWideError,
  OutsideAudienceError,
  SessionEndedError,
  SessionKeyError,
  WrongSessionKeyError,
} from "./session/errors.ts";
export { type ExportedSession, exportSession, restoreSession } from "./session/exportSession.ts";
export { type OpenSessionOptions, openSession } from "./session/openSession.ts";
export { type Authority, readAuthority } from "./session/readAuthority.ts";
export type {
  DelegateAccount,
  Delegated,
  DelegateKey,
  DelegateOptions,
  GrantingAccount,
  GrantOptions,
  GrantTypedData,
  Jwk,
  KeyType,
  Revocations,
  Session,
  SessionKey,
  SessionRequestOptions,
  WebKeyPair,
} from "./session/types.ts";
export { createSignedFetch, type SignedFetchOptions } from "./sign/createSignedFetch.ts";
export type { SigningAccount, SignOptions } from "./sign/options.ts";
export { RedirectedError } from "./sign/redirectedError.ts";
export { signatureBases } from "./sign/signatureBases.ts";
export type { Fetch } from "./sign/signedBy.ts";
export { signRequest } from "./sign/signRequest.ts";
export { createVerifier } from "./verify/createVerifier.ts";
export type { Caller, RoutePolicy, Verifier, VerifierOptions } from "./verify/types.ts";
