import { isNonceUsed, type NonceRegistry } from "@tenure/sdk";
import type { Address } from "viem";
import type { ReadClient } from "./connect.ts";

/** So many are asked for at once: each takes a request, and a list may be long. */
const AT_ONCE = 20;

/** Of each nonce, in order, whether it is used up. */
export async function areNoncesUsed(
  client: ReadClient,
  { registry, owner, nonces }: { registry: NonceRegistry; owner: Address; nonces: readonly bigint[] },
): Promise<boolean[]> {
  const are: boolean[] = [];
  for (let first = 0; first < nonces.length; first += AT_ONCE) {
    const some = nonces.slice(first, first + AT_ONCE);
    are.push(...(await Promise.all(some.map((nonce) => isNonceUsed(client, { registry, owner, nonce })))));
  }
  return are;
}
