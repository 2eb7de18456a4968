// What is known of a caller, each fact with its source and age, and none of it in the caller's own words.
export type { OptionalSources } from "./askedSources.ts";
export { BoundedMap } from "./boundedMap.ts";
export { factsAsCedarTypes } from "./cedarTypes.ts";
export { type Clock, machineClock, type WatchedClock, watchClock } from "./clock.ts";
export { createFacts, type FactsGatherer, type FactsMoment, type FactsOptions } from "./createFacts.ts";
export {
  type FactDeclaration,
  type FactDrift,
  type FactGroupDeclaration,
  type FactKind,
  factDeclaration,
} from "./declaration.ts";
export { factsTable } from "./docsTable.ts";
export { FactsUnavailableError } from "./errors.ts";
export type {
  BehaviourSource,
  CorporateSource,
  FactSource,
  FactsChain,
  FactsReader,
  IdentityName,
  RiskSource,
  TrustSource,
} from "./ports.ts";
export { parseSubject, type SubjectName, tokenName } from "./subject.ts";
export type { FactGroup, FactOrigin, Facts, GatheredFacts } from "./types.ts";
