import { type Address, type Client, decodeAbiParameters, encodeFunctionData, type Hash, type Hex } from "viem";
import type { GrantStatus, StatusQuestion, StatusSource } from "./types.ts";

const REGISTRY_ABI = [
  {
    name: "status",
    type: "function",
    stateMutability: "view",
    inputs: [{ type: "address" }, { type: "bytes32" }],
    outputs: [{ type: "bool" }, { type: "uint64" }],
  },
] as const;

/** Thrown when a node is of another chain, or its answer is none of a registry's. */
class StatusUnknownError extends Error {
  override readonly name = "StatusUnknownError";
}

async function statusAt(client: Client, registry: Address, args: readonly [Address, Hash]): Promise<GrantStatus> {
  const data = encodeFunctionData({ abi: REGISTRY_ABI, args });
  const answer: unknown = await client.request({ method: "eth_call", params: [{ to: registry, data }, "latest"] });
  // Two words and nothing else: where there is no registry, a node answers nothing.
  if (typeof answer !== "string" || !/^0x0{63}[01]0{48}[0-9a-fA-F]{16}$/.test(answer)) {
    throw new StatusUnknownError("What is at the registry's address does not answer as one.");
  }
  const [isRevoked, epoch] = decodeAbiParameters(REGISTRY_ABI[0].outputs, answer as Hex);
  return { isRevoked, epoch };
}

/**
 * Asks registries by their nodes, at the newest block. All questions of a chain go out at once, with one for the node's own chain:
 * a client that bundles requests (`batch`) sends one.
 */
export function registryStatus(clients: ReadonlyMap<string, Client>): StatusSource {
  async function isOnChain(chainId: number): Promise<void> {
    const actual: unknown = await clients.get(String(chainId))?.request({ method: "eth_chainId" });
    if (typeof actual === "string" && Number(actual) === chainId) return;
    throw new StatusUnknownError(`The node of chain ${chainId} is one of another chain.`);
  }
  async function ask({ chainId, registry, account, handle }: StatusQuestion): Promise<GrantStatus> {
    const client = clients.get(String(chainId));
    if (client === undefined) throw new StatusUnknownError(`Chain ${chainId} has no node here.`);
    return statusAt(client, registry, [account, handle]);
  }
  return {
    async statuses(questions) {
      const chains = [...new Set(questions.map(({ chainId }) => chainId))];
      const [statuses] = await Promise.all([Promise.all(questions.map(ask)), Promise.all(chains.map(isOnChain))]);
      return statuses;
    },
  };
}
