// Nonces without an order, which both registries keep in the same way.
import type { Address } from "viem";
import { unorderedNoncesAbi } from "../abi/unorderedNonces.ts";
import { addressOf } from "../check/arguments.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import { readView } from "../rpc/readView.ts";
import type { AnyClient } from "../types/client.ts";
import type { ReadParameters } from "../types/parameters.ts";
import type { NonceRegistry } from "../types/registry.ts";

/** Nonces of a word. */
const WORD = 256;

/** Words that are read at once, at most. */
const ABREAST = 16;

/** Whether a nonce was used, or made void. */
export async function isUsed(
  client: AnyClient,
  parameters: ReadParameters & { registry: NonceRegistry; owner: Address; nonce: bigint },
): Promise<boolean> {
  const { registry, owner, nonce, addresses, blockNumber } = parameters;
  return readView(client, {
    address: getRegistryAddress(client, registry, addresses),
    abi: unorderedNoncesAbi,
    functionName: "isNonceUsed",
    args: [addressOf(owner), nonce],
    ...(blockNumber !== undefined && { blockNumber }),
  });
}

/** The lowest nonces that are free: a word is paid for once, so the first that is not full is filled up. */
export async function freeNonces(
  client: AnyClient,
  parameters: ReadParameters & { registry: NonceRegistry; owner: Address; count: number },
): Promise<number[]> {
  const { registry, owner, count, addresses, blockNumber } = parameters;
  const call = {
    address: getRegistryAddress(client, registry, addresses),
    abi: unorderedNoncesAbi,
    functionName: "nonceBitmap",
    ...(blockNumber !== undefined && { blockNumber }),
  } as const;
  const signer = addressOf(owner);
  const found: number[] = [];
  // One word holds what most ever sign; whoever signed more has full words in front, which are read ever more at once.
  for (let word = 0, abreast = Math.ceil(count / WORD); found.length < count; ) {
    const words = Array.from({ length: Math.min(abreast, ABREAST) }, () => word++);
    const bitmaps = await Promise.all(words.map((at) => readView(client, { ...call, args: [signer, BigInt(at)] })));
    for (const [index, bitmap] of bitmaps.entries()) {
      const first = (words[index] as number) * WORD;
      for (let bit = 0; bit < WORD; bit++) if (((bitmap >> BigInt(bit)) & 1n) === 0n) found.push(first + bit);
    }
    abreast *= 2;
  }
  return found.slice(0, count);
}
