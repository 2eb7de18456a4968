import type { Hex } from "viem";
import type { Failure, Obligation, Outcome, UnmetFact } from "../types/decision.ts";
import type { ProofGrant } from "../types/question.ts";

/** What a line says of a decision. Properties and context of the question are not in it, only their hash: they may be private. */
export interface DecisionEntry {
  readonly kind: "decision";
  readonly id: string;
  readonly outcome: Outcome;
  readonly tenant: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly action: string;
  readonly resource: { readonly type: string; readonly id: string };
  /** The enforcement point. */
  readonly askedBy: string;
  readonly correlationId?: string | undefined;
  /** How it was shown that the request is the subject's own, grants from the account to the signer. */
  readonly proof: {
    readonly scheme: string;
    readonly binding: string;
    readonly replayable: boolean;
    readonly principal: string;
    readonly signer: string;
    readonly signerKind: string;
    readonly permissions?: readonly string[] | undefined;
    readonly grants: readonly ProofGrant[];
  };
  /** SHA-256 in hex of the canonical JSON of everything that the enforcement point said beside it. */
  readonly contextHash: string;
  readonly factsHash: string;
  readonly policyHash: string;
  /** Block numbers are decimal strings. */
  readonly blocks: readonly { chainId: number; number: string; hash: Hex; timestamp: number }[];
  readonly policies: readonly string[];
  readonly unmet: readonly UnmetFact[];
  readonly reason: string;
  readonly obligations: readonly Obligation[];
  /** Unix seconds. */
  readonly decidedAt: number;
  readonly expiresAt: number;
  readonly failure?: Failure | undefined;
}

/** That the root of the lines before `size` stands on a chain. */
export interface AnchorEntry {
  readonly kind: "anchor";
  readonly size: number;
  readonly root: Hex;
  readonly chainId: number;
  /** The identity that checked in with the root as checkpoint. */
  readonly identity: number;
  readonly transaction: Hex;
}

/** That bytes behind the line before were cut away when the log was opened: a process or machine had died while writing. */
export interface CutEntry {
  readonly kind: "cut";
  readonly bytes: number;
  /** SHA-256 in hex of them. */
  readonly hash: string;
}

/** What a line says. */
export type LogEntry = DecisionEntry | AnchorEntry | CutEntry;

/** A line: what it says, and what binds it to the others. */
export type LogLine = {
  /** Version of the format. */
  readonly v: 1;
  /** Its place, from 0. */
  readonly n: number;
  /** Hash of the line before it, in hex; zeros in the first. */
  readonly previous: string;
  /** Sixteen random bytes in hex: the hash of a line tells nobody what is in it. */
  readonly salt: string;
  /** Unix milliseconds by the writer's clock, which may be wrong; the order of lines does not depend on it. */
  readonly at: number;
} & LogEntry;
