import { type Failure, failureOf } from "../errors/fault.ts";
import type { AnyClient } from "../types/client.ts";

/** A request of so little that a node does not answer in time is not too large: the node does not answer. */
export const LITTLE = 30;

/** Longer than that nobody waits for a node that wants no request for a while (milliseconds). */
const LONGEST_WAIT = 60_000;

/** What viem repeats, and after how long, where a transport says nothing else. */
const USUAL = { retryCount: 3, retryDelay: 150 };

/**
 * The same client, which makes a request again where its failure says that the same one will do: after the time that the
 * answer names, else after the transport's delay and each time twice as long. viem decides by status and code alone: it
 * repeats what is too large, and gives up on a limit that is told in words.
 *
 * @param size - How much each request asks for: where it may be less, what is too large is not repeated, and what failed for a
 * moment once.
 */
export function patient<client extends AnyClient>(client: client, size = 1): client {
  const { retryCount = USUAL.retryCount, retryDelay = USUAL.retryDelay } = client.transport as Partial<typeof USUAL>;
  const request = async (parameters: unknown, options?: object) => {
    for (let tries = 0; ; tries++) {
      try {
        return await client.request(parameters as never, { ...options, retryCount: 0 });
      } catch (error) {
        const failure = failureOf(error);
        // Some say zero.
        const wait = failure?.wait || retryDelay * 2 ** tries;
        if (failure === undefined || tries >= repeats(failure, size, retryCount) || wait > LONGEST_WAIT) throw error;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  };
  return { ...client, request: request as client["request"] };
}

/** How often a request is made again. */
function repeats({ fault }: Failure, size: number, retryCount: number): number {
  switch (fault) {
    case "busy":
      return 2 * retryCount;
    // What cannot be less, for instance a call that took too long, may do at another moment.
    case "large":
      return size > 1 ? 0 : Math.min(1, retryCount);
    case "passing":
      return size > 1 ? Math.min(1, retryCount) : retryCount;
    case "slow":
      return size > LITTLE ? 0 : retryCount;
    case "away":
      return retryCount;
    default:
      return 0;
  }
}
