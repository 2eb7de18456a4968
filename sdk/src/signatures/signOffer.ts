// What signing a vouch and signing a warning have in common, which is nearly all.
import type { Address } from "viem";
import { addressOf } from "../check/arguments.ts";
import { isOwnArbiter, offerStruct } from "../check/offer.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import { InvalidArbiterError } from "../errors/vouch.ts";
import { requireKnown, requireOwnedBy, requireOwner } from "../facts/owners.ts";
import { readIdentity } from "../facts/readIdentity.ts";
import { readVouch } from "../facts/readVouch.ts";
import { chainIdOf } from "../rpc/chainId.ts";
import type { AnyClient } from "../types/client.ts";
import type { Identity } from "../types/identity.ts";
import type { Offer } from "../types/offer.ts";
import type { NonceParameters, SignParameters } from "../types/parameters.ts";
import { type OfferKind, offerMessage } from "./offerMessage.ts";
import { deadlineOf, nonceOf, signatureOf, signerOf } from "./sign.ts";

/** Seconds until the signature expires, where no deadline is given. */
const AHEAD = 3_600;

/** What `signVouch` and `signWarn` share: both bind the subject by an address. */
export async function signOffer(
  client: AnyClient,
  parameters: SignParameters & NonceParameters & Offer & { subjectKey?: Address | undefined },
  kind: OfferKind,
) {
  const { voucherId, subjectId, stake, periods, arbiterId } = parameters;
  const offer = offerStruct(parameters);
  if (isOwnArbiter(parameters)) throw new InvalidArbiterError({ arbiterId: parameters.arbiterId });
  const given = parameters.subjectKey && addressOf(parameters.subjectKey);
  const { account, signer } = signerOf(client, parameters);
  const registry = getRegistryAddress(client, "vouchRegistry", parameters.addresses);
  const { addresses } = parameters;
  const find = (id: number) => readIdentity(client, { id, addresses });
  // None of these needs another's answer. They are judged afterwards, so that what is said first does not depend on which
  // answer comes first.
  const [chainId, voucher, meant, arbiter, { since }, signatureNonce, deadline] = await Promise.all([
    chainIdOf(client),
    find(voucherId),
    given === undefined ? find(subjectId) : undefined,
    arbiterId === undefined ? undefined : find(arbiterId),
    readVouch(client, { voucherId, subjectId, addresses }),
    nonceOf(client, "vouchRegistry", signer, parameters),
    deadlineOf(client, parameters.deadline, AHEAD),
  ]);
  const { keyEpoch } = requireOwnedBy(voucher, signer);
  const subject = given ?? requireOwner(meant as Identity).owner;
  // A retired one has no owner. It can still be named where what is locked has it as arbiter; the registry says whether.
  const arbiterOwner = arbiter && requireKnown(arbiter).owner;
  const signature = await signatureOf(
    client,
    account,
    offerMessage(kind, chainId, registry, offer, { keyEpoch, subject, arbiterOwner, since, signatureNonce, deadline }),
  );
  const { topic, evidence } = offer;
  const terms = {
    voucherId,
    subjectId,
    stake,
    periods,
    topic,
    evidence,
    ...(arbiterId !== undefined && { arbiterId }),
    ...(arbiterOwner !== undefined && { arbiterOwner }),
  };
  return { subject, signed: { chainId, registry, ...terms, keyEpoch, since, signatureNonce, deadline, signature } };
}
