import type { Address } from "viem";

/** What an identity is now. `unknown` was never registered; `retired` is final. */
export type Status = "unknown" | "active" | "suspended" | "retired";

/** What an address is to an identity. A `former` key speaks for nobody, ever again. */
export type KeyRole = "none" | "owner" | "wallet" | "former";

/**
 * What is known of an owner. `key`: as the owner it signed a message that names it, by ECDSA, to register, to be rotated to,
 * or to check in, so it was proven to be a key then. `unproven`: it did not yet, so it may be a contract whose own holder
 * changes unseen. `proveKey` proves it.
 */
export type OwnerKind = "key" | "unproven";

/** What kind of change waits. */
export type ChangeKind = "guardian" | "recovery" | "retirement";

/** A change that waits. */
export type PendingChange = {
  /** What will change. */
  kind: ChangeKind;
  /** The next guardian or owner; undefined for a retirement and for removing the guardian. */
  candidate: Address | undefined;
  /** First second (unix time) at which it can be completed. */
  readyAt: number;
};

/** Everything the registry knows of one identity. Times are unix seconds. */
export type Identity = {
  /** Its number; the number asked for where it is unknown. */
  id: number;
  /** What it is now. All else is zero or undefined where this is `unknown`. */
  status: Status;
  /** The key that speaks for it; undefined where retired. */
  owner: Address | undefined;
  /** Whether the owner has proven to be a key; undefined where unknown or retired. */
  ownerKind: OwnerKind | undefined;
  /** Whether the owner delegates to code now (EIP-7702). It still is a key, which keeps its power. */
  isDelegated: boolean;
  /** Whether it agreed to be named as arbiter of new vouches and warnings. */
  isArbiter: boolean;
  /** The address that acts for it and is paid for it; the owner where none was set, undefined while suspended. */
  wallet: Address | undefined;
  /** The address that may suspend and recover it. */
  guardian: Address | undefined;
  /** How many times the owner key changed. */
  keyEpoch: number;
  /** When the current owner key took over; zero where retired. */
  keySince: number;
  /** When it was registered. */
  firstSeen: number;
  /** When it last checked in. */
  lastSeen: number;
  /** Witnessed seconds of existence: what check-ins credited. It does not change with the clock. */
  tenure: number;
  /** The change that waits, if any. */
  pending: PendingChange | undefined;
};

/** What an address is here. */
export type ResolvedKey = {
  /** The identity that it belongs or belonged to; undefined where it never was a key. */
  id: number | undefined;
  /** What it is to that identity. */
  role: KeyRole;
  /** When it became that (unix seconds); zero where it never was a key. */
  since: number;
};
