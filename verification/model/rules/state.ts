import { ZeroAddress } from "ethers";

/** The contracts' enums, in the order of their declaration. */
export const Status = { None: 0n, Active: 1n, Suspended: 2n, Retired: 3n } as const;
export const KeyRole = { None: 0n, Owner: 1n, Wallet: 2n, Former: 3n } as const;
export const OwnerKind = { None: 0n, Key: 1n, Unproven: 2n } as const;
export const ChangeKind = { None: 0n, Guardian: 1n, Recovery: 2n, Retirement: 3n } as const;
export const Stance = { None: 0n, For: 1n, Against: 2n } as const;

/** A registry that keeps nonces. */
export type Registry = "identities" | "vouches";

/** A contract that somebody can act upon. */
export type Contract = Registry | "delegations";

/** What the deployment fixes. */
export interface Parameters {
  maxSilence: bigint;
  recoveryDelay: bigint;
  origin: bigint;
  unit: bigint;
  period: bigint;
  cap: bigint;
}

export interface PendingChange {
  kind: bigint;
  candidate: string;
  readyAt: bigint;
}

export interface Agent {
  id: bigint;
  /** Zero once retired. */
  owner: string;
  keyEpoch: bigint;
  /** The zero address where there is none, as for the next two. */
  wallet: string;
  guardian: string;
  approved: string;
  status: bigint;
  firstSeen: bigint;
  lastSeen: bigint;
  /** Seconds that check-ins have witnessed. */
  tenure: bigint;
  /** Whether the owner has signed, as a key, a message that names it. */
  isKeyOwned: boolean;
  /** Whether it may be named as arbiter. */
  arbitrates: boolean;
  pending: PendingChange;
  uri: string;
  metadata: Map<string, string>;
}

export interface Key {
  id: bigint;
  role: bigint;
  since: bigint;
}

/** One vouch or warning; there is one for an ordered pair, for ever. */
export interface Edge {
  voucherId: bigint;
  subjectId: bigint;
  arbiterId: bigint;
  stance: bigint;
  fate: "live" | "revoked" | "disowned";
  /** Whether the subject disowned what is locked here, maybe under another stance. */
  refused: boolean;
  stake: bigint;
  since: bigint;
  endPeriod: bigint;
  releasePeriod: bigint;
  subjectKeyEpoch: bigint;
  voucherKeyEpoch: bigint;
}

export interface Burns {
  burned: bigint;
  scars: bigint;
}

export interface Log {
  registry: Contract;
  name: string;
  args: unknown[];
}

/** A consent without a nonce, taken back: its digest is spent as if it were its nonce. */
export interface Voided {
  signer: string;
  primaryType: string;
  message: Record<string, bigint | string>;
  digest: bigint;
}

/** Everything there is, as plain data: a copy of it is a snapshot. */
export interface State {
  parameters: Parameters;
  now: bigint;
  agents: Agent[];
  keys: Map<string, Key>;
  /** `owner>operator` */
  operators: Set<string>;
  /** Nonces that are used up, by signer. */
  spent: Record<Registry, Map<string, Set<bigint>>>;
  /** Consents without a nonce that their signers took back. */
  voided: Voided[];
  /** In the order in which the pairs first met. */
  edges: Edge[];
  burns: Map<bigint, Burns>;
  /** Grants that are revoked, `issuer>handle`. */
  revokedGrants: Set<string>;
  /** The epochs of whoever has advanced theirs. */
  grantEpochs: Map<string, bigint>;
  /** Smart accounts, and the key that signs for each. */
  smartAccounts: Map<string, string>;
  /** What the action under way has emitted. */
  logs: Log[];
}

export const NO_CHANGE: PendingChange = { kind: ChangeKind.None, candidate: ZeroAddress, readyAt: 0n };

export function emptyState(parameters: Parameters, now: bigint): State {
  return {
    parameters,
    now,
    agents: [],
    keys: new Map(),
    operators: new Set(),
    spent: { identities: new Map(), vouches: new Map() },
    voided: [],
    edges: [],
    burns: new Map(),
    revokedGrants: new Set(),
    grantEpochs: new Map(),
    smartAccounts: new Map(),
    logs: [],
  };
}

export function emit(state: State, registry: Contract, name: string, ...args: unknown[]): void {
  state.logs.push({ registry, name, args });
}
