import type { Hex } from "viem";

/** One way to reach an agent. */
export type AgentService = {
  /** What it speaks: `A2A`, `MCP`, `web`, `ENS`, `DID`, `email`, … */
  name: string;
  /** Where. */
  endpoint: string;
  /** Version of the protocol. */
  version?: string | undefined;
};

/** Where an agent says that it is registered. */
export type AgentRegistration = {
  /** Its number there; a bigint where a file gives one beyond 2^53, as a text. */
  agentId: number | bigint;
  /** The registry, as `eip155:{chainId}:{address}`. */
  agentRegistry: string;
  /** A signature by `signAgentLink`, where this is the other side of a link. */
  linkSignature?: Hex | undefined;
};

/** A part of a registration file that is not as the standard has it, and counts as not said. */
export type SkippedEntry = {
  /** Where it is in the file, such as `registrations[1].agentId`. */
  path: string;
  /** What is wrong with it, such as `is no number of a token`. Words of this package, and none of the file's. */
  reason: string;
};

/**
 * An ERC-8004 registration file, as far as the standard describes it. What it says is the agent's own claim. What is not as
 * the standard has it is left out, and named in `skipped`.
 */
export type RegistrationFile = {
  /** The agent's name. */
  name: string | undefined;
  /** What it does. */
  description: string | undefined;
  /** URI of a picture. */
  image: string | undefined;
  /** Ways to reach it. */
  services: AgentService[];
  /** Where it says that it is registered, on EVM chains. */
  registrations: AgentRegistration[];
  /** Trust models that it supports. */
  supportedTrust: string[];
  /** Whether it says that it is active; undefined where it says neither true nor false. */
  active: boolean | undefined;
  /** What was left out: the first hundred. Fields that the standard does not know are not among them. */
  skipped: readonly SkippedEntry[];
  /** How many more were left out than `skipped` names. */
  moreSkipped: number;
};
