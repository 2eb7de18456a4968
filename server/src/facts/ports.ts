import type { PeriodClock, Profile, Reader } from "@tenure/sdk";
import type { Hex } from "viem";
import type { BlockMoment } from "../types/chain.ts";
import type { AccessQuestion } from "../types/question.ts";

/** All that logs tell of an identity. */
export type FactsProfile = Omit<Profile, "isDelegated">;

/** A block that is asked about: of that number, and where the reader can tell, of that hash. */
interface AskedBlock {
  /** A reader that knows hashes answers of this very block, and throws where another one has its number. */
  readonly blockHash?: Hex | undefined;
}

/** What facts need of the SDK's port `Reader`. Whether an owner delegates to code is no fact: no log tells, and only a node knows. */
export interface FactsReader extends Pick<Reader, "head"> {
  readonly key: (parameters: Parameters<Reader["key"]>[0] & AskedBlock) => ReturnType<Reader["key"]>;
  readonly vouch: (parameters: Parameters<Reader["vouch"]>[0] & AskedBlock) => ReturnType<Reader["vouch"]>;
  readonly profile: (parameters: Parameters<Reader["profile"]>[0] & AskedBlock) => Promise<FactsProfile>;
}

/** A registry on a chain, and what the platform holds of it. */
export interface FactsChain {
  readonly chainId: number;
  /** The registry of identities. */
  readonly registry: string;
  readonly reader: FactsReader;
  /** Identities of this registry that the platform itself trusts; naming one twice counts once. */
  readonly anchors: readonly number[];
  /** Points from which on an anchor's vouch or warning counts; 1 where left out. */
  readonly minAnchorStake?: number | undefined;
  /** How the registry of vouches counts periods: stakes end with them, and no event tells. */
  readonly periods: PeriodClock;
  /** Seconds: a newest block that is older than this answers nothing. */
  readonly maxLag: number;
  /**
   * What `maxLag` is measured by. `block`: the block's time against this machine's clock. `answer`: when the chain was heard of last,
   * for a chain of tests, which mines on demand and whose time is its own. `block` where left out.
   */
  readonly freshBy?: "block" | "answer" | undefined;
  /** When whatever the reader reads heard of its node last (unix seconds). Where left out, each answer of the reader's is one. */
  readonly heardAt?: (() => number | undefined) | undefined;
}

/** An identity, anywhere. */
export interface IdentityName {
  readonly chainId: number;
  /** Lower case. */
  readonly registry: string;
  readonly id: number;
}

/** Something that is known of a subject beside the registries' words. */
export interface FactSource<answer, parameters extends readonly unknown[]> {
  /** What it is, for the log. */
  readonly name: string;
  /**
   * Seconds for which an answer stands unless `changed` is told before. 0: every decision asks anew, and no decision that rests on it is
   * remembered.
   */
  readonly lifetime: number;
  /** What is known; `undefined` where nothing is. Throw where it cannot be said: the decision fails then. */
  readonly of: (...parameters: parameters) => Promise<(answer & { readonly at: number }) | undefined>;
}

/** How trust from the platform's anchors regards an identity. `score` is within (-1, 1), `flow` within [0, 1]. */
export type TrustSource = FactSource<
  { readonly verdict: "unknown" | "supported" | "distrusted"; readonly score: number; readonly flow: number },
  readonly [identity: IdentityName, block: BlockMoment]
>;

/** Whether an action is usual for a subject. `surprise` is in bits. */
export type BehaviourSource = FactSource<
  { readonly pattern: "usual" | "unusual" | "unknown"; readonly surprise: number; readonly why: string },
  readonly [principal: string, question: AccessQuestion]
>;

/** What signals say of a subject. */
export type RiskSource = FactSource<
  { readonly level: "unknown" | "low" | "medium" | "high"; readonly reasons: readonly string[] },
  readonly [principal: string, question: AccessQuestion]
>;

/** The enterprise identity that was verified with the same request. */
export type CorporateSource = FactSource<
  {
    readonly issuer: string;
    readonly subject: string;
    readonly groups: readonly string[];
  },
  readonly [question: AccessQuestion]
>;
