// What signing a vouch and signing a warning have in common, which is nearly all.
import type { Address } from "viem";
import { addressOf } from "../check/arguments.ts";
import { isOwnArbiter, offerStruct } from "../check/offer.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import { InvalidArbiterError } from "../errors/vouch.ts";
import { existing, known, owned } from "../facts/owners.ts";
import { readVouch } from "../facts/readVouch.ts";
import { chainIdOf } from "../rpc/chainId.ts";
import type { AnyClient } from "../types/client.ts";
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
  const chainId = await chainIdOf(client);
  const { keyEpoch } = await owned(client, voucherId, signer, parameters);
  const subject = given ?? (await existing(client, subjectId, parameters)).owner;
  // A retired one has no owner. It can still be named where what is locked has it as arbiter; the registry says whether.
  const arbiterOwner = arbiterId === undefined ? undefined : (await known(client, arbiterId, parameters)).owner;
  const { since } = await readVouch(client, parameters);
  const signatureNonce = await nonceOf(client, "vouchRegistry", signer, parameters);
  const deadline = await deadlineOf(client, parameters.deadline, AHEAD);
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
