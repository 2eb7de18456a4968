import { isUsed } from "../../internal/nonces.ts";
import { revokeTypes, vouchDomain } from "../../internal/typedData.ts";
import type { AddressParameters, AnyClient } from "../../internal/types.ts";
import { idOf, nonceNumberOf, timeOf } from "../../internal/validate.ts";
import { hasKey, isCurrent, isSignedBy } from "../../internal/verify.ts";
import { getIdentity } from "../identity/getIdentity.ts";
import { getVouch } from "./getVouch.ts";
import type { SignedRevoke } from "./signRevoke.ts";

/** Parameters of `verifyRevoke`: what `signRevoke` returned. */
export type VerifyRevokeParameters = SignedRevoke & AddressParameters;

/**
 * Checks a signed revocation: made for this chain and registry, by whom it names, still in time, and about the vouch or
 * warning that the pair has now. One that was made anew since, or got points, is another, which it does not take back. A
 * revocation in a later second voids it, too; an extension or an affirmation alone does not.
 *
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
  const { chainId, registry, voucherId, subjectId, keyEpoch, signatureNonce, deadline, addresses } = parameters;
  const pair = { voucherId: idOf(voucherId, "voucherId"), subjectId: idOf(subjectId, "subjectId") };
  const since = Number(timeOf(parameters.since, "since"));
  const nonce = BigInt(nonceNumberOf(signatureNonce, "signatureNonce"));
  if (!(await isCurrent(client, "vouchRegistry", parameters))) return false;
  const voucher = await getIdentity(client, { id: voucherId, addresses });
  if (!hasKey(voucher, keyEpoch)) return false;
  const { owner } = voucher;
  if (await isUsed(client, { registry: "vouchRegistry", owner, nonce, addresses })) return false;
  // Zero is no date: the pair has nothing that could be taken back.
  if (since === 0 || (await getVouch(client, { voucherId, subjectId, addresses })).since !== since) return false;
  return isSignedBy(client, owner, parameters.signature, {
    domain: vouchDomain(chainId, registry),
    types: revokeTypes,
    primaryType: "Revoke",
    message: { ...pair, keyEpoch, since, nonce, deadline: BigInt(deadline) },
  });
}
