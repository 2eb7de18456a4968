import type { Address, Hex } from "viem";

/** The words of one identity, as both registries store them, and its registration. Zero where nothing is stored. */
export interface IdentityWords {
  readonly record: bigint;
  readonly extension: bigint;
  readonly pending: bigint;
  /** The wallet's address. */
  readonly wallet: bigint;
  /** The approved address. */
  readonly approval: bigint;
  /** The rings of what is staked for and against it, and of what it has staked. */
  readonly support: bigint;
  readonly opposition: bigint;
  readonly commitments: bigint;
  /** What it gave as its registration; empty where it gave none. */
  readonly uri: string;
}

/** The word of a pair, and a number that grows with the day it was first made: lists begin with the newest. */
export interface EdgeWord {
  readonly word: bigint;
  readonly made: number;
}

/** A link to an agent, as it was when it was made. */
export interface LinkWords {
  readonly id: number;
  readonly tokenOwner: Address;
  readonly keyEpoch: number;
  readonly throughWallet: boolean;
}

/** What an identity says of itself, under a name. */
export interface Metadata {
  readonly name: string;
  readonly value: Hex;
}

/** Everything that is kept, by its kind: what it is found by, and what it is. Addresses are in small letters. */
export interface Cells {
  readonly identity: { readonly key: readonly [id: number]; readonly value: IdentityWords };
  readonly key: { readonly key: readonly [address: Address]; readonly value: bigint };
  readonly edge: { readonly key: readonly [voucherId: number, subjectId: number]; readonly value: EdgeWord };
  /** Found by the hash of its name, which may be of any length. */
  readonly metadata: { readonly key: readonly [id: number, nameHash: Hex]; readonly value: Metadata };
  readonly operator: { readonly key: readonly [owner: Address, operator: Address]; readonly value: boolean };
  readonly link: { readonly key: readonly [agentRegistry: Address, agentId: bigint]; readonly value: LinkWords };
  readonly grant: { readonly key: readonly [issuer: Address, handle: Hex]; readonly value: true };
  readonly issuer: { readonly key: readonly [issuer: Address]; readonly value: bigint };
}

export type Kind = keyof Cells;

/** One cell: its kind, and what it is found by. */
export type CellName = { readonly [kind in Kind]: readonly [kind: kind, ...key: Cells[kind]["key"]] }[Kind];

/** What events are applied to: every cell that they touch can be had from it. */
export interface State {
  /** Undefined where there is nothing. */
  readonly get: <kind extends Kind>(kind: kind, ...key: Cells[kind]["key"]) => Cells[kind]["value"] | undefined;
  /** Undefined to have nothing there. */
  readonly set: <kind extends Kind>(
    kind: kind,
    key: Cells[kind]["key"],
    value: Cells[kind]["value"] | undefined,
  ) => void;
}

/** The registries' immutable values that the words depend on. */
export interface Clock {
  readonly maxSilence: number;
  readonly recoveryDelay: number;
  readonly origin: number;
  readonly period: number;
}

/** An event tells of something that cannot be, as things are known here. What is known is wrong then, or the node lied. */
export class ContradictionError extends Error {
  override readonly name = "ContradictionError";
}
