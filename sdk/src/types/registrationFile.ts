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

/** An ERC-8004 registration file, as far as the standard describes it. What it says is the agent's own claim. */
export type RegistrationFile = {
  /** The agent's name. */
  name: string;
  /** What it does. */
  description: string | undefined;
  /** URI of a picture. */
  image: string | undefined;
  /** Ways to reach it. */
  services: AgentService[];
  /** Where it says that it is registered. */
  registrations: AgentRegistration[];
  /** Trust models that it supports. */
  supportedTrust: string[];
  /** Whether it says that it is active. */
  active: boolean | undefined;
};
