// What the follower asks a node, besides events.
import { type AnyClient, type DeploymentParameters, getParameters, type RegistryAddresses } from "@tenure/sdk";
import { BlockNotFoundError } from "viem";
import { getBlock, getChainId } from "viem/actions";
import type { Cursor } from "../store/chainRow.ts";

/** Headers that are asked for at once. */
const AT_ONCE = 16;

/** The head, or the block of a number; undefined where the node has none. */
export async function readBlock(client: AnyClient, number?: bigint): Promise<Cursor | undefined> {
  try {
    const block = await getBlock(client, number === undefined ? {} : { blockNumber: number });
    if (block.number === null || block.hash === null) return undefined;
    return { number: block.number, hash: block.hash, timestamp: Number(block.timestamp) };
  } catch (error) {
    if (error instanceof BlockNotFoundError) return undefined;
    throw error;
  }
}

/** The blocks of a range, oldest first; undefined where the node lacks one. */
export async function readBlocks(client: AnyClient, from: bigint, to: bigint): Promise<Cursor[] | undefined> {
  const blocks: Cursor[] = [];
  for (let next = from; next <= to; ) {
    const count = Math.min(AT_ONCE, Number(to - next) + 1);
    const numbers = Array.from({ length: count }, (_, place) => next + BigInt(place));
    for (const block of await Promise.all(numbers.map((number) => readBlock(client, number)))) {
      if (block === undefined) return undefined;
      blocks.push(block);
    }
    next += BigInt(count);
  }
  return blocks;
}

/** The number of the node's chain. */
export async function readChainId(client: AnyClient): Promise<number> {
  return getChainId(client);
}

/** The registries' values, asked anew: the SDK remembers them of a client, whose node may be of another chain by now. */
export async function readParameters(client: AnyClient, addresses: RegistryAddresses): Promise<DeploymentParameters> {
  return getParameters({ ...client }, { addresses });
}
