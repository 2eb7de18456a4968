import type { Account, Chain, Client, Transport } from "viem";
import {
  type GetDelegationStatusParameters,
  type GetDelegationStatusReturnType,
  getDelegationStatus,
} from "../actions/delegation/getDelegationStatus.ts";
import {
  type GetDelegationStatusesParameters,
  type GetDelegationStatusesReturnType,
  getDelegationStatuses,
} from "../actions/delegation/getDelegationStatuses.ts";
import {
  type VerifyDelegationRevocationParameters,
  verifyDelegationRevocation,
} from "../actions/delegation/verifyDelegationRevocation.ts";
import {
  type GetParametersParameters,
  type GetParametersReturnType,
  getParameters,
} from "../actions/deployment/getParameters.ts";
import { type GetHistoryParameters, type GetHistoryReturnType, getHistory } from "../actions/events/getHistory.ts";
import { type ScanEventsParameters, type ScanEventsReturnType, scanEvents } from "../actions/events/scanEvents.ts";
import { type WatchEventsParameters, type WatchEventsReturnType, watchEvents } from "../actions/events/watchEvents.ts";
import {
  type CheckRequirementParameters,
  type CheckRequirementReturnType,
  checkRequirement,
} from "../actions/gate/checkRequirement.ts";
import {
  type GetAgentMetadataParameters,
  type GetAgentMetadataReturnType,
  getAgentMetadata,
} from "../actions/identity/getAgentMetadata.ts";
import {
  type GetIdentityParameters,
  type GetIdentityReturnType,
  getIdentity,
} from "../actions/identity/getIdentity.ts";
import { type GetProfileParameters, type GetProfileReturnType, getProfile } from "../actions/identity/getProfile.ts";
import {
  type GetProfilesParameters,
  type GetProfilesReturnType,
  getProfiles,
} from "../actions/identity/getProfiles.ts";
import {
  type GetRegistrationFileParameters,
  type GetRegistrationFileReturnType,
  getRegistrationFile,
} from "../actions/identity/getRegistrationFile.ts";
import { type ResolveKeyParameters, type ResolveKeyReturnType, resolveKey } from "../actions/identity/resolveKey.ts";
import { type VerifyAgentWalletParameters, verifyAgentWallet } from "../actions/identity/verifyAgentWallet.ts";
import { type VerifyPulseParameters, verifyPulse } from "../actions/identity/verifyPulse.ts";
import { type VerifyRegisterParameters, verifyRegister } from "../actions/identity/verifyRegister.ts";
import { type VerifyRotateKeyParameters, verifyRotateKey } from "../actions/identity/verifyRotateKey.ts";
import { type GetLinkParameters, type GetLinkReturnType, getLink } from "../actions/link/getLink.ts";
import {
  type GetLinkedIdentityParameters,
  type GetLinkedIdentityReturnType,
  getLinkedIdentity,
} from "../actions/link/getLinkedIdentity.ts";
import { type GetLinksParameters, type GetLinksReturnType, getLinks } from "../actions/link/getLinks.ts";
import {
  type VerifyAgentLinkParameters,
  type VerifyAgentLinkReturnType,
  verifyAgentLink,
} from "../actions/link/verifyAgentLink.ts";
import {
  type GetFreeNoncesParameters,
  type GetFreeNoncesReturnType,
  getFreeNonces,
} from "../actions/nonces/getFreeNonces.ts";
import { type IsNonceUsedParameters, isNonceUsed } from "../actions/nonces/isNonceUsed.ts";
import { type GetStandingParameters, type GetStandingReturnType, getStanding } from "../actions/vouch/getStanding.ts";
import { type GetSupportParameters, type GetSupportReturnType, getSupport } from "../actions/vouch/getSupport.ts";
import {
  type GetSupportAtParameters,
  type GetSupportAtReturnType,
  getSupportAt,
} from "../actions/vouch/getSupportAt.ts";
import { type GetVouchParameters, type GetVouchReturnType, getVouch } from "../actions/vouch/getVouch.ts";
import { type GetVouchersParameters, type GetVouchersReturnType, getVouchers } from "../actions/vouch/getVouchers.ts";
import {
  type GetVouchesByParameters,
  type GetVouchesByReturnType,
  getVouchesBy,
} from "../actions/vouch/getVouchesBy.ts";
import { type VerifyRevokeParameters, verifyRevoke } from "../actions/vouch/verifyRevoke.ts";
import { type VerifyVouchParameters, verifyVouch } from "../actions/vouch/verifyVouch.ts";
import { type VerifyWarnParameters, verifyWarn } from "../actions/vouch/verifyWarn.ts";
import { binder, type DecoratorParameters } from "./bind.ts";

/** What `tenurePublicActions` adds to a client. */
export type TenurePublicActions = {
  /** Reads everything that the registry knows of one identity. */
  getIdentity: (parameters: GetIdentityParameters) => Promise<GetIdentityReturnType>;
  /** Finds the identity that an address belongs to, or once belonged to. */
  resolveKey: (parameters: ResolveKeyParameters) => Promise<ResolveKeyReturnType>;
  /** Reads all there is to know of one identity now, in one call. */
  getProfile: (parameters: GetProfileParameters) => Promise<GetProfileReturnType>;
  /** Reads complete profiles, in the order asked. */
  getProfiles: (parameters: GetProfilesParameters) => Promise<GetProfilesReturnType>;
  /** Reads one key of on-chain metadata. */
  getAgentMetadata: (parameters: GetAgentMetadataParameters) => Promise<GetAgentMetadataReturnType>;
  /** Fetches and reads the ERC-8004 registration file of an identity. */
  getRegistrationFile: (parameters: GetRegistrationFileParameters) => Promise<GetRegistrationFileReturnType>;
  /** Reads the points of an identity. */
  getStanding: (parameters: GetStandingParameters) => Promise<GetStandingReturnType>;
  /** Reads what is staked for and against an identity, exact now. */
  getSupport: (parameters: GetSupportParameters) => Promise<GetSupportReturnType>;
  /** Reads what will still be staked for and against an identity in a period. */
  getSupportAt: (parameters: GetSupportAtParameters) => Promise<GetSupportAtReturnType>;
  /** Reads the vouch or warning of a pair. */
  getVouch: (parameters: GetVouchParameters) => Promise<GetVouchReturnType>;
  /** Walks everyone who ever staked for or against an identity. */
  getVouchers: (parameters: GetVouchersParameters) => GetVouchersReturnType;
  /** Walks every vouch and warning that an identity ever made. */
  getVouchesBy: (parameters: GetVouchesByParameters) => GetVouchesByReturnType;
  /** Reads what the registries were made with, and count by. */
  getParameters: (parameters?: GetParametersParameters) => Promise<GetParametersReturnType>;
  /** Finds nonces that are free, for signing many at once. */
  getFreeNonces: (parameters: GetFreeNoncesParameters) => Promise<GetFreeNoncesReturnType>;
  /** Says whether a nonce is used up. */
  isNonceUsed: (parameters: IsNonceUsedParameters) => Promise<boolean>;
  /** Reads the link of a token. */
  getLink: (parameters: GetLinkParameters) => Promise<GetLinkReturnType>;
  /** Walks the agents that an identity says it operates. */
  getLinks: (parameters: GetLinksParameters) => GetLinksReturnType;
  /** Finds the identity that operates a token. */
  getLinkedIdentity: (parameters: GetLinkedIdentityParameters) => Promise<GetLinkedIdentityReturnType>;
  /** Checks whether an identity and an agent, which may be on another chain, both say that they belong together. */
  verifyAgentLink: (parameters: VerifyAgentLinkParameters) => Promise<VerifyAgentLinkReturnType>;
  /** Reads what makes a grant active or void. */
  getDelegationStatus: (parameters: GetDelegationStatusParameters) => Promise<GetDelegationStatusReturnType>;
  /** Reads what makes each grant of a chain of grants active or void, in one request. */
  getDelegationStatuses: (parameters: GetDelegationStatusesParameters) => Promise<GetDelegationStatusesReturnType>;
  /** Checks a signed revocation of a grant. */
  verifyDelegationRevocation: (parameters: VerifyDelegationRevocationParameters) => Promise<boolean>;
  /** Checks a consent to being registered. */
  verifyRegister: (parameters: VerifyRegisterParameters) => Promise<boolean>;
  /** Checks a signed check-in. */
  verifyPulse: (parameters: VerifyPulseParameters) => Promise<boolean>;
  /** Checks the next key's consent to own an identity. */
  verifyRotateKey: (parameters: VerifyRotateKeyParameters) => Promise<boolean>;
  /** Checks a wallet's consent to act for an identity. */
  verifyAgentWallet: (parameters: VerifyAgentWalletParameters) => Promise<boolean>;
  /** Checks an offered vouch. */
  verifyVouch: (parameters: VerifyVouchParameters) => Promise<boolean>;
  /** Checks an offered warning. */
  verifyWarn: (parameters: VerifyWarnParameters) => Promise<boolean>;
  /** Checks a signed revocation. */
  verifyRevoke: (parameters: VerifyRevokeParameters) => Promise<boolean>;
  /** Reads every dated event of an identity. */
  getHistory: (parameters: GetHistoryParameters) => Promise<GetHistoryReturnType>;
  /** Reads every event of a range of blocks, of all identities. */
  scanEvents: (parameters: ScanEventsParameters) => ScanEventsReturnType;
  /** Watches one identity or all: every event once, in order, and what a reorg took back. */
  watchEvents: (parameters: WatchEventsParameters) => WatchEventsReturnType;
  /** Judges an identity by a requirement, and shows its arithmetic. */
  checkRequirement: (parameters: CheckRequirementParameters) => Promise<CheckRequirementReturnType>;
};

/**
 * Reads of the registries, for `client.extend`.
 *
 * @param parameters - Where the registries are, if not where the client's chain or the address book says.
 * @returns What `extend` takes.
 *
 * @example
 * const client = createPublicClient({ chain, transport: http() }).extend(tenurePublicActions());
 * const profile = await client.getProfile({ id: 7 });
 */
export function tenurePublicActions(parameters: DecoratorParameters = {}) {
  return <chain extends Chain | undefined, account extends Account | undefined>(
    client: Client<Transport, chain, account>,
  ): TenurePublicActions => {
    const { action } = binder(client, parameters);
    return {
      getIdentity: action(getIdentity),
      resolveKey: action(resolveKey),
      getProfile: action(getProfile),
      getProfiles: action(getProfiles),
      getAgentMetadata: action(getAgentMetadata),
      getRegistrationFile: action(getRegistrationFile),
      getStanding: action(getStanding),
      getSupport: action(getSupport),
      getSupportAt: action(getSupportAt),
      getVouch: action(getVouch),
      getVouchers: action(getVouchers),
      getVouchesBy: action(getVouchesBy),
      getParameters: (own = {}) => action(getParameters)(own),
      getFreeNonces: action(getFreeNonces),
      isNonceUsed: action(isNonceUsed),
      getLink: action(getLink),
      getLinks: action(getLinks),
      getLinkedIdentity: action(getLinkedIdentity),
      verifyAgentLink: action(verifyAgentLink),
      getDelegationStatus: action(getDelegationStatus),
      getDelegationStatuses: action(getDelegationStatuses),
      verifyDelegationRevocation: action(verifyDelegationRevocation),
      getHistory: action(getHistory),
      scanEvents: action(scanEvents),
      watchEvents: action(watchEvents),
      verifyRegister: action(verifyRegister),
      verifyPulse: action(verifyPulse),
      verifyRotateKey: action(verifyRotateKey),
      verifyAgentWallet: action(verifyAgentWallet),
      verifyVouch: action(verifyVouch),
      verifyWarn: action(verifyWarn),
      verifyRevoke: action(verifyRevoke),
      checkRequirement: action(checkRequirement),
    };
  };
}
