import { WrongChainError } from "../errors/network.ts";
import type { AnyClient } from "../types/client.ts";
import { readChainId } from "./chainId.ts";

/** What was asked of a transport, by the chain that is expected. Clients that were extended from one share its transport. */
const asked = new WeakMap<object, Map<number, Promise<void>>>();

/**
 * Makes sure that a client's node is on its chain: registries have the same addresses on every chain, so that those of
 * another one would answer, and be believed. Asks once per client; nothing where a client has no chain.
 *
 * @throws {WrongChainError} The node is on another chain.
 */
export async function rightChain(client: AnyClient): Promise<void> {
  const { chain, transport } = client;
  if (chain === undefined) return;
  const checks = asked.get(transport) ?? new Map<number, Promise<void>>();
  asked.set(transport, checks);
  const check = checks.get(chain.id) ?? ask(client, chain.id);
  checks.set(chain.id, check);
  try {
    await check;
  } catch (error) {
    // A node that did not answer, or was on another chain, is asked again.
    checks.delete(chain.id);
    throw error;
  }
}

async function ask(client: AnyClient, expected: number): Promise<void> {
  const actual = await readChainId(client);
  if (actual !== expected) throw new WrongChainError({ expected, actual });
}

/** Waits for what a node answers, unless the node is on another chain than the client. */
export async function onRightChain<answer>(client: AnyClient, reading: Promise<answer>): Promise<answer> {
  const check = rightChain(client);
  // Where nothing is answered, that is what is told.
  check.catch(() => undefined);
  const answer = await reading;
  // It may have been asked when nobody answered yet.
  await check.catch(() => rightChain(client));
  return answer;
}
