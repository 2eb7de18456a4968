import type { Address, Hex } from "viem";
import type { Identity, ResolvedKey } from "./identity.ts";
import type { Profile } from "./profile.ts";
import type { Vouch } from "./vouch.ts";

/** A block, as far as an answer names the one that it is of. */
export type BlockReference = {
  /** Its number. */
  number: bigint;
  /** Its hash, which tells it from another of the same number. */
  hash: Hex;
  /** Its time (unix seconds). */
  timestamp: number;
};

/** The moment that an answer is of. */
export type MomentParameters = {
  /** The block; the head where left out. */
  blockNumber?: bigint | undefined;
};

/** Whom a profile is asked of. */
export type ProfileTarget =
  | {
      /** The identity. */
      id: number;
      address?: undefined;
    }
  | {
      /** Its owner, its wallet or a former key. */
      address: Address;
      id?: undefined;
    };

/**
 * The port through which facts about identities are read, each at a block: over RPC (`rpcReader`), or of whatever else
 * follows the chain. It knows no client, so that whoever decides runs with any of them.
 */
export type Reader = {
  /** The head: the newest block that answers can be of. */
  head: () => Promise<BlockReference>;
  /** One identity; an unknown one has status `unknown`. */
  identity: (parameters: MomentParameters & { id: number }) => Promise<Identity>;
  /** What an address is, or once was, to whom. */
  key: (parameters: MomentParameters & { address: Address }) => Promise<ResolvedKey>;
  /** All there is to know of one identity. */
  profile: (parameters: MomentParameters & ProfileTarget) => Promise<Profile>;
  /** The vouch or warning of a pair, with state `none` where it has none. */
  vouch: (parameters: MomentParameters & { voucherId: number; subjectId: number }) => Promise<Vouch>;
  /** Who vouched for an identity, or warned about it. */
  vouchers: (parameters: MomentParameters & { id: number }) => AsyncIterable<Vouch>;
  /** For whom an identity vouched, and about whom it warned. */
  vouchesBy: (parameters: MomentParameters & { id: number }) => AsyncIterable<Vouch>;
};
