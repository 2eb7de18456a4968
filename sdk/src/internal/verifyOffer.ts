import { type Address, zeroAddress } from "viem";
import { getIdentity } from "../actions/identity/getIdentity.ts";
import { resolveKey } from "../actions/identity/resolveKey.ts";
import { getVouch } from "../actions/vouch/getVouch.ts";
import type { SignedVouch } from "../actions/vouch/signVouch.ts";
import { isUsed } from "./nonces.ts";
import { isOwnArbiter, offerStruct } from "./offer.ts";
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
  if (isOwnArbiter(parameters) || !(await isCurrent(client, "vouchRegistry", parameters))) return false;
  const [voucher, { id, role }, arbiter, made] = await Promise.all([
    getIdentity(client, { id: voucherId, addresses }),
    resolveKey(client, { address: subject, addresses }),
    arbiterId === undefined ? undefined : getIdentity(client, { id: arbiterId, addresses }),
    getVouch(client, { voucherId, subjectId, addresses }),
  ]);
  const isMeant = id === subjectId && (role === "owner" || (kind === "warn" && role === "former"));
  if (!hasKey(voucher, keyEpoch) || !isMeant || arbiter?.owner !== arbiterOwner || made.since !== since) return false;
  const { owner } = voucher;
  if (await isUsed(client, { registry: "vouchRegistry", owner, nonce, addresses })) return false;
  const binding = { keyEpoch, subject, arbiterOwner, since, signatureNonce, deadline };
  const message = offerMessage(kind, chainId, registry, offer, binding);
  return isSignedBy(client, owner, parameters.signature, message);
}
