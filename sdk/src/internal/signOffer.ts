// What signing a vouch and signing a warning have in common, which is nearly all.
import { type Address, type TypedDataDefinition, zeroAddress } from "viem";
import { getVouch } from "../actions/vouch/getVouch.ts";
import type { SignVouchParameters } from "../actions/vouch/signVouch.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import { InvalidArbiterError } from "../errors/vouch.ts";
import { isOwnArbiter, offerStruct } from "./offer.ts";
import { chainIdOf, deadlineOf, existing, known, nonceOf, owned, signatureOf, signerOf } from "./sign.ts";
import { vouchDomain, vouchTypes, warnTypes } from "./typedData.ts";
import type { AnyClient } from "./types.ts";
import { addressOf } from "./validate.ts";

/** Seconds until the signature expires, where no deadline is given. */
const AHEAD = 3_600;

/** What `signVouch` and `signWarn` share: both bind the subject by an address. */
export async function signOffer(
  client: AnyClient,
  parameters: SignVouchParameters & { subjectKey?: Address | undefined },
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
  const { since } = await getVouch(client, parameters);
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

/** What an offer is. */
export type OfferKind = "vouch" | "warn";

/** What binds an offer to keys, to what the pair has, to a nonce and to a time. */
type Binding = {
  keyEpoch: number;
  /** For a vouch the subject's present owner; for a warning any key that it has or had. */
  subject: Address;
  /** The arbiter's present owner; undefined, which is signed as zero, without an arbiter and where it is retired. */
  arbiterOwner: Address | undefined;
  /** The date of the edge that the pair has, in whatever state; 0 where it has none. */
  since: number;
  signatureNonce: number;
  deadline: number;
};

/** The EIP-712 message of a vouch or warning. */
export function offerMessage(
  kind: OfferKind,
  chainId: number,
  registry: Address,
  offer: ReturnType<typeof offerStruct>,
  { keyEpoch, subject, arbiterOwner = zeroAddress, since, signatureNonce, deadline }: Binding,
): TypedDataDefinition {
  const domain = vouchDomain(chainId, registry);
  const message = {
    ...offer,
    keyEpoch,
    arbiterOwner,
    since,
    nonce: BigInt(signatureNonce),
    deadline: BigInt(deadline),
  };
  return kind === "vouch"
    ? { domain, types: vouchTypes, primaryType: "Vouch", message: { ...message, subjectOwner: subject } }
    : { domain, types: warnTypes, primaryType: "Warn", message: { ...message, subjectKey: subject } };
}
