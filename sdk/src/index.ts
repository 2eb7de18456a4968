// Everything that the package offers; each line is one idea.

export { agentLinksAbi } from "./abi/agentLinks.ts";
export { identityRegistryAbi } from "./abi/identityRegistry.ts";
export { registrationRendererAbi } from "./abi/registrationRenderer.ts";
export { registryLensAbi } from "./abi/registryLens.ts";
export { trustGateAbi } from "./abi/trustGate.ts";
export { unorderedNoncesAbi } from "./abi/unorderedNonces.ts";
export { vouchRegistryAbi } from "./abi/vouchRegistry.ts";
export {
  type DeployedContract,
  type DeployRegistriesParameters,
  type DeployRegistriesReturnType,
  deployRegistries,
} from "./actions/deployment/deployRegistries.ts";
export {
  type GetParametersParameters,
  type GetParametersReturnType,
  getParameters,
} from "./actions/deployment/getParameters.ts";
export { type GetHistoryParameters, type GetHistoryReturnType, getHistory } from "./actions/events/getHistory.ts";
export { type WatchEventsParameters, type WatchEventsReturnType, watchEvents } from "./actions/events/watchEvents.ts";
export {
  type CheckRequirementParameters,
  type CheckRequirementReturnType,
  checkRequirement,
} from "./actions/gate/checkRequirement.ts";
export {
  type CancelPendingEvent,
  type CancelPendingParameters,
  type CancelPendingSyncReturnType,
  cancelPending,
  cancelPendingSync,
} from "./actions/identity/cancelPending.ts";
export {
  type ClaimRecoveryParameters,
  type ClaimRecoverySyncReturnType,
  claimRecovery,
  claimRecoverySync,
} from "./actions/identity/claimRecovery.ts";
export {
  type GetAgentMetadataParameters,
  type GetAgentMetadataReturnType,
  getAgentMetadata,
} from "./actions/identity/getAgentMetadata.ts";
export { type GetIdentityParameters, type GetIdentityReturnType, getIdentity } from "./actions/identity/getIdentity.ts";
export { type GetProfileParameters, type GetProfileReturnType, getProfile } from "./actions/identity/getProfile.ts";
export {
  type GetProfilesParameters,
  type GetProfilesReturnType,
  getProfiles,
  type ProfilesPage,
} from "./actions/identity/getProfiles.ts";
export {
  type GetRegistrationFileParameters,
  type GetRegistrationFileReturnType,
  getRegistrationFile,
} from "./actions/identity/getRegistrationFile.ts";
export {
  type ProposeRecoveryEvent,
  type ProposeRecoveryParameters,
  type ProposeRecoverySyncReturnType,
  proposeRecovery,
  proposeRecoverySync,
} from "./actions/identity/proposeRecovery.ts";
export {
  type ProveKeyParameters,
  type ProveKeySyncReturnType,
  proveKey,
  proveKeySync,
} from "./actions/identity/proveKey.ts";
export {
  type PulseEvent,
  type PulseParameters,
  type PulseSyncReturnType,
  pulse,
  pulseSync,
} from "./actions/identity/pulse.ts";
export {
  type PulseForParameters,
  type PulseForSyncReturnType,
  pulseFor,
  pulseForSync,
} from "./actions/identity/pulseFor.ts";
export {
  type MetadataEntry,
  type RegisterEvent,
  type RegisterParameters,
  type RegisterSyncReturnType,
  register,
  registerSync,
} from "./actions/identity/register.ts";
export {
  type RegisterForParameters,
  type RegisterForSyncReturnType,
  registerFor,
  registerForSync,
} from "./actions/identity/registerFor.ts";
export { type ResolveKeyParameters, type ResolveKeyReturnType, resolveKey } from "./actions/identity/resolveKey.ts";
export {
  type ResumeEvent,
  type ResumeParameters,
  type ResumeSyncReturnType,
  resume,
  resumeSync,
} from "./actions/identity/resume.ts";
export {
  type RetireEvent,
  type RetireParameters,
  type RetireSyncReturnType,
  retire,
  retireSync,
} from "./actions/identity/retire.ts";
export {
  type RotateKeyEvent,
  type RotateKeyParameters,
  type RotateKeySyncReturnType,
  rotateKey,
  rotateKeySync,
} from "./actions/identity/rotateKey.ts";
export {
  type SetAgentURIEvent,
  type SetAgentURIParameters,
  type SetAgentURISyncReturnType,
  setAgentURI,
  setAgentURISync,
} from "./actions/identity/setAgentURI.ts";
export {
  type SetAgentWalletEvent,
  type SetAgentWalletParameters,
  type SetAgentWalletSyncReturnType,
  setAgentWallet,
  setAgentWalletSync,
} from "./actions/identity/setAgentWallet.ts";
export {
  type SetArbitrationEvent,
  type SetArbitrationParameters,
  type SetArbitrationSyncReturnType,
  setArbitration,
  setArbitrationSync,
} from "./actions/identity/setArbitration.ts";
export {
  type SetGuardianEvent,
  type SetGuardianParameters,
  type SetGuardianSyncReturnType,
  setGuardian,
  setGuardianSync,
} from "./actions/identity/setGuardian.ts";
export {
  type SetMetadataEvent,
  type SetMetadataParameters,
  type SetMetadataSyncReturnType,
  setMetadata,
  setMetadataSync,
} from "./actions/identity/setMetadata.ts";
export { type SignAgentWalletParameters, signAgentWallet } from "./actions/identity/signAgentWallet.ts";
export { type SignPulseParameters, signPulse } from "./actions/identity/signPulse.ts";
export { type SignRegisterParameters, signRegister } from "./actions/identity/signRegister.ts";
export { type SignRotateKeyParameters, signRotateKey } from "./actions/identity/signRotateKey.ts";
export {
  type SuspendEvent,
  type SuspendParameters,
  type SuspendSyncReturnType,
  suspend,
  suspendSync,
} from "./actions/identity/suspend.ts";
export {
  type UnsetAgentWalletEvent,
  type UnsetAgentWalletParameters,
  type UnsetAgentWalletSyncReturnType,
  unsetAgentWallet,
  unsetAgentWalletSync,
} from "./actions/identity/unsetAgentWallet.ts";
export { type VerifyAgentWalletParameters, verifyAgentWallet } from "./actions/identity/verifyAgentWallet.ts";
export { type VerifyPulseParameters, verifyPulse } from "./actions/identity/verifyPulse.ts";
export { type VerifyRegisterParameters, verifyRegister } from "./actions/identity/verifyRegister.ts";
export { type VerifyRotateKeyParameters, verifyRotateKey } from "./actions/identity/verifyRotateKey.ts";
export {
  type VoidConsentParameters,
  type VoidConsentSyncReturnType,
  voidConsent,
  voidConsentSync,
} from "./actions/identity/voidConsent.ts";
export { type GetLinkParameters, type GetLinkReturnType, getLink } from "./actions/link/getLink.ts";
export {
  type GetLinkedIdentityParameters,
  type GetLinkedIdentityReturnType,
  getLinkedIdentity,
} from "./actions/link/getLinkedIdentity.ts";
export { type GetLinksParameters, type GetLinksReturnType, getLinks } from "./actions/link/getLinks.ts";
export { type LinkEvent, type LinkParameters, type LinkSyncReturnType, link, linkSync } from "./actions/link/link.ts";
export { type SignAgentLinkParameters, signAgentLink } from "./actions/link/signAgentLink.ts";
export {
  type UnlinkEvent,
  type UnlinkParameters,
  type UnlinkSyncReturnType,
  unlink,
  unlinkSync,
} from "./actions/link/unlink.ts";
export {
  type VerifyAgentLinkParameters,
  type VerifyAgentLinkReturnType,
  verifyAgentLink,
} from "./actions/link/verifyAgentLink.ts";
export {
  type GetFreeNoncesParameters,
  type GetFreeNoncesReturnType,
  getFreeNonces,
} from "./actions/nonces/getFreeNonces.ts";
export {
  type InvalidateNoncesEvent,
  type InvalidateNoncesParameters,
  type InvalidateNoncesSyncReturnType,
  invalidateNonces,
  invalidateNoncesSync,
} from "./actions/nonces/invalidateNonces.ts";
export { type IsNonceUsedParameters, isNonceUsed } from "./actions/nonces/isNonceUsed.ts";
export { type BurnEvent, type BurnParameters, type BurnSyncReturnType, burn, burnSync } from "./actions/vouch/burn.ts";
export {
  type DisownEvent,
  type DisownParameters,
  type DisownSyncReturnType,
  disown,
  disownSync,
} from "./actions/vouch/disown.ts";
export { type GetStandingParameters, type GetStandingReturnType, getStanding } from "./actions/vouch/getStanding.ts";
export { type GetSupportParameters, type GetSupportReturnType, getSupport } from "./actions/vouch/getSupport.ts";
export {
  type GetSupportAtParameters,
  type GetSupportAtReturnType,
  getSupportAt,
} from "./actions/vouch/getSupportAt.ts";
export { type GetVouchParameters, type GetVouchReturnType, getVouch } from "./actions/vouch/getVouch.ts";
export { type GetVouchersParameters, type GetVouchersReturnType, getVouchers } from "./actions/vouch/getVouchers.ts";
export {
  type GetVouchesByParameters,
  type GetVouchesByReturnType,
  getVouchesBy,
} from "./actions/vouch/getVouchesBy.ts";
export {
  type RenewEvent,
  type RenewParameters,
  type RenewSyncReturnType,
  renew,
  renewSync,
} from "./actions/vouch/renew.ts";
export {
  type RevokeEvent,
  type RevokeParameters,
  type RevokeSyncReturnType,
  revoke,
  revokeSync,
} from "./actions/vouch/revoke.ts";
export {
  type RevokeForParameters,
  type RevokeForSyncReturnType,
  revokeFor,
  revokeForSync,
} from "./actions/vouch/revokeFor.ts";
export { type SignRevokeParameters, signRevoke } from "./actions/vouch/signRevoke.ts";
export { type SignVouchParameters, signVouch } from "./actions/vouch/signVouch.ts";
export { type SignWarnParameters, signWarn } from "./actions/vouch/signWarn.ts";
export { type VerifyRevokeParameters, verifyRevoke } from "./actions/vouch/verifyRevoke.ts";
export { type VerifyVouchParameters, verifyVouch } from "./actions/vouch/verifyVouch.ts";
export { type VerifyWarnParameters, verifyWarn } from "./actions/vouch/verifyWarn.ts";
export {
  type VouchEvent,
  type VouchParameters,
  type VouchSyncReturnType,
  vouch,
  vouchSync,
} from "./actions/vouch/vouch.ts";
export {
  type VouchForParameters,
  type VouchForSyncReturnType,
  vouchFor,
  vouchForSync,
} from "./actions/vouch/vouchFor.ts";
export { type WarnEvent, type WarnParameters, type WarnSyncReturnType, warn, warnSync } from "./actions/vouch/warn.ts";
export { type WarnForParameters, type WarnForSyncReturnType, warnFor, warnForSync } from "./actions/vouch/warnFor.ts";
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
export type { BoundSync, BoundWrite, DecoratorParameters } from "./decorators/bind.ts";
export { type TenurePublicActions, tenurePublicActions } from "./decorators/public.ts";
export { type TenureWalletActions, tenureWalletActions } from "./decorators/wallet.ts";
export { addressBook } from "./deployments/addressBook.ts";
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
export { productionAddresses, recordedAddresses, shortAddresses } from "./deployments/generated.ts";
export { productionParameters, shortParameters } from "./deployments/parameters.ts";
export { type PlannedContract, planDeployment } from "./deployments/plan.ts";
export { getLensAddress, getLinksAddress, getRegistryAddress } from "./deployments/resolve.ts";
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
export { decodeContractError, toTenureError } from "./errors/decode.ts";
export {
  DeployerUnavailableError,
  ForeignCodeError,
  ForeignParametersError,
  NotDeployedError,
  OriginAheadError,
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
export { InsufficientEtherError, NodeRefusedError, NodeUnreachableError, WrongChainError } from "./errors/network.ts";
export {
  GatewayRequiredError,
  InvalidRegistrationFileError,
  RegistrationFileUnavailableError,
  UnsupportedURIError,
} from "./errors/registrationFile.ts";
export {
  InvalidSignedError,
  SignatureVoidError,
  SignedElsewhereError,
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
export { consentNonce } from "./signatures/consentNonce.ts";
export type { AnyClient } from "./types/client.ts";
export type { Artifact, DeploymentParameters, RegistryAddresses, RegistryName } from "./types/deployment.ts";
export type { EventContent, EventPosition, TenureEvent, WatchedEvent } from "./types/event.ts";
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
export type { AgentRegistration, AgentService, RegistrationFile } from "./types/registrationFile.ts";
export type { CalledContract, NonceRegistry } from "./types/registry.ts";
export type {
  Consent,
  Signed,
  SignedAgentLink,
  SignedAgentWallet,
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
export type { Edge, Stance, Standing, Support, Vouch, VouchState } from "./types/vouch.ts";
export type {
  ContractCall,
  EventLog,
  SimulateReturnType,
  SyncAction,
  SyncReturnType,
  WriteAction,
} from "./types/write.ts";
