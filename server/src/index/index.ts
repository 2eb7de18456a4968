// The registries' words, followed from the chain into SQL.
export { ChainDiffersError, HeadMissingError } from "./follow/errors.ts";
export { type FollowChainParameters, followChain } from "./follow/followChain.ts";
export { BlockForgottenError, BlockTakenBackError, IndexNotReadyError, InvalidListCursorError } from "./read/errors.ts";
export type { KnownIdentity } from "./read/facts.ts";
export { type Freshness, type FreshnessLimits, readFreshness } from "./read/freshness.ts";
export { type ListPage, type ListParameters, listIdentities } from "./read/listIdentities.ts";
export { readDelegationStatus } from "./read/readDelegationStatus.ts";
export { type EventPlace, readHistory, readTold, type ToldEvent } from "./read/readEvents.ts";
export { type MadeLink, readLink } from "./read/readLink.ts";
export { type OwnWords, readMetadata } from "./read/readMetadata.ts";
export { readParameters } from "./read/readParameters.ts";
export { type SqlDirectoryParameters, sqlDirectory } from "./read/sqlDirectory.ts";

export { sqlEventSource } from "./read/sqlEventSource.ts";
export { type AtBlock, type KnownProfile, type SqlFacts, sqlFacts } from "./read/sqlFacts.ts";
export { sqlFeed } from "./read/sqlFeed.ts";
export { type AskDelegation, askNode, sqlReader } from "./read/sqlReader.ts";
export type { ChainName } from "./store/chainRow.ts";
export { indexMigrations } from "./store/migrations.ts";
export { requestRebuild } from "./verify/requestRebuild.ts";
export { type Difference, type Verification, type VerifyParameters, verifyIndex } from "./verify/verifyIndex.ts";
