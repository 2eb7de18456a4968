import type { AnyClient } from "../types/client.ts";
import { isRefusal, isTimeout } from "./refusal.ts";

/** A request of so little that a node does not answer in time is not too large: the node does not answer. */
const LITTLE = 30;

/** What came of a request that may be too large: an error where asking for less may help. */
export type Attempt<answer> = { answer: answer } | { error: unknown };

/**
 * Makes a request that may be too large. viem repeats even what was refused; here a large request is made once, and
 * repeated only where nobody answered.
 *
 * @param client - Client.
 * @param size - How much is asked for; 1 is the least.
 * @param ask - Makes the request with the client that it is given.
 * @throws What has nothing to do with the size.
 */
export async function attempt<answer>(
  client: AnyClient,
  size: number,
  ask: (client: AnyClient) => Promise<answer>,
): Promise<Attempt<answer>> {
  const isCurable = (error: unknown) => isRefusal(error) && !(size <= LITTLE && isTimeout(error));
  try {
    if (size > 1) {
      try {
        return { answer: await ask(impatient(client)) };
      } catch (error) {
        if (isCurable(error)) return { error };
      }
    }
    return { answer: await ask(client) };
  } catch (error) {
    if (isCurable(error)) return { error };
    throw error;
  }
}

function impatient(client: AnyClient): AnyClient {
  const request = (parameters: unknown, options?: object) =>
    client.request(parameters as never, { ...options, retryCount: 0 });
  return { ...client, request: request as AnyClient["request"] };
}
