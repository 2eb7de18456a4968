import { isUsed } from "../../internal/nonces.ts";
import { revokeTypes, vouchDomain } from "../../internal/typedData.ts";
import type { AddressParameters, AnyClient } from "../../internal/types.ts";
import { idOf, nonceNumberOf } from "../../internal/validate.ts";
import { hasKey, isCurrent, isSignedBy } from "../../internal/verify.ts";
import { getIdentity } from "../identity/getIdentity.ts";
import type { SignedRevoke } from "./signRevoke.ts";

/** Parameters of `verifyRevoke`: what `signRevoke` returned. */
export type VerifyRevokeParameters = SignedRevoke & AddressParameters;

/**
 * Checks a signed revocation: made for this chain and registry, by whom it names, and still in time.
 * Works for accounts with a key, for smart accounts (ERC-1271), and for those that are not deployed yet (ERC-6492). Sends
 * nothing.
 *
 * A signature that is wrapped as ERC-6492 says is believed here, but the registry does not open it: put the account on the
 * chain first, and send the signature inside.
 *
 * What comes from somebody else goes through `parseSigned` first: `addresses` in it would be taken as the caller's own.
 *
 * @param client - Client.
 * @param parameters - {@link VerifyRevokeParameters}
 * @returns Whether the registry would take it now, as far as the signature goes.
 *
 * @example
 * const isGood = await verifyRevoke(client, parseSigned("revoke", text)); // true
 */
export async function verifyRevoke(client: AnyClient, parameters: VerifyRevokeParameters): Promise<boolean> {
  const { chainId, registry, voucherId, keyEpoch, signatureNonce, deadline, signature, addresses } = parameters;
  const pair = { voucherId: idOf(voucherId, "voucherId"), subjectId: idOf(parameters.subjectId, "subjectId") };
  const nonce = BigInt(nonceNumberOf(signatureNonce, "signatureNonce"));
  if (!(await isCurrent(client, "vouchRegistry", parameters))) return false;
  const voucher = await getIdentity(client, { id: voucherId, addresses });
  if (!hasKey(voucher, keyEpoch)) return false;
  const { owner } = voucher;
  if (await isUsed(client, { registry: "vouchRegistry", owner, nonce, addresses })) return false;
  return isSignedBy(client, owner, signature, {
    domain: vouchDomain(chainId, registry),
    types: revokeTypes,
    primaryType: "Revoke",
    message: { ...pair, keyEpoch, nonce, deadline: BigInt(deadline) },
  });
}
