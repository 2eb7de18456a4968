import { offerStruct } from "../../internal/offer.ts";
import { nonceOf } from "../../internal/sign.ts";
import { vouchDomain, warnTypes } from "../../internal/typedData.ts";
import type { AddressParameters, AnyClient } from "../../internal/types.ts";
import { hasKey, isCurrent, isSignedBy } from "../../internal/verify.ts";
import { getIdentity } from "../identity/getIdentity.ts";
import type { SignedWarn } from "./signWarn.ts";

/** Parameters of `verifyWarn`: what `signWarn` returned. */
export type VerifyWarnParameters = SignedWarn & AddressParameters;

/**
 * Checks an offered warning: made for this chain and registry, by whom it names, and still in time. Works for accounts with a key, for
 * smart accounts (ERC-1271), and for those that are not deployed yet (ERC-6492). Sends nothing.
 *
 * @param client - Client.
 * @param parameters - {@link VerifyWarnParameters}
 * @returns Whether the registry would take it now, as far as the signature goes.
 *
 * @example
 * const isGood = await verifyWarn(client, JSON.parse(text)); // true
 */
export async function verifyWarn(client: AnyClient, parameters: VerifyWarnParameters): Promise<boolean> {
  const { chainId, registry, voucherId, keyEpoch, signatureNonce, deadline, signature, addresses } = parameters;
  const offer = offerStruct(parameters);
  if (!(await isCurrent(client, "vouchRegistry", parameters))) return false;
  const voucher = await getIdentity(client, { id: voucherId, addresses });
  if (!hasKey(voucher, keyEpoch)) return false;
  if ((await nonceOf(client, "vouchRegistry", voucher.owner, parameters)) !== signatureNonce) return false;
  return isSignedBy(client, voucher.owner, signature, {
    domain: vouchDomain(chainId, registry),
    types: warnTypes,
    primaryType: "Warn",
    message: { ...offer, keyEpoch, nonce: BigInt(signatureNonce), deadline: BigInt(deadline) },
  });
}
