// Facts of words and a moment, as the contracts' views compute them.
import {
  type DeploymentParameters,
  decodeEdge,
  decodeIdentityExtension,
  decodeIdentityRecord,
  decodeKeyEntry,
  decodeSubjectRing,
  decodeVoucherRing,
  type Edge,
  type Identity,
  type PendingChange,
  periodAt,
  type ResolvedKey,
  type Standing,
  type Status,
  type Support,
  stakedAt,
  type Vouch,
  type VouchState,
} from "@tenure/sdk";
import { getAddress } from "viem";
import type { IdentityWords } from "../apply/cells.ts";
import { changeIn } from "../words/keyEntry.ts";
import { addressIn } from "../words/word.ts";

/** What logs tell of an identity: all but whether its owner delegates to code (EIP-7702), which no log says. */
export type KnownIdentity = Omit<Identity, "isDelegated">;

/** The moment that facts are of, and the registries' values. */
export interface FactsMoment {
  /** Unix seconds. */
  readonly timestamp: number;
  readonly parameters: DeploymentParameters;
}

const nobody: Omit<KnownIdentity, "id"> = {
  status: "unknown",
  owner: undefined,
  ownerKind: undefined,
  isArbiter: false,
  wallet: undefined,
  guardian: undefined,
  keyEpoch: 0,
  keySince: 0,
  firstSeen: 0,
  lastSeen: 0,
  tenure: 0,
  pending: undefined,
};

/** @param ownerEntry The word of the owner's key. */
export function identityOf(
  id: number,
  words: IdentityWords | undefined,
  ownerEntry: bigint | undefined,
  moment: FactsMoment,
): KnownIdentity {
  if (words === undefined) return { id, ...nobody };
  const { owner, status, keyEpoch, isKeyOwned, isArbiter, lastSeen, tenure } = decodeIdentityRecord(words.record);
  const { guardian, firstSeen } = decodeIdentityExtension(words.extension);
  const keySince = owner === undefined ? 0 : decodeKeyEntry(ownerEntry ?? 0n).since;
  const isKept = keyEpoch !== 0 || status === "retired";
  return {
    id,
    status,
    owner,
    ownerKind: owner && (isKeyOwned ? "key" : "unproven"),
    isArbiter,
    wallet: status === "active" ? (addressOf(words.wallet) ?? owner) : undefined,
    guardian,
    keyEpoch,
    keySince,
    firstSeen: isKept ? (firstSeen ?? 0) : keySince,
    lastSeen,
    tenure,
    pending: pendingOf(words.pending, moment),
  };
}

function pendingOf(word: bigint, { timestamp, parameters }: FactsMoment): PendingChange | undefined {
  const { kind, candidate, readyAt } = changeIn(word);
  if (kind === undefined || BigInt(timestamp) > readyAt + BigInt(parameters.recoveryDelay)) return undefined;
  return { kind, candidate: addressOf(candidate), readyAt: Number(readyAt) };
}

export function standingOf(words: IdentityWords | undefined, { timestamp, parameters }: FactsMoment): Standing {
  const ring = decodeVoucherRing(words?.commitments ?? 0n);
  const tenure = words === undefined ? 0 : decodeIdentityRecord(words.record).tenure;
  const standing = Math.min(Math.floor(tenure / parameters.unit), parameters.cap) - ring.burned;
  const staked = stakedAt(ring, periodAt(timestamp, parameters));
  return { standing, staked, burned: ring.burned, free: standing - staked, scars: ring.scars };
}

export function supportOf(words: IdentityWords | undefined, { timestamp, parameters }: FactsMoment): Support {
  if (words === undefined) return { support: 0, opposition: 0 };
  const current = periodAt(timestamp, parameters);
  const ring = decodeSubjectRing(words.support);
  const isForKey = ring.keyEpoch === decodeIdentityRecord(words.record).keyEpoch;
  return {
    support: isForKey ? stakedAt(ring, current) : 0,
    opposition: ring.isWarned ? stakedAt(decodeSubjectRing(words.opposition), current) : 0,
  };
}

/** What a pair is found with. */
export interface PairWords {
  readonly edge: bigint | undefined;
  readonly voucher: IdentityWords | undefined;
  readonly subject: IdentityWords | undefined;
  readonly arbiter: IdentityWords | undefined;
}

export function vouchOf(voucherId: number, subjectId: number, words: PairWords, moment: FactsMoment): Vouch {
  const voucherStatus = statusOf(words.voucher);
  const edge = decodeEdge(words.edge ?? 0n);
  const { isRefused: _, nextVoucherId: __, nextSubjectId: ___, ...own } = edge;
  const pair = { voucherId, subjectId, voucherStatus, arbiterStatus: statusOf(words.arbiter) };
  if (words.edge === undefined) {
    return { ...own, ...pair, state: "none", isActive: false, isBurnable: false, voucherRekeyed: false };
  }
  const current = periodAt(moment.timestamp, moment.parameters);
  const state = stateOf(edge, keyEpochOf(words.subject), current);
  const isLocked = edge.stake !== 0 && current <= edge.releasePeriod;
  return {
    ...own,
    ...pair,
    state,
    isActive: state === "active",
    isBurnable: edge.arbiterId !== undefined && isLocked && pair.arbiterStatus === "active",
    voucherRekeyed: keyEpochOf(words.voucher) !== edge.voucherKeyEpoch,
  };
}

function stateOf(edge: Edge, subjectEpoch: number, current: number): VouchState {
  if (edge.state === "revoked" || edge.state === "disowned") return edge.state;
  if (edge.stake === 0) return "burned";
  if (edge.endPeriod < current) return "ended";
  return edge.stance === "for" && edge.subjectKeyEpoch !== subjectEpoch ? "lapsed" : "active";
}

export function keyOf(entry: bigint | undefined): ResolvedKey {
  return decodeKeyEntry(entry ?? 0n);
}

function statusOf(words: IdentityWords | undefined): Status {
  return words === undefined ? "unknown" : decodeIdentityRecord(words.record).status;
}

function keyEpochOf(words: IdentityWords | undefined): number {
  return words === undefined ? 0 : decodeIdentityRecord(words.record).keyEpoch;
}

function addressOf(word: bigint) {
  return word === 0n ? undefined : getAddress(addressIn(word));
}
