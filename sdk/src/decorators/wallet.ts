import type { Account, Chain, Client, Hex, Transport } from "viem";
import type { agentLinksAbi } from "../abi/agentLinks.ts";
import type { delegationRegistryAbi } from "../abi/delegationRegistry.ts";
import type { identityRegistryAbi } from "../abi/identityRegistry.ts";
import type { unorderedNoncesAbi } from "../abi/unorderedNonces.ts";
import type { vouchRegistryAbi } from "../abi/vouchRegistry.ts";
import {
  type AdvanceDelegationEpochEvent,
  type AdvanceDelegationEpochParameters,
  advanceDelegationEpoch,
  advanceDelegationEpochSync,
} from "../actions/delegation/advanceDelegationEpoch.ts";
import {
  type RevokeDelegationEvent,
  type RevokeDelegationParameters,
  revokeDelegation,
  revokeDelegationSync,
} from "../actions/delegation/revokeDelegation.ts";
import {
  type RevokeDelegationForParameters,
  revokeDelegationFor,
  revokeDelegationForSync,
} from "../actions/delegation/revokeDelegationFor.ts";
import {
  type SignDelegationRevocationParameters,
  signDelegationRevocation,
} from "../actions/delegation/signDelegationRevocation.ts";
import {
  type CancelPendingEvent,
  type CancelPendingParameters,
  cancelPending,
  cancelPendingSync,
} from "../actions/identity/cancelPending.ts";
import { type ClaimRecoveryParameters, claimRecovery, claimRecoverySync } from "../actions/identity/claimRecovery.ts";
import {
  type ProposeRecoveryEvent,
  type ProposeRecoveryParameters,
  proposeRecovery,
  proposeRecoverySync,
} from "../actions/identity/proposeRecovery.ts";
import {
  type ProveKeyParameters,
  type ProveKeySyncReturnType,
  proveKey,
  proveKeySync,
} from "../actions/identity/proveKey.ts";
import { type PulseEvent, type PulseParameters, pulse, pulseSync } from "../actions/identity/pulse.ts";
import { type PulseForParameters, pulseFor, pulseForSync } from "../actions/identity/pulseFor.ts";
import { type RegisterEvent, type RegisterParameters, register, registerSync } from "../actions/identity/register.ts";
import { type RegisterForParameters, registerFor, registerForSync } from "../actions/identity/registerFor.ts";
import { type ResumeEvent, type ResumeParameters, resume, resumeSync } from "../actions/identity/resume.ts";
import { type RetireEvent, type RetireParameters, retire, retireSync } from "../actions/identity/retire.ts";
import {
  type RotateKeyEvent,
  type RotateKeyParameters,
  rotateKey,
  rotateKeySync,
} from "../actions/identity/rotateKey.ts";
import {
  type SetAgentURIEvent,
  type SetAgentURIParameters,
  setAgentURI,
  setAgentURISync,
} from "../actions/identity/setAgentURI.ts";
import {
  type SetAgentWalletEvent,
  type SetAgentWalletParameters,
  setAgentWallet,
  setAgentWalletSync,
} from "../actions/identity/setAgentWallet.ts";
import {
  type SetArbitrationEvent,
  type SetArbitrationParameters,
  setArbitration,
  setArbitrationSync,
} from "../actions/identity/setArbitration.ts";
import {
  type SetGuardianEvent,
  type SetGuardianParameters,
  setGuardian,
  setGuardianSync,
} from "../actions/identity/setGuardian.ts";
import {
  type SetMetadataEvent,
  type SetMetadataParameters,
  setMetadata,
  setMetadataSync,
} from "../actions/identity/setMetadata.ts";
import { type SignAgentWalletParameters, signAgentWallet } from "../actions/identity/signAgentWallet.ts";
import { type SignPulseParameters, signPulse } from "../actions/identity/signPulse.ts";
import { type SignRegisterParameters, signRegister } from "../actions/identity/signRegister.ts";
import { type SignRotateKeyParameters, signRotateKey } from "../actions/identity/signRotateKey.ts";
import { type SuspendEvent, type SuspendParameters, suspend, suspendSync } from "../actions/identity/suspend.ts";
import {
  type UnsetAgentWalletEvent,
  type UnsetAgentWalletParameters,
  unsetAgentWallet,
  unsetAgentWalletSync,
} from "../actions/identity/unsetAgentWallet.ts";
import { type VoidConsentParameters, voidConsent, voidConsentSync } from "../actions/identity/voidConsent.ts";
import { type LinkEvent, type LinkParameters, link, linkSync } from "../actions/link/link.ts";
import { type SignAgentLinkParameters, signAgentLink } from "../actions/link/signAgentLink.ts";
import { type UnlinkEvent, type UnlinkParameters, unlink, unlinkSync } from "../actions/link/unlink.ts";
import {
  type InvalidateNoncesEvent,
  type InvalidateNoncesParameters,
  invalidateNonces,
  invalidateNoncesSync,
} from "../actions/nonces/invalidateNonces.ts";
import { type BurnEvent, type BurnParameters, burn, burnSync } from "../actions/vouch/burn.ts";
import { type DisownEvent, type DisownParameters, disown, disownSync } from "../actions/vouch/disown.ts";
import { type RenewEvent, type RenewParameters, renew, renewSync } from "../actions/vouch/renew.ts";
import { type RevokeEvent, type RevokeParameters, revoke, revokeSync } from "../actions/vouch/revoke.ts";
import { type RevokeForParameters, revokeFor, revokeForSync } from "../actions/vouch/revokeFor.ts";
import { type SignRevokeParameters, signRevoke } from "../actions/vouch/signRevoke.ts";
import { type SignVouchParameters, signVouch } from "../actions/vouch/signVouch.ts";
import { type SignWarnParameters, signWarn } from "../actions/vouch/signWarn.ts";
import { type VouchEvent, type VouchParameters, vouch, vouchSync } from "../actions/vouch/vouch.ts";
import { type VouchForParameters, vouchFor, vouchForSync } from "../actions/vouch/vouchFor.ts";
import { type WarnEvent, type WarnParameters, warn, warnSync } from "../actions/vouch/warn.ts";
import { type WarnForParameters, warnFor, warnForSync } from "../actions/vouch/warnFor.ts";
import type { WaitParameters } from "../types/parameters.ts";
import type {
  SignedAgentLink,
  SignedAgentWallet,
  SignedDelegationRevocation,
  SignedPulse,
  SignedRegister,
  SignedRevoke,
  SignedRotateKey,
  SignedVouch,
  SignedWarn,
} from "../types/signed.ts";
import type { ContractCall } from "../types/write.ts";
import { type BoundSync, type BoundWrite, binder, type DecoratorParameters } from "./bind.ts";

/** What `tenureWalletActions` adds to a client. */
export type TenureWalletActions<account extends Account | undefined = Account | undefined> = {
  /** Registers the account: it becomes the owner of a new identity, for ever. */
  register: BoundWrite<
    RegisterParameters,
    RegisterEvent,
    ContractCall<typeof identityRegistryAbi, "register">,
    account
  >;
  /** `register`, and waits for what comes of it. */
  registerSync: BoundSync<RegisterParameters, RegisterEvent, account>;
  /** Registers somebody who consented with `signRegister`, and pays for it. */
  registerFor: BoundWrite<
    RegisterForParameters,
    RegisterEvent,
    ContractCall<typeof identityRegistryAbi, "registerFor">,
    account
  >;
  /** `registerFor`, and waits for what comes of it. */
  registerForSync: BoundSync<RegisterForParameters, RegisterEvent, account>;
  /** Makes every signature void that the account gave with one of these nonces and that nobody has used. */
  invalidateNonces: BoundWrite<
    InvalidateNoncesParameters,
    InvalidateNoncesEvent,
    ContractCall<typeof unorderedNoncesAbi, "invalidateNonces">,
    account
  >;
  /** `invalidateNonces`, and waits for what comes of it. */
  invalidateNoncesSync: BoundSync<InvalidateNoncesParameters, InvalidateNoncesEvent, account>;
  /** Takes back what was signed and can still count, by whoever signed it. */
  voidConsent: BoundWrite<
    VoidConsentParameters,
    InvalidateNoncesEvent,
    ContractCall<typeof unorderedNoncesAbi, "invalidateNonces">,
    account
  >;
  /** `voidConsent`, and waits for what comes of it. */
  voidConsentSync: BoundSync<VoidConsentParameters, InvalidateNoncesEvent, account>;
  /** Agrees to be named as arbiter of vouches and warnings, or does so no longer. */
  setArbitration: BoundWrite<
    SetArbitrationParameters,
    SetArbitrationEvent,
    ContractCall<typeof identityRegistryAbi, "setArbitration">,
    account
  >;
  /** `setArbitration`, and waits for what comes of it. */
  setArbitrationSync: BoundSync<SetArbitrationParameters, SetArbitrationEvent, account>;
  /** Revokes a grant of the account. */
  revokeDelegation: BoundWrite<
    RevokeDelegationParameters,
    RevokeDelegationEvent,
    ContractCall<typeof delegationRegistryAbi, "revoke">,
    account
  >;
  /** `revokeDelegation`, and waits for what comes of it. */
  revokeDelegationSync: BoundSync<RevokeDelegationParameters, RevokeDelegationEvent, account>;
  /** Revokes a grant by a signature of its issuer. */
  revokeDelegationFor: BoundWrite<
    RevokeDelegationForParameters,
    RevokeDelegationEvent,
    ContractCall<typeof delegationRegistryAbi, "revokeBySig">,
    account
  >;
  /** `revokeDelegationFor`, and waits for what comes of it. */
  revokeDelegationForSync: BoundSync<RevokeDelegationForParameters, RevokeDelegationEvent, account>;
  /** Makes every grant void that the account has issued. */
  advanceDelegationEpoch: BoundWrite<
    AdvanceDelegationEpochParameters,
    AdvanceDelegationEpochEvent,
    ContractCall<typeof delegationRegistryAbi, "advanceEpoch">,
    account
  >;
  /** `advanceDelegationEpoch`, and waits for what comes of it. */
  advanceDelegationEpochSync: BoundSync<AdvanceDelegationEpochParameters, AdvanceDelegationEpochEvent, account>;
  /** Says which transferable agent an identity operates. */
  link: BoundWrite<LinkParameters, LinkEvent, ContractCall<typeof agentLinksAbi, "link">, account>;
  /** `link`, and waits for what comes of it. */
  linkSync: BoundSync<LinkParameters, LinkEvent, account>;
  /** Takes a link back, broken or not. */
  unlink: BoundWrite<UnlinkParameters, UnlinkEvent, ContractCall<typeof agentLinksAbi, "unlink">, account>;
  /** `unlink`, and waits for what comes of it. */
  unlinkSync: BoundSync<UnlinkParameters, UnlinkEvent, account>;
  /** Checks in: credits the time since the last check-in, as far as it counts. */
  pulse: BoundWrite<PulseParameters, PulseEvent, ContractCall<typeof identityRegistryAbi, "pulse">, account>;
  /** `pulse`, and waits for what comes of it. */
  pulseSync: BoundSync<PulseParameters, PulseEvent, account>;
  /** `pulse`, by a signature made with `signPulse`; the account only pays. */
  pulseFor: BoundWrite<PulseForParameters, PulseEvent, ContractCall<typeof identityRegistryAbi, "pulseFor">, account>;
  /** `pulseFor`, and waits for what comes of it. */
  pulseForSync: BoundSync<PulseForParameters, PulseEvent, account>;
  /** Proves that the account is a key: signs a check-in and sends it itself. */
  proveKey: (parameters: ProveKeyParameters<account>) => Promise<Hex>;
  /** `proveKey`, and waits for what comes of it. */
  proveKeySync: (parameters: ProveKeyParameters<account> & WaitParameters) => Promise<ProveKeySyncReturnType>;
  /** Changes where the ERC-8004 registration file is. */
  setAgentURI: BoundWrite<
    SetAgentURIParameters,
    SetAgentURIEvent,
    ContractCall<typeof identityRegistryAbi, "setAgentURI">,
    account
  >;
  /** `setAgentURI`, and waits for what comes of it. */
  setAgentURISync: BoundSync<SetAgentURIParameters, SetAgentURIEvent, account>;
  /** Writes one key of on-chain metadata. */
  setMetadata: BoundWrite<
    SetMetadataParameters,
    SetMetadataEvent,
    ContractCall<typeof identityRegistryAbi, "setMetadata">,
    account
  >;
  /** `setMetadata`, and waits for what comes of it. */
  setMetadataSync: BoundSync<SetMetadataParameters, SetMetadataEvent, account>;
  /** Gives an identity a hot wallet, which consented with `signAgentWallet` at most five minutes ago. */
  setAgentWallet: BoundWrite<
    SetAgentWalletParameters,
    SetAgentWalletEvent,
    ContractCall<typeof identityRegistryAbi, "setAgentWallet">,
    account
  >;
  /** `setAgentWallet`, and waits for what comes of it. */
  setAgentWalletSync: BoundSync<SetAgentWalletParameters, SetAgentWalletEvent, account>;
  /** Takes the hot wallet away: the owner serves as wallet again. */
  unsetAgentWallet: BoundWrite<
    UnsetAgentWalletParameters,
    UnsetAgentWalletEvent,
    ContractCall<typeof identityRegistryAbi, "unsetAgentWallet">,
    account
  >;
  /** `unsetAgentWallet`, and waits for what comes of it. */
  unsetAgentWalletSync: BoundSync<UnsetAgentWalletParameters, UnsetAgentWalletEvent, account>;
  /** Hands an identity to another key, which consented with `signRotateKey`. Its age stays; vouches for it lapse until they are renewed. */
  rotateKey: BoundWrite<
    RotateKeyParameters,
    RotateKeyEvent,
    ContractCall<typeof identityRegistryAbi, "rotateKey">,
    account
  >;
  /** `rotateKey`, and waits for what comes of it. */
  rotateKeySync: BoundSync<RotateKeyParameters, RotateKeyEvent, account>;
  /** Stops an identity from acting, at once. By its owner or guardian. */
  suspend: BoundWrite<SuspendParameters, SuspendEvent, ContractCall<typeof identityRegistryAbi, "suspend">, account>;
  /** `suspend`, and waits for what comes of it. */
  suspendSync: BoundSync<SuspendParameters, SuspendEvent, account>;
  /** Ends a suspension. By the guardian where there is one, else by the owner. */
  resume: BoundWrite<ResumeParameters, ResumeEvent, ContractCall<typeof identityRegistryAbi, "resume">, account>;
  /** `resume`, and waits for what comes of it. */
  resumeSync: BoundSync<ResumeParameters, ResumeEvent, account>;
  /** Sets the guardian, who may suspend the identity and recover it to a new key. At once where none is set; else it takes two calls, the second after the recovery delay, and the guardian may cancel. */
  setGuardian: BoundWrite<
    SetGuardianParameters,
    SetGuardianEvent,
    ContractCall<typeof identityRegistryAbi, "setGuardian">,
    account
  >;
  /** `setGuardian`, and waits for what comes of it. */
  setGuardianSync: BoundSync<SetGuardianParameters, SetGuardianEvent, account>;
  /** Starts to recover an identity to another key. By its guardian; replaces any change that waits. */
  proposeRecovery: BoundWrite<
    ProposeRecoveryParameters,
    ProposeRecoveryEvent,
    ContractCall<typeof identityRegistryAbi, "proposeRecovery">,
    account
  >;
  /** `proposeRecovery`, and waits for what comes of it. */
  proposeRecoverySync: BoundSync<ProposeRecoveryParameters, ProposeRecoveryEvent, account>;
  /** Completes a recovery: the identity belongs to the account from now on. By its candidate, after the recovery delay. */
  claimRecovery: BoundWrite<
    ClaimRecoveryParameters,
    RotateKeyEvent,
    ContractCall<typeof identityRegistryAbi, "claimRecovery">,
    account
  >;
  /** `claimRecovery`, and waits for what comes of it. */
  claimRecoverySync: BoundSync<ClaimRecoveryParameters, RotateKeyEvent, account>;
  /** Cancels a change that waits. By the guardian; by the owner for a change that it proposed. */
  cancelPending: BoundWrite<
    CancelPendingParameters,
    CancelPendingEvent,
    ContractCall<typeof identityRegistryAbi, "cancelPending">,
    account
  >;
  /** `cancelPending`, and waits for what comes of it. */
  cancelPendingSync: BoundSync<CancelPendingParameters, CancelPendingEvent, account>;
  /** Ends an identity, for ever. At once where it has no guardian; else it takes two calls, the second after the recovery delay, and the guardian may cancel. */
  retire: BoundWrite<RetireParameters, RetireEvent, ContractCall<typeof identityRegistryAbi, "retire">, account>;
  /** `retire`, and waits for what comes of it. */
  retireSync: BoundSync<RetireParameters, RetireEvent, account>;
  /** Stakes for another identity, until a period ends. */
  vouch: BoundWrite<VouchParameters, VouchEvent, ContractCall<typeof vouchRegistryAbi, "vouch">, account>;
  /** `vouch`, and waits for what comes of it. */
  vouchSync: BoundSync<VouchParameters, VouchEvent, account>;
  /** `vouch`, by a signature made with `signVouch`; the account only pays. */
  vouchFor: BoundWrite<VouchForParameters, VouchEvent, ContractCall<typeof vouchRegistryAbi, "vouchFor">, account>;
  /** `vouchFor`, and waits for what comes of it. */
  vouchForSync: BoundSync<VouchForParameters, VouchEvent, account>;
  /** Stakes against another identity, until a period ends. */
  warn: BoundWrite<WarnParameters, WarnEvent, ContractCall<typeof vouchRegistryAbi, "warn">, account>;
  /** `warn`, and waits for what comes of it. */
  warnSync: BoundSync<WarnParameters, WarnEvent, account>;
  /** `warn`, by a signature made with `signWarn`; the account only pays. */
  warnFor: BoundWrite<WarnForParameters, WarnEvent, ContractCall<typeof vouchRegistryAbi, "warnFor">, account>;
  /** `warnFor`, and waits for what comes of it. */
  warnForSync: BoundSync<WarnForParameters, WarnEvent, account>;
  /** Extends or raises a vouch or warning, or affirms a vouch after the subject's key changed. */
  renew: BoundWrite<RenewParameters, RenewEvent, ContractCall<typeof vouchRegistryAbi, "renew">, account>;
  /** `renew`, and waits for what comes of it. */
  renewSync: BoundSync<RenewParameters, RenewEvent, account>;
  /** Takes a vouch or warning back: it counts no more. Its stake stays locked to the end of the next period. */
  revoke: BoundWrite<RevokeParameters, RevokeEvent, ContractCall<typeof vouchRegistryAbi, "revoke">, account>;
  /** `revoke`, and waits for what comes of it. */
  revokeSync: BoundSync<RevokeParameters, RevokeEvent, account>;
  /** `revoke`, by a signature made with `signRevoke`; the account only pays. */
  revokeFor: BoundWrite<RevokeForParameters, RevokeEvent, ContractCall<typeof vouchRegistryAbi, "revokeFor">, account>;
  /** `revokeFor`, and waits for what comes of it. */
  revokeForSync: BoundSync<RevokeForParameters, RevokeEvent, account>;
  /** Refuses a vouch that the subject does not want: it counts no more. By the subject's owner; a warning cannot be disowned. */
  disown: BoundWrite<DisownParameters, DisownEvent, ContractCall<typeof vouchRegistryAbi, "disown">, account>;
  /** `disown`, and waits for what comes of it. */
  disownSync: BoundSync<DisownParameters, DisownEvent, account>;
  /** Burns staked points, for ever; nobody is paid. By the owner of the arbiter that the voucher chose. */
  burn: BoundWrite<BurnParameters, BurnEvent, ContractCall<typeof vouchRegistryAbi, "burn">, account>;
  /** `burn`, and waits for what comes of it. */
  burnSync: BoundSync<BurnParameters, BurnEvent, account>;
  /** Consents to being registered; whoever holds the result may register the account with `registerFor`, and pays. */
  signRegister: (parameters: SignRegisterParameters<account>) => Promise<SignedRegister>;
  /** Checks in by signature; whoever holds the result may send it with `pulseFor`, and pays. Another check-in voids it, and a rotation of the key. */
  signPulse: (parameters: SignPulseParameters<account>) => Promise<SignedPulse>;
  /** Consents, as the next key, to owning an identity; its present owner completes that with `rotateKey`. */
  signRotateKey: (parameters: SignRotateKeyParameters<account>) => Promise<SignedRotateKey>;
  /** Consents, as a wallet, to acting for an identity; its owner completes that with `setAgentWallet` within five minutes. */
  signAgentWallet: (parameters: SignAgentWalletParameters<account>) => Promise<SignedAgentWallet>;
  /** Offers a vouch by signature; whoever holds the result may make it with `vouchFor`, and pays. A rotation of a key voids it, and what the voucher does about the pair. */
  signVouch: (parameters: SignVouchParameters<account>) => Promise<SignedVouch>;
  /** Offers a warning by signature; whoever holds the result may make it with `warnFor`, and pays. A rotation of the voucher's or the arbiter's key voids it, and what the voucher does about the pair. */
  signWarn: (parameters: SignWarnParameters<account>) => Promise<SignedWarn>;
  /** Takes a vouch or warning back by signature; whoever holds the result may send it with `revokeFor`, and pays. */
  signRevoke: (parameters: SignRevokeParameters<account>) => Promise<SignedRevoke>;
  /** States that an identity operates an agent, which may be on another chain. */
  signAgentLink: (parameters: SignAgentLinkParameters<account>) => Promise<SignedAgentLink>;
  /** Revokes a grant by signature. */
  signDelegationRevocation: (
    parameters: SignDelegationRevocationParameters<account>,
  ) => Promise<SignedDelegationRevocation>;
};

/**
 * Writes and signatures of the registries, for `client.extend`.
 *
 * @param parameters - Where the registries are, if not where the client's chain or the address book says.
 * @returns What `extend` takes.
 *
 * @example
 * const agent = createWalletClient({ account, chain, transport: http() }).extend(tenureWalletActions());
 * const { id } = await agent.registerSync({});
 */
export function tenureWalletActions(parameters: DecoratorParameters = {}) {
  return <chain extends Chain | undefined, account extends Account | undefined>(
    client: Client<Transport, chain, account>,
  ): TenureWalletActions<account> => {
    const { action, write } = binder(client, parameters);
    return {
      register: write(register),
      registerSync: action(registerSync),
      registerFor: write(registerFor),
      registerForSync: action(registerForSync),
      invalidateNonces: write(invalidateNonces),
      invalidateNoncesSync: action(invalidateNoncesSync),
      voidConsent: write(voidConsent),
      voidConsentSync: action(voidConsentSync),
      setArbitration: write(setArbitration),
      setArbitrationSync: action(setArbitrationSync),
      revokeDelegation: write(revokeDelegation),
      revokeDelegationSync: action(revokeDelegationSync),
      revokeDelegationFor: write(revokeDelegationFor),
      revokeDelegationForSync: action(revokeDelegationForSync),
      advanceDelegationEpoch: write(advanceDelegationEpoch),
      advanceDelegationEpochSync: action(advanceDelegationEpochSync),
      link: write(link),
      linkSync: action(linkSync),
      unlink: write(unlink),
      unlinkSync: action(unlinkSync),
      pulse: write(pulse),
      pulseSync: action(pulseSync),
      pulseFor: write(pulseFor),
      pulseForSync: action(pulseForSync),
      proveKey: action(proveKey<chain, account>),
      proveKeySync: action(proveKeySync<chain, account>),
      setAgentURI: write(setAgentURI),
      setAgentURISync: action(setAgentURISync),
      setMetadata: write(setMetadata),
      setMetadataSync: action(setMetadataSync),
      setAgentWallet: write(setAgentWallet),
      setAgentWalletSync: action(setAgentWalletSync),
      unsetAgentWallet: write(unsetAgentWallet),
      unsetAgentWalletSync: action(unsetAgentWalletSync),
      rotateKey: write(rotateKey),
      rotateKeySync: action(rotateKeySync),
      suspend: write(suspend),
      suspendSync: action(suspendSync),
      resume: write(resume),
      resumeSync: action(resumeSync),
      setGuardian: write(setGuardian),
      setGuardianSync: action(setGuardianSync),
      proposeRecovery: write(proposeRecovery),
      proposeRecoverySync: action(proposeRecoverySync),
      claimRecovery: write(claimRecovery),
      claimRecoverySync: action(claimRecoverySync),
      cancelPending: write(cancelPending),
      cancelPendingSync: action(cancelPendingSync),
      retire: write(retire),
      retireSync: action(retireSync),
      vouch: write(vouch),
      vouchSync: action(vouchSync),
      vouchFor: write(vouchFor),
      vouchForSync: action(vouchForSync),
      warn: write(warn),
      warnSync: action(warnSync),
      warnFor: write(warnFor),
      warnForSync: action(warnForSync),
      renew: write(renew),
      renewSync: action(renewSync),
      revoke: write(revoke),
      revokeSync: action(revokeSync),
      revokeFor: write(revokeFor),
      revokeForSync: action(revokeForSync),
      disown: write(disown),
      disownSync: action(disownSync),
      burn: write(burn),
      burnSync: action(burnSync),
      signRegister: action(signRegister<chain, account>),
      signPulse: action(signPulse<chain, account>),
      signRotateKey: action(signRotateKey<chain, account>),
      signAgentWallet: action(signAgentWallet<chain, account>),
      signVouch: action(signVouch<chain, account>),
      signWarn: action(signWarn<chain, account>),
      signRevoke: action(signRevoke<chain, account>),
      signAgentLink: action(signAgentLink<chain, account>),
      signDelegationRevocation: action(signDelegationRevocation<chain, account>),
    };
  };
}
