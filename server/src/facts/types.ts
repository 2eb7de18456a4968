import type { BlockMoment } from "../types/chain.ts";
import type { FactKind, factDeclaration } from "./declaration.ts";

type ValueOf<kind extends FactKind> = kind extends "boolean"
  ? boolean
  : kind extends "integer"
    ? number
    : kind extends "text"
      ? string
      : kind extends "integers"
        ? readonly number[]
        : readonly string[];

type Declaration = typeof factDeclaration;

/** The name of a group of facts. */
export type FactGroup = keyof Declaration;

/** All facts, made of their declaration. */
export type Facts = {
  readonly [group in FactGroup]: {
    readonly [name in keyof Declaration[group]["facts"]]: Declaration[group]["facts"][name] extends {
      readonly kind: infer kind extends FactKind;
    }
      ? ValueOf<kind>
      : never;
  };
};

/** Where the facts of a group come from. */
export interface FactOrigin {
  /** In words. */
  readonly source: string;
  /** The moment that they are of (unix seconds). */
  readonly at: number;
  /** Seconds from that moment to the one at which they were gathered. */
  readonly age: number;
}

/** What is known of a caller, of one block of each chain. */
export interface GatheredFacts {
  readonly facts: Facts;
  readonly origins: Readonly<Record<FactGroup, FactOrigin>>;
  /** The blocks that they are of. */
  readonly blocks: readonly BlockMoment[];
  /** SHA-256 (hex) of facts and blocks, by RFC 8785. */
  readonly hash: string;
  /** The identity, `eip155:1/erc721:0x…/42` in lower case; the account or the name as it was asked about where there is none. */
  readonly principal: string;
  /** The first second of the chain's time at which a stake can end without an event; undefined where no chain was asked. */
  readonly periodEnd: number | undefined;
  /** Seconds to add to a time of the chain to have it on this machine's clock: not 0 where a chain of tests has a time of its own. */
  readonly clockOffset: number;
}
