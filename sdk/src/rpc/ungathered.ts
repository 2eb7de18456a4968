import type { AnyClient } from "../types/client.ts";

/**
 * The same client, whose calls are not gathered in a Multicall3, which may not be there. viem's actions prefer the `call` of a
 * client to their own, and that of a public client would still gather.
 */
export function ungathered<client extends AnyClient>(client: client): client {
  return client.batch?.multicall ? { ...client, batch: undefined, call: undefined } : client;
}
