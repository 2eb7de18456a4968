import type { DelegationOptions, RoutePolicy, VerifierOptions } from "@tenure/http-auth";
import type { RegistryAddresses } from "@tenure/sdk";
import type { Account, Chain, Client, Transport } from "viem";
import type { AuthzenClient, AuthzenLimits, AuthzenTenant } from "../authzen/index.ts";
import type { DatabaseSettings } from "../database/index.ts";
import type { HttpLimits } from "../http/index.ts";
import type { Decision } from "../types/decision.ts";

/** A chain whose registries are served. */
export interface ChainSettings {
  /** A client of a node, with its `chain`. */
  readonly client: Client<Transport, Chain>;
  readonly addresses: RegistryAddresses;
  /** The block from which on the registries are there; 0 where left out. */
  readonly fromBlock?: bigint | undefined;
  /** Identities that the platform itself trusts. */
  readonly anchors: readonly number[];
  readonly minAnchorStake?: number | undefined;
  /** Seconds: a newest block, or an index, that is older answers nothing. */
  readonly maxLag: number;
  /** `answer` for a chain of tests, which mines on demand and has a time of its own. */
  readonly freshBy?: "block" | "answer" | undefined;
  readonly pollingInterval?: number | undefined;
}

/** Requests that enforcement points hand over as they came. */
export interface RequestSettings {
  /** The origins of the services, such as `https://api.example`. */
  readonly origins: readonly string[];
  /** Where nonces are used up. */
  readonly replay: VerifierOptions["replay"];
  readonly policy?: RoutePolicy | undefined;
  /** How grants are checked, besides the registries of the chains. `maxDepth` of 0: not at all. */
  readonly delegation?: Pick<DelegationOptions, "maxDepth" | "maxGrantValidity"> | undefined;
}

/** Where decisions are written down, and on which chain the root of that is put. */
export interface LogSettings {
  /** A folder of its own, for the one process that decides; the database, for any number of them, where left out. */
  readonly folder?: string | undefined;
  readonly anchor?:
    | {
        readonly client: Client<Transport, Chain, Account>;
        readonly id: number;
        readonly everySeconds: number;
      }
    | undefined;
}

/** What goes wrong while the server runs: which part, and what. */
export type OnProblem = (part: string, error: unknown) => void;

/** Events of a chain that are no more. A reorganisation that takes no event back is not told. */
export interface Reorganisation {
  readonly chainId: number;
  /** How many there were. */
  readonly events: number;
  /** The block of the first of them. */
  readonly fromBlock: bigint;
}

/** What a server is told. */
export interface ServerSettings {
  /** Where enforcement points and programs reach it, such as `https://pdp.example`; http is for this machine alone. */
  readonly publicUrl: string;
  readonly version: string;
  readonly database: DatabaseSettings;
  readonly chains: readonly ChainSettings[];
  readonly policies: {
    /** The folder in which each tenant has one of its own name. */
    readonly folder: string;
    /** What is particular to tenants; every folder is one, whether or not it stands here. */
    readonly tenants?: Readonly<Record<string, AuthzenTenant>> | undefined;
    readonly defaultTenant?: string | undefined;
  };
  readonly enforcementPoints: readonly AuthzenClient[];
  /** SHA-256 (hex) of the tokens with which operators read the log of decisions; nobody does where there are none. */
  readonly operatorTokens?: readonly string[] | undefined;
  readonly requests?: RequestSettings | undefined;
  readonly log: LogSettings;
  /** 32 secret bytes with which pages are sealed, the same in all processes. */
  readonly pageKey?: Uint8Array | undefined;
  readonly limits?:
    | {
        readonly authzen?: Partial<AuthzenLimits> | undefined;
        readonly http?: Partial<HttpLimits> | undefined;
        /** Decisions that are remembered, and seconds for which one may be at most. */
        readonly decisionCache?: number | undefined;
        readonly decisionSeconds?: number | undefined;
      }
    | undefined;
  readonly onProblem?: OnProblem | undefined;
  /** Told of events that a reorganisation took back. */
  readonly onReorganisation?: ((what: Reorganisation) => void) | undefined;
  /** Told of each decision, and how many seconds it took. */
  readonly onDecision?: ((decision: Decision, seconds: number) => void) | undefined;
}
