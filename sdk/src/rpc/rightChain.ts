import { WrongChainError } from "../errors/network.ts";
import type { AnyClient } from "../types/client.ts";
import { readChainId } from "./chainId.ts";

/** Chains that a transport was seen to lead to. Clients that were extended from one share its transport. */
const seen = new WeakMap<object, Set<number>>();

/**
 * Makes sure that a client's node is on its chain: registries have the same addresses on every chain, so that those of
 * another one would answer, and be believed. Asks once per client; nothing where a client has no chain.
 *
 * @throws {WrongChainError} The node is on another chain.
 */
export async function rightChain(client: AnyClient): Promise<void> {
  const { chain, transport } = client;
  if (chain === undefined || seen.get(transport)?.has(chain.id)) return;
  const actual = await readChainId(client);
  if (actual !== chain.id) throw new WrongChainError({ expected: chain.id, actual });
  seen.set(transport, (seen.get(transport) ?? new Set()).add(actual));
}

/** Waits for what a node answers, unless the node is on another chain than the client. */
export async function onRightChain<answer>(client: AnyClient, asked: Promise<answer>): Promise<answer> {
  const check = rightChain(client);
  // Where nothing is answered, that is what is told.
  check.catch(() => undefined);
  const answer = await asked;
  await check;
  return answer;
}
