import { type Hex, hexToBytes } from "viem";
import { parseAccountId } from "../account/accountId.ts";
import { GRANT_DOMAIN, GRANT_TYPES } from "../constants.ts";
import { chained } from "../grants/chain.ts";
import { decodeGrants } from "../grants/decodeGrants.ts";
import { encodeGrants } from "../grants/encodeGrants.ts";
import { checkChain } from "../grants/narrowing.ts";
import type { ChainedGrant, Grant } from "../grants/types.ts";
import type { Delegated, GrantTypedData } from "./types.ts";

/** In the place of a signature, until there is one. */
const UNSIGNED = "0x00";

/**
 * Has a grant signed, below others or as the root.
 *
 * @param sign Whoever issues it.
 * @throws GrantError when nobody could read it; then nothing was signed.
 */
export async function signGrant(
  grant: Grant,
  above: readonly ChainedGrant[],
  sign: (typedData: GrantTypedData, signingInput: Uint8Array<ArrayBuffer>) => Promise<Hex>,
): Promise<Delegated> {
  // As whoever verifies reads it: what nobody could read is not put before a wallet.
  checkChain(decodeGrants(encodeGrants([...above, { grant, signature: UNSIGNED }])));
  const { signingInput, revocationAccount } = chained({ grant, signature: UNSIGNED }, above.at(-1));
  const chainId = BigInt(parseAccountId(revocationAccount)?.chainId ?? 0);
  const domain = { ...GRANT_DOMAIN, chainId };
  const typedData = { domain, types: GRANT_TYPES, primaryType: "Delegation", message: grant } as const;
  const signature = await sign(typedData, new Uint8Array(hexToBytes(signingInput)));
  const signed = chained({ grant, signature }, above.at(-1));
  const grants = [...above, signed];
  return { grant: signed, grants, field: encodeGrants(grants) };
}
