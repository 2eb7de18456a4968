import type { Address, Hex } from "viem";
import type { ChangeKind } from "./identity.ts";
import type { Edge } from "./vouch.ts";

/** Where and when an event happened. */
export type EventPosition = {
  /** The registry that it is of. */
  registry: Address;
  /** The block. */
  blockNumber: bigint;
  /** The block's hash. */
  blockHash: Hex;
  /** The block's time (unix seconds). */
  timestamp: number;
  /** The transaction. */
  transactionHash: Hex;
  /** Its place among the events of the block. */
  logIndex: number;
};

/** The pair of a vouch or warning, and what the registry holds of it now. */
type EdgeEvent<eventName extends string, more extends object = object> = {
  eventName: eventName;
  /** Who staked. */
  voucherId: number;
  /** For or against whom. */
  subjectId: number;
  /** The vouch or warning as it is from now on. */
  edge: Edge;
} & more;

/** Why, as the voucher said. */
type Grounds = {
  /** What it is about, or zero. */
  topic: Hex;
  /** URI of the evidence, or empty. */
  evidence: string;
};

/**
 * What an event of the registries says; `eventName` tells which. `GrantRevoked` is what `DelegationRegistry` calls `Revoked`,
 * as the registry of vouches does for something else. The standards' echoes of these (`Transfer`, `Locked`,
 * `MetadataUpdate`) are not among them: they say nothing that these do not.
 */
export type EventContent =
  | { eventName: "Registered"; id: number; agentURI: string; owner: Address }
  | { eventName: "Pulse"; id: number; checkpoint: Hex }
  | { eventName: "URIUpdated"; id: number; agentURI: string; by: Address }
  | { eventName: "MetadataSet"; id: number; key: string; value: Hex }
  | { eventName: "KeyRotated"; id: number; oldOwner: Address; newOwner: Address; keyEpoch: number }
  | {
      eventName: "GuardianSet";
      id: number;
      oldGuardian: Address | undefined;
      newGuardian: Address | undefined;
    }
  | {
      eventName: "ChangeProposed";
      id: number;
      kind: ChangeKind;
      candidate: Address | undefined;
      /** First second (unix time) at which it can be completed; it expires as long afterwards as it had to wait. */
      readyAt: number;
    }
  | { eventName: "ChangeCancelled"; id: number; kind: ChangeKind; by: Address }
  | { eventName: "Suspended"; id: number; by: Address }
  | { eventName: "Resumed"; id: number; by: Address }
  | { eventName: "Retired"; id: number }
  | { eventName: "Approval"; id: number; owner: Address; approved: Address | undefined }
  | { eventName: "ApprovalForAll"; owner: Address; operator: Address; approved: boolean }
  | { eventName: "OwnerProven"; id: number; owner: Address }
  | { eventName: "ArbitrationSet"; id: number; isOpen: boolean }
  | {
      eventName: "NoncesInvalidated";
      owner: Address;
      /** The nonces that cannot be used any more. */
      nonces: bigint[];
    }
  | {
      eventName: "AgentLinked";
      id: number;
      agentRegistry: Address;
      agentId: bigint;
      tokenOwner: Address;
      keyEpoch: number;
      throughWallet: boolean;
    }
  | { eventName: "AgentUnlinked"; id: number; agentRegistry: Address; agentId: bigint }
  | {
      eventName: "GrantRevoked";
      /** Whose grant it was. */
      issuer: Address;
      /** The grant, as the registry knows it. */
      handle: Hex;
    }
  | {
      eventName: "EpochAdvanced";
      /** Whose grants they are. */
      issuer: Address;
      /** The epoch that they have to say from now on. */
      epoch: bigint;
    }
  | EdgeEvent<"Vouched", Grounds>
  | EdgeEvent<"Warned", Grounds>
  | EdgeEvent<"Renewed">
  | EdgeEvent<"Revoked">
  | EdgeEvent<"Disowned">
  | EdgeEvent<
      "Burned",
      {
        /** Points that were burned. */
        amount: number;
        /** URI of the evidence, or empty. */
        evidence: string;
      }
    >;

/** An event of the registries, decoded and dated. */
export type TenureEvent = EventPosition & EventContent;

/** An event as it is watched: it happened, or a reorg took it back. */
export type WatchedEvent = TenureEvent & {
  /** True where the block that held this event, reported before, is no longer part of the chain. */
  removed: boolean;
};
