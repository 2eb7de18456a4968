// Everything that the package offers; each line is one idea.

export { agentLinksAbi } from "./abi/agentLinks.ts";
export { delegationRegistryAbi } from "./abi/delegationRegistry.ts";
export { identityRegistryAbi } from "./abi/identityRegistry.ts";
export { registrationRendererAbi } from "./abi/registrationRenderer.ts";
export { registryLensAbi } from "./abi/registryLens.ts";
export { trustGateAbi } from "./abi/trustGate.ts";
export { unorderedNoncesAbi } from "./abi/unorderedNonces.ts";
export { vouchRegistryAbi } from "./abi/vouchRegistry.ts";
export {
  type AdvanceDelegationEpochErrorType,
  type AdvanceDelegationEpochEvent,
  type AdvanceDelegationEpochParameters,
  type AdvanceDelegationEpochSyncErrorType,
  type AdvanceDelegationEpochSyncReturnType,
  advanceDelegationEpoch,
  advanceDelegationEpochSync,
} from "./actions/delegation/advanceDelegationEpoch.ts";
export {
  type GetDelegationStatusErrorType,
  type GetDelegationStatusParameters,
  type GetDelegationStatusReturnType,
  getDelegationStatus,
} from "./actions/delegation/getDelegationStatus.ts";
export {
  type CodeHashParameters,
  type GetDelegationStatusesErrorType,
  type GetDelegationStatusesParameters,
  type GetDelegationStatusesReturnType,
  getDelegationStatuses,
} from "./actions/delegation/getDelegationStatuses.ts";
export {
  type RevokeDelegationErrorType,
  type RevokeDelegationEvent,
  type RevokeDelegationParameters,
  type RevokeDelegationSyncErrorType,
  type RevokeDelegationSyncReturnType,
  revokeDelegation,
  revokeDelegationSync,
} from "./actions/delegation/revokeDelegation.ts";
export {
  type RevokeDelegationForErrorType,
  type RevokeDelegationForParameters,
  type RevokeDelegationForSyncErrorType,
  type RevokeDelegationForSyncReturnType,
  revokeDelegationFor,
  revokeDelegationForSync,
} from "./actions/delegation/revokeDelegationFor.ts";
export {
  type SignDelegationRevocationErrorType,
  type SignDelegationRevocationParameters,
  signDelegationRevocation,
} from "./actions/delegation/signDelegationRevocation.ts";
export {
  type VerifyDelegationRevocationErrorType,
  type VerifyDelegationRevocationParameters,
  verifyDelegationRevocation,
} from "./actions/delegation/verifyDelegationRevocation.ts";
export {
  type DeployedContract,
  type DeployRegistriesErrorType,
  type DeployRegistriesParameters,
  type DeployRegistriesReturnType,
  deployRegistries,
} from "./actions/deployment/deployRegistries.ts";
export {
  type GetParametersErrorType,
  type GetParametersParameters,
  type GetParametersReturnType,
  getParameters,
} from "./actions/deployment/getParameters.ts";
export {
  type GetHistoryErrorType,
  type GetHistoryParameters,
  type GetHistoryReturnType,
  getHistory,
} from "./actions/events/getHistory.ts";
export {
  type ScanEventsErrorType,
  type ScanEventsParameters,
  type ScanEventsReturnType,
  type ScannedRange,
  scanEvents,
} from "./actions/events/scanEvents.ts";
export {
  type WatchEventsErrorType,
  type WatchEventsParameters,
  type WatchEventsReturnType,
  watchEvents,
} from "./actions/events/watchEvents.ts";
export {
  type CheckRequirementErrorType,
  type CheckRequirementParameters,
  type CheckRequirementReturnType,
  checkRequirement,
} from "./actions/gate/checkRequirement.ts";
export {
  type CancelPendingErrorType,
  type CancelPendingEvent,
  type CancelPendingParameters,
  type CancelPendingSyncErrorType,
  type CancelPendingSyncReturnType,
  cancelPending,
  cancelPendingSync,
} from "./actions/identity/cancelPending.ts";
export {
  type ClaimRecoveryErrorType,
  type ClaimRecoveryParameters,
  type ClaimRecoverySyncErrorType,
  type ClaimRecoverySyncReturnType,
  claimRecovery,
  claimRecoverySync,
} from "./actions/identity/claimRecovery.ts";
export {
  type GetAgentMetadataErrorType,
  type GetAgentMetadataParameters,
  type GetAgentMetadataReturnType,
  getAgentMetadata,
} from "./actions/identity/getAgentMetadata.ts";
export {
  type GetIdentityErrorType,
  type GetIdentityParameters,
  type GetIdentityReturnType,
  getIdentity,
} from "./actions/identity/getIdentity.ts";
export {
  type GetProfileErrorType,
  type GetProfileParameters,
  type GetProfileReturnType,
  getProfile,
} from "./actions/identity/getProfile.ts";
export {
  type GetProfilesErrorType,
  type GetProfilesParameters,
  type GetProfilesReturnType,
  getProfiles,
  type ProfilesPage,
} from "./actions/identity/getProfiles.ts";
export {
  type GetRegistrationFileErrorType,
  type GetRegistrationFileParameters,
  type GetRegistrationFileReturnType,
  getRegistrationFile,
} from "./actions/identity/getRegistrationFile.ts";
export {
  type ProposeRecoveryErrorType,
  type ProposeRecoveryEvent,
  type ProposeRecoveryParameters,
  type ProposeRecoverySyncErrorType,
  type ProposeRecoverySyncReturnType,
  proposeRecovery,
  proposeRecoverySync,
} from "./actions/identity/proposeRecovery.ts";
export {
  type ProveKeyErrorType,
  type ProveKeyParameters,
  type ProveKeySyncErrorType,
  type ProveKeySyncReturnType,
  proveKey,
  proveKeySync,
} from "./actions/identity/proveKey.ts";
export {
  type PulseErrorType,
  type PulseEvent,
  type PulseParameters,
  type PulseSyncErrorType,
  type PulseSyncReturnType,
  pulse,
  pulseSync,
} from "./actions/identity/pulse.ts";
export {
  type PulseForErrorType,
  type PulseForParameters,
  type PulseForSyncErrorType,
  type PulseForSyncReturnType,
  pulseFor,
  pulseForSync,
} from "./actions/identity/pulseFor.ts";
export {
  type MetadataEntry,
  type RegisterErrorType,
  type RegisterEvent,
  type RegisterParameters,
  type RegisterSyncErrorType,
  type RegisterSyncReturnType,
  register,
  registerSync,
} from "./actions/identity/register.ts";
export {
  type RegisterForErrorType,
  type RegisterForParameters,
  type RegisterForSyncErrorType,
  type RegisterForSyncReturnType,
  registerFor,
  registerForSync,
} from "./actions/identity/registerFor.ts";
export {
  type ResolveKeyErrorType,
  type ResolveKeyParameters,
  type ResolveKeyReturnType,
  resolveKey,
} from "./actions/identity/resolveKey.ts";
export {
  type ResumeErrorType,
  type ResumeEvent,
  type ResumeParameters,
  type ResumeSyncErrorType,
  type ResumeSyncReturnType,
  resume,
  resumeSync,
} from "./actions/identity/resume.ts";
export {
  type RetireErrorType,
  type RetireEvent,
  type RetireParameters,
  type RetireSyncErrorType,
  type RetireSyncReturnType,
  retire,
  retireSync,
} from "./actions/identity/retire.ts";
export {
  type RotateKeyErrorType,
  type RotateKeyEvent,
  type RotateKeyParameters,
  type RotateKeySyncErrorType,
  type RotateKeySyncReturnType,
  rotateKey,
  rotateKeySync,
} from "./actions/identity/rotateKey.ts";
export {
  type SetAgentURIErrorType,
  type SetAgentURIEvent,
  type SetAgentURIParameters,
  type SetAgentURISyncErrorType,
  type SetAgentURISyncReturnType,
  setAgentURI,
  setAgentURISync,
} from "./actions/identity/setAgentURI.ts";
export {
  type SetAgentWalletErrorType,
  type SetAgentWalletEvent,
  type SetAgentWalletParameters,
  type SetAgentWalletSyncErrorType,
  type SetAgentWalletSyncReturnType,
  setAgentWallet,
  setAgentWalletSync,
} from "./actions/identity/setAgentWallet.ts";
export {
  type SetArbitrationErrorType,
  type SetArbitrationEvent,
  type SetArbitrationParameters,
  type SetArbitrationSyncErrorType,
  type SetArbitrationSyncReturnType,
  setArbitration,
  setArbitrationSync,
} from "./actions/identity/setArbitration.ts";
export {
  type SetGuardianErrorType,
  type SetGuardianEvent,
  type SetGuardianParameters,
  type SetGuardianSyncErrorType,
  type SetGuardianSyncReturnType,
  setGuardian,
  setGuardianSync,
} from "./actions/identity/setGuardian.ts";
export {
  type SetMetadataErrorType,
  type SetMetadataEvent,
  type SetMetadataParameters,
  type SetMetadataSyncErrorType,
  type SetMetadataSyncReturnType,
  setMetadata,
  setMetadataSync,
} from "./actions/identity/setMetadata.ts";
export {
  type SignAgentWalletErrorType,
  type SignAgentWalletParameters,
  signAgentWallet,
} from "./actions/identity/signAgentWallet.ts";
export { type SignPulseErrorType, type SignPulseParameters, signPulse } from "./actions/identity/signPulse.ts";
export {
  type SignRegisterErrorType,
  type SignRegisterParameters,
  signRegister,
} from "./actions/identity/signRegister.ts";
export {
  type SignRotateKeyErrorType,
  type SignRotateKeyParameters,
  signRotateKey,
} from "./actions/identity/signRotateKey.ts";
export {
  type SuspendErrorType,
  type SuspendEvent,
  type SuspendParameters,
  type SuspendSyncErrorType,
  type SuspendSyncReturnType,
  suspend,
  suspendSync,
} from "./actions/identity/suspend.ts";
export {
  type UnsetAgentWalletErrorType,
  type UnsetAgentWalletEvent,
  type UnsetAgentWalletParameters,
  type UnsetAgentWalletSyncErrorType,
  type UnsetAgentWalletSyncReturnType,
  unsetAgentWallet,
  unsetAgentWalletSync,
} from "./actions/identity/unsetAgentWallet.ts";
export {
  type VerifyAgentWalletErrorType,
  type VerifyAgentWalletParameters,
  verifyAgentWallet,
} from "./actions/identity/verifyAgentWallet.ts";
export { type VerifyPulseErrorType, type VerifyPulseParameters, verifyPulse } from "./actions/identity/verifyPulse.ts";
export {
  type VerifyRegisterErrorType,
  type VerifyRegisterParameters,
  verifyRegister,
} from "./actions/identity/verifyRegister.ts";
export {
  type VerifyRotateKeyErrorType,
  type VerifyRotateKeyParameters,
  verifyRotateKey,
} from "./actions/identity/verifyRotateKey.ts";
export {
  type VoidConsentErrorType,
  type VoidConsentParameters,
  type VoidConsentSyncErrorType,
  type VoidConsentSyncReturnType,
  voidConsent,
  voidConsentSync,
} from "./actions/identity/voidConsent.ts";
export {
  type GetLinkErrorType,
  type GetLinkParameters,
  type GetLinkReturnType,
  getLink,
} from "./actions/link/getLink.ts";
export {
  type GetLinkedIdentityErrorType,
  type GetLinkedIdentityParameters,
  type GetLinkedIdentityReturnType,
  getLinkedIdentity,
} from "./actions/link/getLinkedIdentity.ts";
export {
  type GetLinksErrorType,
  type GetLinksParameters,
  type GetLinksReturnType,
  getLinks,
} from "./actions/link/getLinks.ts";
export {
  type LinkErrorType,
  type LinkEvent,
  type LinkParameters,
  type LinkSyncErrorType,
  type LinkSyncReturnType,
  link,
  linkSync,
} from "./actions/link/link.ts";
export {
  type SignAgentLinkErrorType,
  type SignAgentLinkParameters,
  signAgentLink,
} from "./actions/link/signAgentLink.ts";
export {
  type UnlinkErrorType,
  type UnlinkEvent,
  type UnlinkParameters,
  type UnlinkSyncErrorType,
  type UnlinkSyncReturnType,
  unlink,
  unlinkSync,
} from "./actions/link/unlink.ts";
export {
  type VerifyAgentLinkErrorType,
  type VerifyAgentLinkParameters,
  type VerifyAgentLinkReturnType,
  verifyAgentLink,
} from "./actions/link/verifyAgentLink.ts";
export {
  type GetFreeNoncesErrorType,
  type GetFreeNoncesParameters,
  type GetFreeNoncesReturnType,
  getFreeNonces,
} from "./actions/nonces/getFreeNonces.ts";
export {
  type InvalidateNoncesErrorType,
  type InvalidateNoncesEvent,
  type InvalidateNoncesParameters,
  type InvalidateNoncesSyncErrorType,
  type InvalidateNoncesSyncReturnType,
  invalidateNonces,
  invalidateNoncesSync,
} from "./actions/nonces/invalidateNonces.ts";
export { type IsNonceUsedErrorType, type IsNonceUsedParameters, isNonceUsed } from "./actions/nonces/isNonceUsed.ts";
export {
  type BurnErrorType,
  type BurnEvent,
  type BurnParameters,
  type BurnSyncErrorType,
  type BurnSyncReturnType,
  burn,
  burnSync,
} from "./actions/vouch/burn.ts";
export {
  type DisownErrorType,
  type DisownEvent,
  type DisownParameters,
  type DisownSyncErrorType,
  type DisownSyncReturnType,
  disown,
  disownSync,
} from "./actions/vouch/disown.ts";
export {
  type GetStandingErrorType,
  type GetStandingParameters,
  type GetStandingReturnType,
  getStanding,
} from "./actions/vouch/getStanding.ts";
export {
  type GetSupportErrorType,
  type GetSupportParameters,
  type GetSupportReturnType,
  getSupport,
} from "./actions/vouch/getSupport.ts";
export {
  type GetSupportAtErrorType,
  type GetSupportAtParameters,
  type GetSupportAtReturnType,
  getSupportAt,
} from "./actions/vouch/getSupportAt.ts";
export {
  type GetVouchErrorType,
  type GetVouchParameters,
  type GetVouchReturnType,
  getVouch,
} from "./actions/vouch/getVouch.ts";
export {
  type GetVouchersErrorType,
  type GetVouchersParameters,
  type GetVouchersReturnType,
  getVouchers,
} from "./actions/vouch/getVouchers.ts";
export {
  type GetVouchesByErrorType,
  type GetVouchesByParameters,
  type GetVouchesByReturnType,
  getVouchesBy,
} from "./actions/vouch/getVouchesBy.ts";
export {
  type RenewErrorType,
  type RenewEvent,
  type RenewParameters,
  type RenewSyncErrorType,
  type RenewSyncReturnType,
  renew,
  renewSync,
} from "./actions/vouch/renew.ts";
export {
  type RevokeErrorType,
  type RevokeEvent,
  type RevokeParameters,
  type RevokeSyncErrorType,
  type RevokeSyncReturnType,
  revoke,
  revokeSync,
} from "./actions/vouch/revoke.ts";
export {
  type RevokeForErrorType,
  type RevokeForParameters,
  type RevokeForSyncErrorType,
  type RevokeForSyncReturnType,
  revokeFor,
  revokeForSync,
} from "./actions/vouch/revokeFor.ts";
export { type SignRevokeErrorType, type SignRevokeParameters, signRevoke } from "./actions/vouch/signRevoke.ts";
export { type SignVouchErrorType, type SignVouchParameters, signVouch } from "./actions/vouch/signVouch.ts";
export { type SignWarnErrorType, type SignWarnParameters, signWarn } from "./actions/vouch/signWarn.ts";
export { type VerifyRevokeErrorType, type VerifyRevokeParameters, verifyRevoke } from "./actions/vouch/verifyRevoke.ts";
export { type VerifyVouchErrorType, type VerifyVouchParameters, verifyVouch } from "./actions/vouch/verifyVouch.ts";
export { type VerifyWarnErrorType, type VerifyWarnParameters, verifyWarn } from "./actions/vouch/verifyWarn.ts";
export {
  type VouchErrorType,
  type VouchEvent,
  type VouchParameters,
  type VouchSyncErrorType,
  type VouchSyncReturnType,
  vouch,
  vouchSync,
} from "./actions/vouch/vouch.ts";
export {
  type VouchForErrorType,
  type VouchForParameters,
  type VouchForSyncErrorType,
  type VouchForSyncReturnType,
  vouchFor,
  vouchForSync,
} from "./actions/vouch/vouchFor.ts";
export {
  type WarnErrorType,
  type WarnEvent,
  type WarnParameters,
  type WarnSyncErrorType,
  type WarnSyncReturnType,
  warn,
  warnSync,
} from "./actions/vouch/warn.ts";
export {
  type WarnForErrorType,
  type WarnForParameters,
  type WarnForSyncErrorType,
  type WarnForSyncReturnType,
  warnFor,
  warnForSync,
} from "./actions/vouch/warnFor.ts";
export { decodeEdge } from "./codecs/edge.ts";
export { decodeEvent } from "./codecs/event.ts";
export { decodeIdentityExtension, type IdentityExtension } from "./codecs/identityExtension.ts";
export { decodeIdentityRecord, type IdentityRecord } from "./codecs/identityRecord.ts";
export { decodeKeyEntry } from "./codecs/keyEntry.ts";
export { parseSigned } from "./codecs/parseSigned.ts";
export { type PeriodClock, periodAt, periodEnd } from "./codecs/period.ts";
export { decodeReasons, encodeReasons, reasonWords, unmetReasons } from "./codecs/reasons.ts";
export { parseRegistrationFile } from "./codecs/registrationFile.ts";
export {
  decodeSubjectRing,
  decodeVoucherRing,
  type RingStake,
  type SubjectRing,
  stakedAt,
  type VoucherRing,
} from "./codecs/ring.ts";
export {
  commitmentsRingSlot,
  edgeSlot,
  identityExtensionSlot,
  identityRecordSlot,
  keyEntrySlot,
  oppositionRingSlot,
  supportRingSlot,
} from "./codecs/storage.ts";
export { type FormatTimeParameters, formatCount, formatDuration, formatHex, formatTime } from "./codecs/words.ts";
export type { BoundSync, BoundWrite, DecoratorParameters } from "./decorators/bind.ts";
export { type TenurePublicActions, tenurePublicActions } from "./decorators/public.ts";
export { type TenureWalletActions, tenureWalletActions } from "./decorators/wallet.ts";
export { addressBook } from "./deployments/addressBook.ts";
export {
  type ChooseParametersParameters,
  type ChooseParametersReturnType,
  chooseParameters,
} from "./deployments/chooseParameters.ts";
export {
  deploymentSalt,
  deterministicDeployer,
  deterministicDeployerCode,
  deterministicDeployerCost,
  deterministicDeployerGasPrice,
  deterministicDeployerSigner,
  deterministicDeployerTransaction,
  getDeterministicAddress,
} from "./deployments/create2.ts";
export { isExpectedCode } from "./deployments/expectedCode.ts";
export {
  delegationRegistryCodeHash,
  productionAddresses,
  recordedAddresses,
  shortAddresses,
} from "./deployments/generated.ts";
export { isLocalChain } from "./deployments/isLocalChain.ts";
export { productionParameters, shortParameters } from "./deployments/parameters.ts";
export { type PlannedContract, planDeployment } from "./deployments/plan.ts";
export { getDelegationAddress, getLensAddress, getLinksAddress, getRegistryAddress } from "./deployments/resolve.ts";
export {
  AccountRequiredError,
  ChainRequiredError,
  DeploymentNotFoundError,
  EventNotFoundError,
  InvalidBlockError,
  InvalidBooleanError,
  InvalidBytes32Error,
  InvalidBytesError,
  InvalidIdError,
  InvalidLimitError,
  InvalidPeriodError,
  InvalidPointsError,
  InvalidRequirementError,
  InvalidTargetError,
  InvalidTextError,
  InvalidTimeError,
  InvalidUint256Error,
  NoncesApartError,
  NotKeyError,
  NotSignerError,
  RegistryNotDeployedError,
  TransactionRefusedError,
  UnsupportedAgentError,
} from "./errors/arguments.ts";
export { ContractError, type ErrorOptions, isTenureError, TenureError } from "./errors/base.ts";
export type { ArgumentErrorType, CommonErrorType, SignErrorType, WriteErrorType } from "./errors/common.ts";
export { decodeContractError, toTenureError } from "./errors/decode.ts";
export {
  EpochsExhaustedError,
  ForeignDelegationRegistryError,
  NoClientForChainError,
  TooManyGrantsError,
} from "./errors/delegation.ts";
export {
  DeployerUnavailableError,
  EvmTooOldError,
  ForeignCodeError,
  ForeignParametersError,
  InvalidParameterSetError,
  NotDeployedError,
  OriginAheadError,
  OriginFixedError,
} from "./errors/deployment.ts";
export { UntrustedError } from "./errors/gate.ts";
export {
  AlreadyRegisteredError,
  AlreadySeenError,
  ChangeExpiredError,
  ChangeNotReadyError,
  DeadlineTooFarError,
  GuardianUnchangedError,
  IdentityNotSuspendedError,
  IdentityRetiredError,
  IdentitySuspendedError,
  InvalidApproverError,
  InvalidCandidateError,
  InvalidGuardianError,
  InvalidOperatorError,
  InvalidParametersError,
  InvalidRendererError,
  InvalidSignatureError,
  InvalidTokenOwnerError,
  KeyEpochExhaustedError,
  KeyTooYoungError,
  NonceUsedError,
  NoPendingChangeError,
  NotAuthorizedError,
  NotCandidateError,
  NotGuardianError,
  NotOwnerError,
  RecoveryPendingError,
  ReservedMetadataKeyError,
  SignatureExpiredError,
  SoulboundError,
} from "./errors/identity.ts";
export {
  AlreadyLinkedError,
  InsufficientGasError,
  InvalidIdentityRegistryError,
  InvalidRegistryError,
  LinkNotFoundError,
  TokenNotHeldError,
  TokenUnreadableError,
} from "./errors/link.ts";
export {
  BlockNotReachedError,
  HistoryPrunedError,
  InsufficientEtherError,
  LogsNotIndexedError,
  NodeFailedError,
  NodeRefusedError,
  NodeUnreachableError,
  NotANodeError,
  WrongChainError,
} from "./errors/network.ts";
export { NonceTakenError, UnknownOutcomeError } from "./errors/outcome.ts";
export {
  GatewayRequiredError,
  InvalidRegistrationFileError,
  RegistrationFileUnavailableError,
  UnsupportedURIError,
} from "./errors/registrationFile.ts";
export {
  InvalidSignedError,
  SignatureFormError,
  SignatureVoidError,
  SignedElsewhereError,
  SignerNotDeployedError,
  SignerUnknownError,
} from "./errors/signed.ts";
export {
  ArbiterChangesError,
  HorizonPassedError,
  InsufficientStandingError,
  InvalidArbiterError,
  InvalidBurnError,
  InvalidCursorError,
  InvalidPeriodsError,
  NoArbiterError,
  NotActiveError,
  NotArbiterError,
  NothingToRenewError,
  NotSubjectKeyError,
  PeriodPassedError,
  ReleaseShortensError,
  RenewalShortensError,
  RingFullError,
  SelfVouchError,
  StakeShrinksError,
  UnknownIdentityError,
  VouchExistsError,
  VouchNotFoundError,
  VouchNotLiveError,
  VouchRefusedError,
  VouchReleasedError,
  WarningNotDisownableError,
  ZeroStakeError,
} from "./errors/vouch.ts";
export type { FetchParameters } from "./files/fetchFile.ts";
export { type RpcEventSourceParameters, rpcEventSource } from "./ports/rpcEventSource.ts";
export { rpcReader } from "./ports/rpcReader.ts";
export { type RpcStatusSourceParameters, rpcStatusSource } from "./ports/rpcStatusSource.ts";
export {
  type CheckRequirementWithParameters,
  type CheckRequirementWithReturnType,
  checkRequirementWith,
  type RequirementReader,
} from "./requirements/checkRequirementWith.ts";
export type { AnchorEdge } from "./requirements/countAnchors.ts";
export {
  evaluateRequirement,
  type RequirementEvaluation,
  type RequirementFacts,
} from "./requirements/evaluateRequirement.ts";
export { currentTime } from "./rpc/currentTime.ts";
export { requireChain } from "./rpc/requireChain.ts";
export { requireRegistries } from "./rpc/requireRegistries.ts";
export { type CanonicalSignatureParameters, canonicalSignature } from "./signatures/canonicalSignature.ts";
export { consentNonce } from "./signatures/consentNonce.ts";
export {
  getAgentLinkTypedData,
  getAgentWalletTypedData,
  getDelegationRevocationTypedData,
  getPulseTypedData,
  getRegisterTypedData,
  getRevokeTypedData,
  getRotateKeyTypedData,
  getVouchTypedData,
  getWarnTypedData,
} from "./signatures/getTypedData.ts";
export type { AnyClient } from "./types/client.ts";
export type {
  DelegationQuestion,
  DelegationStatus,
  DelegationStatusSource,
  GrantReference,
} from "./types/delegation.ts";
export type {
  Artifact,
  DeploymentParameters,
  DeploymentRecord,
  ParameterSet,
  RegistryAddresses,
  RegistryName,
} from "./types/deployment.ts";
export type { EventContent, EventPosition, TenureEvent, WatchedEvent } from "./types/event.ts";
export type { EventSource, EventsParameters } from "./types/eventSource.ts";
export type { Requirement, UnmetFact, UnmetReason } from "./types/gate.ts";
export type {
  ChangeKind,
  Identity,
  KeyRole,
  OwnerKind,
  PendingChange,
  ResolvedKey,
  Status,
} from "./types/identity.ts";
export type { AgentLink, AgentLinkStatement, AgentReference } from "./types/link.ts";
export type { Offer } from "./types/offer.ts";
export type {
  AddressParameters,
  NonceParameters,
  ReadParameters,
  SignerParameters,
  SignParameters,
  WaitParameters,
  WriteParameters,
} from "./types/parameters.ts";
export type { Profile } from "./types/profile.ts";
export type { BlockReference, MomentParameters, ProfileTarget, Reader } from "./types/reader.ts";
export type { AgentRegistration, AgentService, RegistrationFile, SkippedEntry } from "./types/registrationFile.ts";
export type { CalledContract, NonceRegistry } from "./types/registry.ts";
export type {
  Consent,
  Signed,
  SignedAgentLink,
  SignedAgentWallet,
  SignedDelegationRevocation,
  SignedForPair,
  SignedKinds,
  SignedOffer,
  SignedPulse,
  SignedRegister,
  SignedRevoke,
  SignedRotateKey,
  SignedVouch,
  SignedWarn,
  SignedWithNonce,
  Unsent,
  Voidable,
} from "./types/signed.ts";
export type { SignableTypedData } from "./types/typedData.ts";
export type { Edge, Stance, Standing, Support, Vouch, VouchState } from "./types/vouch.ts";
export type {
  ContractCall,
  EventLog,
  SimulateReturnType,
  SyncAction,
  SyncReturnType,
  WriteAction,
} from "./types/write.ts";
export {
  type WaitForReceiptErrorType,
  type WaitForReceiptParameters,
  type WaitForReceiptReturnType,
  waitForReceipt,
} from "./writes/waitForReceipt.ts";
