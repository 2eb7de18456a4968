// From what the contracts answer to what this package returns.
import { type Address, zeroAddress } from "viem";
import type { Identity, ResolvedKey } from "../types/identity.ts";
import type { AgentLink } from "../types/link.ts";
import type { Profile } from "../types/profile.ts";
import type { Standing, Vouch } from "../types/vouch.ts";
import {
  decodeChangeKind,
  decodeOwnerKind,
  decodeRole,
  decodeStance,
  decodeStatus,
  decodeVouchState,
} from "./enums.ts";

/** `Identity` of the contracts, as viem decodes it. */
type RawIdentity = {
  id: bigint;
  owner: Address;
  wallet: Address;
  guardian: Address;
  status: number;
  ownerKind: number;
  isDelegated: boolean;
  isArbiter: boolean;
  keyEpoch: number;
  keySince: number;
  firstSeen: number;
  lastSeen: number;
  tenure: number;
  pending: { kind: number; candidate: Address; readyAt: number };
};

type RawStanding = { standing: bigint; staked: bigint; burned: bigint; free: bigint; scars: bigint };

export type RawProfile = {
  key: Address;
  role: number;
  identity: RawIdentity;
  standing: RawStanding;
  support: bigint;
  opposition: bigint;
};

type RawVouch = {
  voucherId: bigint;
  subjectId: bigint;
  arbiterId: bigint;
  stance: number;
  state: number;
  isActive: boolean;
  isBurnable: boolean;
  stake: number;
  since: number;
  endPeriod: number;
  releasePeriod: number;
  subjectKeyEpoch: number;
  voucherKeyEpoch: number;
  voucherStatus: number;
  voucherRekeyed: boolean;
  arbiterStatus: number;
};

type RawAgentLink = Omit<AgentLink, "id" | "agentRegistry"> & { id: bigint; registry: Address };

export function unlessZero(address: Address): Address | undefined {
  return address === zeroAddress ? undefined : address;
}

export function toIdentity(raw: RawIdentity, asked: number): Identity {
  const kind = decodeChangeKind(raw.pending.kind);
  const ownerKind = decodeOwnerKind(raw.ownerKind);
  return {
    id: raw.id === 0n ? asked : Number(raw.id),
    status: decodeStatus(raw.status),
    owner: unlessZero(raw.owner),
    ownerKind: ownerKind === "none" ? undefined : ownerKind,
    isDelegated: raw.isDelegated,
    isArbiter: raw.isArbiter,
    wallet: unlessZero(raw.wallet),
    guardian: unlessZero(raw.guardian),
    keyEpoch: raw.keyEpoch,
    keySince: raw.keySince,
    firstSeen: raw.firstSeen,
    lastSeen: raw.lastSeen,
    tenure: raw.tenure,
    pending:
      kind === "none"
        ? undefined
        : { kind, candidate: unlessZero(raw.pending.candidate), readyAt: raw.pending.readyAt },
  };
}

export function toResolvedKey([id, role, since]: readonly [bigint, number, number]): ResolvedKey {
  return { id: id === 0n ? undefined : Number(id), role: decodeRole(role), since };
}

export function toStanding(raw: RawStanding): Standing {
  return {
    standing: Number(raw.standing),
    staked: Number(raw.staked),
    burned: Number(raw.burned),
    free: Number(raw.free),
    scars: Number(raw.scars),
  };
}

export function toProfile(raw: RawProfile, asked: number): Profile {
  // Put together in place: a copy of each part takes longer than to decode it.
  return Object.assign(toIdentity(raw.identity, asked), toStanding(raw.standing), {
    support: Number(raw.support),
    opposition: Number(raw.opposition),
    key: unlessZero(raw.key),
    role: decodeRole(raw.role),
  });
}

export function toAgentLink(raw: RawAgentLink): AgentLink {
  const { registry, ...link } = raw;
  return { ...link, id: Number(raw.id), agentRegistry: registry };
}

export function toVouch(raw: RawVouch): Vouch {
  return {
    ...raw,
    voucherId: Number(raw.voucherId),
    subjectId: Number(raw.subjectId),
    arbiterId: raw.arbiterId === 0n ? undefined : Number(raw.arbiterId),
    stance: decodeStance(raw.stance),
    state: decodeVouchState(raw.state),
    voucherStatus: decodeStatus(raw.voucherStatus),
    arbiterStatus: decodeStatus(raw.arbiterStatus),
  };
}
