import { type Address, zeroAddress } from "viem";
import { getIdentity } from "../actions/identity/getIdentity.ts";
import { resolveKey } from "../actions/identity/resolveKey.ts";
import { getVouch } from "../actions/vouch/getVouch.ts";
import type { SignedVouch } from "../actions/vouch/signVouch.ts";
import { isUsed } from "./nonces.ts";
import { offerStruct } from "./offer.ts";
import { type OfferKind, offerMessage } from "./signOffer.ts";
import type { AddressParameters, AnyClient } from "./types.ts";
import { addressOf, nonceNumberOf, timeOf } from "./validate.ts";
import { hasKey, isCurrent, isSignedBy } from "./verify.ts";

/** Whether the registry would take a signed vouch or warning now, as far as the signature goes. */
export async function verifyOffer(
  client: AnyClient,
  parameters: Omit<SignedVouch, "subjectOwner"> & AddressParameters,
  { kind, subject: signedSubject }: { kind: OfferKind; subject: Address },
): Promise<boolean> {
  const { chainId, registry, voucherId, subjectId, arbiterId, keyEpoch, signatureNonce, deadline, addresses } =
    parameters;
  const offer = offerStruct(parameters);
  const nonce = BigInt(nonceNumberOf(signatureNonce, "signatureNonce"));
  const subject = addressOf(signedSubject);
  // Zero is what the message says of nobody: of no arbiter, and of one that is retired.
  const given = addressOf(parameters.arbiterOwner ?? zeroAddress);
  const arbiterOwner = given === zeroAddress ? undefined : given;
  const since = Number(timeOf(parameters.since, "since"));
  if (!(await isCurrent(client, "vouchRegistry", parameters))) return false;
  const voucher = await getIdentity(client, { id: voucherId, addresses });
  if (!hasKey(voucher, keyEpoch)) return false;
  const { id, role } = await resolveKey(client, { address: subject, addresses });
  const isMeant = role === "owner" || (kind === "warn" && role === "former");
  if (id !== subjectId || !isMeant) return false;
  const arbiter = arbiterId === undefined ? undefined : await getIdentity(client, { id: arbiterId, addresses });
  if (arbiter?.owner !== arbiterOwner) return false;
  if ((await getVouch(client, { voucherId, subjectId, addresses })).since !== since) return false;
  const { owner } = voucher;
  if (await isUsed(client, { registry: "vouchRegistry", owner, nonce, addresses })) return false;
  const binding = { keyEpoch, subject, arbiterOwner, since, signatureNonce, deadline };
  const message = offerMessage(kind, chainId, registry, offer, binding);
  return isSignedBy(client, owner, parameters.signature, message);
}
