import { getIdentity } from "../actions/identity/getIdentity.ts";
import type { SignedWarn } from "../actions/vouch/signWarn.ts";
import { offerStruct } from "./offer.ts";
import { nonceOf } from "./sign.ts";
import { offerMessage } from "./signOffer.ts";
import type { AddressParameters, AnyClient } from "./types.ts";
import { hasKey, isCurrent, isSignedBy } from "./verify.ts";

/** Whether the registry would take a signed vouch or warning now, as far as the signature goes. */
export async function verifyOffer(
  client: AnyClient,
  parameters: SignedWarn & AddressParameters & { subjectKeyEpoch?: number | undefined },
  isVouch: boolean,
): Promise<boolean> {
  const { chainId, registry, voucherId, subjectId, keyEpoch, signatureNonce, deadline, addresses } = parameters;
  const offer = offerStruct(parameters);
  if (!(await isCurrent(client, "vouchRegistry", parameters))) return false;
  const voucher = await getIdentity(client, { id: voucherId, addresses });
  if (!hasKey(voucher, keyEpoch)) return false;
  // Whatever an object from elsewhere holds: without the key a vouch is none, and with it a warning is one all the same.
  const subjectKeyEpoch = isVouch ? parameters.subjectKeyEpoch : undefined;
  if (isVouch) {
    const subject = await getIdentity(client, { id: subjectId, addresses });
    if (subjectKeyEpoch === undefined || !hasKey(subject, subjectKeyEpoch)) return false;
  }
  if ((await nonceOf(client, "vouchRegistry", voucher.owner, parameters)) !== signatureNonce) return false;
  const message = offerMessage(chainId, registry, offer, { keyEpoch, subjectKeyEpoch, signatureNonce, deadline });
  return isSignedBy(client, voucher.owner, parameters.signature, message);
}
