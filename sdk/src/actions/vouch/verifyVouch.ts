import { offerStruct } from "../../internal/offer.ts";
import { nonceOf } from "../../internal/sign.ts";
import { vouchDomain, vouchTypes } from "../../internal/typedData.ts";
import type { AddressParameters, AnyClient } from "../../internal/types.ts";
import { hasKey, isCurrent, isSignedBy } from "../../internal/verify.ts";
import { getIdentity } from "../identity/getIdentity.ts";
import type { SignedVouch } from "./signVouch.ts";

/** Parameters of `verifyVouch`: what `signVouch` returned. */
export type VerifyVouchParameters = SignedVouch & AddressParameters;

/**
 * Checks an offered vouch: made for this chain and registry, by whom it names, and still in time. Works for accounts with a key, for
 * smart accounts (ERC-1271), and for those that are not deployed yet (ERC-6492). Sends nothing.
 *
 * @param client - Client.
 * @param parameters - {@link VerifyVouchParameters}
 * @returns Whether the registry would take it now, as far as the signature goes.
 *
 * @example
 * const isGood = await verifyVouch(client, JSON.parse(text)); // true
 */
export async function verifyVouch(client: AnyClient, parameters: VerifyVouchParameters): Promise<boolean> {
  const { chainId, registry, voucherId, subjectId, keyEpoch, subjectKeyEpoch, addresses } = parameters;
  const { signatureNonce, deadline, signature } = parameters;
  const offer = offerStruct(parameters);
  if (!(await isCurrent(client, "vouchRegistry", parameters))) return false;
  const voucher = await getIdentity(client, { id: voucherId, addresses });
  const subject = await getIdentity(client, { id: subjectId, addresses });
  if (!hasKey(voucher, keyEpoch) || !hasKey(subject, subjectKeyEpoch)) return false;
  if ((await nonceOf(client, "vouchRegistry", voucher.owner, parameters)) !== signatureNonce) return false;
  return isSignedBy(client, voucher.owner, signature, {
    domain: vouchDomain(chainId, registry),
    types: vouchTypes,
    primaryType: "Vouch",
    message: { ...offer, keyEpoch, subjectKeyEpoch, nonce: BigInt(signatureNonce), deadline: BigInt(deadline) },
  });
}
