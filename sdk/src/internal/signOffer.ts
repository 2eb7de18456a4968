// What signing a vouch and signing a warning have in common, which is nearly all.
import type { Address, TypedDataDefinition } from "viem";
import type { SignedWarn, SignWarnParameters } from "../actions/vouch/signWarn.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import { offerStruct } from "./offer.ts";
import { chainIdOf, deadlineOf, existing, nonceOf, owned, signatureOf, signerOf } from "./sign.ts";
import { vouchDomain, vouchTypes, warnTypes } from "./typedData.ts";
import type { AnyClient } from "./types.ts";

/** Seconds until the signature expires, where no deadline is given. */
const AHEAD = 3_600;

/** A vouch is given to a key of the subject; a warning is about the identity, whatever key it has. */
export async function signOffer(client: AnyClient, parameters: SignWarnParameters, isVouch: boolean) {
  const { voucherId, subjectId, stake, periods, arbiterId } = parameters;
  const offer = offerStruct(parameters);
  const { account, signer } = signerOf(client, parameters);
  const registry = getRegistryAddress(client, "vouchRegistry", parameters.addresses);
  const chainId = await chainIdOf(client);
  const { keyEpoch } = await owned(client, voucherId, signer, parameters);
  const subjectKeyEpoch = isVouch ? (await existing(client, subjectId, parameters)).keyEpoch : undefined;
  const signatureNonce = await nonceOf(client, "vouchRegistry", signer, parameters);
  const deadline = await deadlineOf(client, parameters.deadline, AHEAD);
  const signature = await signatureOf(
    client,
    account,
    offerMessage(chainId, registry, offer, { keyEpoch, subjectKeyEpoch, signatureNonce, deadline }),
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
  };
  const signed: SignedWarn = { chainId, registry, ...terms, keyEpoch, signatureNonce, deadline, signature };
  return { signed, subjectKeyEpoch };
}

/** What binds an offer to keys, to a nonce and to a time. Without a key of the subject it is a warning. */
type Binding = {
  keyEpoch: number;
  subjectKeyEpoch: number | undefined;
  signatureNonce: number;
  deadline: number;
};

/** The EIP-712 message of a vouch or warning. */
export function offerMessage(
  chainId: number,
  registry: Address,
  offer: ReturnType<typeof offerStruct>,
  { keyEpoch, subjectKeyEpoch, signatureNonce, deadline }: Binding,
): TypedDataDefinition {
  const domain = vouchDomain(chainId, registry);
  const message = { ...offer, keyEpoch, nonce: BigInt(signatureNonce), deadline: BigInt(deadline) };
  return subjectKeyEpoch === undefined
    ? { domain, types: warnTypes, primaryType: "Warn", message }
    : { domain, types: vouchTypes, primaryType: "Vouch", message: { ...message, subjectKeyEpoch } };
}
