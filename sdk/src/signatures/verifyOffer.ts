import { type Address, zeroAddress } from "viem";
import { addressOf, nonceNumberOf, timeOf } from "../check/arguments.ts";
import { isOwnArbiter, offerStruct } from "../check/offer.ts";
import { keyEpochOf } from "../check/signed.ts";
import { isUsed } from "../facts/nonces.ts";
import { readIdentity } from "../facts/readIdentity.ts";
import { readKey } from "../facts/readKey.ts";
import { readVouch } from "../facts/readVouch.ts";
import type { AnyClient } from "../types/client.ts";
import type { AddressParameters } from "../types/parameters.ts";
import type { SignedOffer } from "../types/signed.ts";
import { type OfferKind, offerMessage } from "./offerMessage.ts";
import { hasKey, isCurrent, isSignedBy } from "./verify.ts";

/** Whether the registry would take a signed vouch or warning now, as far as the signature goes. */
export async function verifyOffer(
  client: AnyClient,
  { signed, addresses }: { signed: SignedOffer } & AddressParameters,
  { kind, subject: signedSubject }: { kind: OfferKind; subject: Address },
): Promise<boolean> {
  const { chainId, registry, voucherId, subjectId, arbiterId, keyEpoch, signatureNonce, deadline } = signed;
  const offer = offerStruct(signed);
  const nonce = BigInt(nonceNumberOf(signatureNonce, "signatureNonce"));
  keyEpochOf(keyEpoch);
  const subject = addressOf(signedSubject);
  // Zero is what the message says of nobody: of no arbiter, and of one that is retired.
  const given = addressOf(signed.arbiterOwner ?? zeroAddress);
  const arbiterOwner = given === zeroAddress ? undefined : given;
  const since = Number(timeOf(signed.since, "since"));
  if (isOwnArbiter(signed) || !(await isCurrent(client, "vouchRegistry", signed, { addresses }))) return false;
  const [voucher, { id, role }, arbiter, made] = await Promise.all([
    readIdentity(client, { id: voucherId, addresses }),
    readKey(client, { address: subject, addresses }),
    arbiterId === undefined ? undefined : readIdentity(client, { id: arbiterId, addresses }),
    readVouch(client, { voucherId, subjectId, addresses }),
  ]);
  const isMeant = id === subjectId && (role === "owner" || (kind === "warn" && role === "former"));
  if (!hasKey(voucher, keyEpoch) || !isMeant || arbiter?.owner !== arbiterOwner || made.since !== since) return false;
  const { owner } = voucher;
  if (await isUsed(client, { registry: "vouchRegistry", owner, nonce, addresses })) return false;
  const binding = { keyEpoch, subject, arbiterOwner, since, signatureNonce, deadline };
  const message = offerMessage(kind, chainId, registry, offer, binding);
  return isSignedBy(client, owner, signed.signature, message);
}
