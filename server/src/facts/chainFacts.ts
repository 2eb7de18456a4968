import type { ResolvedKey, Vouch } from "@tenure/sdk";
import type { SeenBlock } from "./heads.ts";
import type { FactsChain, FactsProfile } from "./ports.ts";
import type { Facts } from "./types.ts";

/** What a registry says of one identity at one block. */
export interface ChainFacts {
  readonly identity: Facts["identity"];
  readonly stakes: Facts["stakes"];
}

/** What is known of a subject that no registry knows. */
export const unknownIdentity: Facts["identity"] = {
  known: false,
  chain: 0,
  registry: "",
  id: 0,
  status: "unknown",
  role: "none",
  ownerKind: "",
  age: 0,
  tenure: 0,
  keyAge: 0,
  keyEpoch: 0,
  silence: 0,
  pending: "",
};

export const noStakes: Facts["stakes"] = {
  support: 0,
  opposition: 0,
  standing: 0,
  staked: 0,
  free: 0,
  burned: 0,
  scars: 0,
  vouching: [],
  vouchingCount: 0,
  vouchingStake: 0,
  warning: [],
  warningCount: 0,
  warningStake: 0,
};

/** Whose facts are wanted: a number, or the account that has one; and whose key the request was signed by, where one was. */
export interface ChainFactsTarget {
  readonly id: number | undefined;
  readonly account: `0x${string}` | undefined;
}

/**
 * Reads identity, role and stakes at a block.
 *
 * @returns What is known; `undefined` where the account is no key of anybody, or there is no such number.
 */
export async function readChainFacts(
  chain: FactsChain,
  { id, account }: ChainFactsTarget,
  block: SeenBlock,
): Promise<ChainFacts | undefined> {
  const moment = { blockNumber: block.number, blockHash: block.hash };
  const { reader } = chain;
  const noKey: ResolvedKey = { id: undefined, role: "none", since: 0 };
  const asked = account === undefined ? Promise.resolve(noKey) : reader.key({ address: account, ...moment });
  const subject = id ?? (await asked).id;
  if (subject === undefined) return undefined;
  const anchors = [...new Set(chain.anchors)].filter((anchor) => anchor !== subject);
  const [key, profile, ...vouches] = await Promise.all([
    asked,
    reader.profile({ id: subject, ...moment }),
    ...anchors.map((voucherId) => reader.vouch({ voucherId, subjectId: subject, ...moment })),
  ]);
  if (profile.status === "unknown") return undefined;
  return {
    identity: identityFacts(chain, profile, key.id === subject ? key : noKey, block.timestamp),
    stakes: stakesFacts(profile, vouches, chain.minAnchorStake ?? 1),
  };
}

function identityFacts(chain: FactsChain, profile: FactsProfile, key: ResolvedKey, time: number): Facts["identity"] {
  const keySince = key.role === "wallet" ? Math.max(profile.keySince, key.since) : profile.keySince;
  return {
    known: true,
    chain: chain.chainId,
    registry: chain.registry.toLowerCase(),
    id: profile.id,
    status: profile.status,
    role: key.role,
    ownerKind: profile.ownerKind ?? "",
    age: Math.max(0, time - profile.firstSeen),
    tenure: profile.tenure,
    // A retired identity has no key, so none that is old.
    keyAge: keySince === 0 ? 0 : Math.max(0, time - keySince),
    keyEpoch: profile.keyEpoch,
    silence: Math.max(0, time - profile.lastSeen),
    pending: profile.pending?.kind ?? "",
  };
}

function stakesFacts(profile: FactsProfile, vouches: readonly Vouch[], minStake: number): Facts["stakes"] {
  const counted = vouches.filter(
    ({ isActive, voucherStatus, stake }) => isActive && voucherStatus === "active" && stake >= minStake,
  );
  const [vouching, warning] = [
    counted.filter(({ stance }) => stance === "for"),
    counted.filter(({ stance }) => stance === "against"),
  ];
  const { support, opposition, standing, staked, free, burned, scars } = profile;
  return {
    ...{ support, opposition, standing, staked, free, burned, scars },
    vouching: vouching.map(({ voucherId }) => voucherId),
    vouchingCount: vouching.length,
    vouchingStake: sum(vouching),
    warning: warning.map(({ voucherId }) => voucherId),
    warningCount: warning.length,
    warningStake: sum(warning),
  };
}

function sum(vouches: readonly Vouch[]): number {
  return vouches.reduce((total, { stake }) => total + stake, 0);
}
