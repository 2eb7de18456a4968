import { WrongChainError } from "../errors/network.ts";
import type { AnyClient } from "../types/client.ts";
import { readChainId } from "./chainId.ts";

/**
 * Asks the node on which chain it is, and refuses any other than is expected.
 *
 * @param client - Client.
 * @param expected - The chain; the client's own where left out. Where it has none either, every chain will do.
 * @returns The chain that the node is on.
 * @throws {WrongChainError} The node is on another chain.
 * @throws {NodeUnreachableError} Nobody answers.
 *
 * @example
 * const chainId = await requireChain(client); // 31337
 */
export async function requireChain(client: AnyClient, expected = client.chain?.id): Promise<number> {
  const actual = await readChainId(client);
  if (expected !== undefined && actual !== expected) throw new WrongChainError({ expected, actual });
  return actual;
}
