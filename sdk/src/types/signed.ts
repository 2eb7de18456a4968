// What the SDK's `sign…` return: a signature with what it says, for JSON and for anybody who sends it.
import type { Address, Hex } from "viem";
import type { AgentLinkStatement } from "./link.ts";
import type { Offer } from "./offer.ts";

/** What everything that is signed for a registry says of itself. */
export type Signed = {
  /** The chain it is for. */
  chainId: number;
  /** The registry it is for. */
  registry: Address;
  /** Last second (unix time) at which it counts. */
  deadline: number;
  /** The signature. */
  signature: Hex;
};

/** What is signed with a nonce. */
export type SignedWithNonce = Signed & {
  /** The nonce of the owner that was signed; not the nonce of a transaction. */
  signatureNonce: number;
};

/** What a voucher signs about a pair. */
export type SignedForPair = SignedWithNonce & {
  /** Who stakes. */
  voucherId: number;
  /** For or against whom. */
  subjectId: number;
  /** The voucher's key epoch. */
  keyEpoch: number;
  /** The date of the vouch or warning that the pair has, whatever became of it (`getVouch`); 0 where it never had one. */
  since: number;
};

/** What an offered vouch and an offered warning share. */
export type SignedOffer = SignedForPair &
  Offer & {
    /** The arbiter's owner; left out where there is no arbiter, or one that is retired: zero is signed then. */
    arbiterOwner?: Address | undefined;
    /** What it is about, or zero. */
    topic: Hex;
    /** URI of the evidence, or empty. */
    evidence: string;
  };

/** A vouch, as `signVouch` offers it. */
export type SignedVouch = SignedOffer & {
  /** The subject's owner: a vouch is given to a key. */
  subjectOwner: Address;
};

/** A warning, as `signWarn` offers it. */
export type SignedWarn = SignedOffer & {
  /** A key that the subject has or had, which says who is meant whatever key it has by then. */
  subjectKey: Address;
};

/** A revocation, by `signRevoke`: of the vouch or warning that has this date, and of no later one. */
export type SignedRevoke = SignedForPair;

/** A consent to being registered, by `signRegister`. */
export type SignedRegister = SignedWithNonce & {
  /** Who consents. */
  owner: Address;
  /** Where the registration file is. */
  agentURI: string;
};

/** A check-in, by `signPulse`. */
export type SignedPulse = Signed & {
  /** The identity. */
  id: number;
  /** Who checks in: its owner. */
  owner: Address;
  /** The checkpoint, or zero. */
  checkpoint: Hex;
  /** When it last checked in; any check-in since makes the signature void. */
  lastSeen: number;
};

/** A consent to owning an identity, as the next key, by `signRotateKey`. */
export type SignedRotateKey = Signed & {
  /** The identity. */
  id: number;
  /** The owner that the consent is good for. */
  owner: Address;
  /** Who consents: the next key. */
  newOwner: Address;
  /** The key epoch that the consent is good for. */
  keyEpoch: number;
};

/** A consent to acting for an identity, as its wallet, by `signAgentWallet`. */
export type SignedAgentWallet = Signed & {
  /** The identity. */
  id: number;
  /** Who consents: the wallet. */
  newWallet: Address;
  /** The owner that the consent is good for. */
  owner: Address;
};

/** A revocation of a grant, by `signDelegationRevocation`. It counts for ever. */
export type SignedDelegationRevocation = Omit<Signed, "deadline"> & {
  /** Whose grant it is, and who signed. */
  issuer: Address;
  /** The grant, as the registry knows it. */
  handle: Hex;
};

/** A statement about a link, by `signAgentLink`. */
export type SignedAgentLink = AgentLinkStatement & {
  /** The signature: `linkSignature` of the entry that names the other side. */
  signature: Hex;
};

/** Everything that is signed, by its name in `parseSigned`. */
export type SignedKinds = {
  /** By `signRegister`. */
  register: SignedRegister;
  /** By `signPulse`. */
  pulse: SignedPulse;
  /** By `signVouch`. */
  vouch: SignedVouch;
  /** By `signWarn`. */
  warn: SignedWarn;
  /** By `signRevoke`. */
  revoke: SignedRevoke;
  /** By `signRotateKey`. */
  rotateKey: SignedRotateKey;
  /** By `signAgentWallet`. */
  agentWallet: SignedAgentWallet;
  /** By `signDelegationRevocation`. */
  delegationRevocation: SignedDelegationRevocation;
};

/** What was signed; its signature is checked where it is there. */
export type Unsent<signed extends { signature: Hex }> = Omit<signed, "signature"> & { signature?: Hex | undefined };

/** What is signed without a nonce. */
export type Consent =
  | Omit<SignedRotateKey, "signature">
  | Omit<SignedAgentWallet, "signature">
  | Omit<SignedPulse, "signature">;

/** Everything that whoever signed it can take back. */
export type Voidable = {
  [kind in Exclude<keyof SignedKinds, "delegationRevocation">]: Unsent<SignedKinds[kind]>;
}[Exclude<keyof SignedKinds, "delegationRevocation">];
